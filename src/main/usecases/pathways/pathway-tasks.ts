/** A pathway's steps as drafts of tasks: each with its kind's own needs, duration and urgency. Pure but for look-ups. */
import type { ReadDb } from '../../ledger/index.ts';
import { findPathway, findWorkKind } from '../../ledger/index.ts';
import type { Pathway } from '../../../shared/domain/pathway.ts';
import type { WorkKind } from '../../../shared/domain/task.ts';
import type { PathwayId } from '../../../shared/ids.ts';
import type { Result } from '../../../shared/result.ts';
import { accept, refuse } from '../../../shared/result.ts';
import type { Instant } from '../../../shared/units.ts';
import type { QuotableDraft } from '../tasks/draft-to-task.ts';

export interface PathwayPlan {
  readonly pathway: Pathway;
  /** One per step, in order. */
  readonly kinds: readonly WorkKind[];
}

/** @returns `unknown-pathway` also for one that is no longer offered */
export function pathwayPlan(
  db: ReadDb,
  id: PathwayId,
): Result<PathwayPlan, 'unknown-pathway' | 'unknown-work-kind'> {
  const pathway = findPathway(db, id);
  if (!pathway?.isActive) return refuse('unknown-pathway');
  const kinds = pathway.steps.flatMap(({ workKindId }) => findWorkKind(db, workKindId) ?? []);
  return kinds.length === pathway.steps.length ? accept({ pathway, kinds }) : refuse('unknown-work-kind');
}

/** @param earliestStart  the wish for this step; null for as soon as what comes before it allows */
export function draftOfStep(kind: WorkKind, earliestStart: Instant | null): QuotableDraft {
  return {
    subsystem: kind.subsystem,
    workKindId: kind.id,
    needs: kind.needs.map((need) => ({ ...need })),
    durationSeconds: kind.durationSeconds,
    urgency: kind.urgency,
    earliestStart,
    fixedStart: null,
    due: null,
  };
}
