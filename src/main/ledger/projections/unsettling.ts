/**
 * Takes days away that were settled before a row came in that has a part in them (decision 0026). What changes or goes
 * does so by the triggers of migrations 0037 and 0047; what is new passes here, where it is inserted (decision 0298).
 */
import type { Task } from '../../../shared/domain/task.ts';
import type { WriteDb } from '../handles.ts';
import { SETTLED_SECONDS_MAX } from '../migrations/0021-settled-days.ts';
import type { Span } from './spans.ts';

/** The end of the last settled day; null while none is settled. */
function lastSettled(db: WriteDb): number | null {
  const row = db.get<{ until: number }>(
    `SELECT until_seconds AS until FROM settled_days ORDER BY from_seconds DESC LIMIT 1`,
  );
  return row?.until ?? null;
}

function unsettle(db: WriteDb, from: number, until: number): void {
  db.run(
    `DELETE FROM settled_days
     WHERE from_seconds > :from - ${SETTLED_SECONDS_MAX} AND from_seconds <= :until AND until_seconds > :from`,
    { from, until },
  );
}

/** The time for which the task waits, as a report of any day may count it: every settled day in it goes. */
export function unsettleWait(db: WriteDb, task: Task): void {
  const isFact = task.batchId !== null && task.startedAt !== null && task.submittedAt >= task.startedAt;
  if (isFact) return; // written down after the fact: its waiting is not known
  const from = Math.max(task.submittedAt, task.earliestStart, task.fixedStart ?? task.submittedAt);
  const last = lastSettled(db);
  if (last === null || from >= last) return;
  unsettle(db, from, waitsUntil(task) ?? last);
}

/** Null: for as long as nobody begins it. One that is not waiting at all waited until it was submitted. */
function waitsUntil(task: Task): number | null {
  if (task.startedAt !== null) return task.startedAt;
  const isWaiting = task.state === 'waiting' || task.state === 'tentative' || task.state === 'confirmed';
  return isWaiting ? null : (task.endedAt ?? task.submittedAt);
}

/** A promise is from the first to the last of a task's windows, so a reserved one matters to the days of all. */
export function unsettleBooking(db: WriteDb, taskKey: number, span: Span, isReserved: boolean): void {
  const last = lastSettled(db);
  if (last === null) return;
  const hull = isReserved ? hullOf(db, taskKey) : null;
  const from = Math.min(span.start, hull?.start ?? span.start);
  if (from >= last) return;
  const end = span.end ?? last;
  unsettle(db, from, Math.max(end, hull?.end ?? end));
}

/** From the first to the last window of the task; without an end where one of them has none. */
function hullOf(
  db: WriteDb,
  taskKey: number,
): { readonly start: number | null; readonly end: number | null } | null {
  return db.get(
    `SELECT min(span_start) AS start, max(coalesce(span_end, 1e12)) AS "end" FROM bookings WHERE task_key = :taskKey`,
    { taskKey },
  );
}
