/**
 * Builds the utilization report from plain data: no clock, no database, no file. The use case gathers the input from
 * one snapshot of the ledger; the same input gives the same report. Every figure is the sum of its local days, of which
 * some may have been measured before (decision 0230).
 *
 * A filter on subsystems narrows formulas, waits and outcomes only. A pool's time is always accounted whole, because
 * its six states add up to 100 % only when everybody's work is in them.
 */
import type {
  Account,
  BucketAccount,
  Comparison,
  Completeness,
  FormulaLoad,
  LoadStep,
  PoolReport,
  Ratio,
  ReportFilters,
  UtilizationReport,
} from '../../shared/domain/report.ts';
import type { SubsystemId } from '../../shared/domain/subsystem.ts';
import { SUBSYSTEMS } from '../../shared/domain/subsystem.ts';
import type { PoolId } from '../../shared/ids.ts';
import { localDays } from '../../shared/local-time.ts';
import type { Instant } from '../../shared/units.ts';
import { milli, work } from '../../shared/units.ts';
import type { LiveBooks, PoolBooks } from './days/measure-days.ts';
import { booksOf, liveBooks, waitsByPool } from './days/measure-days.ts';
import { PeriodDays } from './days/period-days.ts';
import { BED_SUMS_AT, DAY_SUMS, dailySteps, usesOf } from './days/pool-days.ts';
import type { GroupingInput } from './grouping.ts';
import { reportGroups } from './grouping.ts';
import type { ReportInput, ReportPool } from './input.ts';
import { accountDetails, loadSeries } from './indicators/account.ts';
import type { Sums } from './indicators/account-sums.ts';
import { accountOf, joinRow } from './indicators/account-sums.ts';
import { bedFigures } from './indicators/beds.ts';
import type { BookedSpans, Span } from './indicators/booked-spans.ts';
import { bookedSpans } from './indicators/booked-spans.ts';
import { guessedEnds, openTasks, recordedOf, withoutDataSeconds } from './indicators/completeness.ts';
import { indicatorDefinitions } from './indicators/definitions.ts';
import { fairnessOf } from './indicators/fairness.ts';
import { outcomeRows } from './indicators/outcomes.ts';
import { preemptionRows } from './indicators/preemptions.ts';
import type { WaitingSpan } from './indicators/sweep.ts';
import { waitRows } from './indicators/waits.ts';
import { bucketBounds, bucketSizeOf, isHourly } from './period.ts';

/** Steps of a pool's load chart before it is binned: about one per three pixels of the screen's chart. */
const SERIES_STEPS_MAX = 240;

/** The sums of the report's pools over its period, row by row. */
interface PeriodSums {
  readonly period: PeriodDays;
  readonly pools: readonly ReportPool[];
  /** Where its buckets of whole days begin and end; a period told by its hours is one bucket. */
  readonly bounds: readonly Instant[];
  readonly buckets: readonly Sums[];
  readonly total: Sums;
}

/** What a pool's row is told with besides its days. */
interface Details {
  readonly spansOf: (poolId: PoolId) => readonly BookedSpans[];
  /** All that is booked in the period; null for one that is not drawn. */
  readonly drawnOf: ((poolId: PoolId) => readonly BookedSpans[]) | null;
  /** Null for a period that is not told by its hours. */
  readonly waitsOf: ((poolId: PoolId) => readonly WaitingSpan[]) | null;
}

/**
 * @throws RangeError when steps do not cover the days or a sum leaves the safe integers (caller bug)
 */
export function utilizationReport(
  input: ReportInput,
  grouping: GroupingInput | null = null,
): UtilizationReport {
  const { periods, asOf, filters, provenance } = input;
  const zone = provenance.timeZone;
  const books = liveBooks({ ...input, zone });
  const sums = periodSums(input, books, periods.current, bucketsOfDays(input));
  const { period, pools, total } = sums;
  const details = detailsOf(input, books);
  return {
    period: periods.current,
    asOf,
    filters,
    smallestCount: null,
    bucketSize: bucketSizeOf(periods.current),
    levels: input.levels,
    pools: pools.map((_, index) => poolReport(sums, index, details, input)),
    comparison: comparisonOf(input, books),
    fairness: fairnessOf(
      pools.map((pool, index) => ({
        poolId: pool.id,
        offeredElapsedWork: accountOf(total, index * DAY_SUMS).offeredElapsedWork,
        uses: usesOf(total, index * DAY_SUMS),
      })),
      input.weights,
      period.wanting(),
    ),
    ...taskFigures(input, books, period),
    groups:
      grouping &&
      reportGroups(input, grouping, {
        books,
        local: localDays(periods.current.from, periods.current.until, zone),
        period,
        pools,
        total,
      }),
    completeness: completenessOf(input, sums),
    provenance,
    definitions: indicatorDefinitions(),
  };
}

/** Days and months; hours are no whole days. */
function bucketsOfDays({ periods, provenance }: ReportInput): readonly Instant[] {
  const { current } = periods;
  const size = bucketSizeOf(current);
  return isHourly(current) ? [current.from, current.until] : bucketBounds(current, size, provenance.timeZone);
}

function periodSums(
  { pools, filters, periods, settled, settledSeconds, provenance }: ReportInput,
  books: LiveBooks,
  { from, until }: Span,
  bounds: readonly Instant[],
): PeriodSums {
  const seconds = from === periods.current.from ? settledSeconds : [];
  const local = localDays(from, until, provenance.timeZone);
  const period = new PeriodDays(local, settled, books, seconds);
  const chosen = pools.filter(({ id }) => filters.poolIds?.includes(id) ?? true);
  const buckets = period.bucketSums(chosen, bounds);
  const total = new Float64Array(chosen.length * DAY_SUMS);
  for (const bucket of buckets) {
    for (let row = 0; row < total.length; row += DAY_SUMS) joinRow(total, row, bucket, row, DAY_SUMS);
  }
  return { period, pools: chosen, bounds, buckets, total };
}

function detailsOf(
  { periods, drawn, pools, asOf, defaultDurations }: ReportInput,
  books: LiveBooks,
): Details {
  const { current } = periods;
  const waits = isHourly(current) ? waitsByPool(books.pools, books.waits, current) : null;
  const spansOfDrawn = drawn?.map((booking) => bookedSpans(booking, asOf, defaultDurations));
  return {
    spansOf: byPool(books.pools),
    drawnOf: spansOfDrawn ? byPool(booksOf(pools, spansOfDrawn)) : null,
    waitsOf: waits && ((poolId) => waits.get(poolId) ?? []),
  };
}

function byPool(books: readonly PoolBooks[]): Details['spansOf'] {
  const spans = new Map(books.map((row) => [row.pool.id, row.spans]));
  return (poolId) => spans.get(poolId) ?? [];
}

function comparisonOf(input: ReportInput, books: LiveBooks): Comparison {
  const { previous } = input.periods;
  const { period, pools, total } = periodSums(input, books, previous, [previous.from, previous.until]);
  return {
    period: previous,
    recorded: recordedOf(period.records(pools)),
    pools: pools.map(({ id }, index) => {
      const account = accountOf(total, index * DAY_SUMS);
      const { utilization, average } = ratiosOf(account);
      return { poolId: id, states: account.states, offeredWork: account.offeredWork, utilization, average };
    }),
  };
}

/** How complete the books are for the period. */
function completenessOf(input: ReportInput, { period, pools }: PeriodSums): Completeness {
  const records = period.records(pools);
  return {
    openTasks: openTasks(input).length,
    assumedEnds: period.assumedEnds() + guessedEnds(input).length,
    recorded: recordedOf(records),
    withoutDataSeconds: withoutDataSeconds(records),
  };
}

/** Waits, outcomes and preemptions of the chosen subsystems. */
function taskFigures(
  { tasks, waitCauses, preemptions, filters, targets, asOf, periods }: ReportInput,
  { eligible }: LiveBooks,
  period: PeriodDays,
): Pick<UtilizationReport, 'waits' | 'outcomes' | 'preemptions'> {
  const isChosen = isChosenBy(filters);
  const window = periods.current;
  const outcomes = outcomeRows(period.counts(), period.turnarounds());
  return {
    waits: waitRows({
      waited: period.waits(),
      tasks,
      causes: waitCauses,
      eligible,
      targets,
      window,
      asOf,
      isChosen,
    }),
    outcomes: outcomes.filter(({ subsystem }) => isChosen(subsystem)),
    preemptions: preemptionRows(preemptions, window, isChosen),
  };
}

function poolReport(sums: PeriodSums, index: number, details: Details, input: ReportInput): PoolReport {
  const pool = sums.pools[index];
  if (!pool) throw new RangeError('there is no such pool'); // the index of one of them
  const row = index * DAY_SUMS;
  const total = accountOf(sums.total, row);
  const uses = usesOf(sums.total, row);
  const { asOf, periods, filters } = input;
  const isNow = periods.current.from <= asOf && asOf < periods.current.until;
  const running = isNow ? details.spansOf(pool.id).filter(({ isMarkedRunning }) => isMarkedRunning) : [];
  const nowOf = (isCounted: (subsystem: SubsystemId) => boolean): PoolReport['nowMilli'] =>
    isNow ? loadOf(running.filter(({ subsystem }) => isCounted(subsystem))) : null;
  const isChosen = isChosenBy(filters);
  return {
    poolId: pool.id,
    name: pool.name,
    unitName: pool.unitName,
    kind: pool.kind,
    template: pool.template,
    nominalMilli: pool.nominalMilli,
    nowMilli: nowOf(() => true),
    ...total,
    ...ratiosOf(total),
    formulas: SUBSYSTEMS.filter(({ id }) => isChosen(id)).map(({ id, symbol }): FormulaLoad => {
      const use = uses.find(({ subsystem }) => subsystem === id);
      return {
        subsystem: id,
        symbol,
        nowMilli: nowOf((subsystem) => subsystem === id),
        actualWork: use?.actualWork ?? work(0),
        average: { numerator: use?.actualWhileOpenWork ?? 0, denominator: total.openElapsedSeconds },
        utilization: { numerator: use?.actualWork ?? 0, denominator: total.offeredElapsedWork },
      };
    }),
    ...((input.chartPoolId ?? pool.id) === pool.id
      ? chartsOf(sums, { pool, row }, details, input)
      : { buckets: [], series: [] }),
    beds: pool.template === 'bed' ? bedFigures(sums.total, row + BED_SUMS_AT) : null,
  };
}

function chartsOf(
  { period, bounds, buckets }: PeriodSums,
  { pool, row }: { readonly pool: ReportPool; readonly row: number },
  { spansOf, drawnOf, waitsOf }: Details,
  { asOf, periods, provenance }: ReportInput,
): { readonly buckets: readonly BucketAccount[]; readonly series: readonly LoadStep[] } {
  const window = periods.current;
  const { id, steps } = pool;
  const seriesStepsMax = SERIES_STEPS_MAX;
  if (waitsOf) {
    return accountDetails({
      steps,
      spans: spansOf(id),
      waits: waitsOf(id),
      window,
      asOf,
      bucketBounds: bucketBounds(window, bucketSizeOf(window), provenance.timeZone),
      seriesStepsMax,
    });
  }
  return {
    buckets: buckets.map((sums, index) => {
      const until = bounds[index + 1] ?? window.until; // there is one bound more than buckets
      return { from: bounds[index] ?? until, until, ...accountOf(sums, row) };
    }),
    series: drawnOf
      ? loadSeries({ steps, spans: drawnOf(id), window, seriesStepsMax })
      : dailySteps(period.ofPool(pool)),
  };
}

function ratiosOf(total: Account): Record<'average' | 'utilization' | 'utilizationCapped', Ratio> {
  const offered = total.offeredElapsedWork;
  return {
    average: { numerator: total.actualWhileOpenWork, denominator: total.openElapsedSeconds },
    utilization: { numerator: total.actualWork, denominator: offered },
    utilizationCapped: { numerator: total.states.used, denominator: offered },
  };
}

function loadOf(spans: readonly BookedSpans[]): ReturnType<typeof milli> {
  return milli(spans.reduce((load, { rateMilli }) => load + rateMilli, 0));
}

export function isChosenBy({ subsystems }: ReportFilters): (subsystem: SubsystemId) => boolean {
  return (subsystem) => subsystems?.includes(subsystem) ?? true;
}
