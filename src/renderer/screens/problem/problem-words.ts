/** What is said about a ledger that cannot be worked on: what happened, what it means, what to do next. */
import type { LedgerProblem } from '../../../shared/contract/clinic.ts';
import type { Locale } from '../../../shared/domain/local-text.ts';
import { m } from '../../../shared/messages/index.ts';

type Message = (inputs: Record<string, never>, options: { locale: Locale }) => string;

const WORDS: Readonly<Record<LedgerProblem, readonly [title: Message, meaning: Message, advice: Message]>> = {
  'not-a-ledger': [
    m.firstrun_problem_foreign_title,
    m.firstrun_problem_foreign_meaning,
    m.firstrun_problem_foreign_advice,
  ],
  'ledger-damaged': [
    m.firstrun_problem_damaged_title,
    m.firstrun_problem_damaged_meaning,
    m.firstrun_problem_damaged_advice,
  ],
  'ledger-newer': [
    m.firstrun_problem_newer_title,
    m.firstrun_problem_newer_meaning,
    m.firstrun_problem_newer_advice,
  ],
  'ledger-read-only': [
    m.firstrun_problem_read_only_title,
    m.firstrun_problem_read_only_meaning,
    m.firstrun_problem_read_only_advice,
  ],
  'ledger-busy': [
    m.firstrun_problem_busy_title,
    m.firstrun_problem_busy_meaning,
    m.firstrun_problem_busy_advice,
  ],
  'disk-full': [
    m.firstrun_problem_full_title,
    m.firstrun_problem_full_meaning,
    m.firstrun_problem_full_advice,
  ],
  'folder-missing': [
    m.firstrun_problem_folder_title,
    m.firstrun_problem_folder_meaning,
    m.firstrun_problem_folder_advice,
  ],
  'ledger-on-network': [
    m.firstrun_problem_network_title,
    m.firstrun_problem_network_meaning,
    m.firstrun_problem_network_advice,
  ],
  'other-installation': [
    m.firstrun_problem_other_title,
    m.firstrun_problem_other_meaning,
    m.firstrun_problem_other_advice,
  ],
  'keys-missing': [
    m.firstrun_problem_keys_missing_title,
    m.firstrun_problem_keys_missing_meaning,
    m.firstrun_problem_keys_missing_advice,
  ],
  'keys-damaged': [
    m.firstrun_problem_keys_damaged_title,
    m.firstrun_problem_keys_damaged_meaning,
    m.firstrun_problem_keys_damaged_advice,
  ],
  'ledger-io': [m.firstrun_problem_io_title, m.firstrun_problem_io_meaning, m.firstrun_problem_io_advice],
};

export interface ProblemWords {
  readonly title: string;
  readonly meaning: string;
  readonly advice: string;
}

export function problemWords(problem: LedgerProblem, locale: Locale): ProblemWords {
  const [title, meaning, advice] = WORDS[problem];
  const options = { locale };
  return { title: title({}, options), meaning: meaning({}, options), advice: advice({}, options) };
}
