/**
 * Builds the utilization report from plain data: no clock, no database, no file. The use case gathers the input from
 * one snapshot of the ledger; the same input gives the same report.
 *
 * A filter on subsystems narrows formulas, waits and outcomes only. A pool's time is always accounted whole, because
 * its six states add up to 100 % only when everybody's work is in them.
 */
import type { BookingFigures, WaitCause } from '../ledger/index.ts';
import type { AccountingStep } from '../../shared/calendar.ts';
import type { Pool } from '../../shared/domain/pool.ts';
import type {
  Account,
  BedFigures,
  Completeness,
  FormulaLoad,
  PoolComparison,
  PoolReport,
  Provenance,
  Ratio,
  ReportFilters,
  UtilizationReport,
} from '../../shared/domain/report.ts';
import type { SubsystemId } from '../../shared/domain/subsystem.ts';
import { SUBSYSTEMS } from '../../shared/domain/subsystem.ts';
import type { PoolId } from '../../shared/ids.ts';
import { localDays } from '../../shared/local-time.ts';
import type { Instant, Seconds } from '../../shared/units.ts';
import { instant, milli, work } from '../../shared/units.ts';
import type { PoolAccount } from './indicators/account.ts';
import { account } from './indicators/account.ts';
import type { BookedSpans, DefaultDurations, Span } from './indicators/booked-spans.ts';
import { bookedSpans, isBookedIn, touches } from './indicators/booked-spans.ts';
import { bedFigures, staysOf } from './indicators/beds.ts';
import { completenessOf } from './indicators/completeness.ts';
import { indicatorDefinitions } from './indicators/definitions.ts';
import { fairnessOf } from './indicators/fairness.ts';
import type { FreeCapacity } from './indicators/free-capacity.ts';
import { freeCapacity, waitingSpans } from './indicators/free-capacity.ts';
import { outcomeRows, promisesOf } from './indicators/outcomes.ts';
import type { Preemption } from './indicators/preemptions.ts';
import { preemptionRows } from './indicators/preemptions.ts';
import type { WaitingSpan } from './indicators/sweep.ts';
import type { EligibleWait, ReportTask } from './indicators/waits.ts';
import { eligibleFrom, taskWaits, waitRows } from './indicators/waits.ts';
import type { PeriodPair } from './period.ts';
import { bucketBounds, bucketSizeOf } from './period.ts';

/** Steps of a pool's load chart before it is binned: about one per three pixels of the screen's chart. */
const SERIES_STEPS_MAX = 240;

export interface ReportPool extends Pick<Pool, 'id' | 'name' | 'unitName' | 'kind' | 'template'> {
  /** From `accountingSteps`, over the previous period and this one together. */
  readonly steps: readonly AccountingStep[];
}

export interface ReportInput {
  readonly periods: PeriodPair;
  readonly asOf: Instant;
  readonly filters: ReportFilters;
  /** Every pool of the clinic, in its order: filters choose what is reported, the others still decide who waited why. */
  readonly pools: readonly ReportPool[];
  /** Every booking that touches the previous period or this one. */
  readonly bookings: readonly BookingFigures[];
  /** Every task that waited, ran or ended in this period or the previous one. */
  readonly tasks: readonly ReportTask[];
  /** What the adopted plans of the time said held tasks back, in both periods; by task, then time. */
  readonly waitCauses: readonly WaitCause[];
  /** Every preemption of this period. */
  readonly preemptions: readonly Preemption[];
  readonly defaultDurations: DefaultDurations;
  /** Target wait per urgency class, class 1 first. */
  readonly targets: readonly Seconds[];
  readonly weights: Readonly<Record<SubsystemId, number>>;
  readonly provenance: Provenance;
}

/** One pool of the report with all that is booked on it. */
export interface PoolBooks {
  readonly pool: ReportPool;
  readonly spans: readonly BookedSpans[];
}

/**
 * @throws RangeError when steps do not cover the periods or a sum leaves the safe integers (caller bug)
 */
export function utilizationReport(input: ReportInput): UtilizationReport {
  const { periods, asOf, filters, provenance } = input;
  const { current, previous } = periods;
  const spans = input.bookings.map((booking) => bookedSpans(booking, asOf, input.defaultDurations));
  const all = booksOf(input.pools, spans);
  const chosen = all.filter(({ pool }) => filters.poolIds?.includes(pool.id) ?? true);
  const eligible = eligibleFrom(input.tasks);
  const waits = taskWaits(input.tasks, eligible, asOf, input.waitCauses);
  const waitingNow = waitsByPool(all, waits, current);
  const waitingBefore = waitsByPool(all, waits, previous);
  const bucketSize = bucketSizeOf(current);
  const bounds = bucketBounds(current, bucketSize, provenance.timeZone);
  const accounts = chosen.map(({ pool, spans: booked }) => ({
    pool,
    spans: booked,
    measured: account({
      steps: pool.steps,
      spans: booked,
      waits: waitingNow.get(pool.id) ?? [],
      window: current,
      asOf,
      bucketBounds: bounds,
      seriesStepsMax: SERIES_STEPS_MAX,
    }),
  }));
  return {
    period: current,
    asOf,
    filters,
    smallestCount: null,
    bucketSize,
    pools: accounts.map(({ pool, spans: booked, measured }) =>
      poolReport({ pool, spans: booked }, measured, input),
    ),
    comparison: {
      period: previous,
      recorded: completenessIn(previous, chosen, spans, input).recorded,
      pools: chosen.map((books) => comparison(books, waitingBefore.get(books.pool.id) ?? [], input)),
    },
    fairness: fairnessOf(
      accounts.map(({ pool, measured }) => ({
        poolId: pool.id,
        offeredElapsedWork: measured.total.offeredElapsedWork,
        uses: measured.uses,
      })),
      input.weights,
      new Set(waits.filter((wait) => touches(wait, current)).map(({ task }) => task.subsystem)),
    ),
    ...taskFigures(input, eligible),
    groups: null,
    completeness: completenessIn(current, chosen, spans, input),
    provenance,
    definitions: indicatorDefinitions(),
  };
}

/** How complete the books are for one of the two periods. */
function completenessIn(
  window: Span,
  books: readonly PoolBooks[],
  spans: readonly BookedSpans[],
  { asOf, tasks, provenance }: ReportInput,
): Completeness {
  return completenessOf({
    days: localDays(window.from, window.until, provenance.timeZone),
    spans: spans.filter((span) => isBookedIn(span, window)),
    pools: books.map(({ pool }) => pool.steps),
    tasks: tasks.filter((task) => wasOpenIn(task, window)),
    elapsed: elapsedPart(window, asOf),
  });
}

/** Waits, outcomes and preemptions of the chosen subsystems. */
function taskFigures(
  { tasks, bookings, preemptions, filters, targets, asOf, periods }: ReportInput,
  eligible: ReturnType<typeof eligibleFrom>,
): Pick<UtilizationReport, 'waits' | 'outcomes' | 'preemptions'> {
  const isChosen = isChosenBy(filters);
  const chosen = tasks.filter(({ subsystem }) => isChosen(subsystem));
  const window = periods.current;
  const promises = promisesOf(bookings);
  return {
    waits: waitRows({ tasks: chosen, eligible, targets, window, asOf }),
    outcomes: outcomeRows({ tasks: chosen, promises, eligible, window }).filter(({ subsystem }) =>
      isChosen(subsystem),
    ),
    preemptions: preemptionRows(preemptions, window, isChosen),
  };
}

export function booksOf(pools: readonly ReportPool[], spans: readonly BookedSpans[]): PoolBooks[] {
  const byPool = new Map<PoolId, BookedSpans[]>();
  for (const span of spans) {
    const list = byPool.get(span.poolId);
    if (list) list.push(span);
    else byPool.set(span.poolId, [span]);
  }
  return pools.map((pool) => ({ pool, spans: byPool.get(pool.id) ?? [] }));
}

/** Each pool's waiting spans in a window; free capacity is worked out only for pools that several-pool tasks want. */
export function waitsByPool(
  books: readonly PoolBooks[],
  waits: readonly EligibleWait[],
  window: Span,
): Map<PoolId, WaitingSpan[]> {
  const booksOfPool = new Map(books.map((row) => [row.pool.id, row]));
  const known = new Map<PoolId, FreeCapacity | null>();
  return waitingSpans(waits, window, (poolId) => {
    const cached = known.get(poolId);
    if (cached !== undefined) return cached;
    const row = booksOfPool.get(poolId);
    const free = row ? freeCapacity(row.pool.steps, row.spans, window) : null;
    known.set(poolId, free);
    return free;
  });
}

function poolReport({ pool, spans }: PoolBooks, measured: PoolAccount, input: ReportInput): PoolReport {
  const { total, buckets, series } = measured;
  const { asOf, periods, filters } = input;
  const isNow = periods.current.from <= asOf && asOf < periods.current.until;
  const nowOf = (isCounted: (subsystem: SubsystemId) => boolean): PoolReport['nowMilli'] =>
    isNow ? loadNow(spans.filter(({ subsystem }) => isCounted(subsystem))) : null;
  const isChosen = isChosenBy(filters);
  return {
    poolId: pool.id,
    name: pool.name,
    unitName: pool.unitName,
    kind: pool.kind,
    template: pool.template,
    nominalMilli: nominalAt(pool.steps, periods.current.until),
    nowMilli: nowOf(() => true),
    ...total,
    ...ratiosOf(total),
    formulas: SUBSYSTEMS.filter(({ id }) => isChosen(id)).map(({ id, symbol }): FormulaLoad => {
      const use = measured.uses.find(({ subsystem }) => subsystem === id);
      return {
        subsystem: id,
        symbol,
        nowMilli: nowOf((subsystem) => subsystem === id),
        actualWork: use?.actualWork ?? work(0),
        average: { numerator: use?.actualWhileOpenWork ?? 0, denominator: total.openElapsedSeconds },
        utilization: { numerator: use?.actualWork ?? 0, denominator: total.offeredElapsedWork },
      };
    }),
    buckets,
    series,
    beds: pool.template === 'bed' ? bedsOf({ pool, spans }, input) : null,
  };
}

function bedsOf({ pool, spans }: PoolBooks, { asOf, periods, provenance }: ReportInput): BedFigures {
  const { from, until } = periods.current;
  const zone = provenance.timeZone;
  const days = localDays(from, until, zone).filter(({ end }) => end <= asOf);
  return bedFigures({ days, stays: staysOf(spans), zone }, pool.steps);
}

function comparison(
  { pool, spans }: PoolBooks,
  waits: readonly WaitingSpan[],
  { periods, asOf }: ReportInput,
): PoolComparison {
  const window = periods.previous;
  const { total } = account({
    steps: pool.steps,
    spans,
    waits,
    window,
    asOf,
    bucketBounds: [window.from, window.until],
    seriesStepsMax: 0,
  });
  const { utilization, average } = ratiosOf(total);
  return { poolId: pool.id, states: total.states, offeredWork: total.offeredWork, utilization, average };
}

function ratiosOf(total: Account): Record<'average' | 'utilization' | 'utilizationCapped', Ratio> {
  const offered = total.offeredElapsedWork;
  return {
    average: { numerator: total.actualWhileOpenWork, denominator: total.openElapsedSeconds },
    utilization: { numerator: total.actualWork, denominator: offered },
    utilizationCapped: { numerator: total.states.used, denominator: offered },
  };
}

function loadNow(spans: readonly BookedSpans[]): ReturnType<typeof milli> {
  return milli(spans.reduce((load, span) => load + (span.isRunning ? span.rateMilli : 0), 0));
}

function nominalAt(steps: readonly AccountingStep[], until: Instant): ReturnType<typeof milli> {
  return steps.findLast((step) => step.at < until)?.nominalMilli ?? milli(0);
}

export function isChosenBy({ subsystems }: ReportFilters): (subsystem: SubsystemId) => boolean {
  return (subsystem) => subsystems?.includes(subsystem) ?? true;
}

function elapsedPart(window: Span, asOf: Instant): Span | null {
  const until = instant(Math.min(window.until, asOf));
  return window.from < until ? { from: window.from, until } : null;
}

/** Known before the period's end and not over before its start. */
function wasOpenIn({ submittedAt, startedAt, endedAt }: ReportTask, window: Span): boolean {
  return (
    Math.min(submittedAt, startedAt ?? submittedAt) < window.until && (endedAt ?? Infinity) > window.from
  );
}
