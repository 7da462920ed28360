/** Why work had to give way, in words; a code this version does not know is told as it stands. */
import type { Locale } from '../domain/local-text.ts';
import { m } from './index.ts';

const CAUSE_WORDS: Readonly<Record<string, typeof m.reports_cause_none>> = {
  'urgent-work': m.reports_cause_urgent_work,
};

/** @param cause  null where no reason was given */
export function causeWords(cause: string | null, locale: Locale): string {
  if (cause === null) return m.reports_cause_none({}, { locale });
  return CAUSE_WORDS[cause]?.({}, { locale }) ?? cause;
}
