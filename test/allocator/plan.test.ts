import { describe, expect, it } from 'vitest';
import type { PlanPool, PlanTask, Snapshot } from '../../src/main/allocator/index.ts';
import { plan, quote } from '../../src/main/allocator/index.ts';
import type { Plan } from '../../src/shared/domain/plan.ts';
import { HOUR, MINUTE, seconds } from '../../src/shared/units.ts';
import {
  T0,
  aPool,
  aSnapshot,
  aTask,
  at,
  committed,
  dailyHours,
  settings,
  subsystems,
} from '../support/allocator/builders.ts';

/** Minutes after T0 at which each task starts, by id. */
function starts(made: Plan): Record<string, number> {
  return Object.fromEntries(
    made.allocations.map((row) => [row.taskId, ((row.segments[0]?.start ?? NaN) - T0) / MINUTE]),
  );
}

function planned(pools: readonly PlanPool[], tasks: readonly PlanTask[], more: Partial<Snapshot> = {}): Plan {
  return plan(aSnapshot(pools, tasks, more), at(0), settings());
}

function reasonOf(made: Plan, id: string): Plan['reasons'][number] | undefined {
  return made.reasons.find((row) => row.taskId === id);
}

describe('a plan', () => {
  it('runs what fits at once and lets the rest wait, with the reason', () => {
    const made = planned([aPool('room', 2)], [aTask('a'), aTask('b'), aTask('c')]);
    expect(starts(made)).toEqual({ a: 0, b: 0, c: 30 });
    expect(made.allocations.map((row) => row.units)).toEqual([[['room-1']], [['room-2']], [['room-1']]]);
    expect(made.reasons).toEqual([
      {
        taskId: 'c',
        refusal: null,
        segments: [{ from: at(0), until: at(1800), poolId: 'room', rule: 'capacity', blockers: ['a', 'b'] }],
      },
    ]);
  });

  it('starts joint work only when every pool is free', () => {
    const made = planned(
      [aPool('room', 2), aPool('technician', 1)],
      [aTask('a', { needs: { room: 1, technician: 1 } }), aTask('b', { needs: { room: 1, technician: 1 } })],
    );
    expect(starts(made)).toEqual({ a: 0, b: 30 });
    expect(reasonOf(made, 'b')?.segments[0]).toMatchObject({ poolId: 'technician', blockers: ['a'] });
  });

  it('puts urgent work of any subsystem first', () => {
    const made = planned(
      [aPool('room', 1)],
      [
        aTask('a'),
        aTask('z', { subsystem: 'monitoring', urgency: 2 }),
        aTask('y', { subsystem: 'imaging', urgency: 1 }),
      ],
    );
    expect(starts(made)).toEqual({ y: 0, z: 30, a: 60 });
  });

  it('takes turns by dominant share, and a double weight gives double turns', () => {
    const tasks = [1, 2, 3, 4].flatMap((n) => [
      aTask(`i${n}`, { subsystem: 'imaging' }),
      aTask(`r${n}`, { subsystem: 'records' }),
    ]);
    const even = starts(planned([aPool('room', 1)], tasks));
    expect(Object.keys(even).sort((x, y) => (even[x] ?? 0) - (even[y] ?? 0))).toEqual([
      'i1',
      'r1',
      'i2',
      'r2',
      'i3',
      'r3',
      'i4',
      'r4',
    ]);
    const weighted = starts(
      planned([aPool('room', 1)], tasks, { subsystems: subsystems({ records: { weight: 2 } }) }),
    );
    expect(
      Object.keys(weighted)
        .sort((x, y) => (weighted[x] ?? 0) - (weighted[y] ?? 0))
        .slice(0, 6),
    ).toEqual(['i1', 'r1', 'r2', 'i2', 'r3', 'r4']);
  });

  it('serves the least-served requester first under the demand policy', () => {
    const tasks = [
      aTask('a1', { requester: 'ann' }),
      aTask('a2', { requester: 'ann' }),
      aTask('b1', { requester: 'bob', submitted: 5 }),
    ];
    expect(starts(planned([aPool('room', 1)], tasks))).toEqual({ a1: 0, b1: 30, a2: 60 });
  });

  it('keeps confirmed work, a tentative start that still fits, and moves it for a higher rank', () => {
    const pools = [aPool('room', 1)];
    const kept = committed(aTask('k'), HOUR, HOUR + 1800, [['room-1']], 'tentative');
    const fixed = committed(aTask('c'), 0, 1800, [['room-1']]);
    expect(starts(planned(pools, [kept, fixed]))).toEqual({ c: 0, k: 60 });
    expect(reasonOf(planned(pools, [kept, fixed]), 'k')?.segments.map((row) => row.rule)).toEqual([
      'capacity',
      'kept',
    ]);
    const urgent = aTask('u', { urgency: 1, earliest: HOUR });
    expect(starts(planned(pools, [kept, fixed, urgent]))).toEqual({ c: 0, u: 60, k: 30 });
  });

  it('waits for predecessors, open hours and fixed starts, and pauses over closures where it may', () => {
    const pool = aPool('room', 1, { capacity: dailyHours(8, 10, 3, 1) });
    const made = planned(
      [pool],
      [
        aTask('a', { minutes: 90 }),
        aTask('b', { after: ['a'], maySpanClosures: true, minutes: 60 }),
        aTask('f', { fixed: 33 * HOUR }),
      ],
    );
    expect(starts(made)).toEqual({ a: 480, b: 570, f: 33 * 60 });
    expect(
      made.allocations[1]?.segments.map((row) => [(row.start - T0) / HOUR, (row.end - T0) / HOUR]),
    ).toEqual([
      [9.5, 10],
      [32, 32.5],
    ]);
    expect(reasonOf(made, 'b')?.segments[0]).toMatchObject({ rule: 'precedence', blockers: ['a'] });
    expect(reasonOf(made, 'f')?.segments[0]).toMatchObject({ rule: 'fixed-start' });
  });

  it('never passes a limit, and lends a guarantee only to work that comes back in time', () => {
    const shares = [
      { subsystem: 'imaging', guaranteeMilli: 1000, limitMilli: null },
      { subsystem: 'records', guaranteeMilli: 0, limitMilli: 2000 },
    ] as unknown as PlanPool['shares']; // thousandths written plainly
    const pool = aPool('room', 3, { shares, reclaimSeconds: seconds(15 * MINUTE) });
    const made = planned(
      [pool],
      [aTask('a'), aTask('b'), aTask('c'), aTask('m1', { subsystem: 'insurance' })],
    );
    expect(starts(made)).toMatchObject({ a: 0, m1: 0, b: 30, c: 30 });
    const short = planned(
      [pool],
      [aTask('a'), aTask('b'), aTask('m', { subsystem: 'insurance', minutes: 15 })],
    );
    expect(starts(short)).toEqual({ a: 0, b: 0, m: 0 });
  });

  it('quotes into the adopted plan without moving anything', () => {
    const pools = [aPool('room', 1)];
    const snapshot = aSnapshot(pools, [aTask('a'), aTask('b')]);
    const adopted = plan(snapshot, at(0), settings());
    const quoted = quote(snapshot, adopted, aTask('q', { urgency: 1 }), at(0), settings());
    expect(quoted.ok && quoted.value.windows.map((row) => (row.segments[0]?.start ?? 0) - T0)).toEqual([
      3600, 5400, 7200,
    ]);
    expect(quoted.ok && quoted.value.segments).toMatchObject([{ rule: 'capacity', blockers: ['a', 'b'] }]);
  });

  it('gives the same bytes for the same snapshot in another order', () => {
    const tasks = ['c', 'a', 'b', 'e', 'd'].map((id) =>
      aTask(id, { subsystem: id < 'c' ? 'imaging' : 'research' }),
    );
    const pools = [aPool('room', 2), aPool('bed', 1)];
    expect(JSON.stringify(planned([...pools].reverse(), [...tasks].reverse()))).toBe(
      JSON.stringify(planned(pools, tasks)),
    );
  });
});
