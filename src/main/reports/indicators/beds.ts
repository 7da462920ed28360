/**
 * Pools of beds as health authorities count them: in whole bed-days, rather than by the second (decision 0150). A bed-day
 * is a bed in use when a local day ends. Stays that begin and end on one day add the beds that they need beside those: a
 * bed counts once a day, however many people follow one another in it (NHS KH03, wards open during the day). Beds open
 * that midnight count as available, also those in a short repair; beds in planned maintenance do not. Where none is open
 * at midnight, the most that were open on the day do.
 *
 * Only whole days count: those of the period that were over at the report's instant.
 */
import type { AccountingStep } from '../../../shared/calendar.ts';
import type { BedFigures } from '../../../shared/domain/report.ts';
import type { TaskId } from '../../../shared/ids.ts';
import type { LocalDay } from '../../../shared/local-time.ts';
import { localDayNumberOf } from '../../../shared/local-time.ts';
import type { Instant } from '../../../shared/units.ts';
import { instant } from '../../../shared/units.ts';
import { dayIndexOf, daysTouched } from '../days/day-index.ts';
import type { Sums } from './account-sums.ts';
import { add } from './account-sums.ts';
import type { BookedSpans, Span } from './booked-spans.ts';

/** A task's time in a pool of beds, from its first to its last instant there. */
interface Stay {
  readonly from: Instant;
  /** Null while it goes on. */
  readonly until: Instant | null;
  /** Beds it holds, in thousandths. */
  readonly rateMilli: number;
}

/** Where a day's numbers stand, and how many there are. */
const AT = { days: 0, available: 1, occupied: 2, discharges: 3, lengths: 4 } as const;

export interface BedBooks {
  readonly steps: readonly AccountingStep[];
  /** Of every task that was in the pool on one of the days, all it ever had there. */
  readonly spans: readonly BookedSpans[];
  /** Ascending, without a gap. */
  readonly days: readonly LocalDay[];
  readonly zone: string;
  readonly asOf: Instant;
}

/**
 * Adds each day's census to its row.
 * @param at  where the numbers of the first day begin
 * @param size  how far the next day's are
 */
export function addBedDays(sums: Sums, at: number, size: number, books: BedBooks): void {
  const { spans, zone, asOf } = books;
  const days = books.days.filter(({ end }) => end <= asOf);
  const put = (day: number, what: number, amount: number): void => {
    add(sums, at + day * size + what, amount);
  };
  let step = 0;
  days.forEach(({ start, end }, index) => {
    while ((books.steps[step + 1]?.at ?? Infinity) <= start) step += 1;
    let most = books.steps[step]?.openMilli ?? 0;
    for (; (books.steps[step + 1]?.at ?? Infinity) < end; step += 1) {
      most = Math.max(most, books.steps[step + 1]?.openMilli ?? 0);
    }
    put(index, AT.days, 1);
    put(index, AT.available, books.steps[step]?.openMilli || most);
  });
  const stays = staysOf(spans);
  const counted = days.map(() => new Set<TaskId>());
  for (const { taskId, from, index, day } of endedStays(stays, days)) {
    put(index, AT.discharges, 1);
    if (from >= day.start) counted[index]?.add(taskId);
    put(index, AT.lengths, Math.max(1, from >= day.start ? 0 : day.dayNumber - localDayNumberOf(from, zone)));
  }
  for (const [taskId, index] of nightsOf(spans, days)) counted[index]?.add(taskId);
  const parts = partsOf(spans, days, counted);
  days.forEach((day, index) => {
    put(index, AT.occupied, bedsNeeded(parts[index] ?? [], day, stays));
  });
}

interface EndedStay extends Span {
  readonly taskId: TaskId;
  readonly day: LocalDay;
  /** Of the day among those given. */
  readonly index: number;
}

function endedStays(stays: ReadonlyMap<TaskId, Stay>, days: readonly LocalDay[]): EndedStay[] {
  return [...stays].flatMap(([taskId, { from, until }]) => {
    const index = until === null ? -1 : dayIndexOf(days, until);
    const day = days[index];
    return day && until !== null ? { taskId, from, until, index, day } : [];
  });
}

/** The stays that ended on one of the days that were over: those that are counted as discharges. */
export function discharges({ spans, days, asOf }: Pick<BedBooks, 'spans' | 'days' | 'asOf'>): EndedStay[] {
  return endedStays(
    staysOf(spans),
    days.filter(({ end }) => end <= asOf),
  );
}

/** The parts of each day's counted stays that lie on it, by start. */
function partsOf(
  spans: readonly BookedSpans[],
  days: readonly LocalDay[],
  counted: readonly ReadonlySet<TaskId>[],
): BookedSpans[][] {
  const parts: BookedSpans[][] = days.map(() => []);
  for (const part of spans) {
    if (!part.actual) continue;
    const [first, end] = part.isRunning
      ? [daysTouched(days, part.actual)[0], days.length]
      : daysTouched(days, part.actual);
    for (let index = first; index < end; index += 1) {
      if (counted[index]?.has(part.taskId)) parts[index]?.push(part);
    }
  }
  return parts;
}

/** The most that some stays held at once on a day: as many beds as they need. */
function bedsNeeded(parts: readonly BookedSpans[], day: LocalDay, stays: ReadonlyMap<TaskId, Stay>): number {
  const changes = parts.flatMap(({ taskId, actual, isRunning }) => [
    { at: Math.max(day.start, actual?.from ?? day.start), by: 1, taskId },
    { at: isRunning ? day.end : Math.min(day.end, actual?.until ?? day.end), by: -1, taskId },
  ]);
  changes.sort((left, right) => left.at - right.at || left.by - right.by); // a bed given up is free for the next
  const held = new Map<TaskId, number>();
  let [now, most] = [0, 0];
  for (const { taskId, by } of changes) {
    const before = held.get(taskId) ?? 0;
    held.set(taskId, before + by);
    if (Math.min(before, before + by) === 0) now += by * (stays.get(taskId)?.rateMilli ?? 0);
    most = Math.max(most, now);
  }
  return most;
}

/** One stay per task that was in the pool. */
function staysOf(spans: readonly BookedSpans[]): Map<TaskId, Stay> {
  const stays = new Map<TaskId, Stay>();
  for (const { taskId, actual, isRunning, rateMilli } of spans) {
    if (!actual) continue;
    const known = stays.get(taskId);
    const goesOn = isRunning || known?.until === null;
    stays.set(taskId, {
      from: instant(Math.min(known?.from ?? actual.from, actual.from)),
      until: goesOn ? null : instant(Math.max(known?.until ?? actual.until, actual.until)),
      rateMilli: Math.max(known?.rateMilli ?? 0, rateMilli),
    });
  }
  return stays;
}

/** Each task with each day at whose end it was in the pool, once. */
function* nightsOf(
  spans: readonly BookedSpans[],
  days: readonly LocalDay[],
): Generator<readonly [TaskId, number]> {
  const counted = new Map<TaskId, number>();
  const ordered = spans
    .flatMap(({ taskId, actual, isRunning }) => (actual ? [{ taskId, ...actual, isRunning }] : []))
    .sort((left, right) => left.from - right.from);
  const first = days[0];
  for (const { taskId, from, until, isRunning } of ordered) {
    if (!first || (until < first.end && !isRunning)) continue;
    let index = from < first.start ? 0 : dayIndexOf(days, from);
    if (index < 0) continue;
    for (let day = days[index]; day && (isRunning || day.end <= until); index += 1, day = days[index]) {
      if (index <= (counted.get(taskId) ?? -1)) continue;
      counted.set(taskId, index);
      yield [taskId, index];
    }
  }
}

/** What the days' numbers, added up from `at` on, say. */
export function bedFigures(sums: Sums, at: number): BedFigures {
  const of = (what: number): number => sums[at + what] ?? 0; // a row has all of them
  const [days, available, occupied] = [of(AT.days), of(AT.available), of(AT.occupied)];
  const ended = of(AT.discharges);
  return {
    days,
    availableMilliDays: available,
    occupiedMilliDays: occupied,
    discharges: ended,
    occupancy: { numerator: occupied, denominator: available },
    lengthOfStayDays: { numerator: of(AT.lengths), denominator: ended },
    turnoverRate: { numerator: ended * days * 1000, denominator: available },
    turnoverIntervalDays: { numerator: available - occupied, denominator: 1000 * ended },
  };
}
