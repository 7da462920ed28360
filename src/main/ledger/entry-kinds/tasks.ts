/** Entries that bring a task in and change what it asks for. */
import type { TaskState } from '../../../shared/domain/lifecycle.ts';
import type { Allocation, Task } from '../../../shared/domain/task.ts';
import { canonicalJson } from '../canonical-json.ts';
import type { WriteDb } from '../handles.ts';
import type { Digest, Sealed } from '../sealed.ts';
import { readRun, replaceRun } from '../projections/booking-rows.ts';
import { givenUp, planned, started } from '../projections/booking-windows.ts';
import {
  beginNextRun,
  getTaskHead,
  insertTask,
  noteTaskEntry,
  ProjectionConflict,
  refreshWish,
  replaceTask,
  setTaskNote,
  setTaskReference,
  setTaskState,
} from '../projections/task-rows.ts';
import type { TaskHead } from '../projections/task-rows.ts';
import { dropReason } from '../projections/wait-rows.ts';
import type { EntryKindDefinition } from './definition.ts';
import { payloadObject } from './definition.ts';
import { allocationSchema, digestSchema, sealedSchema, taskSchema } from './schemas.ts';

export interface TaskSubmitted {
  /** Waiting or held. */
  readonly task: Task;
  /** Free text about the work, sealed as field `note` under the patient's key or the task's. */
  readonly note: Sealed | null;
  /** What another system calls it, sealed as field `reference`; left out where it has none. */
  readonly reference?: Sealed | undefined;
  /** Keyed digest of the row it was imported from: a second import of the row finds it. */
  readonly sourceDigest: Digest | null;
}

export const taskSubmitted: EntryKindDefinition<TaskSubmitted> = {
  payload: payloadObject({
    task: taskSchema,
    note: sealedSchema.nullable(),
    reference: sealedSchema.optional(),
    sourceDigest: digestSchema.nullable(),
  }).refine(
    ({ task }) => task.state === 'waiting' || task.state === 'held',
    'a submitted task is waiting or held',
  ),
  project(db, { task, note, reference, sourceDigest }, entry) {
    insertTask(db, entry.seq, task, { note, reference, sourceDigest, isOpenEnded: false });
  },
};

export interface TaskAmended {
  /** All fields as they are from now on. Its state is the current one, or `waiting` to give up its window. */
  readonly task: Task;
  /** All fields as they were. */
  readonly before: Task;
  /** The note from now on. */
  readonly note: Sealed | null;
  /** The reference from now on; left out where it stays as it is. */
  readonly reference?: Sealed | null | undefined;
  /** The windows that a promised or running task holds from now on; left out where they stay as they are. */
  readonly allocation?: Allocation | undefined;
}

const HOLDS_NOTHING: readonly TaskState[] = ['waiting', 'held'];

export const taskAmended: EntryKindDefinition<TaskAmended> = {
  payload: payloadObject({
    task: taskSchema,
    before: taskSchema,
    note: sealedSchema.nullable(),
    reference: sealedSchema.nullable().optional(),
    allocation: allocationSchema.optional(),
  }),
  project(db, { task, before, note, reference, allocation }, entry) {
    const head = getTaskHead(db, task.id);
    const keepsState = task.state === head.state;
    if (before.state !== head.state || (!keepsState && task.state !== 'waiting')) {
      throw new ProjectionConflict(`a ${head.state} task is not amended into a ${task.state} one`);
    }
    const holdsWindow = keepsState && !HOLDS_NOTHING.includes(task.state);
    const keepsWindow = holdsWindow && allocation === undefined;
    if (keepsWindow && canonicalJson(task.needs) !== canonicalJson(before.needs)) {
      throw new ProjectionConflict('the needs of a task that keeps its window stay as they are');
    }
    replaceTask(db, head.taskKey, task);
    setTaskNote(db, head.taskKey, note);
    if (reference !== undefined) setTaskReference(db, head.taskKey, reference);
    if (allocation !== undefined) moveWindow(db, head, task, allocation, entry.effectiveSeconds);
    else if (!keepsState) leaveWindow(db, head, entry.effectiveSeconds);
    if (!keepsState || allocation !== undefined) {
      dropReason(db, head.taskKey, entry.effectiveSeconds);
    }
    if (!holdsWindow) refreshWish(db, head.taskKey);
    noteTaskEntry(db, head.taskKey, entry.seq);
  },
};

/** What was reserved until `at` stays in the books as an earlier run. @returns the run that comes next */
function leaveWindow(db: WriteDb, head: TaskHead, at: number): number {
  const behind = givenUp(readRun(db, head.taskKey, head.run), at, 'released');
  replaceRun(db, head.taskKey, head.run, behind);
  if (behind.length === 0) return head.run;
  beginNextRun(db, head.taskKey);
  return head.run + 1;
}

/** A promised task is promised for another time; a running one is to end at another. */
function moveWindow(db: WriteDb, head: TaskHead, task: Task, allocation: Allocation, at: number): void {
  if (allocation.taskId !== task.id) throw new ProjectionConflict('an allocation of another task');
  const pools = task.needs.map((need) => need.poolId);
  if (head.state === 'running' && task.startedAt !== null) {
    const rows = planned(allocation, pools, 'running', true);
    replaceRun(db, head.taskKey, head.run, started(rows, task.startedAt));
    return;
  }
  if (head.state !== 'confirmed') throw new ProjectionConflict(`a ${head.state} task is placed by a plan`);
  const run = leaveWindow(db, head, at);
  replaceRun(db, head.taskKey, run, planned(allocation, pools, 'confirmed', true));
  const starts = allocation.segments.map((segment) => segment.start);
  setTaskState(db, head.taskKey, 'confirmed', Math.min(...starts));
}
