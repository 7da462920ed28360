/**
 * Opens a ledger that cannot be written, so that everything in it can still be read: where it lies when SQLite can read
 * it there, else from a private copy of the file and its log, because a log that is not merged may hold the newest
 * entries and SQLite needs a folder that it can write to read one. A copy is gone when the ledger is closed.
 */
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { accept, refuse } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import { EntryWriter } from './append.ts';
import { openForReading } from './connection.ts';
import { identify } from './file-identity.ts';
import { readHandle, writeHandle } from './handles.ts';
import { HybridClock, PAUSE_MS_MAX } from './hybrid-clock.ts';
import type { Clock } from './hybrid-clock.ts';
import { Ledger } from './ledger.ts';
import { NEWEST_VERSION } from './migrations/index.ts';
import type { OpenFile, OpenRefusal } from './open-file.ts';
import { checkFile, checkHead, checkSchema, openFile, proven, Refused, refusalOf } from './open.ts';
import { getHead } from './queries/head.ts';
import { storageFailureOf } from './sqlite-failure.ts';
import { fileSignature, isReadOnlyCause } from './write-probe.ts';
import type { ReadOnlyCause } from './write-probe.ts';
import { acquireWriterLock } from './writer-lock.ts';

export interface ReadOnlyOptions {
  readonly path: string;
  readonly clock: Clock;
  /** Why it cannot be written. */
  readonly cause: ReadOnlyCause;
  /** Believes the file only when its whole chain is right. */
  readonly provesChain?: boolean;
}

/** Somebody with more rights may be writing while the file is copied: so often it is tried again. */
const COPIES_MAX = 3;

/** The file at `path` through two connections of which neither can write. */
function openInPlace(path: string, clock: Clock): OpenFile {
  const writer = openForReading(path);
  try {
    const reader = openForReading(path);
    try {
      checkSchema(reader);
      const readDb = readHandle(reader);
      checkHead(readDb);
      const head = getHead(readDb);
      const hybrid = new HybridClock(clock, head.recorded, PAUSE_MS_MAX);
      const writeDb = writeHandle(writer); // of a connection that refuses to write
      const entries = new EntryWriter(writeDb, hybrid, head);
      return { writer, reader, writeDb, txDb: readHandle(writer), readDb, entries, clock: hybrid };
    } catch (error) {
      reader.close();
      throw error;
    }
  } catch (error) {
    writer.close();
    throw error;
  }
}

/** Whether SQLite reads the file where it lies, in the form of this version. */
function isReadableInPlace(path: string): boolean {
  try {
    const identity = identify(path);
    return identity.kind !== 'ledger' || identity.version === NEWEST_VERSION;
  } catch (error) {
    const failure = storageFailureOf(error);
    if (isReadOnlyCause(failure)) return false;
    throw error;
  }
}

/** @returns the copy, in a folder that only this account can read @throws system errors, Refused `ledger-busy` */
function copyAside(path: string): { readonly copy: string; readonly remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'clinic-allocator-'));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  const copy = join(folder, basename(path));
  try {
    for (let attempt = 0; attempt < COPIES_MAX; attempt += 1) {
      const before = fileSignature(path);
      rmSync(`${copy}-wal`, { force: true });
      for (const log of ['', '-wal']) if (existsSync(path + log)) copyFileSync(path + log, copy + log);
      if (fileSignature(path) === before) return { copy, remove };
    }
    throw new Refused('ledger-busy');
  } catch (error) {
    remove();
    throw error;
  }
}

/**
 * Opens an existing ledger so that it can be read and every command is refused with `cause`. Keeps other copies of the
 * application out where the lock can be taken. A ledger of an older form is brought up to date in the copy alone.
 * @returns refused with `ledger-missing` where there is none to read; otherwise as `openLedger`
 */
export async function openLedgerReadOnly(options: ReadOnlyOptions): Promise<Result<Ledger, OpenRefusal>> {
  const { path, clock, cause, provesChain = false } = options;
  let release = (): void => undefined;
  try {
    if (!existsSync(path)) throw new Refused('ledger-missing');
    release = lockIfPossible(path);
    const source = isReadableInPlace(path) ? null : copyAside(path);
    release = both(release, source?.remove);
    const readPath = source?.copy ?? path;
    if (!checkFile(readPath)) throw new Refused('ledger-missing');
    const open = (): OpenFile =>
      source === null ? openInPlace(path, clock) : openFile({ path: readPath, clock });
    const file = provesChain ? await proven(open()) : open();
    const openAgain = async (): Promise<Result<OpenFile, OpenRefusal>> => {
      try {
        return accept(await proven(open()));
      } catch (error) {
        return { ok: false, error: refusalOf(error) };
      }
    };
    return accept(new Ledger(file, { path, readPath, readOnly: cause, openAgain, release }));
  } catch (error) {
    release();
    const { code, params, retryable } = refusalOf(error);
    return refuse(code, params, retryable);
  }
}

function both(first: () => void, second: (() => void) | undefined): () => void {
  return () => {
    first();
    second?.();
  };
}

/** @returns the way to give it back; does nothing where no lock file can be made @throws Refused `ledger-busy` */
function lockIfPossible(path: string): () => void {
  try {
    const lock = acquireWriterLock(path);
    if (lock === null) throw new Refused('ledger-busy');
    return lock.release;
  } catch (error) {
    if (error instanceof Refused || !isReadOnlyCause(storageFailureOf(error))) throw error;
    return () => undefined;
  }
}
