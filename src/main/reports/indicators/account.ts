/**
 * The accounting of one pool: splits its nominal capacity × time into six states that add up to exactly that, with
 * load, overcommitment and unmet demand beside them. Integers throughout; nothing is rounded.
 *
 * Within a stretch units are given out in this order: used, reserved unused, idle while someone waited, idle; each
 * takes at most what is left of the capacity offered. Before `asOf` load is what really ran; from `asOf` on nothing is
 * used yet and what is booked counts as reserved.
 *
 * Here with the details of a short window: buckets of any length and the steps of its load. Whole days are `pool-days.ts`.
 */
import type { AccountingStep } from '../../../shared/calendar.ts';
import type { BucketAccount, LoadStep } from '../../../shared/domain/report.ts';
import type { Instant } from '../../../shared/units.ts';
import { instant } from '../../../shared/units.ts';
import { ACCOUNT_SUMS, accountOf, addStretch } from './account-sums.ts';
import type { BookedSpans, Span } from './booked-spans.ts';
import { LoadSeries } from './load-series.ts';
import type { WaitingSpan } from './sweep.ts';
import { sweep } from './sweep.ts';

export interface AccountInput {
  /** Of this pool, covering the window. */
  readonly steps: readonly AccountingStep[];
  /** Of this pool; those outside the window are clipped away. */
  readonly spans: readonly BookedSpans[];
  readonly waits: readonly WaitingSpan[];
  readonly window: Span;
  readonly asOf: Instant;
  /** Ascending, the first at the window's start, the last at its end: n + 1 bounds make n buckets. */
  readonly bucketBounds: readonly Instant[];
  /** How many steps the load series may have before it is binned; 0 for no series. */
  readonly seriesStepsMax: number;
}

export interface AccountDetails {
  readonly buckets: readonly BucketAccount[];
  readonly series: readonly LoadStep[];
}

/**
 * Accounts one pool over a window. Linear in the stretches after an O(n log n) sort.
 * @throws RangeError when a sum leaves the safe integers, or bounds do not match the window (caller bug)
 */
export function accountDetails(input: AccountInput): AccountDetails {
  const { window, asOf, bucketBounds } = input;
  if (bucketBounds[0] !== window.from || bucketBounds.at(-1) !== window.until) {
    throw new RangeError('bucket bounds must begin and end with the window');
  }
  const buckets = new Float64Array((bucketBounds.length - 1) * ACCOUNT_SUMS);
  const series = new LoadSeries(window, input.seriesStepsMax);
  let bucket = 0;
  sweep({ ...input, cuts: [asOf, ...bucketBounds, ...series.bounds] }, (stretch) => {
    while ((bucketBounds[bucket + 1] ?? window.until) <= stretch.from) bucket += 1;
    addStretch(buckets, bucket * ACCOUNT_SUMS, stretch, stretch.from < asOf);
    series.add(stretch);
  });
  return {
    buckets: bucketBounds.slice(1).map((until, index) => ({
      from: instant(bucketBounds[index] ?? window.from), // there is one bound more than buckets
      until,
      ...accountOf(buckets, index * ACCOUNT_SUMS),
    })),
    series: series.steps(),
  };
}

/** The load of one pool over a window, and nothing else. */
export function loadSeries({
  steps,
  spans,
  window,
  seriesStepsMax,
}: Pick<AccountInput, 'steps' | 'spans' | 'window' | 'seriesStepsMax'>): readonly LoadStep[] {
  const series = new LoadSeries(window, seriesStepsMax);
  sweep({ steps, spans, waits: [], window, cuts: series.bounds }, (stretch) => {
    series.add(stretch);
  });
  return series.steps();
}
