/**
 * What a utilization report reads of a long time: the few columns of tasks and bookings that its figures are made of.
 * A year of them is hundreds of thousands of rows, so no text is built or parsed that no figure needs.
 */
import type { BatchId, PoolId, TaskId } from '../../../shared/ids.ts';
import type { Instant, Seconds } from '../../../shared/units.ts';
import { instant, milli } from '../../../shared/units.ts';
import type { Booking } from '../../../shared/domain/booking.ts';
import type { TaskState } from '../../../shared/domain/lifecycle.ts';
import { OPEN_STATES } from '../../../shared/domain/lifecycle.ts';
import type { SubsystemId } from '../../../shared/domain/subsystem.ts';
import type { Need, Task } from '../../../shared/domain/task.ts';
import type { UrgencyClass } from '../../../shared/domain/urgency.ts';
import type { ReadDb } from '../handles.ts';
import { waitClass } from '../migrations/0037-settled-reports.ts';
import { BOOKINGS_IN_WINDOW, TASK_KEYS_IN_WINDOW } from './bookings.ts';
import { instantOrNull } from './task-row.ts';

/** [from, to), in UTC seconds. */
interface Window {
  readonly from: number;
  readonly to: number;
}

/** A booking without its units: who held which of them is no figure. */
export type BookingFigures = Omit<Booking, 'unitIds' | 'urgency'>;

/** A task without what identifies a patient or describes the work. */
export type TaskFigures = Pick<
  Task,
  | 'id'
  | 'subsystem'
  | 'urgency'
  | 'state'
  | 'submittedAt'
  | 'earliestStart'
  | 'fixedStart'
  | 'after'
  | 'delays'
  | 'startedAt'
  | 'endedAt'
  | 'isAssumed'
  | 'batchId'
> & {
  /** None for what was written down after the fact: it never waited for them. */
  readonly needs: readonly Pick<Need, 'poolId' | 'rateMilli'>[];
};

interface TaskFiguresRow {
  readonly id: TaskId;
  readonly subsystem: SubsystemId;
  readonly urgency: UrgencyClass;
  readonly state: TaskState;
  readonly submittedAt: number;
  readonly earliestStart: number;
  readonly fixedStart: number | null;
  /** JSON, a list of task ids; null for none. */
  readonly afterTasks: string | null;
  readonly delays: string | null;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  readonly isAssumed: number;
  readonly batchId: BatchId | null;
  /** JSON: `[[poolId, rateMilli], …]` in the order of the needs; null for work written down after the fact. */
  readonly needs: string | null;
}

const TASK_FIGURES = `
  t.task_id AS id, t.subsystem, t.urgency, t.state, t.submitted_at AS submittedAt,
  t.earliest_start AS earliestStart, t.fixed_start AS fixedStart, nullif(t.after_tasks, '[]') AS afterTasks, t.delays,
  t.started_at AS startedAt, t.ended_at AS endedAt, t.is_assumed AS isAssumed, t.batch_id AS batchId,
  CASE WHEN t.batch_id IS NOT NULL AND t.submitted_at >= t.started_at THEN NULL ELSE
    (SELECT json_group_array(json_array(n.pool_id, n.rate_milli) ORDER BY n.position)
      FROM task_needs n WHERE n.task_key = t.task_key) END AS needs`;

/* Waits that are over, by their class: `tasks_by_wait` is the index of just this expression. */
const WAITED = `
  SELECT t.task_key FROM span_classes c CROSS JOIN tasks t ON ${waitClass('t.')} = c.class
    AND t.submitted_at > :from - c.seconds AND t.submitted_at < :to
  WHERE coalesce(t.started_at, t.ended_at) > :from`;

const LIST_KEYS = `${TASK_KEYS_IN_WINDOW}
  UNION SELECT t.task_key FROM tasks t WHERE t.ended_at >= :from AND t.ended_at < :to
  UNION ${WAITED}`;

export const LIST_TASK_FIGURES = `
  SELECT ${TASK_FIGURES} FROM tasks t WHERE t.task_key IN (${LIST_KEYS})`;

export const LIST_WAITED_FIGURES = `${BOOKINGS_IN_WINDOW.classes}
  SELECT ${TASK_FIGURES} FROM tasks t WHERE t.task_key IN (${WAITED})`;

export const LIST_OPEN_TASK_FIGURES = `
  SELECT ${TASK_FIGURES} FROM tasks t
  WHERE t.subsystem IN ('records', 'imaging', 'insurance', 'research', 'monitoring')
    AND t.state IN (SELECT value FROM json_each(:states))
    AND min(t.submitted_at, coalesce(t.started_at, t.submitted_at)) < :to`;

/**
 * Tasks with a planned or actual window that overlaps one of `windows`, those whose waiting ended and touches one, and
 * the open ones that were known before `to`; each once.
 * @param waitedAt  tasks that waited just before this instant come too
 */
export function listTaskFigures(
  db: ReadDb,
  windows: readonly Window[],
  { to, waitedAt }: { readonly to: Instant; readonly waitedAt: Instant },
): TaskFigures[] {
  const parse = rowParser();
  const rows = new Map<TaskId, TaskFiguresRow>();
  const put = (row: TaskFiguresRow): void => void rows.set(row.id, row);
  for (const { from, to: until } of windows) {
    db.all<TaskFiguresRow>(LIST_TASK_FIGURES, { from, to: until }).forEach(put);
  }
  db.all<TaskFiguresRow>(LIST_WAITED_FIGURES, { from: waitedAt - 1, to: waitedAt }).forEach(put);
  db.all<TaskFiguresRow>(LIST_OPEN_TASK_FIGURES, { states: JSON.stringify(OPEN_STATES), to }).forEach(put);
  return Array.from(rows.values(), parse);
}

export const LIST_NAMED_TASK_FIGURES = `
  SELECT ${TASK_FIGURES} FROM tasks t WHERE t.task_id IN (SELECT value FROM json_each(:ids))`;

/** Some tasks by their ids, in no order; unknown ones are left out. */
export function listNamedTaskFigures(db: ReadDb, ids: readonly TaskId[]): TaskFigures[] {
  if (ids.length === 0) return [];
  const rows = db.all<TaskFiguresRow>(LIST_NAMED_TASK_FIGURES, { ids: JSON.stringify(ids) });
  return rows.map(rowParser());
}

/** When each of some tasks ended, null while it has not; unknown ones are left out. */
export function listTaskEnds(db: ReadDb, ids: readonly TaskId[]): Map<TaskId, Instant | null> {
  if (ids.length === 0) return new Map();
  const rows = db.all<{ id: TaskId; endedAt: number | null }>(
    `SELECT t.task_id AS id, t.ended_at AS endedAt FROM tasks t
     WHERE t.task_id IN (SELECT value FROM json_each(:ids))`,
    { ids: JSON.stringify(ids) },
  );
  return new Map(rows.map(({ id, endedAt }) => [id, instantOrNull(endedAt)]));
}

interface BookingFiguresRow {
  readonly taskId: TaskId;
  readonly poolId: PoolId;
  readonly subsystem: SubsystemId;
  readonly state: TaskState;
  readonly rateMilli: number;
  readonly plannedStart: number | null;
  readonly plannedEnd: number | null;
  readonly isReserved: number;
  readonly actualStart: number | null;
  readonly actualEnd: number | null;
}

const BOOKING_FIGURES = `
  t.task_id AS taskId, b.pool_id AS poolId, t.subsystem, b.state, b.rate_milli AS rateMilli,
  b.planned_start AS plannedStart, b.planned_end AS plannedEnd, b.is_reserved AS isReserved,
  b.actual_start AS actualStart, b.actual_end AS actualEnd`;

export const LIST_BOOKING_FIGURES = `${BOOKINGS_IN_WINDOW.classes}
  SELECT ${BOOKING_FIGURES}
  FROM pools p CROSS JOIN span_classes c ${BOOKINGS_IN_WINDOW.join} CROSS JOIN tasks t ON t.task_key = b.task_key`;

export const LIST_BOOKING_FIGURES_OF_POOL = `${BOOKINGS_IN_WINDOW.classes}
  SELECT ${BOOKING_FIGURES}
  FROM (SELECT :poolId AS pool_id) p CROSS JOIN span_classes c ${BOOKINGS_IN_WINDOW.join}
    CROSS JOIN tasks t ON t.task_key = b.task_key`;

export const LIST_BOOKING_FIGURES_ELSEWHERE = `${BOOKINGS_IN_WINDOW.classes},
  near (task_key) AS MATERIALIZED
    (SELECT b.task_key FROM pools p CROSS JOIN span_classes c ${BOOKINGS_IN_WINDOW.join}
    UNION SELECT t.task_key FROM tasks t WHERE t.ended_at >= :from AND t.ended_at < :to)
  SELECT ${BOOKING_FIGURES}
  FROM near n CROSS JOIN bookings b ON b.task_key = n.task_key AND (b.span_start >= :to OR b.span_end <= :from)
    CROSS JOIN tasks t ON t.task_key = b.task_key`;

/**
 * Bookings whose planned or actual window (or the hull of both) overlaps one of `windows`, and every other booking of
 * the same tasks; each once, in no order.
 * @param windows  ascending, disjoint
 * @param poolId  of this pool alone, and no other bookings of its tasks; null for all pools
 */
export function listBookingFigures(
  db: ReadDb,
  windows: readonly Window[],
  poolId: PoolId | null = null,
): BookingFigures[] {
  const seen: Window[] = [];
  const bookings: BookingFigures[] = [];
  const isNew = (row: BookingFiguresRow): boolean => !seen.some((window) => overlaps(row, window));
  for (const { from, to } of windows) {
    for (const row of rowsIn(db, { from, to }, poolId)) if (isNew(row)) bookings.push(bookingOf(row));
    seen.push({ from, to });
  }
  if (poolId !== null) return bookings;
  const elsewhere = new Map<string, BookingFigures>();
  for (const { from, to } of windows) {
    for (const row of db.all<BookingFiguresRow>(LIST_BOOKING_FIGURES_ELSEWHERE, { from, to })) {
      if (isNew(row)) elsewhere.set(Object.values(row).join(' '), bookingOf(row));
    }
  }
  return bookings.concat(...elsewhere.values());
}

/**
 * Bookings that touch a window as above, and no others of their tasks; in no order.
 * @param poolId  of this pool alone; null for all pools
 */
export function listBookingFiguresIn(db: ReadDb, window: Window, poolId: PoolId | null): BookingFigures[] {
  return rowsIn(db, window, poolId).map(bookingOf);
}

function rowsIn(db: ReadDb, { from, to }: Window, poolId: PoolId | null): BookingFiguresRow[] {
  return poolId === null
    ? db.all<BookingFiguresRow>(LIST_BOOKING_FIGURES, { from, to })
    : db.all<BookingFiguresRow>(LIST_BOOKING_FIGURES_OF_POOL, { from, to, poolId });
}

export const LIST_OPEN_ENDED_FIGURES = `
  SELECT ${BOOKING_FIGURES}
  FROM pools p CROSS JOIN bookings b ON b.pool_id = p.pool_id AND b.span_class = 0
    CROSS JOIN tasks t ON t.task_key = b.task_key
  WHERE t.ended_at IS NULL`;

/** Bookings that have begun and whose end nobody has recorded, of tasks without an end, in no order. */
export function listOpenEndedFigures(db: ReadDb): BookingFigures[] {
  return db.all<BookingFiguresRow>(LIST_OPEN_ENDED_FIGURES).map(bookingOf);
}

function overlaps(row: BookingFiguresRow, { from, to }: Window): boolean {
  const { plannedStart, plannedEnd, actualStart, actualEnd } = row;
  const start = Math.min(plannedStart ?? Infinity, actualStart ?? Infinity);
  const isOpen = actualStart !== null && actualEnd === null;
  const end = isOpen ? Infinity : Math.max(plannedEnd ?? -Infinity, actualEnd ?? -Infinity);
  return start < to && end > from;
}

function bookingOf(row: BookingFiguresRow): BookingFigures {
  return {
    taskId: row.taskId,
    poolId: row.poolId,
    subsystem: row.subsystem,
    state: row.state,
    rateMilli: milli(row.rateMilli),
    plannedStart: instantOrNull(row.plannedStart),
    plannedEnd: instantOrNull(row.plannedEnd),
    isReserved: row.isReserved === 1,
    actualStart: instantOrNull(row.actualStart),
    actualEnd: instantOrNull(row.actualEnd),
  };
}

const NONE: readonly never[] = [];

/** Most tasks of a clinic need the same few things: each text is parsed once. */
function rowParser(): (row: TaskFiguresRow) => TaskFigures {
  const known = new Map<string, TaskFigures['needs']>();
  const needsOf = (text: string): TaskFigures['needs'] => {
    const found = known.get(text);
    if (found) return found;
    const tuples = JSON.parse(text) as (readonly [PoolId, number])[]; // built by the query from typed columns
    const needs = tuples.map(([poolId, rateMilli]) => ({ poolId, rateMilli: milli(rateMilli) }));
    known.set(text, needs);
    return needs;
  };
  return (row) => ({
    id: row.id,
    subsystem: row.subsystem,
    urgency: row.urgency,
    needs: row.needs === null ? NONE : needsOf(row.needs),
    state: row.state,
    submittedAt: instant(row.submittedAt),
    earliestStart: instant(row.earliestStart),
    fixedStart: instantOrNull(row.fixedStart),
    after: row.afterTasks === null ? NONE : (JSON.parse(row.afterTasks) as TaskId[]), // from a checked payload
    ...(row.delays !== null && { delays: JSON.parse(row.delays) as Seconds[] }), // as above
    startedAt: instantOrNull(row.startedAt),
    endedAt: instantOrNull(row.endedAt),
    isAssumed: row.isAssumed === 1,
    batchId: row.batchId,
  });
}
