/**
 * Dates as people type them, year first as both languages' forms print them: `1968-04-02`, `1968/4/2`, `19680402`,
 * `1968年4月2日`. Day-first forms are refused, because 02/04 is a different day in different clinics.
 */
import type { LocalDate } from '../../shared/local-time.ts';
import { isLocalDate } from '../../shared/local-time.ts';

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
