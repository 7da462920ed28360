/**
 * How work ended, per subsystem: finished, missed, on time, early, late, and turnaround. "On time" and "early" allow
 * five minutes either way, the usual planning grid. Ends that were assumed rather than recorded are left out of early
 * and late, and work that never was promised a time out of on-time and missed.
 */
import type { BookingFigures } from '../../ledger/index.ts';
import type { OutcomeFigure } from '../../../shared/domain/report-parts.ts';
import type { OutcomeRow, Ratio } from '../../../shared/domain/report.ts';
import { SUBSYSTEM_IDS } from '../../../shared/domain/subsystem.ts';
import type { SubsystemId } from '../../../shared/domain/subsystem.ts';
import type { TaskId } from '../../../shared/ids.ts';
import type { Instant } from '../../../shared/units.ts';
import { MINUTE, between } from '../../../shared/units.ts';
import type { Span } from './booked-spans.ts';
import { MEDIAN, P90, percentile } from './percentile.ts';
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

/** One row for each of the five subsystems, in their order. */
export function outcomeRows(input: {
  readonly tasks: readonly ReportTask[];
  readonly promises: Promises;
  readonly eligible: ReadonlyMap<TaskId, Instant>;
  readonly window: Span;
}): OutcomeRow[] {
  const bySubsystem = Map.groupBy(input.tasks, (task) => task.subsystem);
  return SUBSYSTEM_IDS.map((subsystem) => outcomeRow(subsystem, bySubsystem.get(subsystem) ?? [], input));
}

function outcomeRow(
  subsystem: SubsystemId,
  tasks: readonly ReportTask[],
  { promises, eligible, window }: Parameters<typeof outcomeRows>[0],
): OutcomeRow {
  const finished = tasks.filter((task) => isFinishedIn(task, window));
  const lateness: number[] = [];
  const turnaround: number[] = [];
  for (const task of finished) {
    const late = latenessOf(task, promises);
    if (late !== null) lateness.push(late);
    const whole = turnaroundOf(task, eligible);
    if (whole !== null) turnaround.push(whole);
  }
  turnaround.sort((left, right) => left - right);
  const [missed, kept, onTime] = countDue(tasks, promises, window);
  return {
    subsystem,
    finished: finished.length,
    missed: { numerator: missed, denominator: missed + kept },
    onTime: { numerator: onTime, denominator: kept },
    finishedEarly: shareOf(lateness, (late) => late < -TOLERANCE_SECONDS),
    finishedLate: shareOf(lateness, (late) => late > TOLERANCE_SECONDS),
    turnaroundSecondsMedian: secondsOrNull(percentile(turnaround, MEDIAN)),
    turnaroundSecondsP90: secondsOrNull(percentile(turnaround, P90)),
  };
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
function latenessOf({ id, endedAt, isAssumed }: ReportTask, promises: Promises): number | null {
  const promise = promises.get(id);
  return promise && endedAt !== null && !isAssumed ? endedAt - promise.end : null;
}

function turnaroundOf({ id, endedAt }: ReportTask, eligible: ReadonlyMap<TaskId, Instant>): number | null {
  const from = eligible.get(id);
  return from !== undefined && endedAt !== null ? Math.max(0, between(from, endedAt)) : null;
}

/** Of the work promised a start within the window: how much was missed, how much began, and how much of that on time. */
function countDue(
  tasks: readonly ReportTask[],
  promises: Promises,
  window: Span,
): readonly [missed: number, kept: number, onTime: number] {
  let [missed, kept, onTime] = [0, 0, 0];
  for (const { id, state, startedAt } of tasks) {
    if (state !== 'missed' && startedAt === null) continue;
    const promise = promises.get(id);
    if (!promise || promise.start < window.from || promise.start >= window.until) continue;
    if (state === 'missed') missed += 1;
    if (startedAt === null) continue;
    kept += 1;
    if (startedAt <= promise.start + TOLERANCE_SECONDS) onTime += 1;
  }
  return [missed, kept, onTime];
}

function shareOf(values: readonly number[], isCounted: (value: number) => boolean): Ratio {
  return { numerator: values.filter(isCounted).length, denominator: values.length };
}
