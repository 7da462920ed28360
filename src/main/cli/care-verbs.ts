/**
 * The verbs that care for a ledger's file rather than work in it: verify, rebuild, restore, recover, and a backup made beside the
 * open window. None of them opens the application; each says in one line what came of it, then what was found.
 */
import type { LedgerProblem } from '../../shared/contract/clinic.ts';
import { shortHash, type LedgerVerdict } from '../../shared/domain/ledger-verdict.ts';
import type { Locale } from '../../shared/domain/local-text.ts';
import { localTimeOf } from '../../shared/local-time.ts';
import { errorWords } from '../../shared/messages/error-words.ts';
import { m } from '../../shared/messages/index.ts';
import { checkpointWords, faultWords, verdictWords } from '../../shared/messages/ledger-words.ts';
import { salvageWords } from '../../shared/messages/salvage-words.ts';
import { adviceWords } from '../../shared/messages/verdict-advice.ts';
import type { Instant } from '../../shared/units.ts';
import type { CareRefusal } from '../usecases/care/restore-ledger.ts';
import type { LedgerCare, RestorePreview } from '../usecases/care/index.ts';
import type { BackupRequest, CareRequest, RecoverRequest, RestoreRequest } from './requests.ts';
import { EXIT_CODES, exitCodeOfRefusal, type ExitCode } from './exit-codes.ts';
import { isProblem, problemText } from './problem-text.ts';

export interface CareSurroundings {
  readonly locale: Locale;
  /** The ledger that the verb is about. */
  readonly ledgerPath: string;
  readonly care: LedgerCare;
  /** One line each, to standard output and standard error. */
  print(line: string): void;
  printError(line: string): void;
}

export function runCareVerb(request: CareRequest, surroundings: CareSurroundings): Promise<ExitCode> {
  switch (request.kind) {
    case 'verify':
      return runVerify(surroundings);
    case 'rebuild':
      return runRebuild(surroundings);
    case 'restore':
      return runRestore(request, surroundings);
    case 'recover':
      return runRecover(request, surroundings);
    case 'backup':
      return runBackup(request, surroundings);
  }
}

async function runVerify(surroundings: CareSurroundings): Promise<ExitCode> {
  const { care, ledgerPath, locale, print } = surroundings;
  const verified = await care.verify(ledgerPath);
  if (!verified.ok) return sayRefused(verified.error.code, surroundings);
  print(verdictWords(verified.value, locale));
  const checkpoints = checkpointWords(verified.value, locale);
  if (checkpoints !== null) print(checkpoints);
  for (const fault of verified.value.faults) print(faultWords(fault, locale));
  printAdvice(verified.value, surroundings);
  return verified.value.isWhole ? EXIT_CODES.done : EXIT_CODES['not-whole'];
}

/** What to do next, as numbered steps; nothing where the ledger is whole. */
function printAdvice(verdict: LedgerVerdict, { locale, print }: CareSurroundings): void {
  const steps = adviceWords(verdict, 'terminal', locale);
  if (steps.length === 0) return;
  print(m.ledger_advice({}, { locale }));
  for (const [at, { words }] of steps.entries()) print(`${at + 1}. ${words}`);
}

async function runRebuild(surroundings: CareSurroundings): Promise<ExitCode> {
  const { care, ledgerPath, locale, print } = surroundings;
  const rebuilt = await care.rebuild(ledgerPath);
  if (!rebuilt.ok) return sayRefused(rebuilt.error.code, surroundings);
  print(m.menu_cli_rebuilt({ count: rebuilt.value }, { locale }));
  return EXIT_CODES.done;
}

async function runRestore(request: RestoreRequest, surroundings: CareSurroundings): Promise<ExitCode> {
  const { care, ledgerPath, locale, print, printError } = surroundings;
  const { backup } = request;
  const preview = await care.previewRestore(backup, ledgerPath);
  if (!preview.ok) return sayRefused(preview.error.code, surroundings);
  print(previewText(preview.value, locale));
  if (!request.isConfirmed) {
    printError(m.menu_cli_restore_needs_yes({}, { locale }));
    return EXIT_CODES.refused;
  }
  const restored = await care.restore(backup, ledgerPath);
  if (!restored.ok) return sayRefused(restored.error.code, surroundings);
  const { seq, hash } = restored.value;
  print(m.menu_cli_restored({ count: seq, hash: shortHash(hash) }, { locale }));
  return EXIT_CODES.done;
}

async function runRecover(
  { isConfirmed }: RecoverRequest,
  surroundings: CareSurroundings,
): Promise<ExitCode> {
  const { care, ledgerPath, locale, print, printError } = surroundings;
  const preview = await care.previewRecover(ledgerPath);
  if (!preview.ok) return sayRefused(preview.error.code, surroundings);
  const zone = care.timeZoneOf(ledgerPath) ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  const { kept, lost, known } = salvageWords(preview.value, (at) => terminalTime(at, zone), locale);
  for (const line of [kept, lost, known]) if (line !== null) print(line);
  if (kept !== null) print(m.menu_cli_recover_zone({ zone }, { locale }));
  if (kept === null) return EXIT_CODES['ledger-damaged'];
  if (!isConfirmed) {
    printError(m.menu_cli_recover_needs_yes({}, { locale }));
    return EXIT_CODES.refused;
  }
  const recovered = await care.recover(ledgerPath, preview.value.keeps);
  if (!recovered.ok) return sayRefused(recovered.error.code, surroundings);
  const { seq, hash } = recovered.value;
  print(m.menu_cli_recovered({ count: seq, hash: shortHash(hash) }, { locale }));
  return EXIT_CODES.done;
}

/** `2026-11-18 10:20` on the clock of `zone`. */
function terminalTime(at: Instant, zone: string): string {
  const { date, minute } = localTimeOf(at, zone);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${date} ${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}

async function runBackup({ outFolder }: BackupRequest, surroundings: CareSurroundings): Promise<ExitCode> {
  const { care, ledgerPath, locale, print, printError } = surroundings;
  const made = await care.backup(ledgerPath, outFolder);
  if (made.ok) {
    print(m.menu_cli_backed_up({ path: made.value.path }, { locale }));
    return EXIT_CODES.done;
  }
  const { code } = made.error;
  if (code === 'backup-of-another' || code === 'backup-not-verified' || code === 'folder-missing') {
    printError(errorWords({ code, params: {} }, locale));
    return exitCodeOfRefusal(code);
  }
  return sayRefused(code, surroundings);
}

function previewText({ backup, live, lostEntries }: RestorePreview, locale: Locale): string {
  if (live === null) return m.menu_cli_restore_unread({ count: backup.seq }, { locale });
  if (lostEntries === null) return m.menu_cli_restore_other({}, { locale });
  return m.menu_cli_restore_loses({ count: lostEntries }, { locale });
}

function sayRefused(
  code: LedgerProblem | CareRefusal | 'ledger-missing' | 'not-damaged' | 'salvage-changed',
  { locale, ledgerPath, printError }: CareSurroundings,
): ExitCode {
  if (code === 'ledger-missing') {
    printError(m.menu_cli_problem_missing({ path: ledgerPath }, { locale }));
    return EXIT_CODES['ledger-missing'];
  }
  if (isProblem(code)) {
    printError(problemText(code, locale));
    return EXIT_CODES[code];
  }
  printError(errorWords({ code, params: {} }, locale));
  return exitCodeOfRefusal(code);
}
