/**
 * Pools of beds as health authorities count them: by the census at local midnight, in whole bed-days, rather than by
 * the second (decision 0150). A bed-day is a bed in use when a day ends; a stay that begins and ends on one day counts
 * as one. Beds open that night count as available, also those in a short repair; beds in planned maintenance do not.
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
import type { BookedSpans } from './booked-spans.ts';

/** A task's time in a pool of beds, from its first to its last instant there. */
export interface Stay {
  readonly taskId: TaskId;
  readonly from: Instant;
  /** Null while it goes on. */
  readonly until: Instant | null;
  /** Beds it holds, in thousandths. */
  readonly rateMilli: number;
}

/** One stay per task that was in the pool, by start, then task. */
export function staysOf(spans: readonly BookedSpans[]): Stay[] {
  const stays = new Map<TaskId, Stay>();
  for (const { taskId, actual, isRunning, rateMilli } of spans) {
    if (!actual) continue;
    const known = stays.get(taskId);
    const goesOn = isRunning || known?.until === null;
    stays.set(taskId, {
      taskId,
      from: instant(Math.min(known?.from ?? actual.from, actual.from)),
      until: goesOn ? null : instant(Math.max(known?.until ?? actual.until, actual.until)),
      rateMilli: Math.max(known?.rateMilli ?? 0, rateMilli),
    });
  }
  return [...stays.values()].sort(
    (left, right) => left.from - right.from || (left.taskId < right.taskId ? -1 : 1),
  );
}

export interface BedBooks {
  /** The local days of the period that are over, ascending and without a gap. */
  readonly days: readonly LocalDay[];
  /** Every stay that touches the period. */
  readonly stays: readonly Stay[];
  readonly zone: string;
}

export function bedFigures({ days, stays, zone }: BedBooks, steps: readonly AccountingStep[]): BedFigures {
  const available = days.reduce((sum, { end }) => sum + openBefore(steps, end), 0);
  const inBed = bedDays({ days, stays, zone });
  const occupied = inBed.reduce((sum, row) => sum + row.milliDays, 0);
  const ended = discharges({ days, stays, zone });
  const lengths = ended.reduce((sum, row) => sum + row.lengthDays, 0);
  return {
    days: days.length,
    availableMilliDays: available,
    occupiedMilliDays: occupied,
    discharges: ended.length,
    occupancy: { numerator: occupied, denominator: available },
    lengthOfStayDays: { numerator: lengths, denominator: ended.length },
    turnoverRate: { numerator: ended.length * days.length * 1000, denominator: available },
    turnoverIntervalDays: { numerator: available - occupied, denominator: 1000 * ended.length },
  };
}

/** Bed-days of each stay within the days, in thousandths; stays without one are left out. */
export function bedDays({ days, stays, zone }: BedBooks): { stay: Stay; milliDays: number }[] {
  const ends = days.map(({ end }) => end);
  return stays.flatMap((stay) => {
    const { from, until } = stay;
    const nights = countUpTo(ends, until ?? Infinity) - countUpTo(ends, from);
    const isDayStay = until !== null && lengthOf(from, until, zone) === 0 && isIn(days, until);
    const milliDays = stay.rateMilli * (isDayStay ? 1 : nights);
    return milliDays > 0 ? [{ stay, milliDays }] : [];
  });
}

/** The stays that ended on one of the days, each with its whole length: dates apart, one day at least. */
export function discharges({ days, stays, zone }: BedBooks): { stay: Stay; lengthDays: number }[] {
  return stays.flatMap((stay) => {
    const { from, until } = stay;
    if (until === null || !isIn(days, until)) return [];
    return [{ stay, lengthDays: Math.max(1, lengthOf(from, until, zone)) }];
  });
}

function lengthOf(from: Instant, until: Instant, zone: string): number {
  return localDayNumberOf(until, zone) - localDayNumberOf(from, zone);
}

function isIn(days: readonly LocalDay[], at: Instant): boolean {
  const [start, end] = [days[0]?.start, days.at(-1)?.end];
  return start !== undefined && end !== undefined && start <= at && at < end;
}

/** Units scheduled to be open at the last instant before `at`, short repairs included. */
function openBefore(steps: readonly AccountingStep[], at: Instant): number {
  return (
    steps[
      countUpTo(
        steps.map((step) => step.at),
        at - 1,
      ) - 1
    ]?.openMilli ?? 0
  );
}

/** How many of the ascending instants are at most `at`, by bisection. */
function countUpTo(instants: readonly number[], at: number): number {
  let [low, high] = [0, instants.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((instants[middle] ?? Infinity) <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}
