/** Reads what became of the exports that were due by a schedule. */
import type { ScheduledRun } from '../../../shared/domain/export-schedule.ts';
import type { ReadDb } from '../handles.ts';

/** The newest word on each export that was due, by schedule, then day. */
export function listExportRuns(db: ReadDb): ScheduledRun[] {
  return db.all<ScheduledRun>(
    `SELECT schedule_id AS scheduleId, due, code FROM export_runs ORDER BY schedule_id, due`,
  );
}
