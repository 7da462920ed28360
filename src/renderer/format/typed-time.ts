/**
 * Dates and times of day as people type them. Dates stand year first as both languages' forms print them: `1968-04-02`, `1968/4/2`, `19680402`,
 * `1968年4月2日`. Day-first forms are refused, because 02/04 is a different day in different clinics.
 */
import type { LocalDate } from '../../shared/local-time.ts';
import { instantOfWall, isLocalDate, localDayNumberOf } from '../../shared/local-time.ts';
import type { Instant } from '../../shared/units.ts';
import { DAY } from '../../shared/units.ts';

const MINUTES_OF_DAY = 1440;

const FORMS = [
  /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/,
  /^(\d{4})(\d{2})(\d{2})$/,
  /^(\d{4})年(\d{1,2})月(\d{1,2})日?$/,
];

/** The local date, or null when the text is not one of the calendar. */
export function parseLocalDate(typed: string): LocalDate | null {
  const plain = typed.normalize('NFKC').replace(/\s+/g, '');
  for (const form of FORMS) {
    const [, year, month, day] = form.exec(plain) ?? [];
    if (!year || !month || !day) continue;
    const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
    return isLocalDate(date) ? date : null;
  }
  return null;
}

/** Minutes after midnight of `10:05`, `1005`, `9.30`, `10：05` or `24:00`; null when the text is no time of day. */
export function parseClock(typed: string): number | null {
  const plain = typed.normalize('NFKC').replace(/\s+/g, '');
  const [, hours, minutes] = /^(\d{1,2})[:.](\d{2})$/.exec(plain) ?? /^(\d{1,2})(\d{2})$/.exec(plain) ?? [];
  if (hours === undefined || minutes === undefined || Number(minutes) > 59) return null;
  const minute = Number(hours) * 60 + Number(minutes);
  return minute <= MINUTES_OF_DAY ? minute : null;
}

/** `10:05`, `24:00`. */
export function clockOf(minute: number): string {
  return [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, '0')).join(':');
}

/**
 * The instant that somebody means by a time of day when entering what has already happened: today's, or yesterday's
 * where today's would still be more than half a day ahead (23:50 entered at 00:10).
 */
export function recentInstant(minute: number, now: Instant, zone: string): Instant {
  const today = localDayNumberOf(now, zone);
  const at = instantOfWall(today, minute, zone);
  return at - now > DAY / 2 ? instantOfWall(today - 1, minute, zone) : at;
}
