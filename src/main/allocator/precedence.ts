/**
 * Coming after: a task starts no sooner than the end of each task it comes after, plus the delay asked for between the
 * two. Delays stand beside `after`, in its order, so that a task without any carries nothing for it.
 */
import type { TaskId } from '../../shared/ids.ts';
import type { PlanTask } from './snapshot.ts';

type After = Pick<PlanTask, 'after' | 'delays'>;

/** Seconds between the end of the task named at a place of `after` and the start of this one. */
export function delayAt({ delays }: After, place: number): number {
  return delays === undefined ? 0 : (delays[place] ?? 0);
}

/** The longest delay after a task, where it is named more than once; 0 where it is not named. */
export function delayAfter(task: After, id: TaskId): number {
  if (task.delays === undefined) return 0;
  let longest = 0;
  for (const [place, before] of task.after.entries())
    if (before === id) longest = Math.max(longest, delayAt(task, place));
  return longest;
}

/**
 * When all that a task comes after is over and the delays have passed.
 * @param endOf  seconds; what is given for a task without an end counts as its end
 * @returns −Infinity for a task that comes after nothing
 */
export function readyAfter(task: After, endOf: (id: TaskId) => number): number {
  let ready = -Infinity;
  for (const [place, id] of task.after.entries()) ready = Math.max(ready, endOf(id) + delayAt(task, place));
  return ready;
}
