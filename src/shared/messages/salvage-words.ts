/** What keeping the longest valid chain would leave out, in sentences: the same in the window and on a terminal. */
import type { SalvagePreviewView } from '../contract/recovery.ts';
import type { Locale } from '../domain/local-text.ts';
import type { Instant } from '../units.ts';
import { getLocale, m } from './index.ts';
import { entryKindWords } from './ledger-words.ts';

export interface SalvageWords {
  /** What would stay; null where nothing can. */
  readonly kept: string | null;
  /** What would go, and how much of that is known. */
  readonly lost: string;
  readonly known: string | null;
}

/** Kinds told by name; the rest are few. */
const KINDS_TOLD = 6;

/** @param time  an instant as its reader knows it */
export function salvageWords(
  preview: SalvagePreviewView,
  time: (at: Instant) => string,
  locale: Locale = getLocale(),
): SalvageWords {
  const options = { locale };
  const { keeps, keptUntil, lostEntries } = preview;
  if (keeps === 0 || keptUntil === null)
    return { kept: null, lost: m.ledger_recovery_salvage_nothing({}, options), known: null };
  const kept = m.ledger_recovery_salvage_keeps({ count: keeps, time: time(keptUntil) }, options);
  if (lostEntries === 0)
    return { kept, lost: m.ledger_recovery_salvage_leaves_none({}, options), known: null };
  const from = figure(keeps + 1, locale);
  const lost =
    lostEntries === null
      ? m.ledger_recovery_salvage_leaves_unknown({ from }, options)
      : m.ledger_recovery_salvage_leaves({ count: lostEntries, from }, options);
  return { kept, lost, known: knownWords(preview, locale) };
}

function knownWords({ readableEntries, lostEntries, kinds }: SalvagePreviewView, locale: Locale): string {
  const options = { locale };
  if (readableEntries === 0) return m.ledger_recovery_salvage_unread({}, options);
  const told = kinds
    .slice(0, KINDS_TOLD)
    .map(({ kind, count }) =>
      m.ledger_recovery_salvage_kind(
        { kind: entryKindWords(kind, locale), shown: figure(count, locale) },
        options,
      ),
    );
  const list = told.join(locale === 'zh' ? '、' : ', ');
  return readableEntries === lostEntries
    ? m.ledger_recovery_salvage_all_readable({ kinds: list }, options)
    : m.ledger_recovery_salvage_readable({ count: readableEntries, kinds: list }, options);
}

function figure(value: number, locale: Locale): string {
  return new Intl.NumberFormat(locale === 'zh' ? 'zh-CN' : 'en-GB').format(value);
}
