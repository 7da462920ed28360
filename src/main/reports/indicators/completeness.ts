/**
 * How far the figures can be trusted: tasks without an end, ends that were assumed, and days on which the clinic was
 * open but nothing at all was written down.
 */
import type { Completeness } from '../../../shared/domain/report.ts';
import { seconds } from '../../../shared/units.ts';
import { OPEN_STATES } from '../../../shared/domain/lifecycle.ts';
import type { TaskId } from '../../../shared/ids.ts';
import type { ReportInput } from '../input.ts';
import type { Span } from './booked-spans.ts';
import { bookedSpans } from './booked-spans.ts';
import type { ReportTask } from './waits.ts';
import { isWithin } from './waits.ts';

/** What a day of the window says: the open seconds of its pools before `asOf`, each pool by itself. */
export interface DayRecord {
  readonly isRecorded: boolean;
  readonly openSeconds: number;
  /** Of a day without a record: the stretches in which one of its pools was open. */
  readonly open: readonly Span[];
}

/** Open pool·seconds on days with at least one record ÷ all open pool·seconds. */
export function recordedOf(
  days: readonly Pick<DayRecord, 'isRecorded' | 'openSeconds'>[],
): Completeness['recorded'] {
  let [numerator, denominator] = [0, 0];
  for (const { isRecorded, openSeconds } of days) {
    denominator += openSeconds;
    if (isRecorded) numerator += openSeconds;
  }
  return { numerator, denominator };
}

/** Seconds of the days without a record during which any pool was open, each counted once. */
export function withoutDataSeconds(days: readonly DayRecord[]): Completeness['withoutDataSeconds'] {
  return seconds(days.reduce((sum, day) => sum + (day.isRecorded ? 0 : lengthOfUnion(day.open)), 0));
}

function lengthOfUnion(stretches: readonly Span[]): number {
  let [total, covered] = [0, -Infinity];
  for (const { from, until } of stretches.toSorted((left, right) => left.from - right.from)) {
    total += Math.max(0, until - Math.max(from, covered));
    covered = Math.max(covered, until);
  }
  return total;
}

/** Known before the period's end, not over before its start, and without an end. */
export function openTasks({ tasks, periods }: Pick<ReportInput, 'tasks' | 'periods'>): ReportTask[] {
  const window = periods.current;
  return tasks.filter(
    ({ state, submittedAt, startedAt, endedAt }) =>
      OPEN_STATES.includes(state) &&
      Math.min(submittedAt, startedAt ?? submittedAt) < window.until &&
      (endedAt ?? Infinity) > window.from,
  );
}

/** Tasks whose end nobody recorded and that counts as forgotten, where the plan or a default puts it into the period. */
export function guessedEnds({
  openEnded,
  asOf,
  defaultDurations,
  periods,
}: Pick<ReportInput, 'openEnded' | 'asOf' | 'defaultDurations' | 'periods'>): (Span & { taskId: TaskId })[] {
  const guessed = new Map<TaskId, Span & { taskId: TaskId }>();
  for (const booking of openEnded) {
    const { taskId, actual, isEndAssumed } = bookedSpans(booking, asOf, defaultDurations);
    const until = actual?.until ?? booking.actualStart;
    const from = booking.actualStart ?? until;
    const known = guessed.get(taskId);
    if (!isEndAssumed || until === null || from === null || (known && known.until >= until)) continue;
    guessed.set(taskId, { taskId, from, until });
  }
  return [...guessed.values()].filter(({ until }) => isWithin(until, periods.current));
}
