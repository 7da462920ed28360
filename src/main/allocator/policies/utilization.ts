/**
 * The utilization policy 基于资源利用率: work with the longest chain behind it first (the critical-path rule), then the
 * bulkiest, so that little is left over to run alone at the end. Search permutes this order and keeps what is better.
 */
import { BinaryHeap } from '../binary-heap.ts';
import type { PlanTask } from '../snapshot.ts';
import type { Policy, QueueContext } from './policy.ts';
import { compareArrival } from './policy.ts';

/** Work in thousandth-unit·seconds over all pools. */
function bulk(task: PlanTask): number {
  return task.needs.reduce((total, need) => total + need.rateMilli, 0) * task.durationSeconds;
}

/** The order of the utilization policy before any search; total. */
export function compareUtilization(context: QueueContext): (left: PlanTask, right: PlanTask) => number {
  const tail = (task: PlanTask): number => context.tails.get(task.id) ?? task.durationSeconds;
  const release = (task: PlanTask): number => Math.max(context.now, task.earliestStart);
  return (left, right) =>
    release(left) - release(right) ||
    tail(right) - tail(left) ||
    bulk(right) - bulk(left) ||
    compareArrival(left, right);
}

export const utilization: Policy = {
  id: 'utilization',
  createQueue: (context) => new BinaryHeap(compareUtilization(context)),
};
