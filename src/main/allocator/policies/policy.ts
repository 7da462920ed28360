/**
 * What a policy is: an order over one subsystem's own queue, and nothing else. It sees tasks whose predecessors are
 * placed, hears what was served, and says who is next. It never sees pools, other subsystems or time passing.
 */
import type { PolicyId } from '../../../shared/domain/subsystem.ts';
import type { TaskId } from '../../../shared/ids.ts';
import { compareIds } from '../../../shared/ids.ts';
import type { Instant, Seconds } from '../../../shared/units.ts';
import type { ShareLedger } from '../shares.ts';
import type { PlanTask } from '../snapshot.ts';

export interface QueueContext {
  readonly now: Instant;
  /** Target wait per urgency class, class 1 first. */
  readonly targets: readonly Seconds[];
  readonly shares: ShareLedger;
  /** Seconds from a task's start to the end of the longest chain of work behind it, itself included. */
  readonly tails: ReadonlyMap<TaskId, number>;
}

/** One subsystem's waiting tasks in the order of its policy. */
export interface TaskQueue {
  push(task: PlanTask): void;
  /** The next task, or null when nothing waits. */
  peek(): PlanTask | null;
  pop(): void;
}

export interface Policy {
  readonly id: PolicyId;
  createQueue(context: QueueContext): TaskQueue;
}

/** The name under which a requester's share is kept in the share ledger. */
export function requesterKey(task: Pick<PlanTask, 'subsystem' | 'requester'>): string {
  return `${task.subsystem}/${task.requester}`;
}

/** When the task's class wants it started, in UTC seconds: submitted (or wished for) plus its class's target. */
export function targetStart(task: PlanTask, targets: readonly Seconds[]): number {
  const target = targets[task.urgency - 1] ?? targets.at(-1) ?? 0;
  return Math.max(task.submittedAt, task.earliestStart) + target;
}

/** The last word of every order: submitted first, then id. */
export function compareArrival(left: PlanTask, right: PlanTask): number {
  return left.submittedAt - right.submittedAt || compareIds(left.id, right.id);
}
