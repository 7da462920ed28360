/**
 * Waiting: when a task was eligible, when its wait ended, and the table of waits by subsystem and urgency against the
 * class's target. A task is eligible from the latest of its submission, its earliest wish, its fixed start and the ends
 * of the tasks it comes after. Imported history whose waiting is not known takes no part.
 */
import type { TaskFigures, WaitCause } from '../../ledger/index.ts';
import type { WaitRow } from '../../../shared/domain/report.ts';
import type { SubsystemId } from '../../../shared/domain/subsystem.ts';
import type { TaskId } from '../../../shared/ids.ts';
import type { Instant, Seconds } from '../../../shared/units.ts';
import { instant, seconds } from '../../../shared/units.ts';
import { WAIT_ROWS } from '../days/day-figures.ts';
import type { SecondsLists } from '../days/sorted-seconds.ts';
import { countUpToIn } from '../days/sorted-seconds.ts';
import type { Span } from './booked-spans.ts';
import type { TaskWait } from './free-capacity.ts';
import { MEDIAN, P90, percentiles } from './percentile.ts';

/** What the reports read of a task; nothing in it identifies a patient. */
export type ReportTask = TaskFigures;

/** A task's wait, or a part of it: from eligible until started, or until it stopped wanting a place. */
export interface EligibleWait extends TaskWait {
  readonly task: ReportTask;
}

/**
 * One wait per task that waited a known time, in the order of the tasks; an instant start gives no wait here. When a task
 * on hold, or one that was given up before it began, stopped waiting is not known: it waited for as long as was logged,
 * and has a wait for each of those stretches (decision 0321).
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
    if (from === undefined) continue;
    const logged = causesOf.get(task.id) ?? [];
    const until = waitEnd(task, asOf);
    const stretches = until === null ? loggedWaits(logged, from, asOf) : [{ from, until }];
    for (const stretch of stretches) {
      if (stretch.until <= stretch.from) continue;
      const { id: taskId, needs } = task;
      waits.push({ taskId, needs, causes: logged, task, ...stretch, since: from });
    }
  }
  return waits;
}

/** The stretches of a wait that were logged, ascending and disjoint. */
function loggedWaits(causes: readonly WaitCause[], eligible: Instant, asOf: Instant): Span[] {
  const stretches: Span[] = [];
  let last: number = eligible;
  for (const cause of causes) {
    const from = instant(Math.max(cause.from, last));
    const until = instant(Math.min(cause.until, asOf));
    if (until <= from) continue;
    stretches.push({ from, until });
    last = until;
  }
  return stretches;
}

/** Later than every instant: what waits for a task that has not ended. */
const NOT_YET = Number.MAX_SAFE_INTEGER as Instant; // an integer

/**
 * When each task could first have run, `NOT_YET` while one that it comes after goes on; tasks whose waiting is not known
 * are left out.
 * @param otherEnds  of tasks that are not among these and that some of these come after
 */
export function eligibleFrom(
  tasks: readonly ReportTask[],
  otherEnds: ReadonlyMap<TaskId, Instant | null> = new Map(),
): Map<TaskId, Instant> {
  const endOf = new Map(tasks.map((task) => [task.id, task.endedAt]));
  const endBefore = (id: TaskId, task: ReportTask): Instant => {
    const end = endOf.get(id) ?? otherEnds.get(id);
    if (end !== undefined && end !== null) return end;
    return endOf.has(id) || otherEnds.has(id) ? NOT_YET : task.submittedAt;
  };
  const eligible = new Map<TaskId, Instant>();
  for (const task of tasks) {
    if (isImportedFact(task)) continue;
    const ends = task.after.map((id, place) =>
      Math.min(NOT_YET, endBefore(id, task) + (task.delays?.[place] ?? 0)),
    );
    const fixed = task.fixedStart ?? task.submittedAt;
    eligible.set(task.id, instant(Math.max(task.submittedAt, task.earliestStart, fixed, ...ends)));
  }
  return eligible;
}

interface WaitInput {
  readonly eligible: ReadonlyMap<TaskId, Instant>;
  readonly window: Span;
  readonly asOf: Instant;
  /** What was logged of their waits when the window ended. */
  readonly causes: readonly WaitCause[];
}

interface OpenWait {
  readonly task: ReportTask;
  /** Eligible since. */
  readonly from: Instant;
}

export interface StartedWait extends OpenWait {
  /** When it started; before `from` where it was begun before it was wished. */
  readonly until: Instant;
}

/**
 * Rows in the order of subsystems, then urgency; a row without a start and without a waiting task is left out.
 * @param waited  the waits of each row of `WAIT_ROWS`
 * @param targets  target wait per class, class 1 first; a class beyond the list has the last one's
 */
export function waitRows(
  input: WaitInput & {
    readonly waited: readonly SecondsLists[];
    readonly tasks: readonly ReportTask[];
    readonly targets: readonly Seconds[];
    readonly isChosen: (subsystem: SubsystemId) => boolean;
  },
): WaitRow[] {
  const { targets, isChosen } = input;
  const waitingNow = new Map<string, number>();
  for (const { subsystem, urgency } of stillWaiting(input.tasks, input)) {
    const key = `${subsystem} ${urgency}`;
    waitingNow.set(key, (waitingNow.get(key) ?? 0) + 1);
  }
  return WAIT_ROWS.flatMap(({ subsystem, urgency }, row): WaitRow[] => {
    const lists = input.waited[row] ?? { sorted: [], others: [] };
    const started = countUpTo(lists, Infinity);
    const still = waitingNow.get(`${subsystem} ${urgency}`) ?? 0;
    if (!isChosen(subsystem) || (started === 0 && still === 0)) return [];
    const target = targets[urgency - 1] ?? targets.at(-1) ?? seconds(0);
    const [median = null, p90 = null] = percentiles(lists, [MEDIAN, P90]);
    return [
      {
        subsystem,
        urgency,
        started,
        waitSecondsMedian: secondsOrNull(median),
        waitSecondsP90: secondsOrNull(p90),
        targetSeconds: target,
        withinTarget: { numerator: countUpTo(lists, target), denominator: started },
        stillWaiting: still,
      },
    ];
  });
}

/** How many of some seconds are at most the target. */
export function countUpTo({ sorted, others }: SecondsLists, target: number): number {
  let count = sorted.reduce((sum, list) => sum + countUpToIn(list, target), 0);
  for (const list of others) {
    for (let index = 0; index < list.length; index += 1) if ((list[index] ?? 0) <= target) count += 1;
  }
  return count;
}

function stillWaiting(tasks: readonly ReportTask[], input: WaitInput): ReportTask[] {
  return waitsOfRow(tasks, input).stillWaiting.map(({ task }) => task);
}

/** The tasks behind a row of waits, whose wait is known. */
export function waitsOfRow(
  tasks: readonly ReportTask[],
  { eligible, window, asOf, causes }: WaitInput,
): { readonly started: readonly StartedWait[]; readonly stillWaiting: readonly OpenWait[] } {
  const end = instant(Math.min(asOf, window.until));
  const started: StartedWait[] = [];
  const stillWaiting: OpenWait[] = [];
  const atTheEnd = causes.filter((cause) => cause.from < end && cause.until >= end);
  const logged = new Set(atTheEnd.map(({ taskId }) => taskId));
  for (const task of tasks) {
    const from = eligible.get(task.id);
    if (from === undefined) continue;
    if (task.startedAt !== null && isWithin(task.startedAt, window) && task.startedAt <= asOf) {
      started.push({ task, from, until: task.startedAt });
    } else if (from < end && (waitEnd(task, asOf) ?? (logged.has(task.id) ? end : from)) >= end) {
      stillWaiting.push({ task, from });
    }
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

export function isWithin(at: Instant, window: Span): boolean {
  return window.from <= at && at < window.until;
}

export function secondsOrNull(value: number | null): Seconds | null {
  return value === null ? null : seconds(value);
}
