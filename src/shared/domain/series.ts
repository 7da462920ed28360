/**
 * A series of equal tasks: every four hours, every second day, weekly. Days and weeks keep the clock on the wall over
 * changes of clocks; hours are hours. Pure.
 */
import { dayNumberOf, instantOfWall, isLocalDate, localDayNumberOf, localTimeOf } from '../local-time.ts';
import type { Instant } from '../units.ts';
import { HOUR, instant } from '../units.ts';

export const SERIES_UNITS = ['hours', 'days', 'weeks'] as const;
export type SeriesUnit = (typeof SERIES_UNITS)[number];

/** Tasks of one series at most. */
export const SERIES_MAX = 100;

export interface SeriesRule {
  readonly every: number;
  readonly unit: SeriesUnit;
  /** The first included; null where `until` says it. */
  readonly count: number | null;
  /** Local date `YYYY-MM-DD` of the last one at most; null where `count` says it. */
  readonly until: string | null;
}

const DAYS_OF: Readonly<Record<Exclude<SeriesUnit, 'hours'>, number>> = { days: 1, weeks: 7 };

/** Starts in order, the first included; at most `SERIES_MAX`, and one where the rule names no end. */
export function startsOfSeries(first: Instant, rule: SeriesRule, zone: string): Instant[] {
  const starts: Instant[] = [];
  const until = rule.until !== null && isLocalDate(rule.until) ? dayNumberOf(rule.until) : null;
  const most = Math.min(SERIES_MAX, rule.count ?? (until === null ? 1 : SERIES_MAX));
  for (let step = 0; starts.length < most; step += 1) {
    const start = startAt(first, step * rule.every, rule.unit, zone);
    if (until !== null && localDayNumberOf(start, zone) > until) break;
    starts.push(start);
  }
  return starts;
}

function startAt(first: Instant, steps: number, unit: SeriesUnit, zone: string): Instant {
  if (unit === 'hours') return instant(first + steps * HOUR);
  const day = localDayNumberOf(first, zone) + steps * DAYS_OF[unit];
  return instantOfWall(day, localTimeOf(first, zone).minute, zone);
}
