/**
 * The whole proof of a file: SQLite's own structure, the chain, and projections equal to a rebuild. Works on a snapshot
 * of its own, so that it can run beside the window, in another thread, or on a backup; needs no key.
 */
import { findAlteredMemories } from './commands.ts';
import { compareProjections } from './compare.ts';
import type { ProjectionDifference } from './compare.ts';
import { openForReading, openScratch } from './connection.ts';
import type { Connection } from './connection.ts';
import type { Entry } from './entry.ts';
import { readHandle, writeHandle } from './handles.ts';
import { formOf, migrate, MIGRATIONS } from './migrations/index.ts';
import { readEntries } from './queries/entries.ts';
import { replayEntries } from './replay.ts';
import { alteredSchema } from './schema-check.ts';
import { storageFailureOf } from './sqlite-failure.ts';
import { verifyChain } from './verify.ts';
import type { ChainReport, VerifyOptions } from './verify.ts';

export interface LedgerProof {
  /**
   * What is wrong with the file's schema, and with its structure in SQLite's words (pages and rows, no content);
   * empty: nothing.
   */
  readonly structure: readonly string[];
  /** Null where the entries could not be read to the end. */
  readonly chain: ChainReport | null;
  /** The entries that the chain's faults name, as they are now: to say what is touched. */
  readonly wrongEntries: readonly Entry[];
  /** Null where the chain is not whole: a rebuild would prove nothing. */
  readonly differences: readonly ProjectionDifference[] | null;
}

export function isProven(proof: LedgerProof): boolean {
  return proof.structure.length === 0 && proof.chain?.faults.length === 0 && proof.differences?.length === 0;
}

function structureOf(connection: Connection): string[] {
  const checks = connection.prepare<[], string>('PRAGMA integrity_check').pluck().all();
  const orphans = connection
    .prepare<[], { table: string; rowid: number | null }>('PRAGMA foreign_key_check')
    .all();
  return [
    ...alteredSchema(connection).map((name) => `${name}: not as its version makes it`),
    ...checks.filter((line) => line !== 'ok'),
    ...orphans.map((orphan) => `${orphan.table} ${orphan.rowid ?? ''}: a row that it names is missing`),
  ];
}

/** A file of an older form (an old backup), whose tables today's entries would not fit: opening it makes them anew. */
function isMadeAnewOnOpening(connection: Connection): boolean {
  const { version } = formOf(connection);
  return MIGRATIONS.some((migration) => migration.version > version && migration.rebuilds);
}

/** Rebuilds the projections of `connection`'s entries beside it and compares. */
async function differencesOf(
  connection: Connection,
  options: VerifyOptions,
): Promise<ProjectionDifference[]> {
  if (isMadeAnewOnOpening(connection)) return [];
  const scratch = openScratch();
  try {
    migrate(scratch, 0);
    scratch.exec('BEGIN');
    const target = writeHandle(scratch);
    await replayEntries(readHandle(connection), target, options);
    const live = readHandle(connection);
    const memories = findAlteredMemories(live).map((row) => ({
      table: 'commands',
      row,
      kind: 'different' as const,
      columns: ['reply'],
    }));
    return [...memories, ...(await compareProjections(live, target))];
  } finally {
    scratch.close();
  }
}

/**
 * @param options.onProgress  counts every entry twice: once for the chain, once for the rebuild
 * @throws SqliteError when the file cannot be opened at all; what `signal` says when aborted
 */
export async function proveLedger(path: string, options: VerifyOptions = {}): Promise<LedgerProof> {
  const connection = openForReading(path);
  try {
    connection.exec('BEGIN'); // one snapshot for all three
    const structure = structureOf(connection);
    const chain = await verifyChain(readHandle(connection), options);
    const rebuilding = {
      ...options,
      onProgress: (done: number) => options.onProgress?.(chain.length + done),
    };
    const differences = chain.faults.length === 0 ? await differencesOf(connection, rebuilding) : null;
    const wrongEntries = chain.faults.flatMap(({ seq }) => readEntries(readHandle(connection), seq - 1, 1));
    return { structure, chain, wrongEntries, differences };
  } catch (error) {
    if (storageFailureOf(error) !== 'ledger-damaged') throw error;
    return {
      structure: ['the file cannot be read to the end'],
      chain: null,
      wrongEntries: [],
      differences: null,
    };
  } finally {
    connection.close();
  }
}
