/**
 * Why there is no ledger to work on, in one line for a terminal; the window says the same at more length.
 */
import type { LedgerProblem } from '../../shared/contract/clinic.ts';
import type { Locale } from '../../shared/domain/local-text.ts';
import { m } from '../../shared/messages/index.ts';

type Message = (inputs: Record<string, never>, options: { locale: Locale }) => string;

const WORDS: Readonly<Record<LedgerProblem, Message>> = {
  'not-a-ledger': m.menu_cli_problem_not_a_ledger,
  'ledger-damaged': m.menu_cli_problem_damaged,
  'ledger-newer': m.menu_cli_problem_newer,
  'ledger-read-only': m.menu_cli_problem_read_only,
  'ledger-busy': m.menu_cli_problem_busy,
  'disk-full': m.menu_cli_problem_disk_full,
  'folder-missing': m.menu_cli_problem_folder_missing,
  'ledger-on-network': m.menu_cli_problem_on_network,
  'other-installation': m.menu_cli_problem_other_installation,
  'keys-missing': m.menu_cli_problem_keys_missing,
  'keys-damaged': m.menu_cli_problem_keys_damaged,
  'ledger-io': m.menu_cli_problem_io,
};

export function isProblem(code: string): code is LedgerProblem {
  return Object.hasOwn(WORDS, code);
}

export function problemText(problem: LedgerProblem, locale: Locale): string {
  return WORDS[problem]({}, { locale });
}
