/**
 * A reporting period as a person types it: `2026-11-21`, `2026-11`, `2026-Q4`, `2026`, or `2026-11-03..2026-11-16`
 * with both days included.
 */
import type { PeriodChoice } from '../../shared/domain/report.ts';
import { dateOfDayNumber, dayNumberOf, isLocalDate } from '../../shared/local-time.ts';

const MONTHS_PER_QUARTER = 3;

/** @returns null when the text names no period of the calendar */
export function readPeriod(text: string): PeriodChoice | null {
  const choice = readCalendarPeriod(text) ?? readRange(text);
  return choice !== null && isLocalDate(choice.from) ? choice : null;
}

function readCalendarPeriod(text: string): PeriodChoice | null {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return { kind: 'day', from: text };
  if (/^\d{4}-\d{2}$/.test(text)) return { kind: 'month', from: `${text}-01` };
  if (/^\d{4}$/.test(text)) return { kind: 'year', from: `${text}-01-01` };
  const [, year, quarter] = /^(\d{4})-Q([1-4])$/.exec(text) ?? [];
  if (year === undefined || quarter === undefined) return null;
  const month = String((Number(quarter) - 1) * MONTHS_PER_QUARTER + 1).padStart(2, '0');
  return { kind: 'quarter', from: `${year}-${month}-01` };
}

function readRange(text: string): PeriodChoice | null {
  const [from, last, ...rest] = text.split('..');
  if (from === undefined || last === undefined || rest.length > 0) return null;
  if (!isLocalDate(from) || !isLocalDate(last) || from > last) return null;
  return { kind: 'custom', from, until: dateOfDayNumber(dayNumberOf(last) + 1) };
}
