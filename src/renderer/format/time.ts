/**
 * Instants and durations as people read them, in the clinic's zone and the window's language. Pure: locale and zone
 * are arguments, `now` too where a day is named relative to it. All instants are UTC seconds.
 */
import type { Locale } from '../../shared/domain/local-text.ts';
import * as localTime from '../../shared/local-time.ts';
import { DAY, instant } from '../../shared/units.ts';
import { parseClock } from './typed-time.ts';

export interface Place {
  readonly locale: Locale;
  /** IANA zone of the clinic. */
  readonly timeZone: string;
}

const LANGUAGE_TAG: Readonly<Record<Locale, string>> = { en: 'en-GB', zh: 'zh-CN' };

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(place: Place, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${place.locale} ${place.timeZone} ${JSON.stringify(options)}`;
  let format = formats.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat(LANGUAGE_TAG[place.locale], { timeZone: place.timeZone, ...options });
    formats.set(key, format);
  }
  return format;
}

const toDate = (instant: number): Date => new Date(instant * 1000);

/** `10:40`, always on the 24-hour clock. */
export function timeOfDay(place: Place, instant: number): string {
  return formatOf(place, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(toDate(instant));
}

/** `2026-11-18`, the local date; also what date inputs hold. */
export function isoDate(timeZone: string, at: number): string {
  return localTime.localDateOf(instant(at), timeZone);
}

/** `Wed 18 Nov`, `11月18日周三`. */
export function shortDate(place: Place, instant: number): string {
  return formatOf(place, { weekday: 'short', day: 'numeric', month: 'short' })
    .format(toDate(instant))
    .replace(',', '');
}

/** `Wednesday 18 November 2026`, `2026年11月18日星期三`. */
export function longDate(place: Place, instant: number): string {
  return formatOf(place, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })
    .format(toDate(instant))
    .replace(',', '');
}

/** `16–22 Nov 2026`, `2026年11月16日至22日`: the local days from `from` up to the one before `until`. */
export function dateRange(place: Place, from: number, until: number): string {
  const format = formatOf(place, { day: 'numeric', month: 'short', year: 'numeric' });
  const last = until - 1;
  if (place.locale === 'en') return format.formatRange(toDate(from), toDate(last));
  // Chinese ranges come as 2026/11/16 – 2026/11/22, unlike every other date of the window.
  const [begin, end] = [isoDate(place.timeZone, from), isoDate(place.timeZone, last)];
  if (begin === end) return format.format(toDate(from));
  const isSameYear = begin.slice(0, 4) === end.slice(0, 4);
  const isSameMonth = begin.slice(0, 7) === end.slice(0, 7);
  const rest = formatOf(place, {
    day: 'numeric',
    ...(!isSameMonth && { month: 'short' }),
    ...(!isSameYear && { year: 'numeric' }),
  });
  return `${format.format(toDate(from))}至${rest.format(toDate(last))}`;
}

/** `November 2026`, `2026年11月`. */
export function longMonth(place: Place, instant: number): string {
  return formatOf(place, { month: 'long', year: 'numeric' }).format(toDate(instant));
}

/** `18`, `18日`. */
export function dayOfMonth(place: Place, instant: number): string {
  return formatOf(place, { day: 'numeric' }).format(toDate(instant));
}

/** `Nov 2026`, `2026年11月`. */
export function monthName(place: Place, instant: number): string {
  return formatOf(place, { month: 'short', year: 'numeric' }).format(toDate(instant));
}

/** How many local days `at` lies after `now`: 0 today, 1 tomorrow, −1 yesterday. */
export function dayDistance(timeZone: string, at: number, now: number): number {
  return (
    localTime.localDayNumberOf(instant(at), timeZone) - localTime.localDayNumberOf(instant(now), timeZone)
  );
}

/** `Thu`, `周四`. */
export function weekday(place: Place, at: number): string {
  return formatOf(place, { weekday: 'short' }).format(toDate(at));
}

/** `26 Nov`, `11月26日`. */
export function dayAndMonth(place: Place, at: number): string {
  return formatOf(place, { day: 'numeric', month: 'short' }).format(toDate(at));
}

/** `Mon`, `周一`; Monday first. */
export function weekdayNames(locale: Locale): string[] {
  const monday = Date.UTC(2024, 0, 1) / 1000;
  const format = formatOf({ locale, timeZone: 'UTC' }, { weekday: 'short' });
  return [0, 1, 2, 3, 4, 5, 6].map((day) => format.format(toDate(monday + day * DAY)));
}

/**
 * `4 min`, `1 h 02`, `2 h`, `3 d 4 h`, `3 d`; `4 分`, `1 小时 02 分`, `3 天 4 小时`. Rounds down to the minute; its parts hold
 * together (no-break spaces).
 */
export function duration(locale: Locale, durationSeconds: number): string {
  const minutes = Math.max(0, Math.floor(durationSeconds / 60));
  const hours = Math.floor(minutes / 60);
  const word = locale === 'zh' ? { d: '天', h: '小时', m: '分' } : { d: 'd', h: 'h', m: 'min' };
  if (hours === 0) return `${minutes}\u00a0${word.m}`;
  if (hours >= 48) {
    const days = `${Math.floor(hours / 24)}\u00a0${word.d}`;
    return hours % 24 === 0 ? days : `${days}\u00a0${hours % 24}\u00a0${word.h}`;
  }
  const whole = `${hours}\u00a0${word.h}`;
  if (minutes % 60 === 0) return whole;
  const rest = String(minutes % 60).padStart(2, '0');
  return locale === 'zh' ? `${whole}\u00a0${rest}\u00a0${word.m}` : `${whole}\u00a0${rest}`;
}

/**
 * The instant at which a wall clock in `timeZone` shows `date` and `clock`; null when that is not a time. A time that
 * daylight saving skips gives the instant just after the gap; one that comes twice gives the first.
 */
export function instantOfWall(timeZone: string, date: string, clock: string): number | null {
  const minute = parseClock(clock);
  if (minute === null || !localTime.isLocalDate(date)) return null;
  return localTime.instantOfWall(localTime.dayNumberOf(date), minute, timeZone);
}
