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

/** Hours up to two days, days up to a hundred, months beyond. */
export function bucketSizeOf({ from, until }: ReportPeriod): BucketSize {
  const days = (until - from) / DAY;
  if (days < 2.5) return 'hour';
  return days <= 100 ? 'day' : 'month';
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

export interface StartedWork {
  readonly startedAt: Instant;
  /** Brought in from another system rather than recorded here. */
  readonly isImported: boolean;
}

export interface ReportablePeriods {
  readonly firstDate: LocalDate | null;
  readonly lastDate: LocalDate | null;
  readonly busiestMonth: LocalDate | null;
  readonly opensOn: LocalDate;
  readonly today: LocalDate;
}

/**
 * What there is to report on. Reports opens on this month, except while this clinic has only imported history: then on
 * the month in which most of it started (the latest of equals), because this month would show nothing.
 */
export function reportablePeriods(
  started: Iterable<StartedWork>,
  now: Instant,
  zone: string,
): ReportablePeriods {
  const startsOfMonth = new Map<LocalDate, number>();
  let [first, last] = [Infinity, -Infinity];
  let hasOwnWork = false;
  for (const { startedAt, isImported } of started) {
    first = Math.min(first, startedAt);
    last = Math.max(last, startedAt);
    hasOwnWork ||= !isImported;
    const month = `${localDateOf(startedAt, zone).slice(0, 7)}-01`;
    startsOfMonth.set(month, (startsOfMonth.get(month) ?? 0) + 1);
  }
  const busiestMonth = busiest(startsOfMonth);
  const today = localDateOf(now, zone);
  const thisMonth = `${today.slice(0, 7)}-01`;
  return {
    firstDate: busiestMonth && localDateOf(instant(first), zone),
    lastDate: busiestMonth && localDateOf(instant(last), zone),
    busiestMonth,
    opensOn: hasOwnWork ? thisMonth : (busiestMonth ?? thisMonth),
    today,
  };
}

function busiest(startsOfMonth: ReadonlyMap<LocalDate, number>): LocalDate | null {
  let [month, most]: [LocalDate | null, number] = [null, 0];
  for (const [candidate, starts] of startsOfMonth) {
    if (starts > most || (starts === most && month !== null && candidate > month)) {
      [month, most] = [candidate, starts];
    }
  }
  return month;
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
