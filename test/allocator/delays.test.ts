/**
 * Delays between a task and what it comes after: kept by every policy, with search and without, by quotes, repairs and
 * moves by hand; and a task without one is planned as if there were no such thing.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PlanTask, Snapshot } from '../../src/main/allocator/index.ts';
import { plan, quote } from '../../src/main/allocator/index.ts';
import { prepareWorld } from '../../src/main/allocator/world.ts';
import type { Plan } from '../../src/shared/domain/plan.ts';
import { POLICIES } from '../../src/shared/domain/subsystem.ts';
import { taskId } from '../../src/shared/ids.ts';
import { DAY, HOUR, MINUTE, seconds } from '../../src/shared/units.ts';
import {
  aPool,
  aSnapshot,
  aTask,
  at,
  committed,
  settings,
  subsystems,
} from '../support/allocator/builders.ts';
import { randomClinic } from '../support/allocator/random-clinic.ts';

const seed = Number(process.env['ALLOCATOR_SEED'] ?? 20_260_105);
const horizonSeconds = seconds(6 * DAY);

function startOf(made: Plan, id: string): number | undefined {
  return made.allocations.find((row) => row.taskId === id)?.segments[0]?.start;
}

/** Tasks planned to start before the end of what they come after plus the delay; committed work is nobody's plan. */
function tooEarly({ tasks, ended }: Snapshot, made: Plan): string[] {
  const windows = new Map(made.allocations.map((row) => [row.taskId, row.segments]));
  return tasks.flatMap((task: PlanTask) => {
    const start = windows.get(task.id)?.[0]?.start;
    if (start === undefined || task.state === 'confirmed' || task.state === 'running') return [];
    return task.after.flatMap((id, place) => {
      const end = windows.get(id)?.at(-1)?.end ?? ended.find((row) => row.taskId === id)?.at ?? Infinity;
      return start < end + (task.delays?.[place] ?? 0) ? [`${task.id} after ${id}`] : [];
    });
  });
}

/** Every subsystem under one policy, and a queue that comes after one another with delays. */
function chains(snapshot: Snapshot, policy: (typeof POLICIES)[number]): Snapshot {
  const rows = subsystems().map((row) => ({ ...row, policy }));
  const tasks = snapshot.tasks.map((task, index): PlanTask => {
    const before = snapshot.tasks[index - 2];
    if (!before || task.fixedStart !== null) return task;
    return { ...task, after: [before.id], delays: [seconds(((index * 7) % 5) * 25 * MINUTE)] };
  });
  return { ...snapshot, tasks, subsystems: rows };
}

describe('a delay after what a task comes after', () => {
  for (const policy of POLICIES) {
    for (const budget of [0, 300]) {
      it(`is kept under ${policy} with a search of ${budget} schedules (seed ${seed})`, () => {
        let delayed = 0;
        fc.assert(
          fc.property(randomClinic, (drawn) => {
            const snapshot = chains(drawn, policy);
            const made = plan(snapshot, at(0), settings({ horizonSeconds, budget }));
            delayed += made.reasons.filter(({ segments }) =>
              segments.some(({ rule }) => rule === 'delay'),
            ).length;
            expect(tooEarly(snapshot, made)).toEqual([]);
          }),
          { numRuns: 60, seed },
        );
        expect(delayed).toBeGreaterThan(0);
      });
    }
  }

  it(`of nothing plans as none does, to the byte (seed ${seed})`, () => {
    fc.assert(
      fc.property(randomClinic, fc.constantFrom(0, 200), (drawn, budget) => {
        const bare = { ...drawn, tasks: drawn.tasks.map(({ delays: _, ...task }): PlanTask => task) };
        const nothing = {
          ...bare,
          tasks: bare.tasks.map((task) => ({ ...task, delays: task.after.map(() => seconds(0)) })),
        };
        const given = settings({ horizonSeconds, budget });
        expect(JSON.stringify(plan(nothing, at(0), given))).toBe(JSON.stringify(plan(bare, at(0), given)));
      }),
      { numRuns: 150, seed },
    );
  });

  const room = aPool('room', 2);
  const first = committed(aTask('a'), 0, HOUR, [['room-1']]);
  const next = aTask('x', { after: ['a'], delays: [seconds(2 * HOUR)] });

  it('is said as a stretch of its own, behind the wait for the end', () => {
    const made = plan(aSnapshot([room], [first, next]), at(0), settings());
    expect(startOf(made, 'x')).toBe(at(3 * HOUR));
    expect(made.reasons.find((row) => row.taskId === 'x')?.segments).toEqual([
      { from: at(0), until: at(HOUR), poolId: null, rule: 'precedence', blockers: ['a'] },
      { from: at(HOUR), until: at(3 * HOUR), poolId: null, rule: 'delay', blockers: ['a'] },
    ]);
  });

  it('counts from the true end of work that is over', () => {
    const snapshot = { ...aSnapshot([room], [next]), ended: [{ taskId: taskId('a'), at: at(-HOUR) }] };
    expect(startOf(plan(snapshot, at(0), settings()), 'x')).toBe(at(HOUR));
  });

  it('is the longest where several are named', () => {
    const other = committed(aTask('b'), 0, 2 * HOUR, [['room-2']]);
    const task = aTask('x', { after: ['a', 'b'], delays: [seconds(3 * HOUR), seconds(MINUTE)] });
    const made = plan(aSnapshot([room], [first, other, task]), at(0), settings());
    expect(startOf(made, 'x')).toBe(at(4 * HOUR));
  });

  it('holds in a quote, and refuses a fixed start inside it', () => {
    const snapshot = aSnapshot([room], [first]);
    const adopted = plan(snapshot, at(0), settings());
    const quoted = quote(snapshot, adopted, next, at(0), settings());
    expect(quoted.ok && quoted.value.windows[0]?.segments[0]?.start).toBe(at(3 * HOUR));
    const fixed = aTask('x', { after: ['a'], delays: [seconds(2 * HOUR)], fixed: 2 * HOUR });
    expect(quote(snapshot, adopted, fixed, at(0), settings())).toMatchObject({
      ok: false,
      error: { code: 'fixed-start-not-possible' },
    });
    const made = plan(aSnapshot([room], [first, fixed]), at(0), settings());
    expect(made.reasons.find((row) => row.taskId === 'x')?.refusal?.code).toBe('fixed-start-not-possible');
  });

  it('counts into the chain of work behind a task', () => {
    const world = prepareWorld(aSnapshot([room], [first, next]), at(0), settings());
    expect(world.tails.get(taskId('a'))).toBe(first.durationSeconds + 2 * HOUR + next.durationSeconds);
  });
});
