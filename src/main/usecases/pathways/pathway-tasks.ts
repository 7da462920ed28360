/** A pathway's steps as drafts of tasks: each with its kind's own needs and duration. Pure but for look-ups. */
import type { ReadDb } from '../../ledger/index.ts';
import { findPathway, findWorkKind } from '../../ledger/index.ts';
import type { Pathway, PathwayStep } from '../../../shared/domain/pathway.ts';
import type { WorkKind } from '../../../shared/domain/task.ts';
import type { PathwayId } from '../../../shared/ids.ts';
import type { Result } from '../../../shared/result.ts';
import { accept, refuse } from '../../../shared/result.ts';
import type { Instant } from '../../../shared/units.ts';
import type { QuotableDraft } from '../tasks/draft-to-task.ts';

export interface PathwayPlan {
  readonly pathway: Pathway;
  /** In order. */
  readonly steps: readonly { readonly step: PathwayStep; readonly kind: WorkKind }[];
}

/** @returns `unknown-pathway` also for one that is no longer offered */
export function pathwayPlan(
  db: ReadDb,
  id: PathwayId,
): Result<PathwayPlan, 'unknown-pathway' | 'unknown-work-kind'> {
  const pathway = findPathway(db, id);
  if (!pathway?.isActive) return refuse('unknown-pathway');
  const steps = pathway.steps.flatMap((step) => {
    const kind = findWorkKind(db, step.workKindId);
    return kind ? [{ step, kind }] : [];
  });
  return steps.length === pathway.steps.length ? accept({ pathway, steps }) : refuse('unknown-work-kind');
}

/** @param earliestStart  the wish for this step; null for as soon as what comes before it allows */
export function draftOfStep(
  { step, kind }: PathwayPlan['steps'][number],
  earliestStart: Instant | null,
): QuotableDraft {
  return {
    subsystem: kind.subsystem,
    workKindId: kind.id,
    needs: kind.needs.map((need) => ({ ...need })),
    durationSeconds: kind.durationSeconds,
    urgency: step.urgency ?? kind.urgency,
    earliestStart,
    fixedStart: null,
    due: null,
  };
}
