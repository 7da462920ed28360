/** Reads tasks: one, a page of a list, all open ones for the planner, those of a window for Today. */
import type { BatchId, PatientId, TaskId } from '../../../shared/ids.ts';
import type { TaskState } from '../../../shared/domain/lifecycle.ts';
import { OPEN_STATES, TASK_STATES } from '../../../shared/domain/lifecycle.ts';
import { SUBSYSTEM_IDS } from '../../../shared/domain/subsystem.ts';
import type { SubsystemId } from '../../../shared/domain/subsystem.ts';
import { instant } from '../../../shared/units.ts';
import type { Instant } from '../../../shared/units.ts';
import type { ReadDb } from '../handles.ts';
import type { Digest } from '../sealed.ts';
import { TASK_KEYS_IN_WINDOW } from './bookings.ts';
import type { Window } from './bookings.ts';
import { TASK_COLUMNS, taskRecordOf } from './task-row.ts';
import type { TaskRecord, TaskRow } from './task-row.ts';

export function findTask(db: ReadDb, taskId: TaskId): TaskRecord | null {
  const row = db.get<TaskRow>(`SELECT ${TASK_COLUMNS} FROM tasks t WHERE t.task_id = :taskId`, { taskId });
  return row === null ? null : taskRecordOf(row);
}

export interface TaskFilter {
  /** All subsystems when missing. */
  readonly subsystems?: readonly SubsystemId[];
  /** All states when missing. */
  readonly states?: readonly TaskState[];
}

export interface TaskPage {
  readonly offset: number;
  readonly limit: number;
  /** By where the task stands in time (started, planned, fixed or earliest); `forward` is oldest first. */
  readonly direction: 'forward' | 'backward';
}

const MATCHES = `t.subsystem IN (SELECT value FROM json_each(:subsystems))
  AND t.state IN (SELECT value FROM json_each(:states))`;

/* One stretch of the index `(subsystem, state, sort_at)`, already in order. */
const keysSql = (order: 'ASC' | 'DESC'): string => `
  SELECT task_key AS taskKey, sort_at AS sortAt FROM tasks
  WHERE subsystem = :subsystem AND state = :state
  ORDER BY sort_at ${order}, task_key ${order} LIMIT :limit OFFSET :offset`;

export const LIST_KEYS_FORWARD = keysSql('ASC');
export const LIST_KEYS_BACKWARD = keysSql('DESC');

const LIST_TASKS_BY_KEY = `SELECT ${TASK_COLUMNS} FROM tasks t
  WHERE t.task_key IN (SELECT value FROM json_each(:keys))`;

function filterParams(filter: TaskFilter): { subsystems: string; states: string } {
  return {
    subsystems: JSON.stringify(filter.subsystems ?? SUBSYSTEM_IDS),
    states: JSON.stringify(filter.states ?? TASK_STATES),
  };
}

interface TaskPlace {
  readonly taskKey: number;
  readonly sortAt: number;
}

/**
 * Keys of one page: each pair of subsystem and state gives its own first keys in the order of the index, and the page is
 * cut from their merger; a list of finished tasks a million long is never sorted.
 */
function listPlaces(db: ReadDb, filter: TaskFilter, page: TaskPage): TaskPlace[] {
  const subsystems = filter.subsystems ?? SUBSYSTEM_IDS;
  const states = filter.states ?? TASK_STATES;
  const pairs = subsystems.flatMap((subsystem) => states.map((state) => ({ subsystem, state })));
  const sql = page.direction === 'forward' ? LIST_KEYS_FORWARD : LIST_KEYS_BACKWARD;
  const [only] = pairs;
  if (only && pairs.length === 1 && !db.isJoined) {
    return db.all<TaskPlace>(sql, { ...only, limit: page.limit, offset: page.offset });
  }
  const limit = page.offset + page.limit;
  const sign = page.direction === 'forward' ? 1 : -1;
  return pairs
    .flatMap((pair) => db.all<TaskPlace>(sql, { ...pair, limit, offset: 0 }))
    .sort((a, b) => sign * (a.sortAt - b.sortAt || a.taskKey - b.taskKey))
    .slice(page.offset, limit);
}

/** One page of the tasks that match; ties end with the order of entry. */
export function listTasks(db: ReadDb, filter: TaskFilter, page: TaskPage): TaskRecord[] {
  const keys = listPlaces(db, filter, page).map((place) => place.taskKey);
  const rows = db.all<TaskRow>(LIST_TASKS_BY_KEY, { keys: JSON.stringify(keys) });
  const byKey = new Map(rows.map((row) => [row.taskKey, row]));
  return keys.flatMap((key) => byKey.get(key) ?? []).map(taskRecordOf);
}

export interface TaskCount {
  readonly subsystem: SubsystemId;
  readonly state: TaskState;
  readonly count: number;
}

export const COUNT_TASKS = `SELECT t.subsystem, t.state, count(*) AS count FROM tasks t WHERE ${MATCHES}
  GROUP BY t.subsystem, t.state ORDER BY t.subsystem, t.state`;

/**
 * How many tasks match, per subsystem and state; none for a pair without tasks. Reads the index of all that match (about
 * 0.1 ms per thousand): name the states a screen shows, and finished work only where it is wanted.
 */
export function countTasks(db: ReadDb, filter: TaskFilter = {}): TaskCount[] {
  return db.all<TaskCount>(COUNT_TASKS, filterParams(filter), sumOfPairs);
}

function sumOfPairs(rows: readonly TaskCount[]): TaskCount[] {
  const pairs = Map.groupBy(rows, ({ subsystem, state }) => `${subsystem} ${state}`);
  return [...pairs.values()].flatMap(([first, ...others]) =>
    first ? [{ ...first, count: others.reduce((sum, row) => sum + row.count, first.count) }] : [],
  );
}

export const LIST_OPEN_TASKS = `SELECT ${TASK_COLUMNS} FROM tasks t WHERE ${MATCHES} ORDER BY t.task_key`;

function byEntry(rows: TaskRow[]): TaskRow[] {
  return rows.sort((left, right) => left.taskKey - right.taskKey);
}

function byTime(rows: TaskRow[]): TaskRow[] {
  return rows.sort((left, right) => left.sortAt - right.sortAt || left.taskKey - right.taskKey);
}

/** Every task that still wants something from the planner, in the order of entry. */
export function listOpenTasks(db: ReadDb, states: readonly TaskState[] = OPEN_STATES): TaskRecord[] {
  return db.all<TaskRow>(LIST_OPEN_TASKS, filterParams({ states }), byEntry).map(taskRecordOf);
}

export const LIST_TASKS_IN_WINDOW = `
  SELECT ${TASK_COLUMNS} FROM tasks t WHERE t.task_key IN (${TASK_KEYS_IN_WINDOW})
  ORDER BY t.sort_at, t.task_key`;

/** Tasks with a planned or actual window that overlaps [from, to), in any state, by where they stand in time. */
export function listTasksInWindow(db: ReadDb, window: Window): TaskRecord[] {
  const params = { from: window.from, to: window.to };
  return db.all<TaskRow>(LIST_TASKS_IN_WINDOW, params, byTime).map(taskRecordOf);
}

/** A patient's tasks, by where they stand in time. */
export function listTasksOfPatient(db: ReadDb, patientId: PatientId): TaskRecord[] {
  return db
    .all<TaskRow>(
      `SELECT ${TASK_COLUMNS} FROM tasks t WHERE t.patient_id = :patientId ORDER BY t.sort_at, t.task_key`,
      { patientId },
      byTime,
    )
    .map(taskRecordOf);
}

/** How many tasks a batch still has in the books, per state; none for a state without tasks. */
export function countTasksOfBatch(db: ReadDb, batchId: BatchId): ReadonlyMap<TaskState, number> {
  const rows = db.all<{ state: TaskState; count: number }>(
    `SELECT state, count(*) AS count FROM tasks WHERE batch_id = :batchId GROUP BY state`,
    { batchId },
  );
  const counts = new Map<TaskState, number>();
  for (const { state, count } of rows) counts.set(state, (counts.get(state) ?? 0) + count);
  return counts;
}

export interface EndedTask {
  readonly taskId: TaskId;
  readonly at: Instant;
}

/** Those of `taskIds` that have really ended, by id: what precedence needs to know. */
export function listEnded(db: ReadDb, taskIds: readonly TaskId[]): EndedTask[] {
  return db
    .all<{ taskId: TaskId; at: number }>(
      `SELECT task_id AS taskId, ended_at AS at FROM tasks
       WHERE task_id IN (SELECT value FROM json_each(:ids)) AND state = 'finished' AND ended_at IS NOT NULL
       ORDER BY task_id`,
      { ids: JSON.stringify(taskIds) },
    )
    .map((row) => ({ taskId: row.taskId, at: instant(row.at) }));
}

/** Which of these source rows are already in the books: digest → task. Reversed imports do not count. */
export function findTasksBySource(db: ReadDb, digests: readonly Digest[]): ReadonlyMap<Digest, TaskId> {
  const rows = db.all<{ sourceDigest: Digest; taskId: TaskId }>(
    `SELECT source_digest AS sourceDigest, task_id AS taskId FROM tasks
     WHERE source_digest IN (SELECT value FROM json_each(:digests))`,
    { digests: JSON.stringify(digests) },
  );
  return new Map(rows.map((row) => [row.sourceDigest, row.taskId]));
}
