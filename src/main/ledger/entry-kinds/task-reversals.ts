/**
 * The entry that takes back what a person did to a task a moment ago: the task stands again as it stood before. The
 * entries it reverses stay; nothing is unwritten.
 */
import { z } from 'zod';
import type { TaskId } from '../../../shared/ids.ts';
import type { Task } from '../../../shared/domain/task.ts';
import { insertBooking } from '../projections/booking-rows.ts';
import type { BookingFields } from '../projections/booking-windows.ts';
import {
  getTaskHead,
  noteTaskEntry,
  ProjectionConflict,
  refreshWish,
  replaceTask,
  setTaskNote,
  setTaskReference,
  setTaskState,
} from '../projections/task-rows.ts';
import { dropReason } from '../projections/wait-rows.ts';
import type { Sealed } from '../sealed.ts';
import type { EntryKindDefinition } from './definition.ts';
import { payloadObject } from './definition.ts';
import {
  countSchema,
  instantSchema,
  milliSchema,
  poolIdSchema,
  sealedSchema,
  taskIdSchema,
  taskSchema,
  taskStateSchema,
} from './schemas.ts';

/** A task with all that it held in its present run. */
export interface TaskStand {
  readonly task: Task;
  readonly note: Sealed | null;
  readonly reference: Sealed | null;
  readonly run: number;
  /** Rows of that run, by segment, then need. */
  readonly bookings: readonly BookingFields[];
}

export interface TaskReversed {
  readonly taskId: TaskId;
  /** The first entry that is taken back. */
  readonly reverses: number;
  /** How the task stands from now on; null where it was entered by what is taken back: it is gone from the books. */
  readonly stand: TaskStand | null;
}

const bookingSchema: z.ZodType<BookingFields> = payloadObject({
  segment: countSchema,
  position: countSchema,
  poolId: poolIdSchema,
  state: taskStateSchema,
  rateMilli: milliSchema,
  unitIds: z.string().max(10_000),
  plannedStart: instantSchema.nullable(),
  plannedEnd: instantSchema.nullable(),
  isReserved: z.int().min(0).max(1),
  actualStart: instantSchema.nullable(),
  actualEnd: instantSchema.nullable(),
});

export const taskReversed: EntryKindDefinition<TaskReversed> = {
  payload: payloadObject({
    taskId: taskIdSchema,
    reverses: countSchema,
    stand: payloadObject({
      task: taskSchema,
      note: sealedSchema.nullable(),
      reference: sealedSchema.nullable(),
      run: countSchema,
      bookings: z.array(bookingSchema),
    }).nullable(),
  }),
  project(db, { taskId, stand }, entry) {
    const { taskKey, run } = getTaskHead(db, taskId);
    if (stand === null) {
      db.run(`DELETE FROM tasks WHERE task_key = :taskKey`, { taskKey });
      return;
    }
    const { task, bookings } = stand;
    if (task.id !== taskId) throw new ProjectionConflict('the stand of another task');
    if (stand.run > run) throw new ProjectionConflict('a run that has not been');
    replaceTask(db, taskKey, task);
    setTaskNote(db, taskKey, stand.note);
    setTaskReference(db, taskKey, stand.reference);
    db.run(`DELETE FROM bookings WHERE task_key = :taskKey AND run >= :run`, { taskKey, run: stand.run });
    db.run(`UPDATE tasks SET run = :run WHERE task_key = :taskKey`, { taskKey, run: stand.run });
    for (const row of bookings) insertBooking(db, taskKey, stand.run, row);
    dropReason(db, taskKey, entry.effectiveSeconds);
    const starts = bookings.map((row) => row.actualStart ?? row.plannedStart).filter((at) => at !== null);
    if (starts.length === 0) refreshWish(db, taskKey);
    else setTaskState(db, taskKey, task.state, Math.min(...starts));
    noteTaskEntry(db, taskKey, entry.seq);
  },
};
