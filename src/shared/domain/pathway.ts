/**
 * A care pathway: a template of kinds of work that follow one another across subsystems (visit, monitoring, imaging,
 * claim). Starting one enters a task per step for a patient, each after the one before.
 */
import type { PathwayId, WorkKindId } from '../ids.ts';
import type { Seconds } from '../units.ts';
import type { LocalText } from './local-text.ts';
import type { UrgencyClass } from './urgency.ts';

export interface PathwayStep {
  /** Needs and duration are the kind's own when the pathway is started. */
  readonly workKindId: WorkKindId;
  /** The kind's own where it is left out. */
  readonly urgency?: UrgencyClass;
  /** Starts no sooner than this after the end of the step before; left out for at once. */
  readonly delaySeconds?: Seconds;
  /** Due to be over this long after the end of the step before; left out for no such time. */
  readonly withinSeconds?: Seconds;
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
