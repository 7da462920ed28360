/** Days of a period added up: the same sums, whichever of its days were kept in the ledger and which measured now. */
import { SUBSYSTEM_IDS } from '../../../shared/domain/subsystem.ts';
import type { PoolId } from '../../../shared/ids.ts';
import type { LocalDay } from '../../../shared/local-time.ts';
import type { Instant } from '../../../shared/units.ts';
import { instant } from '../../../shared/units.ts';
import type { Sums } from '../indicators/account-sums.ts';
import { joinRow } from '../indicators/account-sums.ts';
import type { DayRecord } from '../indicators/completeness.ts';
import type { Span } from '../indicators/booked-spans.ts';
import type { ReportPool, SettledFigures } from '../input.ts';
import type { DayFigures, SecondsList } from './day-figures.ts';
import { OUTCOME_COUNTS, WAIT_ROWS } from './day-figures.ts';
import type { LiveBooks } from './measure-days.ts';
import { emptyDays, measureDays, openIn } from './measure-days.ts';
import type { PoolDay } from './pool-days.ts';
import { DAY_SUMS, OPEN_SECONDS_AT } from './pool-days.ts';
import type { SecondsLists, SortedSeconds } from './sorted-seconds.ts';

/** The longest runs of days that are not settled, ascending. */
export function unsettledRuns(
  days: readonly LocalDay[],
  isSettled: (day: LocalDay) => boolean,
): LocalDay[][] {
  const runs: LocalDay[][] = [];
  let run: LocalDay[] = [];
  for (const day of days) {
    if (isSettled(day)) run = [];
    else if (run.push(day) === 1) runs.push(run);
  }
  return runs;
}

/** Every day of a period, in order. */
export class PeriodDays {
  readonly days: readonly DayFigures[];
  readonly #local: readonly LocalDay[];
  readonly #books: LiveBooks;
  readonly #seconds: readonly SortedSeconds[];
  /** Days measured for pools that they do not know, by their index. */
  readonly #empty = new Map<PoolId, Map<number, PoolDay>>();
  /** Row of each pool in a day's sums, per list of pools: neighbouring days share theirs. */
  readonly #rows = new Map<readonly PoolId[], ReadonlyMap<PoolId, number>>();

  /** Rows asked for last: neighbouring days share them. */
  #last: {
    readonly pools: readonly ReportPool[];
    readonly poolIds: readonly PoolId[];
    readonly rows: readonly (number | undefined)[];
  } | null = null;

  /** @param seconds  of those settled days that do not hold them themselves */
  constructor(
    local: readonly LocalDay[],
    settled: SettledFigures,
    books: LiveBooks,
    seconds: readonly SortedSeconds[],
  ) {
    const isSettled = (day: LocalDay): boolean => settled.get(day.start)?.end === day.end;
    const live = unsettledRuns(local, isSettled).flatMap((run) => measureDays(books, run));
    const known = new Map(live.map((day) => [day.start, day]));
    this.days = local.flatMap(({ start }) => known.get(start) ?? settled.get(start) ?? []);
    this.#local = local;
    this.#books = books;
    this.#seconds = seconds;
  }

  /**
   * The sums of the pools over buckets of days.
   * @param bounds  ascending, each where a day begins or the last one ends: n + 1 bounds make n buckets
   * @returns per bucket `DAY_SUMS` numbers for each pool, in their order
   */
  bucketSums(pools: readonly ReportPool[], bounds: readonly Instant[]): Sums[] {
    const buckets = bounds.slice(1).map(() => new Float64Array(pools.length * DAY_SUMS));
    let bucket = 0;
    this.days.forEach((day, index) => {
      while ((bounds[bucket + 1] ?? Infinity) <= day.start) bucket += 1;
      const sums = buckets[bucket];
      if (!sums) return;
      const rows = this.#rowsOfAll(pools, day.poolIds);
      for (let at = 0; at < pools.length; at += 1) {
        const pool = pools[at];
        if (!pool) continue;
        const row = rows[at];
        if (row !== undefined) joinRow(sums, at * DAY_SUMS, day.sums, row * DAY_SUMS, DAY_SUMS);
        else joinRow(sums, at * DAY_SUMS, this.#emptyDay(pool, index).sums, 0, DAY_SUMS);
      }
    });
    return buckets;
  }

  /** One pool's days. */
  ofPool(pool: ReportPool): PoolDay[] {
    return this.days.map((day, index) => {
      const { start, end, sums, bins } = day;
      const row = this.#rowsOf(day.poolIds).get(pool.id);
      return row === undefined ? this.#emptyDay(pool, index) : { start, end, sums, bins, row };
    });
  }

  /** A pool that a day does not know was described later: nothing was booked in it. */
  #emptyDay(pool: ReportPool, index: number): PoolDay {
    const day = this.#local[index];
    if (!day) throw new RangeError('there is no such day'); // the index of one of the days
    const known = this.#empty.get(pool.id)?.get(index);
    if (known) return known;
    const own = { start: day.start, end: day.end, ...emptyDays(this.#books, pool, [day]), row: 0 };
    const ofPool = this.#empty.get(pool.id) ?? new Map<number, PoolDay>();
    this.#empty.set(pool.id, ofPool.set(index, own));
    return own;
  }

  /** @param pools  those of the report, in their order */
  records(pools: readonly ReportPool[]): DayRecord[] {
    return this.days.map((day, index) => {
      const rows = this.#rowsOfAll(pools, day.poolIds);
      let openSeconds = 0;
      const open: Span[] = [];
      pools.forEach((pool, at) => {
        const row = rows[at];
        const sums = row === undefined ? this.#emptyDay(pool, index).sums : day.sums;
        openSeconds += sums[(row ?? 0) * DAY_SUMS + OPEN_SECONDS_AT] ?? 0;
        if (!day.isRecorded) open.push(...this.#openStretches(day, pool));
      });
      return { isRecorded: day.isRecorded, openSeconds, open };
    });
  }

  /** Those of all days, per row of `WAIT_ROWS`. */
  waits(): SecondsLists[] {
    return WAIT_ROWS.map((_, row) => ({
      sorted: this.#seconds.flatMap(({ waits }) => waits[row] ?? []),
      others: listsOf(this.days.map(({ tasks }) => tasks.waits[row])),
    }));
  }

  /** Those of all days, per subsystem. */
  turnarounds(): SecondsLists[] {
    return SUBSYSTEM_IDS.map((_, row) => ({
      sorted: this.#seconds.flatMap(({ turnarounds }) => turnarounds[row] ?? []),
      others: listsOf(this.days.map(({ tasks }) => tasks.turnarounds[row])),
    }));
  }

  /** `OUTCOME_COUNTS` for each subsystem in turn. */
  counts(): number[] {
    const sums = new Array<number>(SUBSYSTEM_IDS.length * OUTCOME_COUNTS.length).fill(0);
    for (const { tasks } of this.days) {
      for (let at = 0; at < sums.length; at += 1) sums[at] = (sums[at] ?? 0) + (tasks.counts[at] ?? 0);
    }
    return sums;
  }

  wanting(): Set<(typeof SUBSYSTEM_IDS)[number]> {
    return new Set(SUBSYSTEM_IDS.filter((_, row) => this.days.some(({ tasks }) => tasks.wanting[row] === 1)));
  }

  assumedEnds(): number {
    return this.days.reduce((sum, { tasks }) => sum + tasks.assumedEnds, 0);
  }

  #openStretches({ poolIds, openStretches, start, end }: DayFigures, pool: ReportPool): readonly Span[] {
    if (this.#rowsOf(poolIds).has(pool.id)) return openStretches.get(pool.id) ?? [];
    const until = instant(Math.min(end, this.#books.input.asOf));
    return start < until ? openIn(pool.steps, { from: start, until }) : [];
  }

  /** Row of each of some pools among those of a day; undefined where the day does not know it. */
  #rowsOfAll(pools: readonly ReportPool[], poolIds: readonly PoolId[]): readonly (number | undefined)[] {
    const last = this.#last;
    if (last?.pools === pools && last.poolIds === poolIds) return last.rows;
    const known = this.#rowsOf(poolIds);
    const rows = pools.map(({ id }) => known.get(id));
    this.#last = { pools, poolIds, rows };
    return rows;
  }

  #rowsOf(poolIds: readonly PoolId[]): ReadonlyMap<PoolId, number> {
    const known = this.#rows.get(poolIds);
    if (known) return known;
    const rows = new Map(poolIds.map((id, row) => [id, row]));
    this.#rows.set(poolIds, rows);
    return rows;
  }
}

/** The lists that hold anything. */
function listsOf(lists: readonly (SecondsList | undefined)[]): SecondsList[] {
  return lists.filter((list) => list !== undefined).filter(({ length }) => length > 0);
}
