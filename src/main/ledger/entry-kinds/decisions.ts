/**
 * What people decide about the planner's proposals: displaced work moved to the place that was proposed for it, and
 * proposals turned down. An offer that is taken is a `plan-adopted`; work that makes way is a `task-moved`.
 */
import { z } from 'zod';
import type { PoolId, TaskId } from '../../../shared/ids.ts';
import { PROPOSAL_KINDS } from '../../../shared/domain/plan.ts';
import type { ProposalKind } from '../../../shared/domain/plan.ts';
import type { Allocation } from '../../../shared/domain/task.ts';
import type { Instant } from '../../../shared/units.ts';
import { poolIdsOf, readRun, replaceRun } from '../projections/booking-rows.ts';
import { planned, repaired } from '../projections/booking-windows.ts';
import { getTaskHead, noteTaskEntry, ProjectionConflict, setTaskState } from '../projections/task-rows.ts';
import type { EntryKindDefinition } from './definition.ts';
import { payloadObject } from './definition.ts';
import { allocationSchema, instantSchema, poolIdSchema, taskIdSchema } from './schemas.ts';

export interface AllocationRepaired {
  readonly taskId: TaskId;
  /** The pool in which it had lost its place. */
  readonly poolId: PoolId;
  readonly at: Instant;
  readonly before: Allocation;
  /** For running work: what it holds from `at` on. */
  readonly after: Allocation;
}

export const allocationRepaired: EntryKindDefinition<AllocationRepaired> = {
  payload: payloadObject({
    taskId: taskIdSchema,
    poolId: poolIdSchema,
    at: instantSchema,
    before: allocationSchema,
    after: allocationSchema,
  }),
  project(db, { taskId, at, after }, entry) {
    const head = getTaskHead(db, taskId);
    if (head.state !== 'confirmed' && head.state !== 'running') {
      throw new ProjectionConflict(`a ${head.state} task holds no place that could be repaired`);
    }
    if (after.taskId !== taskId) throw new ProjectionConflict('an allocation of another task');
    const poolIds = poolIdsOf(head);
    const rows =
      head.state === 'confirmed'
        ? planned(after, poolIds, 'confirmed', true)
        : repaired(readRun(db, head.taskKey, head.run), planned(after, poolIds, 'running', true), at);
    replaceRun(db, head.taskKey, head.run, rows);
    if (head.state === 'confirmed') {
      const starts = after.segments.map((segment) => segment.start);
      setTaskState(db, head.taskKey, 'confirmed', Math.min(...starts));
    }
    noteTaskEntry(db, head.taskKey, entry.seq);
  },
};

export interface ProposalDeclined {
  readonly proposal: ProposalKind;
  /** The task that was to move, or for which others were to make way; null for an offered plan. */
  readonly taskId: TaskId | null;
}

/** What a declined proposal is remembered by. */
export const OFFER_SUBJECT = 'offer';

export const proposalDeclined: EntryKindDefinition<ProposalDeclined> = {
  payload: payloadObject({ proposal: z.enum(PROPOSAL_KINDS), taskId: taskIdSchema.nullable() }),
  project(db, { taskId }, entry) {
    db.run(
      `INSERT INTO declined_proposals (subject, seq, declined_at) VALUES (:subject, :seq, :at)
       ON CONFLICT (subject) DO UPDATE SET seq = excluded.seq, declined_at = excluded.declined_at`,
      { subject: taskId ?? OFFER_SUBJECT, seq: entry.seq, at: entry.effectiveSeconds },
    );
    if (taskId !== null) noteTaskEntry(db, getTaskHead(db, taskId).taskKey, entry.seq);
  },
};
