/**
 * One pool's days as rows of whole numbers: the account, work per subsystem, quarters of the day for the load chart, and
 * the midnight census of beds. Rows of days add up to the figures of any period of whole days, exactly; a row that was
 * kept in the ledger and one that was measured a moment ago are the same.
 */
import type { AccountingStep } from '../../../shared/calendar.ts';
import type { LoadStep } from '../../../shared/domain/report.ts';
import { SUBSYSTEM_IDS } from '../../../shared/domain/subsystem.ts';
import type { LocalDay } from '../../../shared/local-time.ts';
import type { Instant } from '../../../shared/units.ts';
import { HOUR, instant, work } from '../../../shared/units.ts';
import type { KeptSums, Sums } from '../indicators/account-sums.ts';
import { ACCOUNT_AT, ACCOUNT_SUMS, add, addStretch } from '../indicators/account-sums.ts';
import type { SubsystemUse } from '../indicators/fairness.ts';
import type { BookedSpans } from '../indicators/booked-spans.ts';
import type { PoolStretch, WaitingSpan } from '../indicators/sweep.ts';
import { noStretch, sweep } from '../indicators/sweep.ts';

const SUBSYSTEMS = SUBSYSTEM_IDS.length;
/** Quarters of a local day, the last one longer or shorter where the clock changes. */
const BINS = 4;
const BIN_SECONDS = 6 * HOUR;
/** Actual, reserved, planned, offered. */
const BIN_SUMS = 4;

const ACTUAL_OF = ACCOUNT_SUMS;
const WHILE_OPEN_OF = ACTUAL_OF + SUBSYSTEMS;
/** Days over, beds available, bed-days, stays ended, their days; available and bed-days in thousandths. */
export const BED_SUMS_AT = WHILE_OPEN_OF + SUBSYSTEMS;
const BED_SUMS = 5;
/** Seconds before `asOf` in which the pool was in its hours. */
export const OPEN_SECONDS_AT = BED_SUMS_AT + BED_SUMS;

/** How many numbers a pool's day has, and how many its quarters have together. */
export const DAY_SUMS = OPEN_SECONDS_AT + 1;
export const DAY_BINS = BINS * BIN_SUMS;

/** Where the quarters of a day begin, and where the last one ends. */
export function binBounds({ start, end }: Pick<LocalDay, 'start' | 'end'>): number[] {
  return Array.from({ length: BINS + 1 }, (_, index) =>
    index === BINS ? end : Math.min(start + index * BIN_SECONDS, end),
  );
}

export interface PoolDaysInput {
  /** Of this pool, covering the days. */
  readonly steps: readonly AccountingStep[];
  readonly spans: readonly BookedSpans[];
  readonly waits: readonly WaitingSpan[];
  /** Ascending, without a gap. */
  readonly days: readonly LocalDay[];
  readonly asOf: Instant;
}

/** Rows per day: `DAY_SUMS` and `DAY_BINS` numbers. */
export interface PoolDaySums {
  readonly sums: Sums;
  readonly bins: Sums;
}

/** A row per day, its numbers of beds left at zero. O(n log n) in spans, steps and days. */
export function poolDays(input: PoolDaysInput): PoolDaySums {
  const { days } = input;
  const rows = {
    sums: new Float64Array(days.length * DAY_SUMS),
    bins: new Float64Array(days.length * DAY_BINS),
  };
  const empty = firstEmptyDay(input);
  addTouchedDays(rows, { ...input, days: days.slice(0, empty) });
  addEmptyDays(rows, input, empty);
  return rows;
}

/** The first of the days from which on nothing is booked and nobody waits: most of a year's days that are to come. */
function firstEmptyDay({ spans, waits, days }: PoolDaysInput): number {
  let touched = -Infinity;
  for (const { actual, reserved, planned } of spans) {
    touched = Math.max(touched, actual?.until ?? touched, planned?.until ?? touched);
    for (const { until } of reserved) touched = Math.max(touched, until);
  }
  for (const { until } of waits) touched = Math.max(touched, until);
  const first = days.findIndex(({ start }) => start >= touched);
  return first < 0 ? days.length : first;
}

function addTouchedDays(
  { sums, bins }: PoolDaySums,
  { steps, spans, waits, days, asOf }: PoolDaysInput,
): void {
  const [first, last] = [days[0], days.at(-1)];
  if (!first || !last) return;
  const bounds = days.flatMap(binBounds);
  let bin = 0;
  const window = { from: first.start, until: last.end };
  sweep({ steps, spans, waits, window, cuts: [asOf, ...bounds] }, (stretch) => {
    while ((bounds[bin + 1] ?? Infinity) <= stretch.from) bin += 1;
    const day = Math.floor(bin / (BINS + 1));
    addDayStretch(sums, day * DAY_SUMS, stretch, stretch.from < asOf);
    addBinStretch(bins, day * DAY_BINS + (bin % (BINS + 1)) * BIN_SUMS, stretch);
  });
}

/** The same stretches as a sweep over nothing but steps would show, which needs no putting in order. */
function addEmptyDays(
  { sums, bins }: PoolDaySums,
  { steps, days, asOf }: PoolDaysInput,
  first: number,
): void {
  const stretch = noStretch();
  let next = 0;
  for (let index = first; index < days.length; index += 1) {
    const day = days[index];
    if (!day) continue;
    const bounds = binBounds(day);
    for (let bin = 0; bin < BINS; bin += 1) {
      const end = bounds[bin + 1] ?? day.end;
      for (let at = bounds[bin] ?? end; at < end; at = stretch.until) {
        for (let step = steps[next]; step && step.at <= at; next += 1, step = steps[next]) {
          stretch.nominal = step.nominalMilli;
          stretch.open = step.openMilli;
          stretch.down = step.downMilli;
        }
        stretch.from = at;
        stretch.until = Math.min(end, steps[next]?.at ?? end, at < asOf ? asOf : end);
        addDayStretch(sums, index * DAY_SUMS, stretch, at < asOf);
        addBinStretch(bins, index * DAY_BINS + bin * BIN_SUMS, stretch);
      }
    }
  }
}

function addDayStretch(sums: Sums, row: number, stretch: Readonly<PoolStretch>, isPast: boolean): void {
  addStretch(sums, row, stretch, isPast);
  const duration = stretch.until - stretch.from;
  const isOffered = stretch.open > stretch.down;
  for (let index = 0; index < SUBSYSTEMS; index += 1) {
    const amount = (stretch.loadOf[index] ?? 0) * duration;
    add(sums, row + ACTUAL_OF + index, amount);
    if (isOffered) add(sums, row + WHILE_OPEN_OF + index, amount);
  }
  if (isPast && stretch.open > 0) add(sums, row + OPEN_SECONDS_AT, duration);
}

function addBinStretch(sums: Sums, at: number, stretch: Readonly<PoolStretch>): void {
  const duration = stretch.until - stretch.from;
  add(sums, at, stretch.load * duration);
  add(sums, at + 1, stretch.reserved * duration);
  add(sums, at + 2, stretch.planned * duration);
  add(sums, at + 3, (stretch.open - stretch.down) * duration);
}

/**
 * Five rows, in the order of the subsystems.
 * @param row  where the pool's row begins
 */
export function usesOf(sums: Sums, row: number): SubsystemUse[] {
  return SUBSYSTEM_IDS.map((subsystem, index) => ({
    subsystem,
    actualWork: work(sums[row + ACTUAL_OF + index] ?? 0),
    actualWhileOpenWork: work(sums[row + WHILE_OPEN_OF + index] ?? 0),
  }));
}

/** One day of one pool, wherever it is kept. */
export interface PoolDay {
  readonly start: Instant;
  readonly end: Instant;
  readonly sums: KeptSums;
  /** Null where quarters are not asked for. */
  readonly bins: KeptSums | null;
  /** Of the pool among those of the day. */
  readonly row: number;
}

/** At most this many quarters or days are told one by one; beyond, as many days together as leave no more than that. */
const STEPS_MAX = 240;
const WEEK_DAYS = 7;

/** Whether a load chart over so many days, of 23 to 25 hours each, shows their quarters. */
export function showsQuarters(days: number): boolean {
  return Math.round(days) * BINS <= STEPS_MAX;
}

/**
 * The steps of a load chart over whole days: quarters of days, days, weeks or several weeks, by how many there are.
 * @param days  ascending, without a gap
 */
export function dailySteps(days: readonly PoolDay[]): LoadStep[] {
  if (showsQuarters(days.length)) return days.flatMap(quarters);
  const isByDay = days.length <= STEPS_MAX;
  const size = isByDay ? 1 : WEEK_DAYS * Math.ceil(days.length / STEPS_MAX / WEEK_DAYS);
  const steps: LoadStep[] = [];
  for (let index = 0; index < days.length; index += size) {
    const step = stepOfDays(days, index, Math.min(index + size, days.length));
    if (step) steps.push(step);
  }
  return steps;
}

function quarters({ start, end, bins, row }: PoolDay): LoadStep[] {
  if (!bins) throw new RangeError('quarters of days were not read');
  const bounds = binBounds({ start, end });
  return bounds.slice(1).flatMap((until, bin) => {
    const from = bounds[bin] ?? until;
    const at = row * DAY_BINS + bin * BIN_SUMS;
    if (from === until) return [];
    return {
      from: instant(from),
      until: instant(until),
      actualWork: work(bins[at] ?? 0),
      reservedWork: work(bins[at + 1] ?? 0),
      plannedWork: work(bins[at + 2] ?? 0),
      offeredWork: work(bins[at + 3] ?? 0),
    };
  });
}

/** The days from one index to before another, together. */
function stepOfDays(days: readonly PoolDay[], first: number, end: number): LoadStep | null {
  let [actual, reserved, planned, offered] = [0, 0, 0, 0];
  for (let index = first; index < end; index += 1) {
    const day = days[index];
    if (!day) continue;
    const at = day.row * DAY_SUMS;
    actual += day.sums[at + ACCOUNT_AT.actual] ?? 0;
    reserved += day.sums[at + ACCOUNT_AT.reserved] ?? 0;
    planned += day.sums[at + ACCOUNT_AT.planned] ?? 0;
    offered += day.sums[at + ACCOUNT_AT.offered] ?? 0;
  }
  const [from, until] = [days[first]?.start, days[end - 1]?.end];
  if (from === undefined || until === undefined) return null;
  return {
    from,
    until,
    actualWork: work(actual),
    reservedWork: work(reserved),
    plannedWork: work(planned),
    offeredWork: work(offered),
  };
}
