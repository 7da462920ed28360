/**
 * What a utilization report reads of a long time: the few columns of tasks and bookings that its figures are made of.
 * A year of them is hundreds of thousands of rows, so no text is built or parsed that no figure needs.
 */
import type { BatchId, PoolId, TaskId } from '../../../shared/ids.ts';
import { instant, milli } from '../../../shared/units.ts';
import type { Booking } from '../../../shared/domain/booking.ts';
import type { TaskState } from '../../../shared/domain/lifecycle.ts';
import { OPEN_STATES } from '../../../shared/domain/lifecycle.ts';
import type { SubsystemId } from '../../../shared/domain/subsystem.ts';
import type { Need, Task } from '../../../shared/domain/task.ts';
import type { UrgencyClass } from '../../../shared/domain/urgency.ts';
import type { ReadDb } from '../handles.ts';
import { BOOKINGS_IN_WINDOW, TASK_KEYS_IN_WINDOW } from './bookings.ts';
import type { Window } from './bookings.ts';
import { instantOrNull } from './task-row.ts';

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
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  readonly isAssumed: number;
  readonly batchId: BatchId | null;
  /** JSON: `[[poolId, rateMilli], …]` in the order of the needs; null for work written down after the fact. */
  readonly needs: string | null;
}

const TASK_FIGURES = `
  t.task_id AS id, t.subsystem, t.urgency, t.state, t.submitted_at AS submittedAt,
  t.earliest_start AS earliestStart, t.fixed_start AS fixedStart, nullif(t.after_tasks, '[]') AS afterTasks,
  t.started_at AS startedAt, t.ended_at AS endedAt, t.is_assumed AS isAssumed, t.batch_id AS batchId,
  CASE WHEN t.batch_id IS NOT NULL AND t.submitted_at >= t.started_at THEN NULL ELSE
    (SELECT json_group_array(json_array(n.pool_id, n.rate_milli) ORDER BY n.position)
      FROM task_needs n WHERE n.task_key = t.task_key) END AS needs`;

export const LIST_TASK_FIGURES = `
  SELECT ${TASK_FIGURES} FROM tasks t WHERE t.task_key IN (${TASK_KEYS_IN_WINDOW})`;

export const LIST_OPEN_TASK_FIGURES = `
  SELECT ${TASK_FIGURES} FROM tasks t
  WHERE t.subsystem IN ('records', 'imaging', 'insurance', 'research', 'monitoring')
    AND t.state IN (SELECT value FROM json_each(:states)) AND t.submitted_at < :to`;

/** Tasks with a planned or actual window that overlaps [from, to), and the open ones submitted before `to`; each once. */
export function listTaskFigures(db: ReadDb, window: Window): TaskFigures[] {
  const { from, to } = window;
  const parse = rowParser();
  const placed = db.all<TaskFiguresRow>(LIST_TASK_FIGURES, { from, to });
  const open = db.all<TaskFiguresRow>(LIST_OPEN_TASK_FIGURES, { states: JSON.stringify(OPEN_STATES), to });
  const openIds = new Set(open.map(({ id }) => id));
  const tasks = placed.filter(({ id }) => !openIds.has(id)).map(parse);
  for (const row of open) tasks.push(parse(row));
  return tasks;
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

export const LIST_BOOKING_FIGURES = `${BOOKINGS_IN_WINDOW.classes}
  SELECT t.task_id AS taskId, b.pool_id AS poolId, t.subsystem, b.state, b.rate_milli AS rateMilli,
    b.planned_start AS plannedStart, b.planned_end AS plannedEnd, b.is_reserved AS isReserved,
    b.actual_start AS actualStart, b.actual_end AS actualEnd
  FROM pools p CROSS JOIN span_classes c ${BOOKINGS_IN_WINDOW.join} CROSS JOIN tasks t ON t.task_key = b.task_key`;

/** Bookings whose planned or actual window (or the hull of both) overlaps [from, to), in no order. */
export function listBookingFigures(db: ReadDb, window: Window): BookingFigures[] {
  const rows = db.all<BookingFiguresRow>(LIST_BOOKING_FIGURES, { from: window.from, to: window.to });
  return rows.map((row) => ({
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
  }));
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
    startedAt: instantOrNull(row.startedAt),
    endedAt: instantOrNull(row.endedAt),
    isAssumed: row.isAssumed === 1,
    batchId: row.batchId,
  });
}
