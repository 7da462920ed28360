/** A ledger's verdict and its faults in words: one line each, the same in the window and on a terminal. */
import type { LedgerFault, LedgerVerdict } from '../domain/ledger-verdict.ts';
import { shortHash } from '../domain/ledger-verdict.ts';
import type { Locale } from '../domain/local-text.ts';
import { getLocale, m } from './index.ts';
import * as named from './named/ledger-kind.ts';

type Words = (inputs: Record<string, never>, options: { locale?: Locale }) => string;

/** Message functions by name; a test walks every kind of entry. */
const messages = named as unknown as Readonly<Record<string, Words | undefined>>; // looked up by kind

/** @param locale  for the command line; a window's words follow its own language */
export function verdictWords(verdict: LedgerVerdict, locale?: Locale): string {
  const options = locale ? { locale } : {};
  if (onlyExceeds(verdict)) return m.ledger_verdict_excess({ count: verdict.faults.length }, options);
  if (!verdict.isWhole) return m.ledger_verdict_faulty({ count: verdict.faults.length }, options);
  if (verdict.hash === null) return m.ledger_verdict_empty({}, options);
  return m.ledger_verdict_whole({ count: verdict.length, hash: shortHash(verdict.hash) }, options);
}

/** Nothing is altered or lost; what the entries promise is more than there was. */
function onlyExceeds({ faults }: LedgerVerdict): boolean {
  return faults.length > 0 && faults.every(({ kind }) => kind === 'excess');
}

/** How many signed checkpoints match, and who keeps the key; null where there are none. */
export function checkpointWords({ checkpoints }: LedgerVerdict, locale?: Locale): string | null {
  const options = locale ? { locale } : {};
  const { matching, own } = checkpoints;
  if (matching === 0) return null;
  if (own === null) return m.ledger_checkpoints_match({ count: matching }, options);
  const words = { system: m.ledger_checkpoints_own_system, file: m.ledger_checkpoints_own_file };
  return words[own.keptBy]({ count: matching, own: own.count }, options);
}

export function faultWords(fault: LedgerFault, locale?: Locale): string {
  const options = locale ? { locale } : {};
  switch (fault.kind) {
    case 'entry':
      return entryFaultWords(fault, options);
    case 'row':
      return ROW_WORDS[fault.code]({ table: fault.table, row: fault.row }, options);
    case 'file':
      return m.ledger_fault_file({ text: fault.text }, options);
    case 'excess':
      return excessWords(fault, locale ?? getLocale());
  }
}

/** Of many holds the last ones are told: the one that no longer fitted is among them. */
const HOLDS_TOLD = 6;

function excessWords(fault: Extract<LedgerFault, { kind: 'excess' }>, locale: Locale): string {
  const options = { locale };
  const told = fault.holds.slice(-HOLDS_TOLD);
  const list = new Intl.ListFormat(locale === 'zh' ? 'zh-CN' : 'en-GB', { type: 'conjunction' });
  const holds = list.format(told.map(({ taskId, seq }) => m.ledger_excess_hold({ taskId, seq }, options)));
  const when = { from: fault.from, until: fault.until };
  const pool = fault.pool[locale];
  if (fault.unit)
    return m.ledger_fault_unit_twice({ pool, unit: fault.unit[locale], ...when, holds }, options);
  const excess = `${fault.excess} ${fault.unitName[locale]}`;
  return m.ledger_fault_excess({ pool, excess, ...when, holds }, options);
}

/** What an entry of this kind is about; a kind that nobody knows is told by its own name. */
export function entryKindWords(kind: string, locale?: Locale): string {
  const options = locale ? { locale } : {};
  return messages[`ledger_kind_${kind.replaceAll('-', '_')}`]?.({}, options) ?? kind;
}

const ENTRY_WORDS = {
  'sequence-gap': m.ledger_fault_sequence_gap,
  'link-wrong': m.ledger_fault_link_wrong,
  'hash-wrong': m.ledger_fault_hash_wrong,
  'time-not-rising': m.ledger_fault_time_not_rising,
  'epoch-unexplained': m.ledger_fault_epoch_unexplained,
  'kind-unknown': m.ledger_fault_kind_unknown,
  'signature-wrong': m.ledger_fault_signature_wrong,
  'checkpoint-wrong': m.ledger_fault_checkpoint_wrong,
  'export-head-wrong': m.ledger_fault_export_head_wrong,
  'backup-head-wrong': m.ledger_fault_backup_head_wrong,
};

const ROW_WORDS = {
  missing: m.ledger_fault_row_missing,
  extra: m.ledger_fault_row_extra,
  different: m.ledger_fault_row_different,
};

function entryFaultWords(
  { seq, code, entryKind, about }: Extract<LedgerFault, { kind: 'entry' }>,
  options: { locale?: Locale },
): string {
  const fault = ENTRY_WORDS[code]({}, options);
  if (entryKind === null) return m.ledger_fault_entry({ seq, fault }, options);
  const kind = entryKindWords(entryKind, options.locale);
  if (about === null) return m.ledger_fault_entry_kind({ seq, kind, fault }, options);
  return m.ledger_fault_entry_about({ seq, kind, about, fault }, options);
}
