/** Reads why tasks wait: the reasons of the adopted plan. */
import type { TaskId } from '../../../shared/ids.ts';
import type { Reason } from '../../../shared/domain/reason.ts';
import type { ReadDb } from '../handles.ts';

function reasonOf(row: { readonly reason: string }): Reason {
  return JSON.parse(row.reason) as Reason; // the projector wrote it from a checked payload
}

/** @returns null when nothing holds the task (or it is not planned) */
export function findReason(db: ReadDb, taskId: TaskId): Reason | null {
  const row = db.get<{ reason: string }>(
    `SELECT r.reason FROM tasks t JOIN reasons r ON r.task_key = t.task_key WHERE t.task_id = :taskId`,
    { taskId },
  );
  return row === null ? null : reasonOf(row);
}

/** Every current reason, in the order in which the tasks were entered. */
export function listReasons(db: ReadDb): Reason[] {
  return db.all<{ reason: string }>(`SELECT reason FROM reasons ORDER BY task_key`).map(reasonOf);
}
