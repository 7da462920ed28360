/** Entries that bring a task in and change what it asks for. */
import type { Task } from '../../../shared/domain/task.ts';
import { canonicalJson } from '../canonical-json.ts';
import type { Digest, Sealed } from '../sealed.ts';
import { replaceRun } from '../projections/booking-rows.ts';
import {
  getTaskHead,
  insertTask,
  noteTaskEntry,
  ProjectionConflict,
  refreshWish,
  replaceTask,
  setTaskNote,
} from '../projections/task-rows.ts';
import { dropReason } from '../projections/wait-rows.ts';
import type { EntryKindDefinition } from './definition.ts';
import { payloadObject } from './definition.ts';
import { digestSchema, sealedSchema, taskSchema } from './schemas.ts';

export interface TaskSubmitted {
  /** Waiting or held. */
  readonly task: Task;
  /** Free text about the work, sealed as field `note` under the patient's key or the task's. */
  readonly note: Sealed | null;
  /** Keyed digest of the row it was imported from: a second import of the row finds it. */
  readonly sourceDigest: Digest | null;
}

export const taskSubmitted: EntryKindDefinition<TaskSubmitted> = {
  payload: payloadObject({
    task: taskSchema,
    note: sealedSchema.nullable(),
    sourceDigest: digestSchema.nullable(),
  }).refine(
    ({ task }) => task.state === 'waiting' || task.state === 'held',
    'a submitted task is waiting or held',
  ),
  project(db, { task, note, sourceDigest }, entry) {
    insertTask(db, entry.seq, task, { note, sourceDigest, isOpenEnded: false });
  },
};

export interface TaskAmended {
  /** All fields as they are from now on. Its state is the current one, or `waiting` to give up its window. */
  readonly task: Task;
  /** All fields as they were. */
  readonly before: Task;
  /** The note from now on. */
  readonly note: Sealed | null;
}

export const taskAmended: EntryKindDefinition<TaskAmended> = {
  payload: payloadObject({ task: taskSchema, before: taskSchema, note: sealedSchema.nullable() }),
  project(db, { task, before, note }, entry) {
    const head = getTaskHead(db, task.id);
    const keepsWindow = task.state === head.state;
    if (before.state !== head.state || (!keepsWindow && task.state !== 'waiting')) {
      throw new ProjectionConflict(`a ${head.state} task is not amended into a ${task.state} one`);
    }
    const holdsWindow = keepsWindow && task.state !== 'waiting' && task.state !== 'held';
    if (holdsWindow && canonicalJson(task.needs) !== canonicalJson(before.needs)) {
      throw new ProjectionConflict('the needs of a task that holds a window stay as they are');
    }
    replaceTask(db, head.taskKey, task);
    setTaskNote(db, head.taskKey, note);
    if (!keepsWindow) {
      replaceRun(db, head.taskKey, head.run, []);
      dropReason(db, head.taskKey, entry.effectiveSeconds);
    }
    if (!holdsWindow) refreshWish(db, head.taskKey);
    noteTaskEntry(db, head.taskKey, entry.seq);
  },
};
