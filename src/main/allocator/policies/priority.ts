/**
 * The priority policy 基于优先级: urgency class first; inside a class by deadline, which is the due date where there is
 * one (search then lowers weighted tardiness) and the class's target start where there is none. Waiting moves a task
 * up one class for every twice its target waited, never above class 3, and never gives a right to preempt.
 */
import { BinaryHeap } from '../binary-heap.ts';
import type { PlanTask } from '../snapshot.ts';
import type { Policy, QueueContext } from './policy.ts';
import { compareArrival, targetStart } from './policy.ts';

/** The highest class that waiting alone can reach. */
const PROMOTED_CLASS = 3;

/** The class a task is ordered by at `now`: its own, or better after a long wait. */
export function effectiveClass(task: PlanTask, context: Pick<QueueContext, 'now' | 'targets'>): number {
  if (task.urgency <= PROMOTED_CLASS) return task.urgency;
  const waitingSince = Math.max(task.submittedAt, task.earliestStart);
  const patience = 2 * (targetStart(task, context.targets) - waitingSince);
  if (patience <= 0 || context.now - waitingSince <= patience) return task.urgency;
  return Math.max(PROMOTED_CLASS, task.urgency - Math.floor((context.now - waitingSince) / patience));
}

/** When the task should start at the latest, by its due date or else by its class's target. */
export function latestStart(task: PlanTask, context: Pick<QueueContext, 'targets'>): number {
  return task.due === null ? targetStart(task, context.targets) : task.due - task.durationSeconds;
}

/** The order of the priority policy; total. */
export function comparePriority(context: QueueContext): (left: PlanTask, right: PlanTask) => number {
  return (left, right) =>
    effectiveClass(left, context) - effectiveClass(right, context) ||
    latestStart(left, context) - latestStart(right, context) ||
    right.weight - left.weight ||
    compareArrival(left, right);
}

export const priority: Policy = {
  id: 'priority',
  createQueue: (context) => new BinaryHeap(comparePriority(context)),
};
