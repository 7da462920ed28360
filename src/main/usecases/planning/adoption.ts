/**
 * What changes when a plan is adopted: only windows and reasons that differ from the books go into the entry, so a
 * replan that changes nothing writes nothing. Pure.
 */
import type { Plan } from '../../../shared/domain/plan.ts';
import type { Reason } from '../../../shared/domain/reason.ts';
import type { Allocation, Task } from '../../../shared/domain/task.ts';
import type { TaskId } from '../../../shared/ids.ts';
import { compareIds } from '../../../shared/ids.ts';

export interface Adoption {
  readonly changes: readonly { readonly taskId: TaskId; readonly allocation: Allocation | null }[];
  readonly reasons: readonly Reason[];
  readonly clearedReasons: readonly TaskId[];
}

/** @param books  open tasks with the windows and reasons that are adopted now */
export function adoptionOf(
  plan: Plan,
  books: {
    readonly tasks: readonly Task[];
    readonly allocations: ReadonlyMap<TaskId, Allocation>;
    readonly reasons: ReadonlyMap<TaskId, Reason>;
  },
): Adoption {
  const planned = new Map(plan.allocations.map((allocation) => [allocation.taskId, allocation]));
  const wanted = new Map(plan.reasons.map((reason) => [reason.taskId, reason]));
  const movable = books.tasks.filter((task) => task.state === 'waiting' || task.state === 'tentative');
  const ids = movable.map((task) => task.id).sort(compareIds);
  return {
    changes: ids.flatMap((taskId) => {
      const allocation = planned.get(taskId) ?? null;
      return isSame(allocation, books.allocations.get(taskId) ?? null) ? [] : [{ taskId, allocation }];
    }),
    reasons: ids.flatMap((taskId) => {
      const reason = wanted.get(taskId);
      return !reason || isSameReason(reason, books.reasons.get(taskId)) ? [] : [reason];
    }),
    clearedReasons: ids.filter((taskId) => books.reasons.has(taskId) && !wanted.has(taskId)),
  };
}

export function isEmpty(adoption: Adoption): boolean {
  return adoption.changes.length + adoption.reasons.length + adoption.clearedReasons.length === 0;
}

function isSame(left: Allocation | null, right: Allocation | null): boolean {
  return left === right || (left !== null && right !== null && windowText(left) === windowText(right));
}

/** Field by field in a fixed order, because the two may come from different makers. */
function windowText(allocation: Allocation): string {
  return JSON.stringify([
    allocation.segments.map((segment) => [segment.start, segment.end, segment.ratesMilli]),
    allocation.units,
  ]);
}

/** The wait's beginning moves with the clock and says nothing new; everything else counts. */
function isSameReason(reason: Reason, known: Reason | undefined): boolean {
  return known !== undefined && reasonText(reason) === reasonText(known);
}

function reasonText(reason: Reason): string {
  return JSON.stringify([
    reason.segments.map((segment, index) => [
      index === 0 ? null : segment.from,
      segment.until,
      segment.poolId,
      segment.rule,
      segment.blockers,
    ]),
    reason.refusal && [reason.refusal.code, reason.refusal.poolId],
  ]);
}
