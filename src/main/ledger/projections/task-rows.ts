/**
 * Writes the rows of a task: its fields, its needs, and which entries are about it. What a task holds of the pools is
 * in `booking-rows.ts`.
 */
import type { TaskId } from '../../../shared/ids.ts';
import { nextState } from '../../../shared/domain/lifecycle.ts';
import type { TaskAction, TaskState } from '../../../shared/domain/lifecycle.ts';
import type { Task } from '../../../shared/domain/task.ts';
import type { Params, WriteDb } from '../handles.ts';
import type { Digest, Sealed } from '../sealed.ts';
import { unsettleWait } from './unsettling.ts';

/** The rows before an entry do not allow what the entry says: a fault of the caller. */
export class ProjectionConflict extends Error {}

/** What projectors need to know of a task. */
export interface TaskHead {
  readonly taskKey: number;
  readonly state: TaskState;
  readonly run: number;
  readonly wishedAt: number;
  /** JSON array: pools of its needs, in their order. */
  readonly needPools: string;
}

export interface TaskExtras {
  readonly note: Sealed | null;
  readonly reference?: Sealed | null | undefined;
  readonly sourceDigest: Digest | null;
  readonly isOpenEnded: boolean;
}

function fieldsOf(task: Task): Params {
  return {
    subsystem: task.subsystem,
    state: task.state,
    workKindId: task.workKindId,
    patientId: task.patientId,
    requester: task.requester,
    durationSeconds: task.durationSeconds,
    urgency: task.urgency,
    submittedAt: task.submittedAt,
    earliestStart: task.earliestStart,
    fixedStart: task.fixedStart,
    due: task.due,
    weight: task.weight,
    afterTasks: JSON.stringify(task.after),
    delays: task.delays === undefined ? null : JSON.stringify(task.delays),
    dueAfter: task.dueAfter ?? null,
    interval: task.intervalSeconds ?? null,
    elastic: task.elastic?.minimumShareMilli ?? null,
    preemptibility: task.preemptibility,
    maySpanClosures: Number(task.maySpanClosures),
    startedAt: task.startedAt,
    endedAt: task.endedAt,
    isAssumed: Number(task.isAssumed),
    batchId: task.batchId,
    enteredBy: task.enteredBy,
  };
}

const INSERT_TASK = `
  INSERT INTO tasks (task_key, task_id, subsystem, state, sort_at, run, work_kind_id, patient_id, requester,
    duration_seconds, urgency, submitted_at, earliest_start, fixed_start, due, weight, after_tasks,
    delays, due_after_seconds, elastic_minimum_share_milli, preemptibility, may_span_closures, started_at, ended_at, is_assumed, is_open_ended,
    batch_id, entered_by, note, reference, interval_seconds, source_digest)
  VALUES (:taskKey, :taskId, :subsystem, :state, coalesce(:startedAt, :fixedStart, :earliestStart), 0, :workKindId,
    :patientId, :requester, :durationSeconds, :urgency, :submittedAt, :earliestStart, :fixedStart, :due, :weight,
    :afterTasks, :delays, :dueAfter, :elastic, :preemptibility, :maySpanClosures, :startedAt, :endedAt, :isAssumed, :isOpenEnded,
    :batchId, :enteredBy, :note, :reference, :interval, :sourceDigest)`;

const UPDATE_TASK = `
  UPDATE tasks SET subsystem = :subsystem, state = :state, work_kind_id = :workKindId, patient_id = :patientId,
    requester = :requester, duration_seconds = :durationSeconds, urgency = :urgency, submitted_at = :submittedAt,
    earliest_start = :earliestStart, fixed_start = :fixedStart, due = :due, weight = :weight,
    after_tasks = :afterTasks, delays = :delays, due_after_seconds = :dueAfter, elastic_minimum_share_milli = :elastic, preemptibility = :preemptibility,
    may_span_closures = :maySpanClosures, started_at = :startedAt, ended_at = :endedAt, is_assumed = :isAssumed,
    batch_id = :batchId, entered_by = :enteredBy, interval_seconds = :interval
  WHERE task_key = :taskKey`;

/** @param taskKey  sequence number of the entry that brings the task in */
export function insertTask(db: WriteDb, taskKey: number, task: Task, extras: TaskExtras): void {
  db.run(INSERT_TASK, {
    ...fieldsOf(task),
    taskKey,
    taskId: task.id,
    note: extras.note,
    reference: extras.reference ?? null,
    sourceDigest: extras.sourceDigest,
    isOpenEnded: Number(extras.isOpenEnded),
  });
  insertNeeds(db, taskKey, task);
  unsettleWait(db, task);
}

/** Every field of the task but its id; its needs are replaced. */
export function replaceTask(db: WriteDb, taskKey: number, task: Task): void {
  db.run(UPDATE_TASK, { ...fieldsOf(task), taskKey });
  db.run(`DELETE FROM task_needs WHERE task_key = :taskKey`, { taskKey });
  insertNeeds(db, taskKey, task);
  unsettleWait(db, task);
}

/** @param note  replaces the note; null takes it away */
export function setTaskNote(db: WriteDb, taskKey: number, note: Sealed | null): void {
  db.run(`UPDATE tasks SET note = :note WHERE task_key = :taskKey`, { taskKey, note });
}

/** @param reference  replaces the reference; null takes it away */
export function setTaskReference(db: WriteDb, taskKey: number, reference: Sealed | null): void {
  db.run(`UPDATE tasks SET reference = :reference WHERE task_key = :taskKey`, { taskKey, reference });
}

function insertNeeds(db: WriteDb, taskKey: number, task: Task): void {
  task.needs.forEach((need, position) => {
    db.run(
      `INSERT INTO task_needs (task_key, position, pool_id, rate_milli, amount)
       VALUES (:taskKey, :position, :poolId, :rateMilli, :amount)`,
      { taskKey, position, poolId: need.poolId, rateMilli: need.rateMilli, amount: need.amount },
    );
  });
}

/** @throws ProjectionConflict when there is no such task */
export function getTaskHead(db: WriteDb, taskId: TaskId): TaskHead {
  const head = db.get<TaskHead>(
    `SELECT task_key AS taskKey, state, run, coalesce(fixed_start, earliest_start) AS wishedAt,
       (SELECT json_group_array(n.pool_id) FROM (SELECT pool_id FROM task_needs WHERE task_key = t.task_key
         ORDER BY position) n) AS needPools
     FROM tasks t WHERE task_id = :taskId`,
    { taskId },
  );
  if (head === null) throw new ProjectionConflict(`no task ${taskId}`);
  return head;
}

/** @throws ProjectionConflict unless the lifecycle leads from the task's state to `to` by `action` */
export function assertMove(head: TaskHead, action: TaskAction, to: TaskState): void {
  if (nextState(head.state, action) !== to) {
    throw new ProjectionConflict(`a ${head.state} task does not become ${to} by ${action}`);
  }
}

/** @param sortAt  where the task now stands in time: UTC seconds */
export function setTaskState(db: WriteDb, taskKey: number, state: TaskState, sortAt: number): void {
  db.run(`UPDATE tasks SET state = :state, sort_at = :sortAt WHERE task_key = :taskKey`, {
    taskKey,
    state,
    sortAt,
  });
}

/** What it held until now stays as it is; what it holds next is another run. */
export function beginNextRun(db: WriteDb, taskKey: number): void {
  db.run(`UPDATE tasks SET run = run + 1 WHERE task_key = :taskKey`, { taskKey });
}

/** Where a task without bookings stands in time: its fixed start or earliest wish. */
export function refreshWish(db: WriteDb, taskKey: number): void {
  db.run(
    `UPDATE tasks SET sort_at = coalesce(started_at, fixed_start, earliest_start) WHERE task_key = :taskKey`,
    { taskKey },
  );
}

/** Notes that the entry `seq` is about the task. */
export function noteTaskEntry(db: WriteDb, taskKey: number, seq: number): void {
  db.run(`INSERT INTO task_entries (task_key, seq) VALUES (:taskKey, :seq) ON CONFLICT DO NOTHING`, {
    taskKey,
    seq,
  });
}
