/**
 * A report grouped by something else than its pools: by whose work it was, how urgent, of which kind, or by when. The
 * groups of a pool add up to the pool's own row, state by state, exactly (decision 0235).
 */
import type { PoolId } from '../ids.ts';
import type { Seconds, Work } from '../units.ts';
import type { LocalText } from './local-text.ts';
import type { Count, Ratio, StateWork } from './report-figures.ts';
import type { SubsystemId } from './subsystem.ts';

/** A pool's time is attributed to the tasks that took it or wanted it. */
export const WORK_GROUPINGS = ['subsystem', 'urgency', 'work-kind'] as const;
export type WorkGrouping = (typeof WORK_GROUPINGS)[number];

/** A pool's time is cut where the clinic's wall clock says; weeks begin on Monday (ISO 8601). */
export const TIME_GROUPINGS = ['hour', 'weekday', 'day', 'week', 'month'] as const;
export type TimeGrouping = (typeof TIME_GROUPINGS)[number];

export const GROUPINGS = [...WORK_GROUPINGS, ...TIME_GROUPINGS] as const;
export type Grouping = (typeof GROUPINGS)[number];

export function isTimeGrouping(by: Grouping): by is TimeGrouping {
  return TIME_GROUPINGS.some((time) => time === by);
}

export interface ReportGroup {
  /** `imaging`, `2`, a kind of work's id, `08`, `0` for Monday, `2026-11-02`, `2026-W45`, `2026-11`. */
  readonly id: string;
  readonly label: LocalText;
  /** Whose work it is; null where it may be anybody's. */
  readonly subsystem: SubsystemId | null;
}

export interface GroupedPoolRow {
  readonly poolId: PoolId;
  /** Null: time that no task took or wanted; only where work is grouped. */
  readonly groupId: string | null;
  readonly states: StateWork;
  /** Beside the states, never inside. */
  readonly overcommittedWork: Work;
  readonly actualWork: Work;
  /** Where work is grouped: of the whole pool, so that the parts add up to its utilization. */
  readonly utilization: Ratio;
  /** Null where work is grouped: capacity is offered to everybody. */
  readonly offeredWork: Work | null;
  readonly unmetWork: Work | null;
}

/** Tasks that started in the group's time and tasks that finished in it; where work is grouped, in the period. */
export interface GroupedTaskRow {
  readonly groupId: string;
  readonly started: Count;
  readonly waitSecondsMedian: Seconds | null;
  readonly waitSecondsP90: Seconds | null;
  readonly withinTarget: Ratio | null;
  readonly finished: Count;
  /** Those of them whose turnaround is known: what its median is of. */
  readonly turnarounds: Count;
  readonly turnaroundSecondsMedian: Seconds | null;
  readonly turnaroundSecondsP90: Seconds | null;
}

export interface ReportGroups {
  readonly by: Grouping;
  /** In the order to be shown: every group that a row below names. */
  readonly groups: readonly ReportGroup[];
  /** By pool, then group. */
  readonly pools: readonly GroupedPoolRow[];
  readonly tasks: readonly GroupedTaskRow[];
}
