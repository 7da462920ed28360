/**
 * The whole proof of a file: SQLite's own structure, the chain, and projections equal to a rebuild. Works on a snapshot
 * of its own, so that it can run beside the window, in another thread, or on a backup; needs no key.
 */
import { proveCapacity } from './capacity/prove-capacity.ts';
import type { CapacityExcess } from './capacity/prove-capacity.ts';
import { NO_RECORDED_HEADS, verifyRecordedHeads } from './checkpoints.ts';
import type { RecordedHeads } from './checkpoints.ts';
import { findAlteredMemories } from './commands.ts';
import { compareProjections } from './compare.ts';
import type { ProjectionDifference } from './compare.ts';
import { openForProving } from './connection.ts';
import type { Connection } from './connection.ts';
import type { Entry } from './entry.ts';
import { readHandle } from './handles.ts';
import { APPLICATION_ID, formOf, MIGRATIONS } from './migrations/index.ts';
import { readEntries } from './queries/entries.ts';
import { rebuildBeside } from './rebuild-beside.ts';
import { alteredSchema } from './schema-check.ts';
import { readableEntries } from './salvage.ts';
import { findWrongDays } from './settled-days.ts';
import { isOfDatabase, storageFailureOf } from './sqlite-failure.ts';
import { structureFaults } from './structure.ts';
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
  /** What is written down of heads, compared with the chain; its faults stand among the chain's. */
  readonly recorded: RecordedHeads;
  /** The entries that the chain's faults name, as they are now: to say what is touched. */
  readonly wrongEntries: readonly Entry[];
  /** Null where the chain is not whole: a rebuild would prove nothing. */
  readonly differences: readonly ProjectionDifference[] | null;
  /**
   * Where more was promised than there was. No damage to the file: its backups are as good as it is. Null where it
   * could not be told: the chain is not whole, or the derived tables cannot be read.
   */
  readonly excess: readonly CapacityExcess[] | null;
}

/** The file is whole: what it says is what was written. */
export function isProven(proof: LedgerProof): boolean {
  return proof.structure.length === 0 && proof.chain?.faults.length === 0 && proof.differences?.length === 0;
}

/** Adds what it finds as it goes: where a later look fails for what is wrong, the earlier ones have named it. */
function addStructure(connection: Connection, found: string[]): void {
  if (formOf(connection).applicationId !== APPLICATION_ID) found.push('page 1: not marked as a ledger');
  found.push(...alteredSchema(connection).map((name) => `${name}: not as its version makes it`));
  found.push(...structureFaults(connection));
  const orphans = connection
    .prepare<[], { table: string; rowid: number | null }>('PRAGMA foreign_key_check')
    .all();
  found.push(
    ...orphans.map((orphan) => `${orphan.table} ${orphan.rowid ?? ''}: a row that it names is missing`),
  );
}

/** Damage, or SQL that does not fit a schema which was altered; never a file that cannot be read just now. */
function isOfDamage(error: unknown): boolean {
  const failure = storageFailureOf(error);
  return failure === 'ledger-damaged' || (failure === null && isOfDatabase(error));
}

/** What stopped the proof, in SQLite's words, and the first entry that cannot be read, where it is one. */
function whereReadingEnds(connection: Connection, error: unknown): string[] {
  const words = error instanceof Error ? error.message : String(error);
  try {
    const entries = readableEntries(readHandle(connection));
    let last = 0;
    for (let next = entries.next(); ; next = entries.next()) {
      if (!next.done) last = next.value.seq;
      else return next.value ? [words] : [words, `entry ${last + 1} cannot be read`];
    }
  } catch {
    return [words]; // the schema itself: the words name it
  }
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
  const memories = findAlteredMemories(readHandle(connection)).map((row) => ({
    table: 'commands',
    row,
    kind: 'different' as const,
    columns: ['reply'],
  }));
  const wrongDays = findWrongDays(readHandle(connection)).map((day) => ({
    table: 'settled_days',
    row: String(day),
    kind: 'different' as const,
    columns: ['work'],
  }));
  await rebuildBeside(connection, options);
  return [...memories, ...wrongDays, ...(await compareProjections(connection))];
}

/** What the file's own structure and its entries say: half of a proof. */
export type FileProof = Omit<LedgerProof, 'differences'>;

const CUT_SHORT = 'the file cannot be read to the end';
const NOT_COMPARED = 'what is held could not be compared with capacity';

/** What is found where pages cannot be read. */
const UNREADABLE: FileProof = {
  structure: [CUT_SHORT],
  chain: null,
  recorded: NO_RECORDED_HEADS,
  wrongEntries: [],
  excess: null,
};

/** Runs `work` on a snapshot of the file; null where the file is damaged so that it cannot be read. */
async function onSnapshot<Found>(
  path: string,
  work: (connection: Connection) => Promise<Found>,
): Promise<Found | null> {
  const connection = openForProving(path);
  try {
    connection.exec('BEGIN');
    return await work(connection);
  } catch (error) {
    if (storageFailureOf(error) !== 'ledger-damaged') throw error;
    return null;
  } finally {
    connection.close();
  }
}

/** Null where derived tables are damaged: the other half of the proof then says how. */
async function excessOf(
  connection: Connection,
  length: number,
  options: VerifyOptions,
): Promise<readonly CapacityExcess[] | null> {
  if (isMadeAnewOnOpening(connection)) return [];
  try {
    return await proveCapacity(readHandle(connection), length, options);
  } catch (error) {
    options.signal?.throwIfAborted();
    if (storageFailureOf(error) !== null && storageFailureOf(error) !== 'ledger-damaged') throw error;
    return null;
  }
}

/**
 * SQLite's structure, the chain, and what is held against capacity.
 * @throws SqliteError when the file cannot be opened at all; what `signal` says when aborted
 */
export async function proveFile(path: string, options: VerifyOptions = {}): Promise<FileProof> {
  const proof = await onSnapshot(path, async (connection) => {
    const structure: string[] = [];
    try {
      addStructure(connection, structure);
      const db = readHandle(connection);
      const links = await verifyChain(db, options);
      const recorded = links.faults.length === 0 ? verifyRecordedHeads(db) : NO_RECORDED_HEADS;
      const chain = { ...links, faults: [...links.faults, ...recorded.faults] };
      const wrongEntries = chain.faults.flatMap(({ seq }) => readEntries(db, seq - 1, 1));
      const excess = chain.faults.length === 0 ? await excessOf(connection, chain.length, options) : null;
      return { structure, chain, recorded, wrongEntries, excess };
    } catch (error) {
      if (!isOfDamage(error)) throw error;
      return {
        structure: [...structure, ...whereReadingEnds(connection, error)],
        chain: null,
        recorded: NO_RECORDED_HEADS,
        wrongEntries: [],
        excess: null,
      };
    }
  });
  return proof ?? UNREADABLE;
}

/**
 * Projections against a rebuild.
 * @returns null where a damaged page or entries that contradict each other allow no rebuild: then the file is not whole,
 *   and `proveFile` says why
 * @throws SqliteError when the file cannot be opened at all; what `signal` says when aborted
 */
export async function proveProjections(
  path: string,
  options: VerifyOptions = {},
): Promise<readonly ProjectionDifference[] | null> {
  return onSnapshot(path, async (connection) => {
    try {
      return await differencesOf(connection, options);
    } catch (error) {
      options.signal?.throwIfAborted();
      if (isOfDamage(error)) return null;
      const chain = await verifyChain(readHandle(connection), options);
      if (chain.faults.length === 0) throw error;
      return null;
    }
  });
}

/** The whole, of two halves that may have been found on two threads. */
export function joinProof(file: FileProof, differences: LedgerProof['differences']): LedgerProof {
  if (file.chain?.faults.length !== 0) return { ...file, differences: null };
  if (differences === null) return { ...file, structure: [...file.structure, CUT_SHORT], differences };
  const isUntold = file.excess === null && differences.length === 0;
  return { ...file, structure: isUntold ? [...file.structure, NOT_COMPARED] : file.structure, differences };
}

/**
 * @param options.onProgress  counts every entry twice: once for the chain, once for the rebuild
 * @throws SqliteError when the file cannot be opened at all; what `signal` says when aborted
 */
export async function proveLedger(path: string, options: VerifyOptions = {}): Promise<LedgerProof> {
  const file = await proveFile(path, options);
  const length = file.chain?.length ?? 0;
  if (file.chain?.faults.length !== 0) return joinProof(file, null);
  const onProgress = (done: number): void => options.onProgress?.(length + done);
  return joinProof(file, await proveProjections(path, { ...options, onProgress }));
}
