import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PlanTask, SearchControl, Snapshot } from '../../src/main/allocator/index.ts';
import { findOffer, plan } from '../../src/main/allocator/index.ts';
import type { Plan } from '../../src/shared/domain/plan.ts';
import { SUBSYSTEM_IDS } from '../../src/shared/domain/subsystem.ts';
import { DAY, seconds } from '../../src/shared/units.ts';
import { T0, aPool, aSnapshot, aTask, at, settings, subsystems } from '../support/allocator/builders.ts';
import { violations } from '../support/allocator/feasibility.ts';
import { parseProject, projectSnapshot } from '../support/allocator/psplib.ts';
import { randomClinic } from '../support/allocator/random-clinic.ts';
import {
  parseBestValues,
  parseTardiness,
  tardinessSnapshot,
} from '../support/allocator/weighted-tardiness.ts';
import { YARDSTICKS_ABSENT, findYardstick } from '../support/allocator/yardsticks.ts';

function lastEnd(made: Plan): number {
  return Math.max(...made.allocations.map((row) => (row.segments.at(-1)?.end ?? T0) - T0));
}

/** Work of unlike lengths and widths for one pool, under the utilization policy. */
function knapsack(): Snapshot {
  const tasks = Array.from({ length: 24 }, (_, n): PlanTask =>
    aTask(`t${String(n).padStart(2, '0')}`, {
      subsystem: 'insurance',
      needs: { room: 1 + ((n * 7) % 3), clerk: 1 + ((n * 5) % 2) },
      minutes: 10 + 5 * ((n * 11) % 9),
      after: n > 5 && n % 4 === 0 ? [`t${String(n - 5).padStart(2, '0')}`] : [],
    }),
  );
  return aSnapshot([aPool('room', 4), aPool('clerk', 3)], tasks);
}

const choices = settings({ budget: 400, objective: 'makespan' });

describe('search under the utilization policy', () => {
  it('never makes the plan worse, and makes this one shorter', () => {
    const snapshot = knapsack();
    const first = plan(snapshot, at(0), { ...choices, budget: 0 });
    const better = plan(snapshot, at(0), choices);
    expect(violations(snapshot, better, T0 + 90 * DAY)).toEqual([]);
    expect(lastEnd(better)).toBeLessThan(lastEnd(first));
    expect(better.budgetUsed).toBeLessThanOrEqual(400);
  });

  it('is the same to the byte for a seed, and may differ for another', () => {
    const make = (seed: number): string => JSON.stringify(plan(knapsack(), at(0), { ...choices, seed }));
    expect(make(3)).toBe(make(3));
  });

  it('can be cancelled: the point is recorded, and stopping there makes the same plan again', () => {
    let asked = 0;
    const reports: number[] = [];
    const control: SearchControl = {
      isCancelled: () => ++asked > 150,
      report: (used) => reports.push(used),
    };
    const stopped = plan(knapsack(), at(0), choices, control);
    expect(stopped.budgetUsed).toBeLessThan(400);
    expect(reports.length).toBeGreaterThan(0);
    expect(plan(knapsack(), at(0), { ...choices, stopAfter: stopped.budgetUsed })).toEqual(stopped);
    expect(lastEnd(stopped)).toBeLessThanOrEqual(lastEnd(plan(knapsack(), at(0), { ...choices, budget: 0 })));
  });

  it('keeps every rule and starts no other subsystem later, in random clinics', () => {
    fc.assert(
      fc.property(randomClinic, (clinic) => {
        const rows = subsystems().map((row) => ({
          ...row,
          policy: row.id === 'records' ? ('utilization' as const) : ('demand' as const),
        }));
        const tasks = clinic.tasks.map((task) => ({ ...task, elastic: null }));
        const snapshot = { ...clinic, tasks, subsystems: rows };
        const horizon = settings({ horizonSeconds: seconds(6 * DAY) });
        const before = plan(snapshot, at(0), horizon);
        const after = plan(snapshot, at(0), { ...horizon, budget: 40 });
        expect(violations(snapshot, after, T0 + 6 * DAY)).toEqual([]);
        for (const task of tasks.filter((row) => row.subsystem !== 'records')) {
          const start = (made: Plan): number | undefined =>
            made.allocations.find((row) => row.taskId === task.id)?.segments[0]?.start;
          expect(start(after)).toBe(start(before));
        }
      }),
      { numRuns: 150, seed: 5 },
    );
  });

  it('offers a better plan with its differences, and nothing when there is none', () => {
    const snapshot = knapsack();
    const adopted = plan(snapshot, at(0), { ...choices, budget: 0 });
    const offer = findOffer(snapshot, adopted, at(0), choices);
    expect(offer?.moves.length).toBeGreaterThan(0);
    expect(offer?.scoreAfter[0]).toBeLessThan(offer?.scoreBefore[0] ?? 0);
    expect(findOffer(snapshot, offer?.plan ?? adopted, at(0), choices)).toBeNull();
  });
});

describe('search under the priority policy', () => {
  const late = (snapshot: Snapshot, made: Plan): number =>
    snapshot.tasks.reduce((sum, task) => {
      const end = made.allocations.find((row) => row.taskId === task.id)?.segments.at(-1)?.end ?? at(0);
      return sum + task.weight * Math.max(0, end - (task.due ?? end));
    }, 0);

  it('lowers weighted tardiness where several pools are needed', () => {
    const tasks = Array.from({ length: 20 }, (_, n) => ({
      ...aTask(`t${n}`, {
        subsystem: SUBSYSTEM_IDS[1],
        minutes: 20 + 5 * ((n * 7) % 8),
        needs: n % 3 === 0 ? { room: 1, scanner: 1 } : n % 3 === 1 ? { room: 1 } : { scanner: 1 },
        due: 3600 + 1800 * ((n * 5) % 7),
      }),
      weight: 1 + ((n * 3) % 10),
    }));
    const snapshot = aSnapshot([aPool('room', 1), aPool('scanner', 1)], tasks);
    const first = plan(snapshot, at(0), settings());
    const better = plan(snapshot, at(0), settings({ budget: 800 }));
    expect(violations(snapshot, better, T0 + 90 * DAY)).toEqual([]);
    expect(late(snapshot, better)).toBeLessThan(late(snapshot, first));
  });

  const sequences = findYardstick('orlib-wt/wt40.txt');
  const best = findYardstick('orlib-wt/wtopt40.txt');
  if (sequences === null || best === null)
    it('reaches the best values of OR-Library wt40', (context) => context.skip(YARDSTICKS_ABSENT));
  else {
    it('reaches the best values of OR-Library wt40 (every 25th)', () => {
      const wanted = parseBestValues(readFileSync(best, 'utf8'));
      for (const [index, instance] of parseTardiness(readFileSync(sequences, 'utf8'), 40).entries()) {
        if (index % 25 !== 0) continue;
        const snapshot = tardinessSnapshot(instance);
        expect(late(snapshot, plan(snapshot, at(0), settings({ budget: 20_000 })))).toBe(wanted[index]);
      }
    });
  }
});

describe('search on PSPLIB', () => {
  const folder = findYardstick('psplib/j30');
  if (folder === null) it('makes feasible schedules of j30', (context) => context.skip(YARDSTICKS_ABSENT));
  else {
    it('makes feasible schedules, shorter than the serial pass (every 60th of j30)', () => {
      const files = readdirSync(folder)
        .filter((name) => name.endsWith('.sm'))
        .sort();
      const made = files
        .filter((_, index) => index % 60 === 0)
        .map((name) => {
          const snapshot = projectSnapshot(parseProject(readFileSync(join(folder, name), 'utf8')));
          const better = plan(snapshot, at(0), { ...choices, budget: 500 });
          expect(violations(snapshot, better, T0 + 90 * DAY)).toEqual([]);
          return [lastEnd(plan(snapshot, at(0), { ...choices, budget: 0 })), lastEnd(better)] as const;
        });
      expect(made.every(([first, better]) => better <= first)).toBe(true);
      expect(made.some(([first, better]) => better < first)).toBe(true);
    });
  }
});
