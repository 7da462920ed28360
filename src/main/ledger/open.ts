/**
 * Opens a ledger: finds out whose file it is, keeps a second copy out, holds the settings, brings the form up to date,
 * verifies the head, and makes a new chain where there is none. Every reason not to open is a value with a code.
 */
import { existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { accept } from '../../shared/result.ts';
import type { Refusal, Result } from '../../shared/result.ts';
import { EntryWriter } from './append.ts';
import { openForReading, openForWriting, PragmaMismatch } from './connection.ts';
import type { Connection } from './connection.ts';
import { createLedger } from './create.ts';
import { identify } from './file-identity.ts';
import { readHandle, writeHandle } from './handles.ts';
import type { ReadDb } from './handles.ts';
import { HybridClock, PAUSE_MS_MAX } from './hybrid-clock.ts';
import type { Clock } from './hybrid-clock.ts';
import { Ledger } from './ledger.ts';
import type { OpenFile, OpenRefusal } from './open-file.ts';
import { formOf, migrate, NEWEST_VERSION } from './migrations/index.ts';
import { networkOf, placeFactsOf } from './network-place.ts';
import type { PlaceFacts } from './network-place.ts';
import { formerFormPath } from './paths.ts';
import { findHead, getHead } from './queries/head.ts';
import type { Head } from './queries/head.ts';
import { alteredSchema } from './schema-check.ts';
import { copySnapshot } from './snapshot-file.ts';
import { isRetryable, storageFailureOf } from './sqlite-failure.ts';
import { faultOfHead, verifyChain } from './verify.ts';
import { acquireWriterLock } from './writer-lock.ts';

export interface OpenOptions {
  readonly path: string;
  readonly clock: Clock;
  /**
   * Longest time between the last entry and now that counts as "the clinic was closed" and not as a clock jump.
   * Milliseconds; 31 days unless said otherwise.
   */
  readonly pauseMsMax?: number;
  /** Believes the file only when its whole chain is right: after it has failed once. */
  readonly provesChain?: boolean;
  /** What the machine says of the ledger's folder; asked of this machine unless given. */
  readonly placeFacts?: (folder: string) => PlaceFacts;
}

export class Refused extends Error {
  readonly code: OpenRefusal;
  readonly params: Readonly<Record<string, number>>;

  constructor(code: OpenRefusal, params: Readonly<Record<string, number>> = {}) {
    super(code);
    this.code = code;
    this.params = params;
  }
}

/** @throws what is not a reason for not opening, but a fault of the program */
export function refusalOf(error: unknown): Refusal<OpenRefusal> {
  if (error instanceof Refused) {
    return { code: error.code, retryable: error.code === 'ledger-busy', params: error.params };
  }
  if (error instanceof PragmaMismatch) return { code: 'storage-unsuitable', retryable: false, params: {} };
  const failure = storageFailureOf(error);
  if (failure === null) throw error;
  return { code: failure, retryable: isRetryable(failure), params: {} };
}

function checkFolder(folder: string): void {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) throw new Refused('folder-missing');
}

/** Before anything there is opened: a write-ahead log on a share is what damages it. Backups may be read from one. */
function checkPlace({ path, placeFacts = placeFactsOf }: OpenOptions): void {
  const folder = dirname(path);
  checkFolder(folder);
  if (networkOf(placeFacts(folder)) !== null) throw new Refused('ledger-on-network');
}

/** @returns whether there is a ledger to open; false where one is to be made */
export function checkFile(path: string): boolean {
  checkFolder(dirname(path));
  const identity = identify(path);
  if (identity.kind === 'foreign') throw new Refused('not-a-ledger');
  if (identity.kind === 'damaged') throw new Refused('ledger-damaged');
  if (identity.kind === 'newer') throw new Refused('ledger-newer', { version: identity.version });
  return identity.kind === 'ledger';
}

export function checkSchema(connection: Connection): void {
  if (alteredSchema(connection).length > 0) throw new Refused('ledger-damaged');
}

export function checkHead(db: ReadDb): void {
  const fault = faultOfHead(db);
  if (fault) throw new Refused('ledger-damaged', { seq: fault.seq });
}

/** A file of an older form is copied beside itself first, durably: what the new form gets wrong is then not lost. */
async function keepFormerForm(path: string): Promise<void> {
  const identity = identify(path);
  if (identity.kind !== 'ledger' || identity.version >= NEWEST_VERSION) return;
  await copySnapshot(path, formerFormPath(path, identity.version));
}

/**
 * Writes what the log holds into the file, and syncs both. After a sync that failed the log may hold a commit that reads
 * well and is nowhere on the disk: built upon, it would take later commits with it when the power is cut.
 */
function settleLog(writer: Connection): void {
  writer.pragma('wal_checkpoint(TRUNCATE)');
}

/** Opens both connections; the lock is held by the caller. */
export function openFile(options: OpenOptions): OpenFile {
  const writer = openForWriting(options.path);
  try {
    writer.exec('BEGIN IMMEDIATE; ROLLBACK'); // a file that cannot be written is found here and not by a command
    settleLog(writer);
    checkSchema(writer); // a version that does not fit the file's schema is damage, and no older form
    const { version } = formOf(writer);
    migrate(writer, version);
    if (version < NEWEST_VERSION) checkSchema(writer);
    const writeDb = writeHandle(writer);
    checkHead(writeDb);
    const head = findHead(writeDb);
    if (head === null) throw new Refused('ledger-damaged'); // it was made with its first entry
    const clock = new HybridClock(options.clock, head.recorded, options.pauseMsMax ?? PAUSE_MS_MAX);
    clock.observe(); // the pause before opening ends here; a jump is told by the first command
    const entries = new EntryWriter(writeDb, clock, head);
    const reader = openForReading(options.path);
    return { writer, reader, writeDb, txDb: readHandle(writer), readDb: readHandle(reader), entries, clock };
  } catch (error) {
    writer.close();
    throw error;
  }
}

/** Opens both connections and verifies every entry. @throws Refused where one is wrong */
async function openProvenFile(options: OpenOptions): Promise<OpenFile> {
  return proven(openFile(options));
}

/** @returns the same file once every entry is verified; closes it where one is wrong @throws Refused */
export async function proven(file: OpenFile): Promise<OpenFile> {
  try {
    const [fault] = (await verifyChain(file.readDb)).faults;
    if (fault) throw new Refused('ledger-damaged', { seq: fault.seq });
    return file;
  } catch (error) {
    file.reader.close();
    file.writer.close();
    throw error;
  }
}

/** Opens the same file after a failure. */
async function openAgain(options: OpenOptions): Promise<Result<OpenFile, OpenRefusal>> {
  try {
    if (!checkFile(options.path)) throw new Refused('ledger-missing');
    return accept(await openProvenFile(options));
  } catch (error) {
    return { ok: false, error: refusalOf(error) };
  }
}

/**
 * Opens the ledger at `path` for writing, making a new one where there is none. The folder must exist.
 * Nothing is written beside a file that is not a ledger.
 */
export async function openLedger(options: OpenOptions): Promise<Result<Ledger, OpenRefusal>> {
  try {
    checkPlace(options);
    checkFile(options.path);
    const lock = acquireWriterLock(options.path);
    if (lock === null) throw new Refused('ledger-busy');
    try {
      if (!checkFile(options.path)) createLedger(options.path, options.clock); // asked again: now nobody else makes it
      await keepFormerForm(options.path);
      const file = options.provesChain ? await openProvenFile(options) : openFile(options);
      return accept(
        new Ledger(file, { path: options.path, openAgain: () => openAgain(options), release: lock.release }),
      );
    } catch (error) {
      lock.release();
      throw error;
    }
  } catch (error) {
    return { ok: false, error: refusalOf(error) };
  }
}

/** A ledger opened beside the application: reads what is committed, writes nothing, takes no lock. */
export interface LedgerReader {
  readonly path: string;
  readonly db: ReadDb;
  head(): Head;
  close(): void;
}

/**
 * Opens an existing ledger for reading only.
 * @param options.holdsSnapshot  sees the ledger as it is now until it is closed, whatever is written meanwhile
 * @param options.readsOnce  goes through the books and keeps few of their pages in memory
 */
export function openReader(
  path: string,
  options: { readonly holdsSnapshot?: boolean; readonly readsOnce?: boolean } = {},
): Result<LedgerReader, OpenRefusal> {
  try {
    if (!checkFile(path)) throw new Refused('ledger-missing');
    const connection = openForReading(path, options);
    try {
      if (options.holdsSnapshot) connection.exec('BEGIN'); // taken by the first read, which is the next line
      checkSchema(connection);
      const db = readHandle(connection);
      checkHead(db);
      return accept({ path, db, head: () => getHead(db), close: () => connection.close() });
    } catch (error) {
      connection.close();
      throw error;
    }
  } catch (error) {
    return { ok: false, error: refusalOf(error) };
  }
}
