/**
 * Groups of time by the clinic's wall clock: hours of the day, weekdays, days, ISO weeks, months. An hour that the clock
 * skips has no time in it, and one that it repeats has two hours.
 */
import type { ReportGroup, TimeGrouping } from '../../../shared/domain/report-grouping.ts';
import type { LocalText } from '../../../shared/domain/local-text.ts';
import { sameText } from '../../../shared/domain/local-text.ts';
import { instantOfWall, isoWeekOf, localDays, localTimeOf } from '../../../shared/local-time.ts';
import type { LocalTime } from '../../../shared/local-time.ts';
import type { Instant } from '../../../shared/units.ts';
import type { Span } from './booked-spans.ts';

const MINUTES_IN_HOUR = 60;
const HOURS_IN_DAY = 24;

/** Where groups may begin and end within a window, both its ends included; ascending. */
export function groupBounds({ from, until }: Span, by: TimeGrouping, zone: string): Instant[] {
  const bounds: Instant[] = [from];
  const add = (at: Instant): void => {
    if (at > (bounds.at(-1) ?? from) && at < until) bounds.push(at);
  };
  for (const { dayNumber, start } of localDays(from, until, zone)) {
    add(start);
    if (by !== 'hour') continue;
    for (let hour = 1; hour < HOURS_IN_DAY; hour += 1)
      add(instantOfWall(dayNumber, hour * MINUTES_IN_HOUR, zone));
  }
  bounds.push(until);
  return bounds;
}

export function timeGroupAt(at: Instant, by: TimeGrouping, zone: string): string {
  return groupIdOf(localTimeOf(at, zone), by);
}

/** Every group of a window, in order. */
export function timeGroups({ from, until }: Span, by: TimeGrouping, zone: string): ReportGroup[] {
  if (by === 'hour')
    return Array.from({ length: HOURS_IN_DAY }, (_, hour) => {
      const id = String(hour).padStart(2, '0');
      return { id, label: sameText(`${id}:00`), subsystem: null };
    });
  if (by === 'weekday')
    return Array.from({ length: 7 }, (_, weekday) => ({
      id: String(weekday),
      label: weekdayName(weekday),
      subsystem: null,
    }));
  const ids = localDays(from, until, zone).map((day) => groupIdOf({ ...day, minute: 0 }, by));
  return [...new Set(ids)].map((id) => ({ id, label: sameText(id), subsystem: null }));
}

function groupIdOf({ date, dayNumber, weekday, minute }: LocalTime, by: TimeGrouping): string {
  switch (by) {
    case 'hour':
      return String(Math.floor(minute / MINUTES_IN_HOUR)).padStart(2, '0');
    case 'weekday':
      return String(weekday);
    case 'day':
      return date;
    case 'week':
      return isoWeekOf(dayNumber);
    case 'month':
      return date.slice(0, 7);
  }
}

/** @param weekday  0 for Monday */
function weekdayName(weekday: number): LocalText {
  const monday = Date.UTC(2026, 0, 5);
  const day = new Date(monday + weekday * 86_400_000);
  const nameIn = (tag: string): string =>
    new Intl.DateTimeFormat(tag, { weekday: 'long', timeZone: 'UTC' }).format(day);
  return { en: nameIn('en-GB'), zh: nameIn('zh-CN') };
}
