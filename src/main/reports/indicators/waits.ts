/**
 * Waiting: when a task was eligible, when its wait ended, and the table of waits by subsystem and urgency against the
 * class's target. A task is eligible from the latest of its submission, its earliest wish, its fixed start and the ends
 * of the tasks it comes after. Imported history whose waiting is not known takes no part.
 */
import type { TaskFigures, WaitCause } from '../../ledger/index.ts';
import type { WaitRow } from '../../../shared/domain/report.ts';
import type { SubsystemId } from '../../../shared/domain/subsystem.ts';
import { SUBSYSTEM_IDS } from '../../../shared/domain/subsystem.ts';
import type { UrgencyClass } from '../../../shared/domain/urgency.ts';
import { URGENCY_CLASSES } from '../../../shared/domain/urgency.ts';
import type { TaskId } from '../../../shared/ids.ts';
import type { Instant, Seconds } from '../../../shared/units.ts';
import { between, instant, seconds } from '../../../shared/units.ts';
import type { Span } from './booked-spans.ts';
import type { TaskWait } from './free-capacity.ts';
import { MEDIAN, P90, percentile } from './percentile.ts';

/** What the reports read of a task; nothing in it identifies a patient. */
export type ReportTask = TaskFigures;

/** A task's wait: from eligible until started, or until it stopped wanting a place. */
export interface EligibleWait extends TaskWait {
  readonly task: ReportTask;
  readonly hasStarted: boolean;
}

/**
 * One wait per task that waited a known time, in the order of the tasks; an instant start gives no wait here.
 * @param eligible  as `eligibleFrom` gives it
 * @param causes  what was logged of their waits, ascending by time within a task
 */
export function taskWaits(
  tasks: readonly ReportTask[],
  eligible: ReadonlyMap<TaskId, Instant>,
  asOf: Instant,
  causes: readonly WaitCause[] = [],
): EligibleWait[] {
  const waits: EligibleWait[] = [];
  const causesOf = Map.groupBy(causes, (cause) => cause.taskId);
  for (const task of tasks) {
    const from = eligible.get(task.id);
    const until = waitEnd(task, asOf);
    if (from === undefined || until === null || until <= from) continue;
    waits.push({
      taskId: task.id,
      from,
      until,
      needs: task.needs,
      causes: causesOf.get(task.id) ?? [],
      task,
      hasStarted: task.startedAt !== null,
    });
  }
  return waits;
}

/** When each task could first have run; tasks whose waiting is not known are left out. */
export function eligibleFrom(tasks: readonly ReportTask[]): Map<TaskId, Instant> {
  const endOf = new Map(tasks.map((task) => [task.id, task.endedAt]));
  const eligible = new Map<TaskId, Instant>();
  for (const task of tasks) {
    if (isImportedFact(task)) continue;
    const ends = task.after.map((id) => endOf.get(id) ?? task.submittedAt);
    const fixed = task.fixedStart ?? task.submittedAt;
    eligible.set(task.id, instant(Math.max(task.submittedAt, task.earliestStart, fixed, ...ends)));
  }
  return eligible;
}

interface WaitInput {
  readonly eligible: ReadonlyMap<TaskId, Instant>;
  readonly window: Span;
  readonly asOf: Instant;
}

interface OpenWait {
  readonly task: ReportTask;
  /** Eligible since. */
  readonly from: Instant;
}

interface StartedWait extends OpenWait {
  /** When it started; before `from` where it was begun before it was wished. */
  readonly until: Instant;
}

/**
 * Rows in the order of subsystems, then urgency; a row without a start and without a waiting task is left out.
 * @param targets  target wait per class, class 1 first; a class beyond the list has the last one's
 */
export function waitRows(
  input: WaitInput & { readonly tasks: readonly ReportTask[]; readonly targets: readonly Seconds[] },
): WaitRow[] {
  const rows: WaitRow[] = [];
  const byRow = groupedByRow(input.tasks);
  for (const subsystem of SUBSYSTEM_IDS) {
    for (const urgency of URGENCY_CLASSES) {
      const row = waitRow(subsystem, urgency, byRow.get(`${subsystem} ${urgency}`) ?? [], input);
      if (row.started !== 0 || row.stillWaiting !== 0) rows.push(row);
    }
  }
  return rows;
}

function waitRow(
  subsystem: SubsystemId,
  urgency: UrgencyClass,
  tasks: readonly ReportTask[],
  input: WaitInput & { readonly targets: readonly Seconds[] },
): WaitRow {
  const { started, stillWaiting } = waitsOfRow(tasks, input);
  const waited = started.map(({ from, until }) => Math.max(0, between(from, until)));
  waited.sort((left, right) => left - right);
  const target = input.targets[urgency - 1] ?? input.targets.at(-1) ?? seconds(0);
  return {
    subsystem,
    urgency,
    started: waited.length,
    waitSecondsMedian: secondsOrNull(percentile(waited, MEDIAN)),
    waitSecondsP90: secondsOrNull(percentile(waited, P90)),
    targetSeconds: target,
    withinTarget: {
      numerator: waited.filter((wait) => wait <= target).length,
      denominator: waited.length,
    },
    stillWaiting: stillWaiting.length,
  };
}

/** The tasks behind a row of waits, whose wait is known. */
export function waitsOfRow(
  tasks: readonly ReportTask[],
  { eligible, window, asOf }: WaitInput,
): { readonly started: readonly StartedWait[]; readonly stillWaiting: readonly OpenWait[] } {
  const end = instant(Math.min(asOf, window.until));
  const started: StartedWait[] = [];
  const stillWaiting: OpenWait[] = [];
  for (const task of tasks) {
    const from = eligible.get(task.id);
    if (from === undefined) continue;
    if (task.startedAt !== null && isWithin(task.startedAt, window) && task.startedAt <= asOf) {
      started.push({ task, from, until: task.startedAt });
    } else if (from < end && (waitEnd(task, asOf) ?? from) >= end) stillWaiting.push({ task, from });
  }
  return { started, stillWaiting };
}

/** When the task stopped waiting, `asOf` at the latest; null when that is not known or it was not waiting at all. */
function waitEnd(task: ReportTask, asOf: Instant): Instant | null {
  const stillWants = task.state === 'waiting' || task.state === 'tentative' || task.state === 'confirmed';
  const end = task.startedAt ?? (stillWants ? asOf : task.endedAt);
  return end === null ? null : instant(Math.min(end, asOf));
}

/** Written down after the fact: it has no wait, rather than a wait of zero. */
function isImportedFact(task: ReportTask): boolean {
  return task.batchId !== null && task.startedAt !== null && task.submittedAt >= task.startedAt;
}

function groupedByRow(tasks: readonly ReportTask[]): Map<string, ReportTask[]> {
  const groups = new Map<string, ReportTask[]>();
  for (const task of tasks) {
    const key = `${task.subsystem} ${task.urgency}`;
    const group = groups.get(key);
    if (group) group.push(task);
    else groups.set(key, [task]);
  }
  return groups;
}

export function isWithin(at: Instant, window: Span): boolean {
  return window.from <= at && at < window.until;
}

export function secondsOrNull(value: number | null): Seconds | null {
  return value === null ? null : seconds(value);
}
