/**
 * What one local day adds to a report: for each pool a row of sums (`pool-days.ts`), for the tasks counts and the very
 * seconds that medians are made of. Days of a period, added up, are the period; nothing in them names a task.
 */
import { SUBSYSTEM_IDS } from '../../../shared/domain/subsystem.ts';
import { URGENCY_CLASSES } from '../../../shared/domain/urgency.ts';
import type { PoolId } from '../../../shared/ids.ts';
import type { Instant } from '../../../shared/units.ts';
import type { KeptSums } from '../indicators/account-sums.ts';
import type { Span } from '../indicators/booked-spans.ts';

/** Whole numbers of seconds, in no order. */
export type SecondsList = ArrayLike<number>;

/** Most lists of most days: one for all, since an empty one of its own takes two hundred bytes. */
export const NO_SECONDS: SecondsList = new Uint32Array(0);

/** The longest wait that can be kept: 136 years. */
export const SECONDS_MAX = 0xffff_ffff;

/** Rows of waits: each subsystem's urgency classes, in their orders. */
export const WAIT_ROWS = SUBSYSTEM_IDS.flatMap((subsystem) =>
  URGENCY_CLASSES.map((urgency) => ({ subsystem, urgency })),
);

/** How a subsystem's tasks ended: these counts, in this order. */
export const OUTCOME_COUNTS = [
  'finished',
  'missed',
  /** Promised a start on this day and begun, whenever. */
  'kept',
  'onTime',
  'early',
  'late',
  /** Finished with a promise and a recorded end. */
  'measured',
] as const;
export type OutcomeCount = (typeof OUTCOME_COUNTS)[number];

export interface DayTasks {
  /** A list per row of `WAIT_ROWS`: the waits of tasks that began on this day. */
  readonly waits: readonly SecondsList[];
  /** A list per subsystem: from eligible to ended, of tasks finished on this day. */
  readonly turnarounds: readonly SecondsList[];
  /** `OUTCOME_COUNTS` for each subsystem in turn. */
  readonly counts: readonly number[];
  /** Per subsystem, 1 where one of its tasks waited on this day. */
  readonly wanting: readonly number[];
  /** Tasks that ended on this day by an assumption rather than a record. */
  readonly assumedEnds: number;
}

export interface DayFigures {
  readonly start: Instant;
  readonly end: Instant;
  /** In the order of their rows. A pool described later is not among them. */
  readonly poolIds: readonly PoolId[];
  /** `DAY_SUMS` numbers for each of them. */
  readonly sums: KeptSums;
  /** `DAY_BINS` numbers for each of them; null where they were not asked for. */
  readonly bins: KeptSums | null;
  /** Whether anything at all was planned, reserved or used on it, in whichever pool. */
  readonly isRecorded: boolean;
  /** Of a day without a record: when each pool was in its hours before `asOf`; pools never open are left out. */
  readonly openStretches: ReadonlyMap<PoolId, readonly Span[]>;
  readonly tasks: DayTasks;
}
