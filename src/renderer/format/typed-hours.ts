/**
 * Opening hours as people write them, `08:00–12:00, 13:30–17:30`: read and written, nothing else. An empty text is a
 * closed day, `24 h` is open all day. Ranges come back sorted; ranges that overlap or run backwards are refused.
 */
import type { OpenRange, WeeklyHours } from '../../shared/domain/pool.ts';
import { clockOf, parseClock } from './typed-time.ts';

const DAY_MINUTES = 1440;
const ALL_DAY = /^(24\s*h|24\s*小时|全天)$/i;
const DASH = /\s*[-–—~至到]\s*/g;
const DAYS = [0, 1, 2, 3, 4, 5, 6] as const;
const FRIDAY = 4;

/** The ranges, ascending and disjoint; null when the text cannot be read. Hours without minutes are full hours. */
export function parseRanges(typed: string): OpenRange[] | null {
  const plain = typed.normalize('NFKC').trim();
  if (plain === '') return [];
  if (ALL_DAY.test(plain)) return [{ fromMinute: 0, toMinute: DAY_MINUTES }];
  const ranges: OpenRange[] = [];
  for (const piece of plain.replace(DASH, '-').split(/[,;、\s]+/)) {
    const range = parseRange(piece);
    if (!range) return null;
    ranges.push(range);
  }
  ranges.sort((left, right) => left.fromMinute - right.fromMinute);
  const isDisjoint = ranges.every((range, at) => range.fromMinute >= (ranges[at - 1]?.toMinute ?? 0));
  return isDisjoint ? ranges : null;
}

function parseRange(piece: string): OpenRange | null {
  const [from, to, ...rest] = piece.split('-').map(minuteOf);
  if (from === undefined || from === null || to === undefined || to === null || rest.length > 0) return null;
  return from < to ? { fromMinute: from, toMinute: to } : null;
}

function minuteOf(typed: string): number | null {
  const plain = typed.trim();
  return /^\d{1,2}$/.test(plain) ? parseClock(`${plain}:00`) : parseClock(plain);
}

export function writtenRanges(ranges: readonly OpenRange[]): string {
  return ranges.map(({ fromMinute, toMinute }) => `${clockOf(fromMinute)}–${clockOf(toMinute)}`).join(', ');
}

/** Seven texts, Monday first. */
export function writtenWeek(hours: WeeklyHours): string[] {
  return DAYS.map((day) => writtenRanges(hours[day] ?? []));
}

/** What most clinics keep: Monday to Friday with a break at noon, Saturday morning, Sunday closed. */
export function usualWeek(): string[] {
  return DAYS.map((day) => (day <= FRIDAY ? '08:00–12:00, 13:30–17:30' : day === 5 ? '08:00–12:00' : ''));
}

/** Monday's hours for Tuesday to Friday as well. */
export function withMondayUntilFriday(week: readonly string[]): string[] {
  return week.map((text, day) => (day <= FRIDAY ? (week[0] ?? '') : text));
}
