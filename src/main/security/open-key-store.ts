/** Opens the key store of a ledger, or makes it. Refuses a file that is not one, is newer, or has a damaged row. */
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { accept, refuse } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import { keyStorePath } from '../ledger/index.ts';
import type { Clock } from '../ledger/index.ts';
import { isRetryable, PragmaMismatch, storageFailureOf } from '../ledger/storage.ts';
import type { Connection, StorageFailure } from '../ledger/storage.ts';
import { KEY_BYTES } from './envelope.ts';
import { KeyFile, KeyStoreDamaged, openKeyFile } from './key-file.ts';
import { KEY_STORE_APPLICATION_ID, KEY_STORE_SQL, KEY_STORE_VERSION } from './key-store-schema.ts';
import { KeyStore } from './key-store.ts';

/** Precedence is the order here. */
export type KeyStoreRefusal =
  | 'key-store-missing'
  | 'not-a-key-store'
  | 'key-store-newer'
  | 'key-store-damaged'
  | 'storage-unsuitable'
  | StorageFailure;

export interface KeyStoreOptions {
  readonly ledgerPath: string;
  readonly clock: Clock;
  /** True only for a ledger without patients: a missing key store is then made and not reported as lost. */
  readonly mayCreate: boolean;
}

function create(connection: Connection, file: KeyFile): void {
  connection
    .transaction(() => {
      connection.exec(KEY_STORE_SQL);
      file.putSecret('store-id', randomBytes(16));
      file.putSecret('digest-key', randomBytes(KEY_BYTES));
      file.putSecret('draft-key', randomBytes(KEY_BYTES));
      connection.pragma(`application_id = ${KEY_STORE_APPLICATION_ID}`);
      connection.pragma(`user_version = ${KEY_STORE_VERSION}`);
    })
    .immediate();
}

/** @returns why the file is not opened, or null */
function check(connection: Connection, file: KeyFile, mayCreate: boolean): KeyStoreRefusal | null {
  const tables = connection.prepare<[], number>('SELECT count(*) FROM sqlite_schema').pluck().get();
  if (tables === 0) {
    if (!mayCreate) return 'key-store-missing';
    create(connection, file);
  }
  if (connection.pragma('application_id', { simple: true }) !== KEY_STORE_APPLICATION_ID) {
    return 'not-a-key-store';
  }
  if (Number(connection.pragma('user_version', { simple: true })) > KEY_STORE_VERSION)
    return 'key-store-newer';
  const isWhole = file.findBrokenStructure().length === 0 && file.findDamage().length === 0;
  return isWhole ? null : 'key-store-damaged';
}

export function openKeyStore(options: KeyStoreOptions): Result<KeyStore, KeyStoreRefusal> {
  const path = keyStorePath(options.ledgerPath);
  if (!options.mayCreate && !existsSync(path)) return refuse('key-store-missing');
  try {
    return keyStoreOf({ path, connection: openKeyFile(path) }, options.clock, options.mayCreate);
  } catch (error) {
    return refusalOfKeys(error);
  }
}

/** The key store in an open file, once every row of it is checked; the connection is closed where it is not used. */
export function keyStoreOf(
  opened: { readonly path: string; readonly connection: Connection; readonly isInMemory?: boolean },
  clock: Clock,
  mayCreate: boolean,
): Result<KeyStore, KeyStoreRefusal> {
  const { connection } = opened;
  try {
    const file = new KeyFile(opened);
    const refusal = check(connection, file, mayCreate);
    if (refusal === null) return accept(new KeyStore(file, clock));
    connection.close();
    return refuse(refusal);
  } catch (error) {
    connection.close();
    throw error;
  }
}

/** @throws what is not a reason for not opening, but a fault of the program */
export function refusalOfKeys(error: unknown): Result<never, KeyStoreRefusal> {
  if (error instanceof PragmaMismatch) return refuse('storage-unsuitable');
  if (error instanceof KeyStoreDamaged) return refuse('key-store-damaged');
  const failure = storageFailureOf(error);
  if (failure === null) throw error;
  return refuse(failure === 'ledger-damaged' ? 'key-store-damaged' : failure, {}, isRetryable(failure));
}
