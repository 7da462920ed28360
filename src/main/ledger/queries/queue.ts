/**
 * Reads what a queue is ordered and filtered by: few columns of many tasks. The rows of a page are read in full by
 * their keys. Reading a hundred thousand costs about as much as scanning one index and its rows.
 */
import type { PatientId, PoolId, StaffId, TaskId, WorkKindId } from '../../../shared/ids.ts';
import type { TaskState } from '../../../shared/domain/lifecycle.ts';
import type { SubsystemId } from '../../../shared/domain/subsystem.ts';
import type { UrgencyClass } from '../../../shared/domain/urgency.ts';
import type { Instant } from '../../../shared/units.ts';
import type { ReadDb } from '../handles.ts';
import type { Sealed } from '../sealed.ts';
import { TASK_COLUMNS, taskRecordOf } from './task-row.ts';
import type { TaskRecord, TaskRow } from './task-row.ts';

export interface QueuedTask {
  readonly taskKey: number;
  readonly taskId: TaskId;
  readonly subsystem: SubsystemId;
  readonly state: TaskState;
  /** Started, planned, fixed or earliest. */
  readonly sortAt: Instant;
  readonly urgency: UrgencyClass;
  readonly workKindId: WorkKindId;
  readonly patientId: PatientId | null;
  readonly earliestStart: Instant;
  readonly fixedStart: Instant | null;
  readonly startedAt: Instant | null;
  readonly endedAt: Instant | null;
  readonly reference: Sealed | null;
  readonly note: Sealed | null;
}

const QUEUED_COLUMNS = `t.task_key AS taskKey, t.task_id AS taskId, t.subsystem, t.state, t.sort_at AS sortAt, t.urgency,
  t.work_kind_id AS workKindId, t.patient_id AS patientId, t.earliest_start AS earliestStart,
  t.fixed_start AS fixedStart, t.started_at AS startedAt, t.ended_at AS endedAt, t.reference, t.note`;

export const LIST_QUEUED = `SELECT ${QUEUED_COLUMNS} FROM tasks t
  WHERE t.subsystem = :subsystem AND t.state IN (SELECT value FROM json_each(:states)) AND t.sort_at >= :since
    AND (:enteredBy IS NULL OR t.entered_by = :enteredBy)
    AND (:poolId IS NULL OR EXISTS
      (SELECT 1 FROM task_needs n WHERE n.task_key = t.task_key AND n.pool_id = :poolId))`;

/** @param since  nothing that stands before it in time; null for everything */
export function listQueued(
  db: ReadDb,
  wanted: {
    readonly subsystem: SubsystemId;
    readonly states: readonly TaskState[];
    readonly since: Instant | null;
    readonly poolId: PoolId | null;
    readonly enteredBy: StaffId | null;
  },
): QueuedTask[] {
  const { subsystem, poolId, enteredBy } = wanted;
  const since = wanted.since ?? Number.MIN_SAFE_INTEGER;
  return db.all<QueuedTask>(LIST_QUEUED, {
    subsystem,
    states: JSON.stringify(wanted.states),
    since,
    poolId,
    enteredBy,
  });
}

/** The tasks of these keys, in their order; those that are gone are left out. */
export function listTasksByKey(db: ReadDb, keys: readonly number[]): TaskRecord[] {
  const rows = db.all<TaskRow>(
    `SELECT ${TASK_COLUMNS} FROM tasks t WHERE t.task_key IN (SELECT value FROM json_each(:keys))`,
    { keys: JSON.stringify(keys) },
  );
  const byKey = new Map(rows.map((row) => [row.taskKey, row]));
  return keys.flatMap((key) => byKey.get(key) ?? []).map(taskRecordOf);
}

/** Pools that open tasks of the subsystem need. */
export function listPoolsNeeded(
  db: ReadDb,
  subsystem: SubsystemId,
  states: readonly TaskState[],
): ReadonlySet<PoolId> {
  const rows = db.all<{ poolId: PoolId }>(
    `SELECT DISTINCT n.pool_id AS poolId FROM tasks t JOIN task_needs n ON n.task_key = t.task_key
     WHERE t.subsystem = :subsystem AND t.state IN (SELECT value FROM json_each(:states))`,
    { subsystem, states: JSON.stringify(states) },
  );
  return new Set(rows.map((row) => row.poolId));
}

/** How long finished work of a kind really took, newest first: open seconds. Assumed times are left out. */
export function listDurations(db: ReadDb, workKindId: WorkKindId, limit: number): number[] {
  return db
    .all<{ took: number }>(
      `SELECT (SELECT sum(b.actual_end - b.actual_start) FROM bookings b
          WHERE b.task_key = t.task_key AND b.position = 0 AND b.actual_end IS NOT NULL) AS took
       FROM tasks t
       WHERE t.work_kind_id = :workKindId AND t.state = 'finished' AND t.is_assumed = 0 AND t.is_open_ended = 0
       ORDER BY t.ended_at DESC LIMIT :limit`,
      { workKindId, limit },
    )
    .map((row) => row.took)
    .filter((took) => took > 0);
}
