/**
 * Independent readings of a generated sample clinic: who held which unit when, how full each pool was. They use the
 * calendar, but nothing of the generator.
 */
import type { Window } from '../../../src/shared/calendar.ts';
import { accountingSteps, unchanged } from '../../../src/shared/calendar.ts';
import type { Pool } from '../../../src/shared/domain/pool.ts';
import type { Allocation } from '../../../src/shared/domain/task.ts';
import type { PoolId, TaskId } from '../../../src/shared/ids.ts';
import type { SampleClinic } from '../../../src/main/usecases/sample/sample-clinic.ts';

export interface Hold {
  readonly taskId: TaskId;
  readonly subsystem: string;
  readonly unit: string;
  readonly start: number;
  readonly end: number;
}

/** What was truly held: finished work over its true times, running work from its true start to now. */
export function trueHolds({ history, open, now }: SampleClinic): Hold[] {
  const rows = [...history, ...open].flatMap(({ task, allocation }) =>
    allocation && task.startedAt !== null
      ? [{ task, allocation, start: task.startedAt, end: task.endedAt ?? now }]
      : [],
  );
  return rows.flatMap(({ task, allocation, start, end }) =>
    unitsOf(allocation).map((unit) => ({ taskId: task.id, subsystem: task.subsystem, unit, start, end })),
  );
}

export function unitsOf(allocation: Allocation): string[] {
  return allocation.units.flat();
}

/** Pairs of holds of one unit that are there at once. */
export function collisions(holds: readonly Hold[]): [TaskId, TaskId][] {
  const pairs: [TaskId, TaskId][] = [];
  for (const ofUnit of Map.groupBy(holds, (hold) => hold.unit).values()) {
    const ordered = ofUnit.toSorted((left, right) => left.start - right.start);
    ordered.forEach((hold, index) => {
      const next = ordered[index + 1];
      if (next && next.start < hold.end) pairs.push([hold.taskId, next.taskId]);
    });
  }
  return pairs;
}

/** The highest load that ever ran on a pool, in thousandths of its unit; of one subsystem where one is given. */
export function peakMilli({ history, open, now }: SampleClinic, poolId: PoolId, subsystem?: string): number {
  const changes = [...history, ...open].flatMap(({ task }) => {
    const rate = task.needs.find((need) => need.poolId === poolId)?.rateMilli ?? 0;
    if (task.startedAt === null || rate === 0 || (subsystem && task.subsystem !== subsystem)) return [];
    return [
      { at: task.startedAt, by: rate },
      { at: task.endedAt ?? now, by: -rate },
    ];
  });
  changes.sort((left, right) => left.at - right.at || left.by - right.by);
  let [load, peak] = [0, 0];
  for (const { by } of changes) {
    load += by;
    peak = Math.max(peak, load);
  }
  return peak;
}

/** Used ÷ offered over the whole history, in percent. */
export function utilizationPercent(sample: SampleClinic, pool: Pool): number {
  const window = { from: sample.openedAt, until: sample.now };
  const steps = accountingSteps(unchanged(pool), window, sample.clinic.timeZone);
  const offered = steps.reduce((sum, step, index) => {
    const end = steps[index + 1]?.at ?? window.until;
    return sum + (step.openMilli - step.downMilli) * (end - step.at);
  }, 0);
  const used = sample.history.reduce((sum, { task }) => {
    const rate = task.needs.find((need) => need.poolId === pool.id)?.rateMilli ?? 0;
    return task.startedAt === null || task.endedAt === null
      ? sum
      : sum + rate * (task.endedAt - task.startedAt);
  }, 0);
  return (100 * used) / offered;
}

/** Whether the pool offers anything at each instant of [start, end). */
export function isOpenThroughout(pool: Pool, window: Window, zone: string): boolean {
  const [first, ...rest] = accountingSteps(unchanged(pool), window, zone);
  return (first?.openMilli ?? 0) > 0 && rest.every((step) => step.openMilli > 0);
}
