/** Reads all of a task that a reversal has to put back, and what has happened to it since. */
import type { TaskId } from '../../../shared/ids.ts';
import type { TaskState } from '../../../shared/domain/lifecycle.ts';
import type { TaskStand } from '../entry-kinds/task-reversals.ts';
import type { ReadDb } from '../handles.ts';
import type { BookingFields } from '../projections/booking-windows.ts';
import { findTask } from './tasks.ts';

export function findTaskStand(db: ReadDb, taskId: TaskId): TaskStand | null {
  const record = findTask(db, taskId);
  const head = db.get<{ taskKey: number; run: number }>(
    `SELECT task_key AS taskKey, run FROM tasks WHERE task_id = :taskId`,
    { taskId },
  );
  if (record === null || head === null) return null;
  const { task, note, reference } = record;
  return { task, note, reference, run: head.run, bookings: runOf(db, head) };
}

function runOf(db: ReadDb, head: { readonly taskKey: number; readonly run: number }): BookingFields[] {
  return db.all<BookingFields>(
    `SELECT segment, position, pool_id AS poolId, state, rate_milli AS rateMilli, unit_ids AS unitIds,
       planned_start AS plannedStart, planned_end AS plannedEnd, is_reserved AS isReserved,
       actual_start AS actualStart, actual_end AS actualEnd
     FROM bookings WHERE task_key = :taskKey AND run = :run ORDER BY segment, position`,
    { taskKey: head.taskKey, run: head.run },
  );
}

/** Entries after `seq` that are about the task, in order. Plans do not count: they follow what people decide. */
export function listDecisionsSince(db: ReadDb, taskId: TaskId, seq: number): number[] {
  return db
    .all<{ seq: number }>(
      `SELECT e.seq FROM tasks t JOIN task_entries te ON te.task_key = t.task_key
         JOIN entries e ON e.seq = te.seq
       WHERE t.task_id = :taskId AND te.seq > :seq AND e.kind <> 'plan-adopted' ORDER BY e.seq`,
      { taskId, seq },
    )
    .map((row) => row.seq);
}

/** The tasks that come after this one, by id. */
export function listSuccessors(
  db: ReadDb,
  taskId: TaskId,
): { readonly taskId: TaskId; readonly state: TaskState }[] {
  return db.all<{ taskId: TaskId; state: TaskState }>(
    `SELECT task_id AS taskId, state FROM tasks t
       WHERE t.after_tasks <> '[]' AND EXISTS (SELECT 1 FROM json_each(t.after_tasks) WHERE value = :taskId)
       ORDER BY task_id`,
    { taskId },
  );
}
