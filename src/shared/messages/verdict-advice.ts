/** What to do about a ledger that is not whole, step by step: the same in the window and on a terminal. */
import type { LedgerVerdict } from '../domain/ledger-verdict.ts';
import type { Locale } from '../domain/local-text.ts';
import { m } from './index.ts';

export const ADVICE_STEPS = ['go-on', 'stop', 'copy', 'rebuild', 'restore', 'keep'] as const;
export type AdviceStep = (typeof ADVICE_STEPS)[number];

export interface Advice {
  readonly step: AdviceStep;
  readonly words: string;
}

/** What the faults ask for; `altered` before `derived` before `excess`. */
const STEPS: Readonly<Record<'altered' | 'derived' | 'excess', readonly AdviceStep[]>> = {
  altered: ['stop', 'copy', 'restore', 'keep'],
  derived: ['stop', 'copy', 'rebuild'],
  excess: ['go-on'],
};

/** @returns the steps of a broken verdict, in the order to take them; none where the ledger is whole */
export function adviceSteps({ faults }: Pick<LedgerVerdict, 'faults'>): readonly AdviceStep[] {
  const kinds = new Set(faults.map(({ kind }) => kind));
  if (kinds.has('entry') || kinds.has('file')) return STEPS.altered;
  if (kinds.has('row')) return STEPS.derived;
  return kinds.has('excess') ? STEPS.excess : [];
}

/**
 * @param at      whether a button saves the copy, or somebody at a terminal does
 * @param locale  for the command line; a window's words follow its own language
 */
export function adviceWords(
  verdict: Pick<LedgerVerdict, 'faults'>,
  at: 'window' | 'terminal',
  locale?: Locale,
): readonly Advice[] {
  const options = locale ? { locale } : {};
  const steps = adviceSteps(verdict);
  const words: Readonly<Record<AdviceStep, () => string>> = {
    'go-on': () => m.ledger_advice_go_on({}, options),
    stop: () =>
      steps.includes('rebuild')
        ? m.ledger_advice_stop_derived({}, options)
        : m.ledger_advice_stop({}, options),
    copy: () =>
      at === 'window' ? m.ledger_advice_copy({}, options) : m.ledger_advice_copy_file({}, options),
    rebuild: () => m.ledger_advice_rebuild({}, options),
    restore: () => m.ledger_advice_restore({}, options),
    keep: () => m.ledger_advice_keep({}, options),
  };
  return steps.map((step) => ({ step, words: words[step]() }));
}
