/**
 * The entry of a person's hand on the timeline: a promised window put elsewhere, made longer or shorter, on another
 * unit. Tentative work that is moved is promised by it; running work only gets another planned end. It holds both
 * windows, so that a reversal is the same entry the other way round.
 */
import { z } from 'zod';
import type { TaskId } from '../../../shared/ids.ts';
import type { TaskState } from '../../../shared/domain/lifecycle.ts';
import type { Allocation } from '../../../shared/domain/task.ts';
import type { Instant, Seconds } from '../../../shared/units.ts';
import type { WriteDb } from '../handles.ts';
import { placeAllocation, readRun, replaceRun } from '../projections/booking-rows.ts';
import type { BookingFields } from '../projections/booking-windows.ts';
import { getTaskHead, noteTaskEntry, ProjectionConflict, setTaskState } from '../projections/task-rows.ts';
import { dropReason } from '../projections/wait-rows.ts';
import type { TaskHead } from '../projections/task-rows.ts';
import type { EntryFacts, EntryKindDefinition } from './definition.ts';
import { payloadObject } from './definition.ts';
import { allocationSchema, instantSchema, secondsSchema, taskIdSchema, taskStateSchema } from './schemas.ts';

/** Where a task stands in time: its window, and what it asks for. */
export interface Standing {
  readonly state: TaskState;
  readonly allocation: Allocation;
  /** Open seconds. */
  readonly durationSeconds: Seconds;
  readonly earliestStart: Instant;
  readonly fixedStart: Instant | null;
}

export interface TaskRescheduled {
  readonly taskId: TaskId;
  readonly before: Standing;
  readonly after: Standing;
  /** Sequence number of the entry that this one takes back; null for a move of its own. */
  readonly reverses: number | null;
}

type Change = readonly [TaskState, TaskState];

const MOVES: readonly Change[] = [
  ['tentative', 'confirmed'],
  ['confirmed', 'confirmed'],
  ['running', 'running'],
];
/** Taking a move back may also take its promise back. */
const REVERSALS: readonly Change[] = [...MOVES, ['confirmed', 'tentative']];

function assertChange({ before, after, reverses }: TaskRescheduled, head: TaskHead): void {
  if (head.state !== before.state) {
    throw new ProjectionConflict(`the task is ${head.state}, not ${before.state}`);
  }
  const allowed = reverses === null ? MOVES : REVERSALS;
  if (!allowed.some(([from, to]) => from === before.state && to === after.state)) {
    throw new ProjectionConflict(`a ${before.state} task is not rescheduled into a ${after.state} one`);
  }
}

/** Running work began when it did: only the planned end of what still runs is another. */
function withPlannedEnd(rows: readonly BookingFields[], allocation: Allocation): BookingFields[] {
  const last = Math.max(...rows.map((row) => row.segment));
  const end = allocation.segments.at(-1)?.end ?? null;
  return rows.map((row) =>
    row.segment === last && row.actualEnd === null ? { ...row, plannedEnd: end } : row,
  );
}

function project(db: WriteDb, entry: TaskRescheduled, facts: EntryFacts): void {
  const head = getTaskHead(db, entry.taskId);
  const { after } = entry;
  assertChange(entry, head);
  if (after.allocation.taskId !== entry.taskId) throw new ProjectionConflict('an allocation of another task');
  if (after.state === 'running') {
    const rows = readRun(db, head.taskKey, head.run);
    replaceRun(db, head.taskKey, head.run, withPlannedEnd(rows, after.allocation));
  } else {
    const isReserved = after.state === 'confirmed';
    placeAllocation(db, head, after.allocation, { state: after.state, isReserved });
    const starts = after.allocation.segments.map((segment) => segment.start);
    setTaskState(db, head.taskKey, after.state, Math.min(...starts));
    dropReason(db, head.taskKey, facts.effectiveSeconds);
  }
  db.run(
    `UPDATE tasks SET duration_seconds = :durationSeconds, earliest_start = :earliestStart, fixed_start = :fixedStart
     WHERE task_key = :taskKey`,
    {
      taskKey: head.taskKey,
      durationSeconds: after.durationSeconds,
      earliestStart: after.earliestStart,
      fixedStart: after.fixedStart,
    },
  );
  noteTaskEntry(db, head.taskKey, facts.seq);
}

const standingSchema: z.ZodType<Standing> = payloadObject({
  state: taskStateSchema,
  allocation: allocationSchema,
  durationSeconds: secondsSchema,
  earliestStart: instantSchema,
  fixedStart: instantSchema.nullable(),
});

export const taskRescheduled: EntryKindDefinition<TaskRescheduled> = {
  payload: payloadObject({
    taskId: taskIdSchema,
    before: standingSchema,
    after: standingSchema,
    reverses: z.int().positive().nullable(),
  }),
  project,
};
