/**
 * The planner beside an exact solver on seeded random small cases: levels of max-min filling and dominant shares by a
 * chain of linear programs, makespans by a time-indexed integer program (Pritsker, Watters & Wolfe 1969).
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ratio, toFloat } from '../../src/main/allocator/exact-ratio.ts';
import type { PlanTask, Snapshot } from '../../src/main/allocator/index.ts';
import { plan } from '../../src/main/allocator/index.ts';
import type { FillUser } from '../../src/main/allocator/water-fill.ts';
import { waterFill } from '../../src/main/allocator/water-fill.ts';
import type { SubsystemId } from '../../src/shared/domain/subsystem.ts';
import { SUBSYSTEM_IDS } from '../../src/shared/domain/subsystem.ts';
import { HOUR, MINUTE } from '../../src/shared/units.ts';
import {
  T0,
  UNIT,
  aPool,
  aSnapshot,
  aTask,
  at,
  settings,
  step,
  subsystems,
} from '../support/allocator/builders.ts';
import type { Terms } from '../support/allocator/exact-solver.ts';
import { solveExactly } from '../support/allocator/exact-solver.ts';
import { violations } from '../support/allocator/feasibility.ts';

const seed = Number(process.env['ALLOCATOR_SEED'] ?? 20_260_105);
/** The solver's own tolerance is 1e-9; levels here are fractions of small integers, far further apart. */
const DIGITS = 5;
/** What a program gives the one before it, so that rounding never makes it infeasible. */
const GIVE = 1e-8;

/** One user of a filling, in plain numbers. */
interface Wish {
  readonly demand: readonly number[];
  readonly minimum: number;
  readonly maximum: number;
  readonly weight: number;
  readonly dominant: number;
}

/**
 * Lexicographic max-min by linear programs: raise the poorest open user as far as it goes, close whoever cannot go
 * further while the others keep that much, and again. Shares are level × dominant ÷ weight.
 */
function exactLevels(capacities: readonly number[], wishes: readonly Wish[]): number[] {
  const perShare = wishes.map((wish) => wish.dominant / wish.weight);
  const closedAt = new Map<number, number>();
  const bounds = [
    ...capacities.map((right, resource) => ({
      terms: wishes.map((wish, user) => [wish.demand[resource] ?? 0, `x${user}`] as const),
      sign: '<=' as const,
      right,
    })),
    ...wishes.flatMap(({ minimum, maximum }, user) => [
      { terms: [[1, `x${user}`]] as Terms, sign: '>=' as const, right: minimum },
      { terms: [[1, `x${user}`]] as Terms, sign: '<=' as const, right: maximum },
    ]),
  ];
  const most = (objective: Terms, poorest: number | null): number => {
    const rows = wishes.map((_, user) => {
      const fixed = closedAt.get(user);
      if (fixed !== undefined)
        return { terms: [[1, `x${user}`]] as Terms, sign: '>=' as const, right: fixed - GIVE };
      const own: Terms = [[perShare[user] ?? 1, `x${user}`]];
      return poorest === null
        ? { terms: [...own, [-1, 'tide'] as const], sign: '>=' as const, right: 0 }
        : { terms: own, sign: '>=' as const, right: poorest };
    });
    const found = solveExactly({ sense: 'Maximize', objective, rows: [...bounds, ...rows] });
    if (!found) throw new Error('the minima do not fit');
    return found.objective;
  };
  while (closedAt.size < wishes.length) {
    const tide = most([[1, 'tide']], null);
    const reach = wishes.map((_, user) => (closedAt.has(user) ? null : most([[1, `x${user}`]], tide - GIVE)));
    for (const [user, level] of reach.entries()) {
      if (level !== null && level * (perShare[user] ?? 1) <= tide + 100 * GIVE)
        closedAt.set(user, tide / (perShare[user] ?? 1));
    }
  }
  return wishes.map((_, user) => closedAt.get(user) ?? 0);
}

/** Fractions are sent to the filling as such: thousandths of a level, whole weights and demands. */
function exactUser(wish: Wish): FillUser {
  const thousandths = (value: number): ReturnType<typeof ratio> =>
    ratio(BigInt(Math.round(value * 1000)), 1000n);
  return {
    demand: wish.demand,
    minimum: thousandths(wish.minimum),
    maximum: thousandths(wish.maximum),
    weight: thousandths(wish.weight),
    dominant: thousandths(wish.dominant),
  };
}

const wishFor = (resources: number): fc.Arbitrary<Wish> =>
  fc
    .record({
      demand: fc.array(fc.integer({ min: 0, max: 6 }), { minLength: resources, maxLength: resources }),
      minimum: fc.constantFrom(0, 0, 0.25, 0.5, 1),
      more: fc.constantFrom(0, 0.5, 1, 3, 8, 20),
      weight: fc.constantFrom(1, 1, 2, 3, 0.5),
      dominant: fc.constantFrom(1, 1, 2, 0.25, 0.125),
    })
    .map(({ more, ...row }) => ({ ...row, maximum: row.minimum + more }));

describe('beside an exact solver, max-min filling', () => {
  it(`gives every user exactly the optimum (seed ${seed})`, () => {
    const scene = fc.integer({ min: 1, max: 3 }).chain((resources) =>
      fc.record({
        wishes: fc.array(wishFor(resources), { minLength: 1, maxLength: 6 }),
        spare: fc.array(fc.integer({ min: 0, max: 40 }), { minLength: resources, maxLength: resources }),
      }),
    );
    fc.assert(
      fc.property(scene, ({ wishes, spare }) => {
        const capacities = spare.map((units, resource) =>
          Math.ceil(wishes.reduce((sum, wish) => sum + wish.minimum * (wish.demand[resource] ?? 0), units)),
        );
        const filled = waterFill(capacities, wishes.map(exactUser)).map(toFloat);
        const wanted = exactLevels(capacities, wishes);
        for (const [user, level] of filled.entries()) expect(level).toBeCloseTo(wanted[user] ?? NaN, DIGITS);
      }),
      { numRuns: 300, seed },
    );
  });

  it(`gives every subsystem exactly its dominant share at one instant of a plan (seed ${seed})`, () => {
    const sketch = fc.record({
      cores: fc.integer({ min: 1, max: 12 }),
      memory: fc.integer({ min: 0, max: 24 }),
      weight: fc.constantFrom(1, 1, 2, 3),
    });
    const scene = fc.record({
      sketches: fc.array(sketch, { minLength: 2, maxLength: 5 }),
      cores: fc.integer({ min: 2, max: 24 }),
      memory: fc.integer({ min: 2, max: 48 }),
    });
    fc.assert(
      fc.property(scene, ({ sketches, cores, memory }) => {
        const users = sketches.map((row) => ({
          ...row,
          cores: Math.min(row.cores, cores),
          memory: Math.min(row.memory, memory),
        }));
        const weights: Partial<Record<SubsystemId, { weight: number }>> = {};
        const tasks = users.map((row, user): PlanTask => {
          const subsystem = SUBSYSTEM_IDS[user] ?? 'records';
          weights[subsystem] = { weight: row.weight };
          const needs = row.memory > 0 ? { cores: row.cores, memory: row.memory } : { cores: row.cores };
          return aTask(`t${user}`, { subsystem, needs, minutes: 600, elastic: { minimumShareMilli: 1 } });
        });
        const pools = [
          aPool('cores', cores, { kind: 'divisible' }),
          aPool('memory', memory, { kind: 'divisible' }),
        ];
        const made = plan(aSnapshot(pools, tasks, { subsystems: subsystems(weights) }), at(0), settings());
        const wanted = exactLevels(
          [cores, memory],
          users.map((row) => ({
            demand: [row.cores, row.memory],
            minimum: 0.001,
            maximum: 1,
            weight: row.weight,
            dominant: Math.max(row.cores / cores, row.memory / memory),
          })),
        );
        for (const [user, row] of users.entries()) {
          const first = made.allocations[user]?.segments[0];
          expect(first?.start).toBe(at(0));
          const held = first?.ratesMilli[0] ?? 0;
          const exact = 1000 * row.cores * (wanted[user] ?? NaN);
          // Rates are whole thousandths: the optimum, rounded down, and never below the promise.
          const off = exact - held;
          expect(off, `t${user} holds ${held} of ${exact}`).toBeLessThan(1 + 1e-4);
          expect(off, `t${user} holds ${held} of ${exact}`).toBeGreaterThan(held <= row.cores ? -1 : -1e-4);
        }
      }),
      { numRuns: 200, seed },
    );
  });
});

/** A small backlog of the utilization policy: one time unit is a minute, and so is the grid. */
interface SmallCase {
  readonly snapshot: Snapshot;
  readonly isOpen: (minute: number) => boolean;
}

const smallCase: fc.Arbitrary<SmallCase> = fc
  .record({
    rooms: fc.integer({ min: 2, max: 4 }),
    cores: fc.integer({ min: 3, max: 6 }),
    lunch: fc.option(fc.integer({ min: 4, max: 9 })),
    tasks: fc.array(
      fc.record({
        minutes: fc.integer({ min: 1, max: 4 }),
        rooms: fc.integer({ min: 0, max: 2 }),
        cores: fc.integer({ min: 1, max: 3 }),
        earliest: fc.constantFrom(0, 0, 0, 2, 5),
        after: fc.option(fc.nat({ max: 9 }), { freq: 2 }),
      }),
      { minLength: 6, maxLength: 10 },
    ),
  })
  .map((sketch) => {
    const { rooms, cores, lunch } = sketch;
    const isOpen = (minute: number): boolean => lunch === null || minute < lunch || minute >= lunch + 2;
    const hours = (units: number): { capacity: ReturnType<typeof step>[] } => ({
      capacity:
        lunch === null
          ? [step(0, units)]
          : [step(0, units), step(lunch * MINUTE, 0, 'closed'), step((lunch + 2) * MINUTE, units)],
    });
    const grid = { gridless: true };
    const pools = [
      aPool('room', rooms, { ...hours(rooms), ...grid }),
      aPool('core', cores, { ...hours(cores), ...grid, kind: 'divisible' }),
    ];
    const tasks = sketch.tasks.map((row, index): PlanTask => {
      const wanted = Math.min(row.rooms, rooms);
      const core = { core: Math.min(row.cores, cores) };
      return aTask(`t${index}`, {
        subsystem: 'insurance',
        minutes: row.minutes,
        needs: wanted > 0 ? { room: wanted, ...core } : core,
        earliest: row.earliest * MINUTE,
        after: row.after !== null && row.after < index ? [`t${row.after}`] : [],
      });
    });
    return { snapshot: aSnapshot(pools, tasks), isOpen };
  });

/** Whether everything can be done by `horizon`, in minutes: one binary per task and start. */
function canEndBy({ snapshot, isOpen }: SmallCase, horizon: number): boolean {
  const jobs = snapshot.tasks.map((task) => {
    const minutes = task.durationSeconds / MINUTE;
    const starts = Array.from({ length: Math.max(0, horizon - minutes + 1) }, (_, start) => start).filter(
      (start) =>
        start * MINUTE >= task.earliestStart - T0 &&
        Array.from({ length: minutes }, (_, n) => isOpen(start + n)).every(Boolean),
    );
    return { task, minutes, starts };
  });
  if (jobs.some((job) => job.starts.length === 0)) return false;
  const termsOf = (job: (typeof jobs)[number], rate: number, from: number, until: number): Terms =>
    job.starts
      .filter((start) => start >= from && start < until)
      .map((start) => [rate, `${job.task.id}_${start}`]);
  const once = jobs.map((job) => ({ terms: termsOf(job, 1, 0, horizon), sign: '=' as const, right: 1 }));
  const inOrder = jobs.flatMap((job) =>
    jobs
      .filter((before) => job.task.after.includes(before.task.id))
      .flatMap((before) =>
        before.starts.map((start) => ({
          terms: [...termsOf(before, 1, start, horizon), ...termsOf(job, 1, 0, start + before.minutes)],
          sign: '<=' as const,
          right: 1,
        })),
      ),
  );
  const loads = snapshot.pools.flatMap((pool) =>
    Array.from({ length: horizon }, (_, minute) => ({
      terms: jobs.flatMap((job) => {
        const rate = job.task.needs.find((need) => need.poolId === pool.id)?.rateMilli ?? 0;
        return rate === 0 ? [] : termsOf(job, rate / UNIT, minute - job.minutes + 1, minute + 1);
      }),
      sign: '<=' as const,
      right: pool.nominalMilli / UNIT,
    })),
  );
  const binaries = jobs.flatMap((job) => termsOf(job, 1, 0, horizon).map(([, name]) => name));
  const rows = [...once, ...inOrder, ...loads].filter((row) => row.terms.length > 0);
  return solveExactly({ sense: 'Minimize', objective: [[0, binaries[0] ?? '']], rows, binaries }) !== null;
}

/** The shortest makespan in minutes, given one that can be had. */
function exactMakespan(small: SmallCase, reached: number): number {
  let shortest = reached;
  while (canEndBy(small, shortest - 1)) shortest--;
  return shortest;
}

describe('beside an exact solver, search for the shortest makespan', () => {
  const cases = 48;
  it(`stays within 1 % of the optimum on average (seed ${seed}, ${cases} cases)`, { timeout: 60_000 }, () => {
    const gaps = fc.sample(smallCase, { numRuns: cases, seed }).map((small) => {
      const searching = settings({ objective: 'makespan', budget: 1000 });
      const made = plan(small.snapshot, at(0), searching);
      expect(made.allocations).toHaveLength(small.snapshot.tasks.length);
      expect(violations(small.snapshot, made, T0 + 24 * HOUR)).toEqual([]);
      const ends = made.allocations.map((row) => ((row.segments.at(-1)?.end ?? T0) - T0) / MINUTE);
      const reached = Math.max(...ends);
      const optimum = exactMakespan(small, reached);
      return (reached - optimum) / optimum;
    });
    const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
    expect(mean, `gaps: ${gaps.filter((gap) => gap > 0).join(' ')}`).toBeLessThanOrEqual(0.01);
  });
});
