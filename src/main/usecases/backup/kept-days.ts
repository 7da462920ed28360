/**
 * Which backups are kept: the newest seven, then the last of each of five weeks and of each of twelve months. A year
 * back is so at most some two dozen files. Pure.
 */
import { dayNumberOf } from '../../../shared/local-time.ts';

const DAYS_KEPT = 7;
const WEEKS_KEPT = 5;
const MONTHS_KEPT = 12;

/** @param dates  local dates, `YYYY-MM-DD`, in any order @returns those to keep, newest first */
export function keptDates(dates: readonly string[]): string[] {
  const newestFirst = [...new Set(dates)].sort().reverse();
  const kept = new Set([
    ...newestFirst.slice(0, DAYS_KEPT),
    ...lastOfEach(newestFirst, weekOf, WEEKS_KEPT),
    ...lastOfEach(newestFirst, (date) => date.slice(0, 7), MONTHS_KEPT),
  ]);
  return newestFirst.filter((date) => kept.has(date));
}

/** Weeks begin on Monday; day 0, the first of 1970, was a Thursday. */
function weekOf(date: string): string {
  return String(Math.floor((dayNumberOf(date) + 3) / 7));
}

function lastOfEach(
  newestFirst: readonly string[],
  groupOf: (date: string) => string,
  most: number,
): string[] {
  const last = new Map<string, string>();
  for (const date of newestFirst) if (!last.has(groupOf(date))) last.set(groupOf(date), date);
  return [...last.values()].slice(0, most);
}
