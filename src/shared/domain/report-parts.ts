/** The figures of a report that can be taken apart into the tasks and stretches of time they are made of. */
import { ACCOUNTING_STATES } from './capacity.ts';
import type { PoolId } from '../ids.ts';
import type { Grouping } from './report-grouping.ts';
import type { SubsystemId } from './subsystem.ts';
import type { UrgencyClass } from './urgency.ts';

/** Of one pool's time, in thousandth-unit · seconds. */
export const POOL_FIGURES = [...ACCOUNTING_STATES, 'overcommitted'] as const;
/** Beside them: all that ran (what utilization is of), what was planned and reserved, and what waiting tasks lacked. */
export const POOL_SERIES = ['actual', 'planned', 'reserved', 'unmet'] as const;
export type PoolFigure = (typeof POOL_FIGURES)[number] | (typeof POOL_SERIES)[number];

/** Of a row of waits, in tasks. */
export const WAIT_FIGURES = ['started', 'within-target', 'still-waiting'] as const;
export type WaitFigure = (typeof WAIT_FIGURES)[number];

/** Of a subsystem's outcomes, in tasks; of a share, its numerator. */
export const OUTCOME_FIGURES = ['finished', 'on-time', 'missed', 'finished-early', 'finished-late'] as const;
export type OutcomeFigure = (typeof OUTCOME_FIGURES)[number];

/** Of a group's row of tasks. */
export const GROUP_TASK_FIGURES = ['started', 'within-target', 'finished'] as const;
export type GroupTaskFigure = (typeof GROUP_TASK_FIGURES)[number];

/** Of a row of what had to give way, in times: all, and those whose work had begun. */
export const PREEMPTION_FIGURES = ['preempted', 'preempted-running'] as const;
export type PreemptionFigure = (typeof PREEMPTION_FIGURES)[number];

/** Of how complete the books are, in tasks. */
export const COMPLETENESS_FIGURES = ['open-tasks', 'assumed-ends'] as const;
export type CompletenessFigure = (typeof COMPLETENESS_FIGURES)[number];

/** A row of a grouped report, by the id that the report gives it; null for the time that no task took or wanted. */
export interface FigureGroup {
  readonly by: Grouping;
  readonly id: string | null;
}

/** Names one figure of a report. */
export type ReportFigure =
  | {
      readonly kind: 'pool';
      readonly poolId: PoolId;
      readonly figure: PoolFigure;
      /** A row of the grouped report; the pool's own row where it is missing. */
      readonly group?: FigureGroup | undefined;
    }
  | { readonly kind: 'group-tasks'; readonly group: FigureGroup; readonly figure: GroupTaskFigure }
  | {
      readonly kind: 'waits';
      readonly subsystem: SubsystemId;
      readonly urgency: UrgencyClass;
      readonly figure: WaitFigure;
    }
  | { readonly kind: 'outcomes'; readonly subsystem: SubsystemId; readonly figure: OutcomeFigure }
  | {
      readonly kind: 'preemptions';
      readonly subsystem: SubsystemId;
      /** The reason's code; null where none was given. */
      readonly cause: string | null;
      readonly figure: PreemptionFigure;
    }
  /** Stays that ended in a pool of beds. */
  | { readonly kind: 'beds'; readonly poolId: PoolId; readonly figure: 'discharges' }
  | { readonly kind: 'completeness'; readonly figure: CompletenessFigure };

/** Parts that are listed; the smaller ones are told as their number and sum. */
export const PARTS_LISTED_MAX = 500;
