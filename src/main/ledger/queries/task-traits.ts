/** What the tasks of a report are grouped by; asked only for a grouped report. */
import type { TaskId, WorkKindId } from '../../../shared/ids.ts';
import type { SubsystemId } from '../../../shared/domain/subsystem.ts';
import type { UrgencyClass } from '../../../shared/domain/urgency.ts';
import type { ReadDb } from '../handles.ts';

export interface TaskTraits {
  readonly subsystem: SubsystemId;
  readonly urgency: UrgencyClass;
  readonly workKindId: WorkKindId;
}

interface TraitsRow extends TaskTraits {
  readonly id: TaskId;
}

export const LIST_TASK_TRAITS = `
  SELECT t.task_id AS id, t.subsystem, t.urgency, t.work_kind_id AS workKindId
  FROM tasks t WHERE t.task_id IN (SELECT value FROM json_each(:ids))`;

export function listTaskTraits(db: ReadDb, ids: Iterable<TaskId>): Map<TaskId, TaskTraits> {
  const rows = db.all<TraitsRow>(LIST_TASK_TRAITS, { ids: JSON.stringify([...ids]) });
  return new Map(rows.map(({ id, ...traits }) => [id, traits]));
}
