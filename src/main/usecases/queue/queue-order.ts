/**
 * The order of a queue: groups by state and time, or one list by a column. Pure: names come in as a look-up. Every
 * order ends with the task's id, so that two askings never differ.
 */
import type { QueuedTask } from '../../ledger/index.ts';
import type { QUEUE_GROUPS, Queue } from '../../../shared/contract/queue.ts';
import { isOpen } from '../../../shared/domain/lifecycle.ts';
import { compareIds } from '../../../shared/ids.ts';
import type { Instant } from '../../../shared/units.ts';
import { PLANNED_WITHIN_SECONDS, PROMISED_WITHIN_SECONDS } from '../views/groups.ts';

export type GroupId = (typeof QUEUE_GROUPS)[number];

const ORDER: readonly GroupId[] = ['running', 'next', 'waiting', 'later', 'held', 'ended'];

/** What rows are sorted by that only a look-up knows. */
export interface Names {
  kind(task: QueuedTask): string;
  /** Empty for work about nobody. */
  patient(task: QueuedTask): string;
}

export interface OrderedQueue {
  readonly groups: readonly { readonly id: GroupId | 'all'; readonly count: number }[];
  readonly tasks: readonly QueuedTask[];
}

export function orderQueue(
  tasks: readonly QueuedTask[],
  sort: Queue['sort'],
  given: { readonly now: Instant; readonly names: Names },
): OrderedQueue {
  if (sort !== null) {
    const compare = comparison(sort.by, given);
    const sign = sort.isDescending ? -1 : 1;
    const sorted = [...tasks].sort(
      (left, right) => sign * compare(left, right) || compareIds(left.taskId, right.taskId),
    );
    return { groups: sorted.length === 0 ? [] : [{ id: 'all', count: sorted.length }], tasks: sorted };
  }
  const byGroup = Map.groupBy(tasks, (task) => groupOf(task, given.now));
  const groups = ORDER.flatMap((id) => {
    const members = byGroup.get(id);
    return members ? [{ id, tasks: [...members].sort(id === 'ended' ? byEnd : byStart) }] : [];
  });
  return {
    groups: groups.map(({ id, tasks: members }) => ({ id, count: members.length })),
    tasks: groups.flatMap((group) => group.tasks),
  };
}

function groupOf(task: QueuedTask, now: Instant): GroupId {
  const { state, sortAt } = task;
  if (state === 'running' || state === 'held') return state;
  if (state === 'confirmed') return sortAt < now + PROMISED_WITHIN_SECONDS ? 'next' : 'later';
  if (state === 'tentative') return sortAt < now + PLANNED_WITHIN_SECONDS ? 'next' : 'waiting';
  return state === 'waiting' ? 'waiting' : 'ended';
}

const NEVER = Number.MAX_SAFE_INTEGER;

/** When it starts or started; work without a place comes last. */
function startOf({ state, sortAt, fixedStart }: QueuedTask): number {
  return state === 'waiting' || state === 'held' ? (fixedStart ?? NEVER) : sortAt;
}

function byStart(left: QueuedTask, right: QueuedTask): number {
  return (
    startOf(left) - startOf(right) || left.urgency - right.urgency || compareIds(left.taskId, right.taskId)
  );
}

/** Newest first. */
function byEnd(left: QueuedTask, right: QueuedTask): number {
  return endOf(right) - endOf(left) || compareIds(right.taskId, left.taskId);
}

function endOf({ endedAt, sortAt }: QueuedTask): number {
  return endedAt ?? sortAt;
}

function waited(task: QueuedTask, now: Instant): number {
  const until = task.startedAt ?? task.endedAt ?? (isOpen(task.state) ? now : task.sortAt);
  return Math.max(0, until - task.earliestStart);
}

function comparison(
  by: NonNullable<Queue['sort']>['by'],
  { now, names }: { readonly now: Instant; readonly names: Names },
): (left: QueuedTask, right: QueuedTask) => number {
  switch (by) {
    case 'level':
      return (left, right) => left.urgency - right.urgency || startOf(left) - startOf(right);
    case 'waited':
      return (left, right) => waited(left, now) - waited(right, now);
    case 'start':
      return (left, right) => startOf(left) - startOf(right);
    default: {
      const collator = new Intl.Collator(['zh', 'en']);
      const nameOf = by === 'task' ? names.kind : names.patient;
      return (left, right) => collator.compare(nameOf(left), nameOf(right));
    }
  }
}
