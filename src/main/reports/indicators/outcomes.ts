/**
 * How work ended, per subsystem: finished, missed, on time, early, late, and turnaround. "On time" and "early" allow
 * five minutes either way, the usual planning grid. Ends that were assumed rather than recorded are left out of early
 * and late, and work that never was promised a time out of on-time and missed.
 */
import type { BookingFigures } from '../../ledger/index.ts';
import type { OutcomeFigure } from '../../../shared/domain/report-parts.ts';
import type { OutcomeRow } from '../../../shared/domain/report.ts';
import { SUBSYSTEM_IDS } from '../../../shared/domain/subsystem.ts';
import type { TaskId } from '../../../shared/ids.ts';
import type { Instant } from '../../../shared/units.ts';
import { MINUTE, between } from '../../../shared/units.ts';
import { OUTCOME_COUNTS } from '../days/day-figures.ts';
import type { SecondsLists } from '../days/sorted-seconds.ts';
import type { Span } from './booked-spans.ts';
import { MEDIAN, P90, percentiles } from './percentile.ts';
import type { ReportTask } from './waits.ts';
import { isWithin, secondsOrNull } from './waits.ts';

export const TOLERANCE_SECONDS = 5 * MINUTE;

/** The window a task was promised: from its first confirmed segment's start to its last one's end. */
export type Promises = ReadonlyMap<TaskId, { readonly start: number; readonly end: number }>;

export function promisesOf(bookings: readonly BookingFigures[]): Promises {
  const promises = new Map<TaskId, { start: number; end: number }>();
  for (const { taskId, isReserved, plannedStart, plannedEnd } of bookings) {
    if (!isReserved || plannedStart === null || plannedEnd === null) continue;
    const known = promises.get(taskId);
    promises.set(taskId, {
      start: Math.min(known?.start ?? plannedStart, plannedStart),
      end: Math.max(known?.end ?? plannedEnd, plannedEnd),
    });
  }
  return promises;
}

/**
 * One row for each of the five subsystems, in their order.
 * @param counts  `OUTCOME_COUNTS` for each subsystem in turn, over the period
 * @param turnarounds  those of each subsystem
 */
export function outcomeRows(counts: readonly number[], turnarounds: readonly SecondsLists[]): OutcomeRow[] {
  return SUBSYSTEM_IDS.map((subsystem, index) => {
    const own = counts.slice(index * OUTCOME_COUNTS.length, (index + 1) * OUTCOME_COUNTS.length);
    const [finished = 0, missed = 0, kept = 0, onTime = 0, early = 0, late = 0, measured = 0] = own;
    const lists = turnarounds[index] ?? { sorted: [], others: [] };
    const [median = null, p90 = null] = percentiles(lists, [MEDIAN, P90]);
    return {
      subsystem,
      finished,
      missed: { numerator: missed, denominator: missed + kept },
      onTime: { numerator: onTime, denominator: kept },
      finishedEarly: { numerator: early, denominator: measured },
      finishedLate: { numerator: late, denominator: measured },
      turnarounds: lengthOf(lists),
      turnaroundSecondsMedian: secondsOrNull(median),
      turnaroundSecondsP90: secondsOrNull(p90),
    };
  });
}

function lengthOf({ sorted, others }: SecondsLists): number {
  return [...sorted, ...others].reduce((sum, { length }) => sum + length, 0);
}

export function isFinishedIn(task: ReportTask, window: Span): task is ReportTask & { endedAt: Instant } {
  return task.state === 'finished' && task.endedAt !== null && isWithin(task.endedAt, window);
}

/** The tasks behind a row of outcomes, as lists: the numerators of its shares. */
export function outcomesOf(
  tasks: readonly ReportTask[],
  { promises, window }: { readonly promises: Promises; readonly window: Span },
): Readonly<Record<OutcomeFigure, readonly ReportTask[]>> {
  const finished = tasks.filter((task) => isFinishedIn(task, window));
  const lateness = (task: ReportTask): number => latenessOf(task, promises) ?? 0;
  const due = tasks.filter(({ id }) => {
    const promise = promises.get(id);
    return promise !== undefined && window.from <= promise.start && promise.start < window.until;
  });
  return {
    finished,
    'on-time': due.filter(
      ({ id, startedAt }) =>
        startedAt !== null && startedAt <= (promises.get(id)?.start ?? 0) + TOLERANCE_SECONDS,
    ),
    missed: due.filter(({ state }) => state === 'missed'),
    'finished-early': finished.filter((task) => lateness(task) < -TOLERANCE_SECONDS),
    'finished-late': finished.filter((task) => lateness(task) > TOLERANCE_SECONDS),
  };
}

/** Seconds after the promised end; null without a promise or a recorded end. */
export function latenessOf({ id, endedAt, isAssumed }: ReportTask, promises: Promises): number | null {
  const promise = promises.get(id);
  return promise && endedAt !== null && !isAssumed ? endedAt - promise.end : null;
}

/** Seconds from eligible to ended; null where one of them is not known. */
export function turnaroundOf(
  { id, endedAt }: ReportTask,
  eligible: ReadonlyMap<TaskId, Instant>,
): number | null {
  const from = eligible.get(id);
  return from !== undefined && endedAt !== null ? Math.max(0, between(from, endedAt)) : null;
}
