/**
 * The accounting of one pool: splits its nominal capacity × time into six states that add up to exactly that, with
 * load, overcommitment and unmet demand beside them. Integers throughout; nothing is rounded.
 *
 * Within a stretch units are given out in this order: used, reserved unused, idle while someone waited, idle; each
 * takes at most what is left of the capacity offered. Before `asOf` load is what really ran; from `asOf` on nothing is
 * used yet and what is booked counts as reserved.
 */
import type { AccountingStep } from '../../../shared/calendar.ts';
import type { Account, BucketAccount, LoadStep } from '../../../shared/domain/report.ts';
import { SUBSYSTEM_IDS } from '../../../shared/domain/subsystem.ts';
import type { SubsystemId } from '../../../shared/domain/subsystem.ts';
import type { Instant, Milli, Seconds, Work } from '../../../shared/units.ts';
import { instant, milli, seconds, work } from '../../../shared/units.ts';
import type { BookedSpans, Span } from './booked-spans.ts';
import { LoadSeries } from './load-series.ts';
import type { PoolStretch, WaitingSpan } from './sweep.ts';
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

export interface SubsystemUse {
  readonly subsystem: SubsystemId;
  readonly actualWork: Work;
  readonly actualWhileOpenWork: Work;
}

export interface PoolAccount {
  readonly total: Account;
  readonly buckets: readonly BucketAccount[];
  /** Five rows, in the order of the subsystems. */
  readonly uses: readonly SubsystemUse[];
  readonly series: readonly LoadStep[];
}

/** Sums under way, in the fields' own units; turned into an `Account` once, checked. */
type Sums = Record<Exclude<keyof Account, 'states'>, number> & { states: Record<StateName, number> };
type StateName = keyof Account['states'];

/**
 * Accounts one pool over a window. Linear in the stretches after an O(n log n) sort.
 * @throws RangeError when a sum leaves the safe integers, or bounds do not match the window (caller bug)
 */
export function account(input: AccountInput): PoolAccount {
  const { window, asOf, bucketBounds } = input;
  if (bucketBounds[0] !== window.from || bucketBounds.at(-1) !== window.until) {
    throw new RangeError('bucket bounds must begin and end with the window');
  }
  const buckets = bucketBounds.slice(1).map(noSums);
  const uses = SUBSYSTEM_IDS.map((subsystem) => ({ subsystem, actual: 0, whileOpen: 0 }));
  const series = new LoadSeries(window, input.seriesStepsMax);
  let bucket = 0;
  sweep({ ...input, cuts: [asOf, ...bucketBounds, ...series.bounds] }, (stretch) => {
    while ((bucketBounds[bucket + 1] ?? window.until) <= stretch.from) bucket += 1;
    const isPast = stretch.from < asOf;
    const sums = buckets[bucket];
    if (sums) addStretch(sums, stretch, isPast);
    series.add(stretch);
    const duration = stretch.until - stretch.from;
    const isOffered = stretch.open > stretch.down;
    for (const [index, use] of uses.entries()) {
      const amount = (stretch.loadOf[index] ?? 0) * duration;
      use.actual += amount;
      if (isOffered) use.whileOpen += amount;
    }
  });
  return {
    total: accountOf(buckets.reduce(joined, noSums())),
    buckets: buckets.map((sums, index) => ({
      from: instant(bucketBounds[index] ?? window.from), // there is one bound more than buckets
      until: instant(bucketBounds[index + 1] ?? window.until),
      ...accountOf(sums),
    })),
    uses: uses.map(({ subsystem, actual, whileOpen }) => ({
      subsystem,
      actualWork: work(actual),
      actualWhileOpenWork: work(whileOpen),
    })),
    series: series.steps(),
  };
}

/** One account of several stretches of the same pool. */
export function together(accounts: readonly Account[]): Account {
  return accountOf(accounts.reduce<Sums>(joined, noSums()));
}

/** Adds what is booked, used, left and wanting during one stretch; the order of giving out is the product's own. */
function addStretch(sums: Sums, stretch: Readonly<PoolStretch>, isPast: boolean): void {
  const duration = stretch.until - stretch.from;
  const { nominal, open, down, load } = stretch;
  const offered = open - down;
  const used = Math.min(load, offered);
  const reservedUnused = Math.min(stretch.reservedUnused, offered - used);
  const left = offered - used - reservedUnused;
  const waitedFor = Math.min(stretch.wantedReady, left);

  const { states } = sums;
  states.used += used * duration;
  states['reserved-unused'] += reservedUnused * duration;
  states['idle-while-waited'] += waitedFor * duration;
  states.idle += (left - waitedFor) * duration;
  states.down += down * duration;
  states.closed += (nominal - open) * duration;

  sums.capacityWork += nominal * duration;
  sums.offeredWork += offered * duration;
  sums.overcommittedWork += (load - used) * duration;
  sums.overcommittedOutsideWork += (Math.min(load, nominal) - used) * duration;
  if (open > 0) sums.unmetWork += Math.max(0, stretch.wanted - left) * duration;
  sums.plannedWork += stretch.planned * duration;
  sums.reservedWork += stretch.reserved * duration;
  sums.actualWork += load * duration;
  sums.peakMilli = Math.max(sums.peakMilli, load);
  if (!isPast) return;
  sums.offeredElapsedWork += offered * duration;
  if (offered === 0) return;
  sums.openElapsedSeconds += duration;
  sums.actualWhileOpenWork += load * duration;
}

function noSums(): Sums {
  return {
    capacityWork: 0,
    states: { used: 0, 'reserved-unused': 0, 'idle-while-waited': 0, idle: 0, down: 0, closed: 0 },
    offeredWork: 0,
    offeredElapsedWork: 0,
    overcommittedWork: 0,
    overcommittedOutsideWork: 0,
    unmetWork: 0,
    plannedWork: 0,
    reservedWork: 0,
    actualWork: 0,
    openElapsedSeconds: 0,
    actualWhileOpenWork: 0,
    peakMilli: 0,
  };
}

function joined(left: Sums, right: Sums): Sums {
  return {
    capacityWork: left.capacityWork + right.capacityWork,
    states: {
      used: left.states.used + right.states.used,
      'reserved-unused': left.states['reserved-unused'] + right.states['reserved-unused'],
      'idle-while-waited': left.states['idle-while-waited'] + right.states['idle-while-waited'],
      idle: left.states.idle + right.states.idle,
      down: left.states.down + right.states.down,
      closed: left.states.closed + right.states.closed,
    },
    offeredWork: left.offeredWork + right.offeredWork,
    offeredElapsedWork: left.offeredElapsedWork + right.offeredElapsedWork,
    overcommittedWork: left.overcommittedWork + right.overcommittedWork,
    overcommittedOutsideWork: left.overcommittedOutsideWork + right.overcommittedOutsideWork,
    unmetWork: left.unmetWork + right.unmetWork,
    plannedWork: left.plannedWork + right.plannedWork,
    reservedWork: left.reservedWork + right.reservedWork,
    actualWork: left.actualWork + right.actualWork,
    openElapsedSeconds: left.openElapsedSeconds + right.openElapsedSeconds,
    actualWhileOpenWork: left.actualWhileOpenWork + right.actualWhileOpenWork,
    peakMilli: Math.max(left.peakMilli, right.peakMilli),
  };
}

function accountOf(sums: Sums): Account {
  const { states } = sums;
  const peakMilli: Milli = milli(sums.peakMilli);
  const openElapsedSeconds: Seconds = seconds(sums.openElapsedSeconds);
  return {
    capacityWork: work(sums.capacityWork),
    states: {
      used: work(states.used),
      'reserved-unused': work(states['reserved-unused']),
      'idle-while-waited': work(states['idle-while-waited']),
      idle: work(states.idle),
      down: work(states.down),
      closed: work(states.closed),
    },
    offeredWork: work(sums.offeredWork),
    offeredElapsedWork: work(sums.offeredElapsedWork),
    overcommittedWork: work(sums.overcommittedWork),
    overcommittedOutsideWork: work(sums.overcommittedOutsideWork),
    unmetWork: work(sums.unmetWork),
    plannedWork: work(sums.plannedWork),
    reservedWork: work(sums.reservedWork),
    actualWork: work(sums.actualWork),
    openElapsedSeconds,
    actualWhileOpenWork: work(sums.actualWhileOpenWork),
    peakMilli,
  };
}
