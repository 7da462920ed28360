/**
 * The one module that turns instants into a clinic's local time and back. Everything else keeps UTC seconds.
 * Zone rules are read once per zone and year (from the engine's time-zone data, through Temporal) as a short list of
 * offsets; the rest is integer arithmetic, so that expanding a year of hours for fifty pools stays cheap. Which
 * version of the time-zone data that is, only the composition root knows (`process.versions.tz`); it passes it on.
 *
 * Where the clock jumps: a wall time that does not exist means the first instant after the jump, one that exists
 * twice means its first occurrence. So wall times in ascending order give instants in ascending order, and two
 * ranges that meet in wall time meet in real time.
 */
import { Temporal } from 'temporal-polyfill';
import type { Instant } from './units.ts';
import { DAY, MINUTE, instant } from './units.ts';

/** A local date, `YYYY-MM-DD`. Dates in this form compare like text from year 0000 to 9999. */
export type LocalDate = string;

/** Days since 1970-01-01 in the proleptic Gregorian calendar: a date as a number. */
export type DayNumber = number;

/** One local day and the instants [start, end) it covers: 23, 24 or 25 hours, and anything else a zone has done. */
export interface LocalDay {
  readonly date: LocalDate;
  readonly dayNumber: DayNumber;
  /** 0 for Monday to 6 for Sunday. */
  readonly weekday: number;
  readonly start: Instant;
  readonly end: Instant;
}

export interface LocalTime {
  readonly date: LocalDate;
  readonly dayNumber: DayNumber;
  /** 0 for Monday to 6 for Sunday. */
  readonly weekday: number;
  /** Whole minutes of wall time since the date's 00:00, 0 to 1439. */
  readonly minute: number;
}

export const PERIODS = ['day', 'week', 'month', 'quarter', 'year'] as const;
/** Calendar periods; a week begins on Monday. */
export type Period = (typeof PERIODS)[number];

/** From `start` until the next stretch's start, local wall time is UTC plus `offset` seconds. */
interface OffsetStretch {
  readonly start: number;
  readonly offset: number;
}

const MONTHS_IN_QUARTER = 3;
const DATE_PATTERN = /^(\d{4})-(\d{2})-(\d{2})$/;
/** 1970-01-01 was a Thursday: 3 when Monday is 0. */
const EPOCH_WEEKDAY = 3;

const stretchesByZone = new Map<string, Map<number, readonly OffsetStretch[]>>();

/** Whether `name` is a zone of the IANA data this machine has. Bare offsets (`+08:00`) are not zones. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false; // Intl's RangeError is its only answer for an unknown name
  }
}

/** Whether `text` is a date of the calendar in the form `YYYY-MM-DD`. */
export function isLocalDate(text: string): boolean {
  const number = parseDate(text);
  return number !== null && dateOfDayNumber(number) === text;
}

/**
 * Days since 1970-01-01.
 * @throws RangeError when `date` is not in the form `YYYY-MM-DD` (caller bug)
 */
export function dayNumberOf(date: LocalDate): DayNumber {
  const number = parseDate(date);
  if (number === null) throw new RangeError(`not a local date: ${date}`);
  return number;
}

/** The day asked for last: files are written a day at a time, and making the text is most of a local time's cost. */
let lastDay: { readonly dayNumber: DayNumber; readonly date: LocalDate } | null = null;

export function dateOfDayNumber(dayNumber: DayNumber): LocalDate {
  if (lastDay?.dayNumber === dayNumber) return lastDay.date;
  const date = new Date(dayNumber * DAY * 1000).toISOString().slice(0, 10);
  lastDay = { dayNumber, date };
  return date;
}

/** 0 for Monday to 6 for Sunday. */
export function weekdayOf(dayNumber: DayNumber): number {
  return (((dayNumber + EPOCH_WEEKDAY) % 7) + 7) % 7;
}

/** `2026-W45`, ISO 8601: weeks begin on Monday and belong to the year of their Thursday. */
export function isoWeekOf(dayNumber: DayNumber): string {
  const thursday = dayNumber - weekdayOf(dayNumber) + 3;
  const year = dateOfDayNumber(thursday).slice(0, 4);
  const week = Math.floor((thursday - dayNumberOf(`${year}-01-01`)) / 7) + 1;
  return `${year}-W${String(week).padStart(2, '0')}`;
}

/**
 * Seconds to add to UTC for local wall time at that instant.
 * @throws RangeError when the zone is unknown
 */
export function offsetSecondsAt(at: Instant, zone: string): number {
  const stretches = stretchesAround(at, zone);
  let index = stretches.length - 1;
  while (index > 0 && stretchAt(stretches, index).start > at) index -= 1;
  return stretchAt(stretches, index).offset;
}

/** The wall clock at an instant. */
export function localTimeOf(at: Instant, zone: string): LocalTime {
  const wall = at + offsetSecondsAt(at, zone);
  const dayNumber = Math.floor(wall / DAY);
  const minute = Math.floor((wall - dayNumber * DAY) / MINUTE);
  return { date: dateOfDayNumber(dayNumber), dayNumber, weekday: weekdayOf(dayNumber), minute };
}

export function localDateOf(at: Instant, zone: string): LocalDate {
  return dateOfDayNumber(localDayNumberOf(at, zone));
}

export function localDayNumberOf(at: Instant, zone: string): DayNumber {
  return Math.floor((at + offsetSecondsAt(at, zone)) / DAY);
}

/**
 * The instant of a wall time, `minute` minutes of wall time after the date's 00:00 (1440 is the next day's 00:00).
 * In a gap: the first instant after it. In an overlap: the first occurrence.
 */
export function instantOfWall(dayNumber: DayNumber, minute: number, zone: string): Instant {
  const wall = dayNumber * DAY + minute * MINUTE;
  const stretches = stretchesAround(wall, zone);
  for (let index = 0; index < stretches.length; index += 1) {
    const { start, offset } = stretchAt(stretches, index);
    const end = stretches[index + 1]?.start ?? Number.POSITIVE_INFINITY;
    const at = Math.max(wall - offset, start);
    if (at < end) return instant(at);
  }
  throw new RangeError('no stretch of the zone holds this wall time'); // the last stretch has no end
}

export function startOfLocalDay(dayNumber: DayNumber, zone: string): Instant {
  return instantOfWall(dayNumber, 0, zone);
}

/** The first instant of the calendar period that `at` lies in, `shift` periods later (negative: earlier). */
export function startOfPeriod(period: Period, at: Instant, zone: string, shift = 0): Instant {
  return startOfLocalDay(periodDayNumber(period, localDayNumberOf(at, zone), shift), zone);
}

/** Eight years of one zone, and then anew: a report goes through the same two years a dozen times. */
const DAYS_KNOWN_MAX = 3000;
let knownDays: { readonly zone: string; readonly days: Map<DayNumber, LocalDay> } = {
  zone: 'UTC',
  days: new Map(),
};

/**
 * The local days that touch [from, until), in order. A date that the zone skipped has no instants and is left out.
 */
export function localDays(from: Instant, until: Instant, zone: string): LocalDay[] {
  const days: LocalDay[] = [];
  if (until <= from) return days;
  for (let dayNumber = localDayNumberOf(from, zone); ; dayNumber += 1) {
    const day = localDay(dayNumber, zone);
    if (day.start >= until) return days;
    if (day.end > day.start) days.push(day);
  }
}

/** A date that the zone skipped ends as it starts. */
function localDay(dayNumber: DayNumber, zone: string): LocalDay {
  if (knownDays.zone !== zone || knownDays.days.size >= DAYS_KNOWN_MAX) knownDays = { zone, days: new Map() };
  const known = knownDays.days.get(dayNumber);
  if (known) return known;
  const [start, end] = [startOfLocalDay(dayNumber, zone), startOfLocalDay(dayNumber + 1, zone)];
  const day = { date: dateOfDayNumber(dayNumber), dayNumber, weekday: weekdayOf(dayNumber), start, end };
  knownDays.days.set(dayNumber, day);
  return day;
}

function periodDayNumber(period: Period, dayNumber: DayNumber, shift: number): DayNumber {
  if (period === 'day') return dayNumber + shift;
  if (period === 'week') return dayNumber - weekdayOf(dayNumber) + 7 * shift;
  const date = new Date(dayNumber * DAY * 1000);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  if (period === 'year') return dayNumberOfMonth(year + shift, 0);
  if (period === 'month') return dayNumberOfMonth(year, month + shift);
  return dayNumberOfMonth(year, month - (month % MONTHS_IN_QUARTER) + MONTHS_IN_QUARTER * shift);
}

/** The first day of a month; months outside 0–11 run into the years beside it. */
function dayNumberOfMonth(year: number, month: number): DayNumber {
  const date = new Date(0);
  date.setUTCFullYear(year, month, 1);
  return Math.floor(date.getTime() / 1000 / DAY);
}

function parseDate(text: string): DayNumber | null {
  const match = DATE_PATTERN.exec(text);
  if (!match) return null;
  const date = new Date(0);
  date.setUTCFullYear(Number(match[1]), Number(match[2]) - 1, Number(match[3]));
  return Math.floor(date.getTime() / 1000 / DAY);
}

/** The stretches that cover a UTC year and two days on either side, so that wall times near New Year find theirs. */
function stretchesAround(secondsSinceEpoch: number, zone: string): readonly OffsetStretch[] {
  const year = new Date(secondsSinceEpoch * 1000).getUTCFullYear();
  let byYear = stretchesByZone.get(zone);
  if (!byYear) {
    byYear = new Map();
    stretchesByZone.set(zone, byYear);
  }
  let stretches = byYear.get(year);
  if (!stretches) {
    stretches = readStretches(zone, year);
    byYear.set(year, stretches);
  }
  return stretches;
}

function readStretches(zone: string, year: number): OffsetStretch[] {
  const from = dayNumberOfMonth(year, 0) * DAY - 2 * DAY;
  const until = dayNumberOfMonth(year + 1, 0) * DAY + 2 * DAY;
  let at = Temporal.Instant.fromEpochMilliseconds(from * 1000).toZonedDateTimeISO(zone);
  const stretches: OffsetStretch[] = [{ start: from, offset: offsetOf(at) }];
  for (;;) {
    const next = at.getTimeZoneTransition('next');
    if (!next || next.epochMilliseconds >= until * 1000) return stretches;
    stretches.push({ start: Math.floor(next.epochMilliseconds / 1000), offset: offsetOf(next) });
    at = next;
  }
}

function offsetOf(at: Temporal.ZonedDateTime): number {
  return Math.round(at.offsetNanoseconds / 1e9);
}

function stretchAt(stretches: readonly OffsetStretch[], index: number): OffsetStretch {
  const stretch = stretches[index];
  if (!stretch) throw new RangeError('a zone has at least one stretch per year');
  return stretch;
}
