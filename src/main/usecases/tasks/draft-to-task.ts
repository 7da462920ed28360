/**
 * Turns what a person typed into a task, or says which field cannot be. Pure: ids, the clock and the catalogue come in.
 */
import type { TaskDraft } from '../../../shared/contract/tasks.ts';
import type { Pool } from '../../../shared/domain/pool.ts';
import { getSubsystem } from '../../../shared/domain/subsystem.ts';
import type { Need, Task, WorkKind } from '../../../shared/domain/task.ts';
import type { PatientId, PoolId, StaffId, TaskId } from '../../../shared/ids.ts';
import type { Result } from '../../../shared/result.ts';
import { accept, refuse } from '../../../shared/result.ts';
import type { Instant } from '../../../shared/units.ts';
import { MINUTE } from '../../../shared/units.ts';

export type DraftRefusal =
  | 'unknown-work-kind'
  | 'unknown-pool'
  | 'invalid-need'
  | 'patient-required'
  | 'exceeds-capacity'
  | 'start-in-the-past';

/** What the form knows before a patient is named: enough for a quote. */
export type QuotableDraft = Omit<TaskDraft, 'patient' | 'note' | 'reference'>;

/** A start typed a few minutes ago is still meant as now. */
export const START_TOLERANCE_SECONDS = 15 * MINUTE;

export interface DraftFacts {
  readonly taskId: TaskId;
  readonly now: Instant;
  readonly patientId: PatientId | null;
  readonly enteredBy: StaffId | null;
  pool(id: PoolId): Pool | null;
  workKind(id: WorkKind['id']): WorkKind | null;
}

/** The first refusal in the order of `DraftRefusal`. */
export function taskOfDraft(draft: QuotableDraft, facts: DraftFacts): Result<Task, DraftRefusal> {
  const kind = facts.workKind(draft.workKindId);
  if (!kind || kind.subsystem !== draft.subsystem) return refuse('unknown-work-kind');
  for (const need of draft.needs) {
    const refusal = needRefusal(need, draft.needs, facts);
    if (refusal) return refuse(refusal, { poolId: need.poolId });
  }
  if (draft.fixedStart !== null && draft.fixedStart < facts.now - START_TOLERANCE_SECONDS) {
    return refuse('start-in-the-past');
  }
  return accept({
    id: facts.taskId,
    subsystem: draft.subsystem,
    workKindId: draft.workKindId,
    patientId: facts.patientId,
    requester: facts.patientId ?? facts.taskId,
    needs: draft.needs,
    durationSeconds: draft.durationSeconds,
    urgency: draft.urgency,
    submittedAt: facts.now,
    earliestStart: laterOf(draft.fixedStart ?? draft.earliestStart, facts.now),
    fixedStart: draft.fixedStart === null ? null : laterOf(draft.fixedStart, facts.now),
    due: draft.due,
    weight: 1,
    after: [],
    ...(draft.intervalSeconds !== undefined && { intervalSeconds: draft.intervalSeconds }),
    elastic: null,
    preemptibility: kind.preemptibility,
    maySpanClosures: kind.maySpanClosures,
    state: 'waiting',
    startedAt: null,
    endedAt: null,
    isAssumed: false,
    batchId: null,
    enteredBy: facts.enteredBy,
  });
}

/** Whether work of this subsystem must name a patient before it is sent. */
export function needsPatient(draft: Pick<QuotableDraft, 'subsystem'>): boolean {
  return getSubsystem(draft.subsystem).isAboutPatient;
}

export function laterOf(wish: Instant | null, now: Instant): Instant {
  return wish === null || wish < now ? now : wish;
}

/** What is wrong with one of a task's needs; null when nothing is. */
export function needRefusal(
  need: Need,
  needs: readonly Need[],
  facts: Pick<DraftFacts, 'pool'>,
): 'unknown-pool' | 'invalid-need' | 'exceeds-capacity' | null {
  const pool = facts.pool(need.poolId);
  if (!pool) return 'unknown-pool';
  if (needs.filter((other) => other.poolId === need.poolId).length > 1) return 'invalid-need';
  const isWhole = pool.kind === 'divisible' || (need.rateMilli % 1000 === 0 && need.amount === null);
  if (need.rateMilli <= 0 || !isWhole) return 'invalid-need';
  return need.rateMilli > pool.capacityMilli ? 'exceeds-capacity' : null;
}
