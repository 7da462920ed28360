/**
 * The command line's verbs, on the same use cases as the window: each asks one channel, with the same checks, and says
 * in one line what came of it. Nothing here opens a window, reads the ledger, or writes a file.
 */
import { randomUUID } from 'node:crypto';
import type { LedgerProblem } from '../../shared/contract/clinic.ts';
import type { BridgeRequest, CommandName, Reply } from '../../shared/contract/index.ts';
import type { Locale } from '../../shared/domain/local-text.ts';
import { errorWords } from '../../shared/messages/error-words.ts';
import { m } from '../../shared/messages/index.ts';
import type { Refusal } from '../../shared/result.ts';
import type { BackupRequest, ExportRequest, VerbRequest } from './command-line.ts';
import { EXIT_CODES, exitCodeOfRefusal, type ExitCode } from './exit-codes.ts';
import { problemText } from './problem-text.ts';

export interface VerbSurroundings {
  readonly locale: Locale;
  /** Why there is no ledger to work on, or null. */
  readonly problem: LedgerProblem | null;
  ask<N extends CommandName>(channel: N, request: BridgeRequest<N>): Promise<Reply<N>>;
  /** One line each, to standard output and standard error. */
  print(line: string): void;
  printError(line: string): void;
}

export async function runVerb(request: VerbRequest, surroundings: VerbSurroundings): Promise<ExitCode> {
  const { problem, locale, printError } = surroundings;
  if (problem !== null) {
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
  const { locale } = surroundings;
  const { period, format, outPath, isForOutside, identities } = request;
  const filters = { poolIds: request.poolIds, subsystems: request.subsystems };
  const body = { period, format, locale, path: outPath, ...filters, isForOutside, identities };
  const reply = await surroundings.ask('report.export', { commandId: randomUUID(), body });
  if (!reply.ok) return sayRefused(reply.error, surroundings);
  surroundings.print(m.menu_cli_exported({ path: outPath, bytes: reply.value.bytes }, { locale }));
  return EXIT_CODES.done;
}

/** The folder is the answer to the folder dialog that the window would show (`src/main/index.ts`). */
async function runBackup(request: BackupRequest, surroundings: VerbSurroundings): Promise<ExitCode> {
  const { locale } = surroundings;
  const reply = await surroundings.ask('backup.make', { commandId: randomUUID(), body: {} });
  if (!reply.ok) return sayRefused(reply.error, surroundings);
  surroundings.print(m.menu_cli_backed_up({ path: reply.value.path ?? request.outFolder }, { locale }));
  return EXIT_CODES.done;
}

function sayRefused(refusal: Refusal, { locale, printError }: VerbSurroundings): ExitCode {
  printError(errorWords(refusal, locale));
  return exitCodeOfRefusal(refusal.code);
}
