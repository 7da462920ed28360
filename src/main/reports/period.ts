/**
 * Periods of a report: from what a person chose to instants in the clinic's zone, the period before, the buckets a
 * period is told in, and which month to open with. All local-time arithmetic is `local-time.ts`'s.
 */
import type { BucketSize, PeriodChoice, ReportPeriod } from '../../shared/domain/report.ts';
import type { LocalDate } from '../../shared/local-time.ts';
import {
  dateOfDayNumber,
  dayNumberOf,
  isLocalDate,
  localDateOf,
  localDays,
  startOfLocalDay,
  startOfPeriod,
} from '../../shared/local-time.ts';
import type { Result } from '../../shared/result.ts';
import { accept, refuse } from '../../shared/result.ts';
import type { Instant } from '../../shared/units.ts';
import { DAY, HOUR, instant } from '../../shared/units.ts';

/** Longest period in days: an export of a clinic's whole history, and then some. */
const DAYS_MAX = 150 * 366;
/** Up to so many days each change of load is drawn. */
const DRAWN_DAYS_MAX = 8;
/** Up to so many days a period is told by its hours. */
const HOURLY_DAYS_MAX = 2;

/** A period and the one before it: for a calendar period the one before, otherwise the same number of days. */
export interface PeriodPair {
  readonly current: ReportPeriod;
  readonly previous: ReportPeriod;
}

/** Resolves a choice in the clinic's zone, refused when it is no date, empty or too long. */
export function resolvePeriod(choice: PeriodChoice, zone: string): Result<PeriodPair, 'invalid-period'> {
  if (!isLocalDate(choice.from)) return refuse('invalid-period');
  if (choice.kind !== 'custom') {
    const within = startOfLocalDay(dayNumberOf(choice.from), zone);
    const [before, from, until] = [-1, 0, 1].map((shift) =>
      localDateOf(startOfPeriod(choice.kind, within, zone, shift), zone),
    );
    if (before === undefined || from === undefined || until === undefined) return refuse('invalid-period');
    return accept({
      current: periodBetween(choice.kind, from, until, zone),
      previous: periodBetween(choice.kind, before, from, zone),
    });
  }
  if (!isLocalDate(choice.until)) return refuse('invalid-period');
  const days = dayNumberOf(choice.until) - dayNumberOf(choice.from);
  if (days <= 0 || days > DAYS_MAX) return refuse('invalid-period');
  const before = dateOfDayNumber(dayNumberOf(choice.from) - days);
  return accept({
    current: periodBetween('custom', choice.from, choice.until, zone),
    previous: periodBetween('custom', before, choice.from, zone),
  });
}

/** Whether a period is short enough to draw each change of load: its bookings are read, settled or not. */
export function isDrawn(period: ReportPeriod): boolean {
  return isUpTo(period, DRAWN_DAYS_MAX);
}

/** Whether a period is told by its hours: its days are measured anew, settled or not. */
export function isHourly(period: ReportPeriod): boolean {
  return isUpTo(period, HOURLY_DAYS_MAX);
}

/** Hours up to two days, days up to a hundred, months beyond. */
export function bucketSizeOf(period: ReportPeriod): BucketSize {
  if (isHourly(period)) return 'hour';
  return (period.until - period.from) / DAY <= 100 ? 'day' : 'month';
}

/**
 * Where the buckets of a period begin and end; n + 1 bounds make n buckets. Hours are counted from local midnight, so a
 * day on which the clock changes has 23 or 25 of them.
 */
export function bucketBounds(period: ReportPeriod, size: BucketSize, zone: string): Instant[] {
  const { from, until } = period;
  const bounds: Instant[] = [from];
  if (size === 'month') {
    for (
      let at = startOfPeriod('month', from, zone, 1);
      at < until;
      at = startOfPeriod('month', at, zone, 1)
    ) {
      bounds.push(at);
    }
  } else {
    for (const day of localDays(from, until, zone)) {
      const step = size === 'hour' ? HOUR : day.end - day.start;
      for (let at: number = day.start; at < day.end; at += step) {
        if (at > from && at < until) bounds.push(instant(at));
      }
    }
  }
  bounds.push(until);
  return bounds;
}

export interface ReportablePeriods {
  /** First day of the month that Reports opens with. */
  readonly opensOn: LocalDate;
  readonly today: LocalDate;
}

/** History that was brought in from elsewhere. */
export interface ImportedWork {
  /** When its first and its last task ended. */
  readonly hull: { readonly from: Instant; readonly to: Instant };
  /** How many ended in a stretch of time. */
  readonly countEnded: (stretch: { readonly from: Instant; readonly to: Instant }) => number;
}

/**
 * Reports opens on this month, except while this clinic has only imported history: then on the month in which most of
 * it ended (the latest of equals), because this month would show nothing.
 * @param imported  null for a clinic with work of its own, or with nothing that ended
 */
export function reportablePeriods(
  imported: ImportedWork | null,
  now: Instant,
  zone: string,
): ReportablePeriods {
  const today = localDateOf(now, zone);
  return { opensOn: firstOfMonth(imported ? busiestMonth(imported, zone) : today), today };
}

function busiestMonth({ hull, countEnded }: ImportedWork, zone: string): LocalDate {
  let [busiest, most] = [hull.from, 0];
  for (let from = startOfPeriod('month', hull.from, zone, 0); from <= hull.to;) {
    const to = startOfPeriod('month', from, zone, 1);
    const count = countEnded({ from, to });
    if (count >= most) [busiest, most] = [from, count];
    from = to;
  }
  return localDateOf(busiest, zone);
}

function firstOfMonth(date: LocalDate): LocalDate {
  return `${date.slice(0, 7)}-01`;
}

function periodBetween(
  kind: ReportPeriod['kind'],
  fromDate: LocalDate,
  untilDate: LocalDate,
  zone: string,
): ReportPeriod {
  return {
    kind,
    fromDate,
    untilDate,
    from: startOfLocalDay(dayNumberOf(fromDate), zone),
    until: startOfLocalDay(dayNumberOf(untilDate), zone),
  };
}

/** @param days  of 23 to 25 hours each */
function isUpTo({ from, until }: ReportPeriod, days: number): boolean {
  return until - from < (days + 0.5) * DAY;
}
