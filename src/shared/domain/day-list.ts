/**
 * The day's list on paper: which two identifiers name a patient (on it and in every row of the window), and whether the
 * list prints by itself when the clinic opens. Both are settings of the clinic, kept in the ledger.
 */
import type { PoolId, StaffId, UnitId } from '../ids.ts';
import type { Locale } from './local-text.ts';

/** What can tell a patient apart; what a patient lacks is stood in for by the next of this list. */
export const IDENTIFIERS = ['name', 'birth-date', 'number'] as const;
export type IdentifierId = (typeof IDENTIFIERS)[number];

/** Two different ones, in the order in which they are read. */
export interface IdentifierPair {
  readonly first: IdentifierId;
  readonly second: IdentifierId;
}
export const DEFAULT_IDENTIFIERS: IdentifierPair = { first: 'name', second: 'birth-date' };

/** `printer`: silently, and as a file where that is not possible. `file`: as a PDF into the folder. */
export const LIST_WAYS = ['printer', 'file'] as const;
export type ListWay = (typeof LIST_WAYS)[number];

/** One list: a whole pool, or one of its units (a person, a room). */
export interface ListChoice {
  readonly poolId: PoolId;
  readonly unitId: UnitId | null;
}

export interface DayListSetting {
  readonly isOn: boolean;
  /** Null for every room and person. */
  readonly lists: readonly ListChoice[] | null;
  readonly way: ListWay;
  /** The system's name of it; null for the system's own choice. */
  readonly printer: string | null;
  /** Absolute; null where there is none to fall back on. */
  readonly folder: string | null;
  readonly locale: Locale;
  /** Whose name stands on it: who set it so. */
  readonly madeBy: StaffId;
}

/** Under which schedule the ledger keeps what became of it. */
export const DAY_LIST_SCHEDULE = 'day-list';
