/**
 * A task: one piece of work that needs an amount of one or more pools for a duration; and a kind of work, the
 * clinic's catalogue row it was entered from. Nothing here identifies a patient: `patientId` is opaque.
 */
import type { BatchId, PatientId, PoolId, StaffId, TaskId, UnitId, WorkKindId } from '../ids.ts';
import type { Instant, Milli, Seconds, Work } from '../units.ts';
import { DAY } from '../units.ts';
import type { TaskState } from './lifecycle.ts';
import type { LocalText } from './local-text.ts';
import type { SubsystemId } from './subsystem.ts';
import type { UrgencyClass } from './urgency.ts';

/** How many tasks one may be entered to come after, and how long after the end of one of them. */
export const AFTER_MAX = 8;
export const AFTER_DELAY_SECONDS_MAX = 366 * DAY;

/** What a task needs of one pool while it runs. */
export interface Need {
  readonly poolId: PoolId;
  /** Thousandths of the pool's unit held while the task runs; whole units in a countable pool. */
  readonly rateMilli: Milli;
  /** Set when it was entered as "amount over a time": the amount as given; the rate is derived and rounded up. */
  readonly amount: Work | null;
}

/** An elastic task's rate may be anything between its minimum and its needs' wish; its work is fixed. */
export interface Elasticity {
  /** Smallest share of the wished rates, in thousandths (1–1000). */
  readonly minimumShareMilli: number;
}

export type Preemptibility = 'resume' | 'restart' | 'never';

export interface WorkKind {
  readonly id: WorkKindId;
  readonly subsystem: SubsystemId;
  readonly name: LocalText;
  readonly needs: readonly Need[];
  readonly durationSeconds: Seconds;
  readonly urgency: UrgencyClass;
  readonly preemptibility: Preemptibility;
  /** Whether the work may pause over closures (and hold nothing meanwhile). */
  readonly maySpanClosures: boolean;
  /** A code from the system it was imported from (SNOMED CT, DICOM modality), or null. */
  readonly code: string | null;
}

export interface Task {
  readonly id: TaskId;
  readonly subsystem: SubsystemId;
  readonly workKindId: WorkKindId;
  readonly patientId: PatientId | null;
  /** Who asks, for fairness among requesters: a patient, a claimant, a study. Opaque. */
  readonly requester: string;
  readonly needs: readonly Need[];
  readonly durationSeconds: Seconds;
  readonly urgency: UrgencyClass;
  readonly submittedAt: Instant;
  /** The earliest wish: nothing starts before it. */
  readonly earliestStart: Instant;
  /** "Tuesday 14:00": kept or refused; null for none. */
  readonly fixedStart: Instant | null;
  readonly due: Instant | null;
  /** For weighted tardiness; 1 unless the clinic says otherwise. */
  readonly weight: number;
  /** Tasks that must have ended first. */
  readonly after: readonly TaskId[];
  /** Seconds to let pass after the end of each of them, in their order; left out where none is. */
  readonly delays?: readonly Seconds[];
  /** Due to be over this long after the last of them has ended; left out for no such time. */
  readonly dueAfter?: Seconds;
  /** How often what it watches is read, in seconds; left out where nobody has said. Plans do not depend on it. */
  readonly intervalSeconds?: Seconds;
  readonly elastic: Elasticity | null;
  readonly preemptibility: Preemptibility;
  readonly maySpanClosures: boolean;
  readonly state: TaskState;
  /** When it truly began and ended; null while unknown. */
  readonly startedAt: Instant | null;
  readonly endedAt: Instant | null;
  /** True where day close assumed planned times because nobody pressed Start or Finish. */
  readonly isAssumed: boolean;
  readonly batchId: BatchId | null;
  readonly enteredBy: StaffId | null;
}

/** A stretch during which an allocation holds its pools. Rates and units are in the order of the task's needs. */
export interface Segment {
  readonly start: Instant;
  readonly end: Instant;
  readonly ratesMilli: readonly Milli[];
}

/** A task bound to pools over one or more segments. */
export interface Allocation {
  readonly taskId: TaskId;
  /** Ascending, disjoint. */
  readonly segments: readonly Segment[];
  /** Per need, the named units held; an empty list for a divisible pool. */
  readonly units: readonly (readonly UnitId[])[];
}
