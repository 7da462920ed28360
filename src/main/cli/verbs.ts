/**
 * The command line's verbs, on the same use cases as the window: each asks one channel, with the same checks, and says
 * in one line what came of it. Nothing here opens a window, reads the ledger, or writes a file. An export alone also runs
 * beside a window that has the ledger open, or where it cannot be written, and says that it was not recorded.
 */
import { randomUUID } from 'node:crypto';
import type { LedgerProblem } from '../../shared/contract/clinic.ts';
import type { BridgeRequest, CommandName, Reply, Request } from '../../shared/contract/index.ts';
import type { Locale } from '../../shared/domain/local-text.ts';
import { errorWords } from '../../shared/messages/error-words.ts';
import { m } from '../../shared/messages/index.ts';
import type { Refusal, Result } from '../../shared/result.ts';
import type { BackupRequest, ExportRequest, VerbRequest } from './requests.ts';
import { EXIT_CODES, exitCodeOfRefusal, type ExitCode } from './exit-codes.ts';
import { problemText } from './problem-text.ts';

type BesideRequest = Request<'report.export'> & { readonly path: string };

/** Why a ledger may still be read. */
const READABLE: readonly LedgerProblem[] = [
  'ledger-busy',
  'ledger-read-only',
  'disk-full',
  'other-installation',
];

/** What the window says by its own controls. */
const CLI_WORDS: Readonly<Record<string, (refusal: Refusal, locale: Locale) => string>> = {
  'raw-stays-inside': (_, locale) => m.menu_cli_raw_stays_inside({}, { locale }),
  'unknown-pool': ({ params }, locale) =>
    m.menu_cli_unknown_pool({ id: String(params['poolId'] ?? '') }, { locale }),
};

export interface VerbSurroundings {
  readonly locale: Locale;
  /** Why there is no ledger to work on, or null. */
  readonly problem: LedgerProblem | null;
  /** Makes the file without writing in the ledger. */
  exportBeside(request: BesideRequest): Promise<Result<{ readonly bytes: number }>>;
  ask<N extends CommandName>(channel: N, request: BridgeRequest<N>): Promise<Reply<N>>;
  /** One line each, to standard output and standard error. */
  print(line: string): void;
  printError(line: string): void;
}

export async function runVerb(request: VerbRequest, surroundings: VerbSurroundings): Promise<ExitCode> {
  const { problem, locale, printError } = surroundings;
  if (problem !== null) {
    if (request.kind === 'export' && READABLE.includes(problem))
      return runExportBeside(request, problem, surroundings);
    printError(problemText(problem, locale));
    return EXIT_CODES[problem];
  }
  switch (request.kind) {
    case 'export':
      return runExport(request, surroundings);
    case 'backup':
      return runBackup(request, surroundings);
  }
}

async function runExport(request: ExportRequest, surroundings: VerbSurroundings): Promise<ExitCode> {
  const body = exportBody(request, surroundings.locale);
  const reply = await surroundings.ask('report.export', { commandId: randomUUID(), body });
  if (!reply.ok) return sayRefused(reply.error, surroundings);
  return sayExported(request, reply.value.bytes, surroundings);
}

async function runExportBeside(
  request: ExportRequest,
  problem: LedgerProblem,
  surroundings: VerbSurroundings,
): Promise<ExitCode> {
  const { locale, printError } = surroundings;
  const made = await surroundings.exportBeside(exportBody(request, locale));
  if (made.ok) {
    printError(m.menu_cli_exported_unrecorded({}, { locale }));
    return sayExported(request, made.value.bytes, surroundings);
  }
  const { code } = made.error;
  if (code !== 'ledger-unavailable' && code !== 'identities-need-the-ledger')
    return sayRefused(made.error, surroundings);
  printError(code === 'ledger-unavailable' ? problemText(problem, locale) : errorWords(made.error, locale));
  return EXIT_CODES[problem];
}

function exportBody(request: ExportRequest, locale: Locale): BesideRequest {
  const { outPath, period, format, poolIds, subsystems, grouping, isForOutside, identities } = request;
  return { path: outPath, period, format, locale, poolIds, subsystems, grouping, isForOutside, identities };
}

function sayExported({ outPath }: ExportRequest, bytes: number, surroundings: VerbSurroundings): ExitCode {
  surroundings.print(m.menu_cli_exported({ path: outPath, bytes }, { locale: surroundings.locale }));
  return EXIT_CODES.done;
}

/** The folder is the answer to the folder dialog that the window would show (`src/main/composition.ts`). */
async function runBackup(request: BackupRequest, surroundings: VerbSurroundings): Promise<ExitCode> {
  const { locale } = surroundings;
  const reply = await surroundings.ask('backup.make', { commandId: randomUUID(), body: {} });
  if (!reply.ok) return sayRefused(reply.error, surroundings);
  surroundings.print(m.menu_cli_backed_up({ path: reply.value.path ?? request.outFolder }, { locale }));
  return EXIT_CODES.done;
}

function sayRefused(refusal: Refusal, { locale, printError }: VerbSurroundings): ExitCode {
  printError(CLI_WORDS[refusal.code]?.(refusal, locale) ?? errorWords(refusal, locale));
  return exitCodeOfRefusal(refusal.code);
}
