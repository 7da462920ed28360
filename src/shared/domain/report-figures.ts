/** What figures of a report are made of. */
import type { Work } from '../units.ts';
import type { AccountingState } from './capacity.ts';

/** A denominator of 0 means that there was nothing to divide by, which is not the same as 0 %. */
export interface Ratio {
  readonly numerator: number;
  readonly denominator: number;
}

/**
 * A count of tasks or stays, most of which are persons. Null where the report is for readers outside the clinic and the
 * count is too small to be told (`smallestCount`); a ratio of counts is then null too.
 */
export type Count = number | null;

/** A pool's nominal capacity × time, split; the six add up to exactly that. */
export type StateWork = Readonly<Record<AccountingState, Work>>;
