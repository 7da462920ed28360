/**
 * What a task holds when it truly starts: the same rates from that instant for its planned length, on its own units
 * where they are free, else on the first free ones. Two tasks never hold one named unit at once, so where none is left
 * the start is refused until the task before it has been finished. Pure.
 */
import type { Pool } from '../../../shared/domain/pool.ts';
import type { Allocation, Task } from '../../../shared/domain/task.ts';
import type { PoolId, UnitId } from '../../../shared/ids.ts';
import type { Result } from '../../../shared/result.ts';
import { accept, refuse } from '../../../shared/result.ts';
import type { Instant } from '../../../shared/units.ts';
import { after, instant } from '../../../shared/units.ts';

export interface StartFacts {
  readonly at: Instant;
  pool(id: PoolId): Pool | null;
  /** Units of the pool that other running tasks hold at `at`. */
  unitsInUse(id: PoolId): ReadonlySet<UnitId>;
}

export function allocationAtStart(
  task: Task,
  planned: Allocation,
  facts: StartFacts,
): Result<Allocation, 'unit-still-in-use'> {
  const units: UnitId[][] = [];
  for (const [index, need] of task.needs.entries()) {
    const pool = facts.pool(need.poolId);
    const count = pool?.kind === 'countable' ? need.rateMilli / 1000 : 0;
    const inUse = facts.unitsInUse(need.poolId);
    const wished = planned.units[index] ?? [];
    const others = pool?.units.map((unit) => unit.id).filter((id) => !wished.includes(id)) ?? [];
    const free = [...wished, ...others].filter((id) => !inUse.has(id)).slice(0, count);
    if (free.length < count) return refuse('unit-still-in-use', { poolId: need.poolId });
    units.push(free);
  }
  return accept({ taskId: task.id, segments: shiftedSegments(task, planned, facts.at), units });
}

/** One segment moves with the true start; work in several segments keeps those that lie ahead. */
function shiftedSegments(task: Task, planned: Allocation, at: Instant): Allocation['segments'] {
  const [first, ...rest] = planned.segments;
  const ratesMilli = first?.ratesMilli ?? task.needs.map((need) => need.rateMilli);
  if (!first || rest.length === 0) {
    const length = first ? first.end - first.start : task.durationSeconds;
    return [{ start: at, end: instant(at + length), ratesMilli }];
  }
  const end = first.end > at ? first.end : after(at, task.durationSeconds);
  return [{ start: at, end, ratesMilli }, ...rest.filter((segment) => segment.start >= end)];
}
