/**
 * The adopted plan: the decision, not the recipe. The entry holds every changed window, rate, unit and reason, and what
 * it takes to make the plan again (versions, seed, budget, base); replay applies the payload and never plans.
 */
import { z } from 'zod';
import type { TaskId } from '../../../shared/ids.ts';
import { REASON_RULES, REFUSAL_CODES } from '../../../shared/domain/reason.ts';
import type { Reason, ReasonSegment } from '../../../shared/domain/reason.ts';
import type { Allocation } from '../../../shared/domain/task.ts';
import type { Instant } from '../../../shared/units.ts';
import type { WriteDb } from '../handles.ts';
import { placeAllocation, replaceRun } from '../projections/booking-rows.ts';
import {
  assertMove,
  getTaskHead,
  noteTaskEntry,
  ProjectionConflict,
  setTaskState,
} from '../projections/task-rows.ts';
import { dropReason, setReason } from '../projections/wait-rows.ts';
import type { Digest } from '../sealed.ts';
import type { EntryKindDefinition } from './definition.ts';
import { payloadObject } from './definition.ts';
import {
  allocationSchema,
  countSchema,
  digestSchema,
  instantSchema,
  poolIdSchema,
  taskIdSchema,
} from './schemas.ts';

export interface PlanChange {
  readonly taskId: TaskId;
  /** Null: the task is back in the queue without a window. */
  readonly allocation: Allocation | null;
}

export interface PlanAdopted {
  readonly plannerVersion: string;
  /** SHA-256 of the canonical JSON of the settings planned with. */
  readonly settingsHash: Digest;
  /** Version of the time-zone data, `2025b`. */
  readonly timeZoneData: string;
  readonly seed: number;
  readonly budgetUsed: number;
  /** The last entry the plan knew of. */
  readonly baseSeq: number;
  readonly now: Instant;
  /** Only windows that changed, by task id. */
  readonly changes: readonly PlanChange[];
  /** Only reasons that changed, by task id. */
  readonly reasons: readonly Reason[];
  /** Tasks whose reason no longer holds, by id. */
  readonly clearedReasons: readonly TaskId[];
  /** SHA-256 of the canonical JSON of the whole plan. */
  readonly planHash: Digest;
}

const reasonSegmentSchema: z.ZodType<ReasonSegment> = payloadObject({
  from: instantSchema,
  until: instantSchema,
  poolId: poolIdSchema.nullable(),
  rule: z.enum(REASON_RULES),
  blockers: z.array(taskIdSchema).max(5),
});

const reasonSchema: z.ZodType<Reason> = payloadObject({
  taskId: taskIdSchema,
  segments: z.array(reasonSegmentSchema),
  refusal: payloadObject({ code: z.enum(REFUSAL_CODES), poolId: poolIdSchema.nullable() }).nullable(),
});

function projectChange(db: WriteDb, change: PlanChange, seq: number): void {
  const head = getTaskHead(db, change.taskId);
  const { allocation } = change;
  if (allocation === null) {
    assertMove(head, 'unplan', 'waiting');
    replaceRun(db, head.taskKey, head.run, []);
    setTaskState(db, head.taskKey, 'waiting', head.wishedAt);
  } else {
    if (allocation.taskId !== change.taskId) throw new ProjectionConflict('an allocation of another task');
    if (head.state !== 'tentative') assertMove(head, 'plan', 'tentative');
    placeAllocation(db, head, allocation, { state: 'tentative', isReserved: false });
    const starts = allocation.segments.map((segment) => segment.start);
    setTaskState(db, head.taskKey, 'tentative', Math.min(...starts));
  }
  noteTaskEntry(db, head.taskKey, seq);
}

export const planAdopted: EntryKindDefinition<PlanAdopted> = {
  payload: payloadObject({
    plannerVersion: z.string().min(1).max(64),
    settingsHash: digestSchema,
    timeZoneData: z.string().min(1).max(64),
    seed: z.int(),
    budgetUsed: countSchema,
    baseSeq: countSchema,
    now: instantSchema,
    changes: z.array(payloadObject({ taskId: taskIdSchema, allocation: allocationSchema.nullable() })),
    reasons: z.array(reasonSchema),
    clearedReasons: z.array(taskIdSchema),
    planHash: digestSchema,
  }),
  project(db, plan, entry) {
    for (const change of plan.changes) projectChange(db, change, entry.seq);
    const { seq, effectiveSeconds: at } = entry;
    for (const reason of plan.reasons) {
      setReason(db, getTaskHead(db, reason.taskId).taskKey, reason, { seq, at });
    }
    for (const taskId of plan.clearedReasons) dropReason(db, getTaskHead(db, taskId).taskKey, at);
  },
};
