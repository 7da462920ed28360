/** Why work had to give way, in words; a code this version does not know stands beside them. */
import type { Locale } from '../domain/local-text.ts';
import type { PreemptionCause } from '../domain/preemption.ts';
import { PREEMPTION_CAUSES } from '../domain/preemption.ts';
import { m } from './index.ts';

const CAUSE_WORDS: Readonly<Record<PreemptionCause, typeof m.reports_cause_none>> = {
  'urgent-work': m.reports_cause_urgent_work,
};

/** @param cause  null where no reason was given */
export function causeWords(cause: string | null, locale: Locale): string {
  if (cause === null) return m.reports_cause_none({}, { locale });
  const known = PREEMPTION_CAUSES.find((code) => code === cause);
  return known ? CAUSE_WORDS[known]({}, { locale }) : m.reports_cause_other({ code: cause }, { locale });
}
