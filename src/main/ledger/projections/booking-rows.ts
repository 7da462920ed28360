/** Reads and replaces the bookings of one run of a task; the rows themselves are worked out in `booking-windows.ts`. */
import type { Allocation } from '../../../shared/domain/task.ts';
import type { TaskState } from '../../../shared/domain/lifecycle.ts';
import type { WriteDb } from '../handles.ts';
import { planned } from './booking-windows.ts';
import type { BookingFields } from './booking-windows.ts';
import { spanOf } from './spans.ts';
import type { TaskHead } from './task-rows.ts';
import { unsettleBooking } from './unsettling.ts';

const INSERT_BOOKING = `
  INSERT INTO bookings (task_key, run, segment, position, pool_id, span_class, span_start, span_end, state, rate_milli,
    unit_ids, planned_start, planned_end, is_reserved, actual_start, actual_end)
  VALUES (:taskKey, :run, :segment, :position, :poolId, :spanClass, :spanStart, :spanEnd, :state, :rateMilli,
    :unitIds, :plannedStart, :plannedEnd, :isReserved, :actualStart, :actualEnd)`;

/** Rows of one run, by segment, then need. */
export function readRun(db: WriteDb, taskKey: number, run: number): BookingFields[] {
  return db.all<BookingFields>(
    `SELECT segment, position, pool_id AS poolId, state, rate_milli AS rateMilli, unit_ids AS unitIds,
       planned_start AS plannedStart, planned_end AS plannedEnd, is_reserved AS isReserved,
       actual_start AS actualStart, actual_end AS actualEnd
     FROM bookings WHERE task_key = :taskKey AND run = :run ORDER BY segment, position`,
    { taskKey, run },
  );
}

export function insertBooking(db: WriteDb, taskKey: number, run: number, row: BookingFields): void {
  const span = spanOf(row);
  db.run(INSERT_BOOKING, {
    taskKey,
    run,
    segment: row.segment,
    position: row.position,
    poolId: row.poolId,
    spanClass: span.spanClass,
    spanStart: span.start,
    spanEnd: span.end,
    state: row.state,
    rateMilli: row.rateMilli,
    unitIds: row.unitIds,
    plannedStart: row.plannedStart,
    plannedEnd: row.plannedEnd,
    isReserved: row.isReserved,
    actualStart: row.actualStart,
    actualEnd: row.actualEnd,
  });
  unsettleBooking(db, taskKey, span, row.isReserved === 1);
}

export function replaceRun(db: WriteDb, taskKey: number, run: number, rows: readonly BookingFields[]): void {
  db.run(`DELETE FROM bookings WHERE task_key = :taskKey AND run = :run`, { taskKey, run });
  for (const row of rows) insertBooking(db, taskKey, run, row);
}

/** Binds a task to the windows of an allocation; earlier windows of the run are gone. */
export function placeAllocation(
  db: WriteDb,
  task: Pick<TaskHead, 'taskKey' | 'run' | 'needPools'>,
  allocation: Allocation,
  as: { readonly state: TaskState; readonly isReserved: boolean },
): void {
  const rows = planned(allocation, poolIdsOf(task), as.state, as.isReserved);
  replaceRun(db, task.taskKey, task.run, rows);
}

/** Pools of the task's needs, in their order. */
export function poolIdsOf({ needPools }: Pick<TaskHead, 'needPools'>): string[] {
  return JSON.parse(needPools) as string[]; // SQLite made it of one column
}
