/**
 * The appointment books the sample clinic was run by: per unit of a countable pool a list of windows, per divisible
 * pool its load, and opening hours over all of it. Answers the first grid time at which everything a piece of work
 * needs is free. A simple stand-in for the planner, which must not know the past.
 */
import { accountingSteps, unchanged } from '../../../shared/calendar.ts';
import type { Outage, Pool } from '../../../shared/domain/pool.ts';
import type { SubsystemId } from '../../../shared/domain/subsystem.ts';
import type { Need } from '../../../shared/domain/task.ts';
import type { PoolId, UnitId } from '../../../shared/ids.ts';
import type { Instant, Seconds } from '../../../shared/units.ts';
import { DAY, instant } from '../../../shared/units.ts';

export interface Wish {
  readonly subsystem: SubsystemId;
  readonly needs: readonly Need[];
  readonly durationSeconds: Seconds;
  readonly earliestStart: Instant;
  /** Failures that began later were not known when this was booked. */
  readonly bookedAt: Instant;
}

export interface Reserved {
  readonly start: Instant;
  readonly end: Instant;
  /** Per need, the units held; empty for a divisible pool. */
  readonly units: readonly (readonly UnitId[])[];
}

interface Stretch {
  readonly from: number;
  readonly until: number;
}

/** A need's answer for one window: the units to hold, or the next instant worth trying. */
type Fit = { readonly units: readonly UnitId[] } | { readonly retryAt: number };

const GRID_SECONDS = 300;
const LOOK_AHEAD_SECONDS = 10 * DAY;

export class UnitBooks {
  readonly #pools: ReadonlyMap<PoolId, PoolBook>;

  constructor(pools: readonly Pool[], window: { from: Instant; until: Instant }, zone: string) {
    this.#pools = new Map(pools.map((pool) => [pool.id, new PoolBook(pool, window, zone)]));
  }

  /** Books the earliest window that fits, or answers null when there is none within ten days. */
  reserve(wish: Wish): Reserved | null {
    let start = onGrid(wish.earliestStart);
    while (start <= wish.earliestStart + LOOK_AHEAD_SECONDS) {
      const window = { from: start, until: start + wish.durationSeconds };
      const fits = wish.needs.map((need) => this.#bookOf(need.poolId).fit(need, wish, window));
      const retries = fits.flatMap((fit) => ('retryAt' in fit ? [fit.retryAt] : []));
      if (retries.length > 0) {
        start = onGrid(Math.max(start + 1, ...retries));
        continue;
      }
      const units = fits.map((fit) => ('units' in fit ? fit.units : []));
      wish.needs.forEach((need, index) => {
        this.#bookOf(need.poolId).add(window, units[index] ?? [], need.rateMilli, wish.subsystem);
      });
      return { start: instant(window.from), end: instant(window.until), units };
    }
    return null;
  }

  #bookOf(id: PoolId): PoolBook {
    const book = this.#pools.get(id);
    if (!book) throw new RangeError(`the sample has no pool ${id}`);
    return book;
  }
}

class PoolBook {
  readonly #pool: Pool;
  readonly #open: readonly Stretch[];
  readonly #windowsOf: ReadonlyMap<UnitId, Stretch[]>;
  readonly #loads: (Stretch & { readonly rateMilli: number; readonly subsystem: SubsystemId })[] = [];

  constructor(pool: Pool, window: { from: Instant; until: Instant }, zone: string) {
    this.#pool = pool;
    this.#open = openStretches(
      { ...pool, outages: pool.outages.filter((row) => row.isPlanned) },
      window,
      zone,
    );
    this.#windowsOf = new Map(pool.units.map((unit) => [unit.id, []]));
  }

  fit(need: Need, wish: Wish, window: Stretch): Fit {
    const opening = this.#open[firstEndingAfter(this.#open, window.from)];
    if (!opening) return { retryAt: Number.POSITIVE_INFINITY };
    if (opening.from > window.from) return { retryAt: opening.from };
    if (opening.until < window.until) return { retryAt: opening.until };
    return this.#pool.kind === 'countable'
      ? this.#fitUnits(need, wish, window)
      : this.#fitLoad(need, wish, window);
  }

  add(window: Stretch, units: readonly UnitId[], rateMilli: number, subsystem: SubsystemId): void {
    if (this.#pool.kind === 'divisible') {
      this.#loads.push({ ...window, rateMilli, subsystem });
      return;
    }
    for (const unit of units) {
      const windows = this.#windowsOf.get(unit);
      windows?.splice(firstEndingAfter(windows, window.from), 0, window);
    }
  }

  #fitUnits(need: Need, wish: Wish, window: Stretch): Fit {
    const wanted = need.rateMilli / 1000;
    const free: UnitId[] = [];
    let retryAt = Number.POSITIVE_INFINITY;
    for (const unit of this.#unitsFor(wish.subsystem)) {
      const blockedUntil = this.#blockedUntil(unit, window, wish.bookedAt);
      if (blockedUntil !== null) retryAt = Math.min(retryAt, blockedUntil);
      else if (free.push(unit) === wanted) return { units: free };
    }
    return { retryAt };
  }

  /** A subsystem with a limit keeps to the last units, so that it can never pass it. */
  #unitsFor(subsystem: SubsystemId): readonly UnitId[] {
    const units = this.#pool.units.map((unit) => unit.id);
    const limit = this.#limitOf(subsystem);
    return limit === null ? units : units.slice(units.length - limit / 1000);
  }

  #blockedUntil(unit: UnitId, window: Stretch, bookedAt: Instant): number | null {
    const outage = this.#pool.outages.find(
      (row) => row.unitId === unit && row.start <= bookedAt && overlaps(stretchOf(row), window),
    );
    if (outage) return outage.end ?? Number.POSITIVE_INFINITY;
    const windows = this.#windowsOf.get(unit) ?? [];
    const next = windows[firstEndingAfter(windows, window.from)];
    return next && overlaps(next, window) ? next.until : null;
  }

  /** Conservative: counts everything that touches the window as if it were there at once. */
  #fitLoad(need: Need, wish: Wish, window: Stretch): Fit {
    const touching = this.#loads.filter((row) => overlaps(row, window));
    const sum = (rows: typeof touching) =>
      rows.reduce((total, row) => total + row.rateMilli, Number(need.rateMilli));
    const limit = this.#limitOf(wish.subsystem) ?? this.#pool.capacityMilli;
    const own = touching.filter((row) => row.subsystem === wish.subsystem);
    if (sum(touching) <= this.#pool.capacityMilli && sum(own) <= limit) return { units: [] };
    return { retryAt: Math.min(...touching.map((row) => row.until)) };
  }

  #limitOf(subsystem: SubsystemId): number | null {
    return this.#pool.shares.find((share) => share.subsystem === subsystem)?.limitMilli ?? null;
  }
}

function openStretches(pool: Pool, window: { from: Instant; until: Instant }, zone: string): Stretch[] {
  const steps = accountingSteps(unchanged(pool), window, zone);
  return steps.flatMap((step, index) =>
    step.openMilli > 0 ? [{ from: step.at, until: steps[index + 1]?.at ?? window.until }] : [],
  );
}

/** Index of the first stretch that ends after `at`; the stretches are disjoint and ascending. */
function firstEndingAfter(stretches: readonly Stretch[], at: number): number {
  let [low, high] = [0, stretches.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((stretches[middle]?.until ?? Infinity) > at) high = middle;
    else low = middle + 1;
  }
  return low;
}

function stretchOf({ start, end }: Outage): Stretch {
  return { from: start, until: end ?? Number.POSITIVE_INFINITY };
}

function overlaps(left: Stretch, right: Stretch): boolean {
  return left.from < right.until && right.from < left.until;
}

function onGrid(at: number): number {
  return Math.ceil(at / GRID_SECONDS) * GRID_SECONDS;
}
