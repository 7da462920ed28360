/** The figures of a report that can be taken apart into the tasks and stretches of time they are made of. */
import { ACCOUNTING_STATES } from './capacity.ts';
import type { PoolId } from '../ids.ts';
import type { SubsystemId } from './subsystem.ts';
import type { UrgencyClass } from './urgency.ts';

/** Of one pool's time, in thousandth-unit · seconds. */
export const POOL_FIGURES = [...ACCOUNTING_STATES, 'overcommitted'] as const;
export type PoolFigure = (typeof POOL_FIGURES)[number];

/** Of a row of waits, in tasks. */
export const WAIT_FIGURES = ['started', 'still-waiting'] as const;
export type WaitFigure = (typeof WAIT_FIGURES)[number];

/** Of a subsystem's outcomes, in tasks; of a share, its numerator. */
export const OUTCOME_FIGURES = ['finished', 'on-time', 'missed', 'finished-early', 'finished-late'] as const;
export type OutcomeFigure = (typeof OUTCOME_FIGURES)[number];

/** Names one figure of a report. */
export type ReportFigure =
  | { readonly kind: 'pool'; readonly poolId: PoolId; readonly figure: PoolFigure }
  | {
      readonly kind: 'waits';
      readonly subsystem: SubsystemId;
      readonly urgency: UrgencyClass;
      readonly figure: WaitFigure;
    }
  | { readonly kind: 'outcomes'; readonly subsystem: SubsystemId; readonly figure: OutcomeFigure };

/** Parts that are listed; the smaller ones are told as their number and sum. */
export const PARTS_LISTED_MAX = 500;
