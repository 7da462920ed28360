/** Measures days from the books themselves: what is kept of settled days, and what is worked out for all others. */
import type { AccountingStep } from '../../../shared/calendar.ts';
import type { PoolId, TaskId } from '../../../shared/ids.ts';
import type { LocalDay } from '../../../shared/local-time.ts';
import type { Instant } from '../../../shared/units.ts';
import { instant } from '../../../shared/units.ts';
import type { Sums } from '../indicators/account-sums.ts';
import { addBedDays } from '../indicators/beds.ts';
import type { BookedSpans, Span } from '../indicators/booked-spans.ts';
import { bookedSpans, clip } from '../indicators/booked-spans.ts';
import type { FreeCapacity } from '../indicators/free-capacity.ts';
import { freeCapacity, waitingSpans } from '../indicators/free-capacity.ts';
import type { Promises } from '../indicators/outcomes.ts';
import { promisesOf } from '../indicators/outcomes.ts';
import type { WaitingSpan } from '../indicators/sweep.ts';
import type { EligibleWait } from '../indicators/waits.ts';
import { eligibleFrom, taskWaits } from '../indicators/waits.ts';
import type { ReportInput, ReportPool } from '../input.ts';
import type { DayFigures } from './day-figures.ts';
import { daysTouched } from './day-index.ts';
import type { PoolDaySums } from './pool-days.ts';
import { BED_SUMS_AT, DAY_BINS, DAY_SUMS, poolDays } from './pool-days.ts';
import { taskDays } from './task-days.ts';

/** One pool of the report with all that is booked on it. */
export interface PoolBooks {
  readonly pool: ReportPool;
  readonly spans: readonly BookedSpans[];
}

/** What of a report's input days are measured from. */
export type DayInput = Pick<
  ReportInput,
  'asOf' | 'pools' | 'bookings' | 'tasks' | 'earlierEnds' | 'waitCauses' | 'defaultDurations'
> & { readonly zone: string };

/** The input read once, for as many stretches of days as are measured from it. */
export interface LiveBooks {
  readonly input: DayInput;
  readonly pools: readonly PoolBooks[];
  readonly eligible: ReadonlyMap<TaskId, Instant>;
  readonly waits: readonly EligibleWait[];
  readonly promises: Promises;
}

export function liveBooks(input: DayInput): LiveBooks {
  const { asOf, bookings, defaultDurations, tasks } = input;
  const spans = bookings.map((booking) => bookedSpans(booking, asOf, defaultDurations));
  const eligible = eligibleFrom(tasks, input.earlierEnds);
  return {
    input,
    pools: booksOf(input.pools, spans),
    eligible,
    waits: taskWaits(tasks, eligible, asOf, input.waitCauses),
    promises: promisesOf(bookings),
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

/** @param days  ascending, without a gap; each pool's steps cover them */
export function measureDays(books: LiveBooks, days: readonly LocalDay[]): DayFigures[] {
  const [first, last] = [days[0], days.at(-1)];
  if (!first || !last) return [];
  const window = { from: first.start, until: last.end };
  const { input, pools } = books;
  const waits = waitsByPool(pools, books.waits, window);
  const rows = pools.map((own) => rowsOfPool(input, own, waits.get(own.pool.id) ?? [], days));
  const isRecorded = recordedDays(days, pools);
  const tasks = taskDays({ ...input, ...books }, days);
  const poolIds = pools.map(({ pool }) => pool.id);
  return days.map((day, index) => {
    const sums = new Float64Array(pools.length * DAY_SUMS);
    const bins = new Float64Array(pools.length * DAY_BINS);
    rows.forEach((row, pool) => {
      copyRow(sums, pool, row.sums, index, DAY_SUMS);
      copyRow(bins, pool, row.bins, index, DAY_BINS);
    });
    const own = tasks[index];
    if (!own) throw new RangeError('every day has its tasks'); // one per day
    return {
      start: day.start,
      end: day.end,
      poolIds,
      sums,
      bins,
      isRecorded: isRecorded[index] ?? false,
      openStretches: isRecorded[index] ? new Map() : openStretches(books, day),
      tasks: own,
    };
  });
}

/** A plain loop: views of a few dozen numbers cost more than the numbers. */
function copyRow(to: Sums, toRow: number, from: Sums, fromRow: number, size: number): void {
  for (let at = 0; at < size; at += 1) to[toRow * size + at] = from[fromRow * size + at] ?? 0;
}

/** Days of a pool that nothing is booked in and nobody wants. */
export function emptyDays({ input }: LiveBooks, pool: ReportPool, days: readonly LocalDay[]): PoolDaySums {
  return rowsOfPool(input, { pool, spans: [] }, [], days);
}

function rowsOfPool(
  { asOf, zone }: DayInput,
  { pool: { steps }, spans }: PoolBooks,
  waits: readonly WaitingSpan[],
  days: readonly LocalDay[],
): PoolDaySums {
  const measured = poolDays({ steps, spans, waits, days, asOf });
  addBedDays(measured.sums, BED_SUMS_AT, DAY_SUMS, { steps, spans, days, zone, asOf });
  return measured;
}

/** Whether anything is booked on each of the days. */
function recordedDays(days: readonly LocalDay[], pools: readonly PoolBooks[]): boolean[] {
  /** How many spans begin on a day, less those that ended before it. */
  const changes = new Int32Array(days.length + 1);
  const record = (span: Span): void => {
    const [first, end] = daysTouched(days, span);
    if (first >= end) return;
    changes[first] = (changes[first] ?? 0) + 1;
    changes[end] = (changes[end] ?? 0) - 1;
  };
  for (const { spans } of pools) {
    for (const { actual, reserved, planned } of spans) {
      if (actual) record(actual);
      if (planned) record(planned);
      reserved.forEach(record);
    }
  }
  let recordsNow = 0;
  return days.map((_, index) => (recordsNow += changes[index] ?? 0) > 0); // one change per day and one for the end
}

function openStretches({ pools, input }: LiveBooks, day: LocalDay): Map<PoolId, readonly Span[]> {
  const until = instant(Math.min(day.end, input.asOf));
  if (until <= day.start) return new Map();
  const elapsed = { from: day.start, until };
  return new Map(
    pools.flatMap(({ pool }) => {
      const stretches = openIn(pool.steps, elapsed);
      return stretches.length > 0 ? [[pool.id, stretches]] : [];
    }),
  );
}

/** When a pool is in its hours within a window, ascending; stretches that touch are one. */
export function openIn(steps: readonly AccountingStep[], window: Span): Span[] {
  const stretches: Span[] = [];
  for (let index = stepAt(steps, window.from); index < steps.length; index += 1) {
    const step = steps[index];
    if (!step || step.at >= window.until) break;
    const until = steps[index + 1]?.at ?? window.until;
    const part = step.openMilli > 0 ? clip({ from: step.at, until }, window) : null;
    if (!part) continue;
    const before = stretches.at(-1);
    if (before?.until === part.from)
      stretches[stretches.length - 1] = { from: before.from, until: part.until };
    else stretches.push(part);
  }
  return stretches;
}

/** The last step at or before an instant, by bisection; the first where there is none. */
function stepAt(steps: readonly AccountingStep[], at: number): number {
  let [low, high] = [0, steps.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((steps[middle]?.at ?? Infinity) <= at) low = middle + 1;
    else high = middle;
  }
  return Math.max(0, low - 1);
}
