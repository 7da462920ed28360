/** The entry that moves a task along its life by somebody's decision. The lifecycle table is the only judge of moves. */
import { z } from 'zod';
import type { TaskId } from '../../../shared/ids.ts';
import { TRANSITIONS } from '../../../shared/domain/lifecycle.ts';
import type { TaskAction, TaskState } from '../../../shared/domain/lifecycle.ts';
import type { Allocation } from '../../../shared/domain/task.ts';
import type { Instant } from '../../../shared/units.ts';
import type { WriteDb } from '../handles.ts';
import { placeAllocation, readRun, replaceRun } from '../projections/booking-rows.ts';
import { ended, givenUp, started, withState } from '../projections/booking-windows.ts';
import type { BookingFields } from '../projections/booking-windows.ts';
import {
  assertMove,
  getTaskHead,
  noteTaskEntry,
  ProjectionConflict,
  setTaskState,
} from '../projections/task-rows.ts';
import type { TaskHead } from '../projections/task-rows.ts';
import { dropReason } from '../projections/wait-rows.ts';
import type { EntryKindDefinition } from './definition.ts';
import { payloadObject } from './definition.ts';
import { allocationSchema, instantSchema, taskIdSchema, taskStateSchema } from './schemas.ts';

export interface TaskMoved {
  readonly taskId: TaskId;
  /** One of the lifecycle's actions by staff. */
  readonly action: TaskAction;
  readonly from: TaskState;
  readonly to: TaskState;
  /** When it happened. */
  readonly at: Instant;
  /** The windows and units that are confirmed or started; null keeps those the task has. */
  readonly allocation: Allocation | null;
  /** True where day close took the planned time because nobody pressed the button. */
  readonly isAssumed: boolean;
  /** Why, as a code, and for which task (preemption); null when nothing was said. */
  readonly cause: { readonly code: string; readonly taskId: TaskId | null } | null;
}

const STAFF_ACTIONS = new Set(TRANSITIONS.filter((row) => row.by === 'staff').map((row) => row.action));

/** A move that ends or interrupts the hold leaves rows behind; `null` there means "nothing is left of the run". */
function rowsAfter(move: TaskMoved, rows: readonly BookingFields[]): BookingFields[] {
  switch (move.action) {
    case 'confirm':
      return withState(rows, 'confirmed', true);
    case 'start':
      return started(rows, move.at);
    case 'finish':
      return ended(rows, move.at, 'finished');
    case 'release':
    case 'miss':
    case 'cancel':
      return givenUp(rows, move.at, move.to);
    case 'preempt':
      return move.from === 'running' ? ended(rows, move.at, 'released') : givenUp(rows, move.at, 'released');
    default:
      return [];
  }
}

/** Where the task stands in time after the move. */
function sortAtAfter(move: TaskMoved, head: TaskHead, rows: readonly BookingFields[]): number {
  if (move.to === 'waiting' || move.to === 'held' || rows.length === 0) return head.wishedAt;
  const starts = rows.map((row) => row.actualStart ?? row.plannedStart ?? head.wishedAt);
  return Math.min(...starts);
}

function setTimes(db: WriteDb, move: TaskMoved, taskKey: number): void {
  const isAssumed = Number(move.isAssumed);
  if (move.action === 'start') {
    db.run(`UPDATE tasks SET started_at = :at, is_assumed = :isAssumed WHERE task_key = :taskKey`, {
      taskKey,
      at: move.at,
      isAssumed,
    });
  }
  if (move.action === 'confirm') {
    db.run(`UPDATE tasks SET confirmed_at = :at WHERE task_key = :taskKey`, { taskKey, at: move.at });
  }
  if (move.action === 'finish') {
    db.run(
      `UPDATE tasks SET ended_at = :at, is_assumed = max(is_assumed, :isAssumed) WHERE task_key = :taskKey`,
      { taskKey, at: move.at, isAssumed },
    );
  }
  if (move.action === 'preempt') {
    db.run(
      `UPDATE tasks SET started_at = NULL, confirmed_at = NULL, run = run + 1 WHERE task_key = :taskKey`,
      { taskKey },
    );
  }
}

function notePreemption(db: WriteDb, move: TaskMoved, taskKey: number, seq: number): void {
  db.run(
    `INSERT INTO preemptions (seq, task_key, at, was_running, cause, for_task_id)
     VALUES (:seq, :taskKey, :at, :wasRunning, :cause, :forTaskId)`,
    {
      seq,
      taskKey,
      at: move.at,
      wasRunning: Number(move.from === 'running'),
      cause: move.cause?.code ?? null,
      forTaskId: move.cause?.taskId ?? null,
    },
  );
}

function project(db: WriteDb, move: TaskMoved, entry: { readonly seq: number }): void {
  const head = getTaskHead(db, move.taskId);
  if (head.state !== move.from) throw new ProjectionConflict(`the task is ${head.state}, not ${move.from}`);
  assertMove(head, move.action, move.to);
  if (move.allocation !== null) {
    placeAllocation(db, head, move.allocation, { state: move.from, isReserved: move.from === 'confirmed' });
  }
  const before = readRun(db, head.taskKey, head.run);
  const needsWindow = move.action === 'confirm' || move.action === 'start' || move.action === 'finish';
  if (needsWindow && before.length === 0) throw new ProjectionConflict('the task has no window');
  const rows = rowsAfter(move, before);
  replaceRun(db, head.taskKey, head.run, rows);
  setTimes(db, move, head.taskKey);
  setTaskState(db, head.taskKey, move.to, sortAtAfter(move, head, rows));
  if (move.action !== 'confirm') dropReason(db, head.taskKey, move.at);
  noteTaskEntry(db, head.taskKey, entry.seq);
  if (move.action === 'preempt') notePreemption(db, move, head.taskKey, entry.seq);
}

export const taskMoved: EntryKindDefinition<TaskMoved> = {
  payload: payloadObject({
    taskId: taskIdSchema,
    action: z.custom<TaskAction>((value) => [...STAFF_ACTIONS].some((action) => action === value)),
    from: taskStateSchema,
    to: taskStateSchema,
    at: instantSchema,
    allocation: allocationSchema.nullable(),
    isAssumed: z.boolean(),
    cause: payloadObject({
      code: z.string().regex(/^[a-z][a-z0-9-]{0,63}$/),
      taskId: taskIdSchema.nullable(),
    }).nullable(),
  }),
  project,
};
