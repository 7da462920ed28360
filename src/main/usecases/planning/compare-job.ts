/**
 * What a thread that compares is asked: plain data in, plain data out. The adopted plan is measured beside the
 * variants, and the same backlog planned afresh without any change, so that a difference can be laid at the right door.
 */
import type { Comparison, PlanSettings, Snapshot, Variant } from '../../allocator/index.ts';
import { compare, measureVariant } from '../../allocator/index.ts';
import type { Plan } from '../../../shared/domain/plan.ts';
import type { Instant, Seconds } from '../../../shared/units.ts';

export interface CompareJob {
  readonly kind: 'compare';
  readonly snapshot: Snapshot;
  readonly adopted: Plan;
  readonly variants: readonly Variant[];
  readonly now: Instant;
  readonly settings: PlanSettings;
  readonly windowSeconds: Seconds;
}

export interface CompareAnswer {
  /** The adopted plan; its displacements are those of a replan now. */
  readonly today: Comparison;
  /** The unchanged backlog planned afresh. */
  readonly afresh: Comparison;
  /** In the order of the variants. */
  readonly variants: readonly Comparison[];
}

/** Does the job on whatever thread calls it; same job, same answer. */
export function runCompare(job: CompareJob): CompareAnswer {
  const { snapshot, now, settings, windowSeconds } = job;
  const unchanged = [{ id: 'replan', keepsTentative: true }, { id: 'afresh' }];
  const all = [...unchanged, ...job.variants];
  const [replan, afresh, ...variants] = compare(snapshot, all, now, settings, windowSeconds, job.adopted);
  if (!replan || !afresh) throw new Error('compare answers every variant');
  const made: Plan = { ...job.adopted, displacements: replan.plan.displacements };
  const today = measureVariant({ variantId: 'today', snapshot, made, from: made, windowSeconds });
  return { today, afresh, variants };
}
