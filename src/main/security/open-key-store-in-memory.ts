/**
 * Opens the key store of a ledger that cannot be written: as it was when it was read, in this process's memory. Keys are
 * never left in a second file; drafts that are typed meanwhile are kept in memory until the file can be written again.
 */
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { refuse } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import { keyStorePath } from '../ledger/index.ts';
import type { Clock } from '../ledger/index.ts';
import { openForReading, openForWriting, openInMemory, storageFailureOf } from '../ledger/storage.ts';
import type { KeyStore } from './key-store.ts';
import { keyStoreOf, refusalOfKeys } from './open-key-store.ts';
import type { KeyStoreRefusal } from './open-key-store.ts';

/** @returns refused with `key-store-missing` where there is none, as for a ledger that has patients */
export function openKeyStoreInMemory(ledgerPath: string, clock: Clock): Result<KeyStore, KeyStoreRefusal> {
  const path = keyStorePath(ledgerPath);
  if (!existsSync(path)) return refuse('key-store-missing');
  try {
    const connection = openInMemory(contentOf(path));
    return keyStoreOf({ path, connection, isInMemory: true }, clock, false);
  } catch (error) {
    return refusalOfKeys(error);
  }
}

/** The whole content with what its log holds; where SQLite cannot read it in its own folder, by way of a private one. */
function contentOf(path: string): Buffer {
  try {
    return serialized(openForReading(path));
  } catch (error) {
    const failure = storageFailureOf(error);
    if (failure !== 'ledger-read-only' && failure !== 'disk-full') throw error;
  }
  const folder = mkdtempSync(join(tmpdir(), 'clinic-allocator-'));
  try {
    const copy = join(folder, 'keys');
    for (const log of ['', '-wal']) if (existsSync(path + log)) copyFileSync(path + log, copy + log);
    return serialized(openForWriting(copy));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function serialized(connection: ReturnType<typeof openForReading>): Buffer {
  try {
    return connection.serialize();
  } finally {
    connection.close();
  }
}
