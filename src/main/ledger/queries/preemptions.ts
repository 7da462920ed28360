/** Reads when work was made to give way, and why. */
import type { TaskId } from '../../../shared/ids.ts';
import type { SubsystemId } from '../../../shared/domain/subsystem.ts';
import { instant } from '../../../shared/units.ts';
import type { Instant } from '../../../shared/units.ts';
import type { ReadDb } from '../handles.ts';
import type { Window } from './bookings.ts';

export interface PreemptionFact {
  /** The entry that says so. */
  readonly seq: number;
  readonly taskId: TaskId;
  readonly subsystem: SubsystemId;
  readonly at: Instant;
  /** It had begun; otherwise only its promise was taken back. */
  readonly wasRunning: boolean;
  /** A code; null where no reason was given. */
  readonly cause: string | null;
}

export const LIST_PREEMPTIONS = `
  SELECT p.seq, t.task_id AS taskId, t.subsystem, p.at, p.was_running AS wasRunning, p.cause
  FROM preemptions p CROSS JOIN tasks t ON t.task_key = p.task_key
  WHERE p.at >= :from AND p.at < :to ORDER BY p.at, p.seq`;

/** Those that happened in [from, to), in their order. */
export function listPreemptions(db: ReadDb, window: Window): PreemptionFact[] {
  return db
    .all<Omit<PreemptionFact, 'wasRunning'> & { wasRunning: number }>(
      LIST_PREEMPTIONS,
      { from: window.from, to: window.to },
      (rows) => rows.sort((left, right) => left.at - right.at || left.seq - right.seq),
    )
    .map((row) => ({ ...row, at: instant(row.at), wasRunning: row.wasRunning === 1 }));
}

/** How often each of `taskIds` had to make way; none for those that never had to. */
export function countPreemptions(db: ReadDb, taskIds: readonly TaskId[]): Map<TaskId, number> {
  const rows = db.all<{ taskId: TaskId; count: number }>(
    `SELECT t.task_id AS taskId, count(*) AS count FROM preemptions p JOIN tasks t ON t.task_key = p.task_key
     WHERE t.task_id IN (SELECT value FROM json_each(:taskIds)) GROUP BY t.task_id`,
    { taskIds: JSON.stringify(taskIds) },
  );
  return new Map(rows.map((row) => [row.taskId, row.count]));
}
