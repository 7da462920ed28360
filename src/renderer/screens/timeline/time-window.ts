/**
 * Which stretch of time the timeline shows: four levels from hour to month, zooming about a point, panning, and paging
 * by what the level is named after. Pure; wall-clock days come from `local-time.ts`, so that days of 23 or 25 hours are
 * paged and ruled right.
 */
import { instantOfWall, localTimeOf, startOfPeriod } from '../../../shared/local-time.ts';
import { DAY, HOUR, MINUTE, instant, type Instant } from '../../../shared/units.ts';

export const LEVELS = ['hour', 'day', 'week', 'month'] as const;
export type Level = (typeof LEVELS)[number];

/** [from, until), in UTC seconds. */
export interface TimeWindow {
  readonly from: Instant;
  readonly until: Instant;
}

/** What a clinic's local time is made of here. */
export interface ClinicDay {
  readonly zone: string;
  /** The working day, in minutes after midnight. */
  readonly fromMinute: number;
  readonly toMinute: number;
}

const SHORTEST = HOUR;
const LONGEST = 62 * DAY;
/** A window of an hour's level: one hour back, three ahead. */
const HOURS_BEFORE = 1;
const HOURS_AFTER = 3;
/** The widest window that is still called by its level. */
const WIDEST: Readonly<Record<Exclude<Level, 'month'>, number>> = {
  hour: 6 * HOUR,
  day: 2 * DAY,
  week: 10 * DAY,
};
/** From this width on single tasks are narrower than a line. */
const DENSE_FROM = 12 * DAY;

export const lengthOf = (window: TimeWindow): number => window.until - window.from;

export function levelOf(window: TimeWindow): Level {
  const length = lengthOf(window);
  return LEVELS.find((level) => level === 'month' || length <= WIDEST[level]) ?? 'month';
}

/** Whether single tasks can no longer be told apart. */
export const isDense = (window: TimeWindow): boolean => lengthOf(window) >= DENSE_FROM;

/** The level's own window around an instant: the working day, the week from Monday, the calendar month. */
export function levelWindow(level: Level, at: Instant, day: ClinicDay): TimeWindow {
  const { zone } = day;
  if (level === 'week' || level === 'month') {
    return { from: startOfPeriod(level, at, zone), until: startOfPeriod(level, at, zone, 1) };
  }
  const { dayNumber, minute } = localTimeOf(at, zone);
  const wall = (minutes: number): Instant => instantOfWall(dayNumber, minutes, zone);
  if (level === 'day') return { from: wall(day.fromMinute), until: wall(day.toMinute) };
  const hour = wall(minute - (minute % 60));
  return { from: instant(hour - HOURS_BEFORE * HOUR), until: instant(hour + HOURS_AFTER * HOUR) };
}

/** As far again as the level says, `by` times: hours by their own length, days and weeks by the wall clock. */
export function paged(window: TimeWindow, by: number, day: ClinicDay): TimeWindow {
  const { zone } = day;
  const level = levelOf(window);
  if (level === 'hour') return panned(window, by * lengthOf(window));
  if (level === 'month') {
    const middle = instant(Math.floor((window.from + window.until) / 2));
    const month = levelWindow('month', middle, day);
    if (month.from === window.from && month.until === window.until) {
      return {
        from: startOfPeriod('month', middle, zone, by),
        until: startOfPeriod('month', middle, zone, by + 1),
      };
    }
  }
  const days = { day: 1, week: 7, month: 28 }[level] * by;
  return { from: daysLater(window.from, days, zone), until: daysLater(window.until, days, zone) };
}

/** The same wall clock some days later. */
function daysLater(at: Instant, days: number, zone: string): Instant {
  const { dayNumber, minute } = localTimeOf(at, zone);
  return instant(instantOfWall(dayNumber + days, minute, zone) + (((at % MINUTE) + MINUTE) % MINUTE));
}

export function panned(window: TimeWindow, bySeconds: number): TimeWindow {
  const by = Math.round(bySeconds);
  return { from: instant(window.from + by), until: instant(window.until + by) };
}

/** @param factor  below 1 shows less; @param anchor  the instant that keeps its place */
export function zoomed(window: TimeWindow, factor: number, anchor: number): TimeWindow {
  const length = lengthOf(window);
  const next = Math.round(Math.min(LONGEST, Math.max(SHORTEST, length * factor)));
  const from = Math.round(anchor - ((anchor - window.from) * next) / length);
  return { from: instant(from), until: instant(from + next) };
}

/** The window moved just so far that the stretch lies in it, with a little room; unchanged when it does. */
export function keepingInSight(window: TimeWindow, from: number, until: number): TimeWindow {
  const room = lengthOf(window) / 20;
  if (from - room < window.from) return panned(window, from - room - window.from);
  if (until + room > window.until && until - from < lengthOf(window)) {
    return panned(window, until + room - window.until);
  }
  return window;
}

/** What to ask for: the window with room on both sides, so that panning finds its data there. */
export function fetchWindow(window: TimeWindow): TimeWindow {
  const room = Math.round(lengthOf(window) * (lengthOf(window) <= 2 * DAY ? 0.5 : 0.15));
  return { from: instant(window.from - room), until: instant(window.until + room) };
}

export const covers = (outer: TimeWindow, inner: TimeWindow): boolean =>
  outer.from <= inner.from && inner.until <= outer.until;

/** The nearest start on a pool's grid, which counts from local midnight. */
export function snapped(at: number, gridSeconds: number, zone: string): Instant {
  const midnight = instantOfWall(localTimeOf(instant(Math.round(at)), zone).dayNumber, 0, zone);
  return instant(midnight + Math.round((at - midnight) / gridSeconds) * gridSeconds);
}
