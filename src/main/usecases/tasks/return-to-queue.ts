/**
 * Work that makes way goes back into the queue as what is left of it: running work that may resume keeps the time it
 * has used, a fixed start that was taken from it is no wish any more. Pure.
 */
import type { Task } from '../../../shared/domain/task.ts';
import type { Instant } from '../../../shared/units.ts';
import { MINUTE, between, instant, seconds } from '../../../shared/units.ts';

/** Work that was about to end still needs a moment to be taken up again. */
const REST_SECONDS_MIN = 5 * MINUTE;

/**
 * @param before  the task as it was when it made way
 * @param at  when it did
 * @returns the waiting task, and what it is to ask for from now on; the same object when nothing changes
 */
export function backInQueue(before: Task, at: Instant): { readonly waiting: Task; readonly rest: Task } {
  const waiting: Task = { ...before, state: 'waiting', startedAt: null };
  const used = before.startedAt === null ? 0 : Math.max(0, between(before.startedAt, at));
  const resumes = before.preemptibility === 'resume' && used > 0;
  if (!resumes && before.fixedStart === null) return { waiting, rest: waiting };
  const left = Math.max(REST_SECONDS_MIN, before.durationSeconds - used);
  return {
    waiting,
    rest: {
      ...waiting,
      durationSeconds: resumes ? seconds(Math.min(left, before.durationSeconds)) : before.durationSeconds,
      fixedStart: null,
      earliestStart: instant(Math.max(before.earliestStart, before.fixedStart ?? 0, at)),
    },
  };
}
