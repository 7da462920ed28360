/**
 * A pool: interchangeable units of one resource, and what a clinic says about when and to whom it is open.
 * Hours are kept as local wall time (the clinic's zone); `src/shared/local-time.ts` alone turns them into instants.
 */
import type { OutageId, PoolId, UnitId } from '../ids.ts';
import type { Instant, Milli, Seconds } from '../units.ts';
import type { LocalText } from './local-text.ts';
import type { SubsystemId } from './subsystem.ts';

export type PoolKind = 'countable' | 'divisible';

/** What a pool is, for its glyph and for templates; it changes no rule. */
export const POOL_TEMPLATES = [
  'room',
  'scanner',
  'staff',
  'bed',
  'monitor',
  'workstation',
  'compute',
  'storage',
  'other',
] as const;
export type PoolTemplate = (typeof POOL_TEMPLATES)[number];

/** A stretch of one local day, in minutes after midnight, `from` < `to` ≤ 1440. Sorted and disjoint within a day. */
export interface OpenRange {
  readonly fromMinute: number;
  readonly toMinute: number;
}

/** Seven rows, Monday first. */
export type WeeklyHours = readonly (readonly OpenRange[])[];

/** A day whose hours differ from the weekly ones; no ranges means closed all day. */
export interface HoursException {
  /** Local date, `YYYY-MM-DD`. */
  readonly date: string;
  readonly ranges: readonly OpenRange[];
}

export interface PoolUnit {
  readonly id: UnitId;
  readonly name: LocalText;
}

export interface Outage {
  readonly id: OutageId;
  /** The unit that is out, or null for the whole pool. */
  readonly unitId: UnitId | null;
  readonly start: Instant;
  /** Null while nobody knows when it ends. */
  readonly end: Instant | null;
  /** Planned maintenance counts as closed, an unplanned outage as down. */
  readonly isPlanned: boolean;
}

/** What one subsystem is promised of a pool and what it may take at most. */
export interface Share {
  readonly subsystem: SubsystemId;
  /** Units held back from others; 0 for none. */
  readonly guaranteeMilli: Milli;
  /** Never more than this; null for no limit. */
  readonly limitMilli: Milli | null;
}

export interface Pool {
  readonly id: PoolId;
  readonly name: LocalText;
  /** The unit's name: "rooms" 间. */
  readonly unitName: LocalText;
  readonly template: PoolTemplate;
  readonly kind: PoolKind;
  /** In thousandths of a unit; for a countable pool always 1000 × the number of units. */
  readonly capacityMilli: Milli;
  /** Named units in order of preference; empty for a divisible pool. */
  readonly units: readonly PoolUnit[];
  /** Null: open around the clock. */
  readonly weeklyHours: WeeklyHours | null;
  readonly exceptions: readonly HoursException[];
  readonly outages: readonly Outage[];
  readonly shares: readonly Share[];
  /** Starts are planned on this grid, counted from local midnight. */
  readonly gridSeconds: Seconds;
  /** How soon lent guarantee units must come back. */
  readonly reclaimSeconds: Seconds;
}
