/**
 * A care pathway: a template of kinds of work that follow one another across subsystems (visit, monitoring, imaging,
 * claim). Starting one enters a task per step for a patient, each after the one before.
 */
import type { PathwayId, WorkKindId } from '../ids.ts';
import type { LocalText } from './local-text.ts';

export interface PathwayStep {
  /** Needs, duration and urgency are the kind's own when the pathway is started. */
  readonly workKindId: WorkKindId;
}

export interface Pathway {
  readonly id: PathwayId;
  readonly name: LocalText;
  /** At least two, in the order in which they follow one another. */
  readonly steps: readonly PathwayStep[];
  /** False: no longer offered; what was started under it stays. */
  readonly isActive: boolean;
}

export const PATHWAY_STEPS_MIN = 2;
export const PATHWAY_STEPS_MAX = 12;
