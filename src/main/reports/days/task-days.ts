/** What tasks add to each of some days: waits, ends, turnarounds, and which subsystems wanted anything. */
import { SUBSYSTEM_IDS } from '../../../shared/domain/subsystem.ts';
import type { TaskId } from '../../../shared/ids.ts';
import type { LocalDay } from '../../../shared/local-time.ts';
import type { Instant } from '../../../shared/units.ts';
import type { Promises } from '../indicators/outcomes.ts';
import { latenessOf, TOLERANCE_SECONDS, turnaroundOf } from '../indicators/outcomes.ts';
import type { EligibleWait, ReportTask } from '../indicators/waits.ts';
import type { DayTasks, OutcomeCount, SecondsList } from './day-figures.ts';
import { NO_SECONDS, OUTCOME_COUNTS, SECONDS_MAX, WAIT_ROWS } from './day-figures.ts';
import { dayIndexOf, daysTouched } from './day-index.ts';

const ROW_OF = new Map(WAIT_ROWS.map(({ subsystem, urgency }, row) => [`${subsystem} ${urgency}`, row]));
const COLUMN_OF = new Map(OUTCOME_COUNTS.map((count, column) => [count, column]));

export interface TaskBooks {
  readonly tasks: readonly ReportTask[];
  readonly eligible: ReadonlyMap<TaskId, Instant>;
  readonly promises: Promises;
  readonly waits: readonly EligibleWait[];
  readonly asOf: Instant;
}

interface DayUnderWay {
  readonly waits: number[][];
  readonly turnarounds: number[][];
  readonly counts: number[];
  readonly wanting: number[];
  assumedEnds: number;
}

/** @param days  ascending, without a gap */
export function taskDays(books: TaskBooks, days: readonly LocalDay[]): DayTasks[] {
  const rows = days.map(emptyDay);
  for (const task of books.tasks) {
    const subsystem = SUBSYSTEM_IDS.indexOf(task.subsystem);
    addStart(rows, days, task, books);
    addEnd(rows, days, task, books, subsystem);
    addDue(rows, days, task, books, subsystem);
  }
  for (const wait of books.waits) {
    const subsystem = SUBSYSTEM_IDS.indexOf(wait.task.subsystem);
    const [first, end] = daysTouched(days, wait);
    for (let index = first; index < end; index += 1) {
      const wanting = rows[index]?.wanting;
      if (wanting) wanting[subsystem] = 1;
    }
  }
  return rows.map((row) => ({
    ...row,
    waits: row.waits.map(secondsList),
    turnarounds: row.turnarounds.map(secondsList),
  }));
}

/** Of one kind with those that are kept, so that reading them is quick; longer ones than those can hold stand as they are. */
function secondsList(values: readonly number[]): SecondsList {
  if (values.length === 0) return NO_SECONDS;
  return values.some((value) => value > SECONDS_MAX) ? values : Uint32Array.from(values);
}

function emptyDay(): DayUnderWay {
  return {
    waits: WAIT_ROWS.map(() => []),
    turnarounds: SUBSYSTEM_IDS.map(() => []),
    counts: new Array<number>(SUBSYSTEM_IDS.length * OUTCOME_COUNTS.length).fill(0),
    wanting: SUBSYSTEM_IDS.map(() => 0),
    assumedEnds: 0,
  };
}

function addStart(
  rows: readonly DayUnderWay[],
  days: readonly LocalDay[],
  task: ReportTask,
  { eligible, asOf }: TaskBooks,
): void {
  const { startedAt } = task;
  const from = eligible.get(task.id);
  if (startedAt === null || startedAt > asOf || from === undefined) return;
  const day = rows[dayIndexOf(days, startedAt)];
  day?.waits[ROW_OF.get(`${task.subsystem} ${task.urgency}`) ?? -1]?.push(Math.max(0, startedAt - from));
}

function addEnd(
  rows: readonly DayUnderWay[],
  days: readonly LocalDay[],
  task: ReportTask,
  { eligible, promises }: TaskBooks,
  subsystem: number,
): void {
  if (task.endedAt === null) return;
  const day = rows[dayIndexOf(days, task.endedAt)];
  if (!day) return;
  if (task.isAssumed) day.assumedEnds += 1;
  if (task.state !== 'finished') return;
  count(day, subsystem, 'finished');
  const late = latenessOf(task, promises);
  if (late !== null) {
    count(day, subsystem, 'measured');
    if (late < -TOLERANCE_SECONDS) count(day, subsystem, 'early');
    if (late > TOLERANCE_SECONDS) count(day, subsystem, 'late');
  }
  const whole = turnaroundOf(task, eligible);
  if (whole !== null) day.turnarounds[subsystem]?.push(whole);
}

function addDue(
  rows: readonly DayUnderWay[],
  days: readonly LocalDay[],
  { id, state, startedAt }: ReportTask,
  { promises }: TaskBooks,
  subsystem: number,
): void {
  const promise = promises.get(id);
  const day = promise && rows[dayIndexOf(days, promise.start)];
  if (!day) return;
  if (state === 'missed') count(day, subsystem, 'missed');
  if (startedAt === null) return;
  count(day, subsystem, 'kept');
  if (startedAt <= promise.start + TOLERANCE_SECONDS) count(day, subsystem, 'onTime');
}

function count({ counts }: DayUnderWay, subsystem: number, what: OutcomeCount): void {
  const at = subsystem * OUTCOME_COUNTS.length + (COLUMN_OF.get(what) ?? 0);
  counts[at] = (counts[at] ?? 0) + 1;
}
