/**
 * Everything the planner may know, as plain data: no clock, no zone, no database behind it. Calendars arrive expanded
 * into step functions over UTC instants, because expanding them needs time-zone data and planning must not.
 * The same snapshot, `now` and settings give the same plan to the byte.
 */
import type { PoolId, TaskId, UnitId } from '../../shared/ids.ts';
import type { PolicyId, SubsystemId } from '../../shared/domain/subsystem.ts';
import type { PoolKind, Share } from '../../shared/domain/pool.ts';
import type { Allocation, Task } from '../../shared/domain/task.ts';
import type { Instant, Milli, Seconds, Work } from '../../shared/units.ts';

/** Why a pool offers less than all of its units. */
export type CapacityCause = 'open' | 'closed' | 'outage';

/** Capacity from `at` until the next step; the last step lasts for ever. */
export interface CapacityStep {
  readonly at: Instant;
  readonly capacityMilli: Milli;
  /** What lowers it below nominal; `open` when nothing does. */
  readonly cause: CapacityCause;
}

/** A stretch in which one named unit is not available although the pool may be. */
export interface UnitAbsence {
  readonly unitId: UnitId;
  readonly from: Instant;
  readonly until: Instant;
}

export interface PlanPool {
  readonly id: PoolId;
  readonly kind: PoolKind;
  readonly nominalMilli: Milli;
  /** Ascending; the first step is at or before the snapshot's `now`. */
  readonly capacity: readonly CapacityStep[];
  /** Named units in order of preference; empty for a divisible pool. */
  readonly units: readonly UnitId[];
  readonly absences: readonly UnitAbsence[];
  readonly shares: readonly Share[];
  readonly gridSeconds: Seconds;
  /** Instants t with (t − offset) a multiple of the grid are on it. */
  readonly gridOffset: Instant;
  readonly reclaimSeconds: Seconds;
}

export interface PlanSubsystem {
  readonly id: SubsystemId;
  readonly policy: PolicyId;
  /** Divides its dominant share in the merged list; 1 for equal weights. */
  readonly weight: number;
  /** Unit·seconds used in the last 24 hours, per pool, in thousandths. */
  readonly used: readonly { readonly poolId: PoolId; readonly work: Work }[];
  /** The same per requester, for turns inside the subsystem; nothing when left out. */
  readonly requesters?: readonly {
    readonly requester: string;
    readonly poolId: PoolId;
    readonly work: Work;
  }[];
}

export type PlanTask = Pick<
  Task,
  | 'id'
  | 'subsystem'
  | 'requester'
  | 'needs'
  | 'durationSeconds'
  | 'urgency'
  | 'submittedAt'
  | 'earliestStart'
  | 'fixedStart'
  | 'due'
  | 'weight'
  | 'after'
  | 'delays'
  | 'elastic'
  | 'preemptibility'
  | 'maySpanClosures'
> & {
  /** Only open tasks are planned; predecessors that have ended are named in `ended`. */
  readonly state: 'waiting' | 'tentative' | 'confirmed' | 'running';
  /** Where the adopted plan has it; null for a waiting task. Confirmed and running tasks always have one. */
  readonly current: Allocation | null;
  /** When it was last confirmed, for choosing what is displaced; counts as `submittedAt` when left out. */
  readonly confirmedAt?: Instant | null;
  /** How often it has been preempted already; 0 when left out. */
  readonly timesPreempted?: number;
};

export interface Snapshot {
  readonly pools: readonly PlanPool[];
  readonly tasks: readonly PlanTask[];
  readonly subsystems: readonly PlanSubsystem[];
  /** Tasks that ended, for precedence: id and end. */
  readonly ended: readonly { readonly taskId: TaskId; readonly at: Instant }[];
  /** Target wait per urgency class, class 1 first. */
  readonly targets: readonly Seconds[];
  /** Version of the time-zone data the calendars were expanded with. */
  readonly timeZoneData: string;
}

/** What the utilization policy minimises first. */
export type Objective = 'idle-while-waiting' | 'makespan';

export interface PlanSettings {
  readonly horizonSeconds: Seconds;
  readonly objective: Objective;
  readonly seed: number;
  /** Schedules search may generate beyond the first pass; 0 plans in one serial pass. */
  readonly budget: number;
  /** Where a cancelled search of this budget had stopped, to make its plan again; never when left out. */
  readonly stopAfter?: number;
  /** False in a fresh plan that ignores previous tentative starts. */
  readonly keepsTentative: boolean;
  /** Running work is not preempted before it has held its pools this long; ten minutes when left out. */
  readonly minimumHoldSeconds?: Seconds;
  /** A task is preempted at most this often; once when left out. */
  readonly preemptionsMax?: number;
}
