/**
 * What the process tells whoever started it, from the window and from the command line alike. Numbers are stable, since
 * scripts rely on them; docs/command-line.md lists them with what to do, and a test compares the two.
 */
import type { LedgerProblem } from '../../shared/contract/clinic.ts';

export const EXIT_CODES = {
  done: 0,
  /** A fault of the application; the log says where. */
  internal: 1,
  /** The command line was not understood. */
  usage: 2,
  /** The application was asked for something it refuses, and said why. */
  refused: 3,
  /** The file or folder to write to was missing or not writable. */
  'not-written': 4,
  'not-a-ledger': 10,
  'ledger-damaged': 11,
  'ledger-newer': 12,
  'ledger-read-only': 13,
  'ledger-busy': 14,
  'disk-full': 15,
  'folder-missing': 16,
  'keys-missing': 17,
  'keys-damaged': 18,
  'ledger-io': 19,
  /** A verification found faults; standard output lists them. */
  'not-whole': 20,
  'ledger-missing': 21,
  'ledger-on-network': 22,
  'other-installation': 23,
} as const satisfies Readonly<
  Record<
    | LedgerProblem
    | 'done'
    | 'internal'
    | 'usage'
    | 'refused'
    | 'not-written'
    | 'not-whole'
    | 'ledger-missing',
    number
  >
>;

export type ExitCode = (typeof EXIT_CODES)[keyof typeof EXIT_CODES];

/** Refusals of use cases that have an exit code of their own. */
const REFUSAL_EXITS: Readonly<Record<string, ExitCode>> = {
  'folder-missing': EXIT_CODES['not-written'],
  'file-not-writable': EXIT_CODES['not-written'],
  'disk-full': EXIT_CODES['disk-full'],
  'ledger-io': EXIT_CODES['ledger-io'],
  'ledger-read-only': EXIT_CODES['ledger-read-only'],
  'print-failed': EXIT_CODES.internal,
  internal: EXIT_CODES.internal,
};

export function exitCodeOfRefusal(code: string): ExitCode {
  return REFUSAL_EXITS[code] ?? EXIT_CODES.refused;
}
