/**
 * What SQLite's result codes mean to the product. A failure that may have touched the disk ends writing until the
 * ledger has been reopened and verified; anything that is not listed here is a fault of the program and is thrown on.
 */
import Database from 'better-sqlite3';

/** Ordered by precedence: where two would fit, the earlier one is named. */
export const STORAGE_FAILURES = [
  'disk-full',
  'ledger-damaged',
  'ledger-read-only',
  'ledger-busy',
  'ledger-io',
] as const;
export type StorageFailure = (typeof STORAGE_FAILURES)[number];

/** Something in the file is not what was written there. */
export class LedgerDamaged extends Error {}

/** A failure that another thread met: its own error does not cross over. */
export class StorageFailed extends Error {
  readonly failure: StorageFailure;

  constructor(failure: StorageFailure) {
    super(failure);
    this.failure = failure;
  }
}

const BY_PRIMARY_CODE: Readonly<Record<string, StorageFailure>> = {
  SQLITE_FULL: 'disk-full',
  SQLITE_CORRUPT: 'ledger-damaged',
  SQLITE_NOTADB: 'ledger-damaged',
  SQLITE_READONLY: 'ledger-read-only',
  SQLITE_PERM: 'ledger-read-only',
  SQLITE_CANTOPEN: 'ledger-read-only',
  SQLITE_BUSY: 'ledger-busy',
  SQLITE_LOCKED: 'ledger-busy',
  SQLITE_IOERR: 'ledger-io',
  SQLITE_PROTOCOL: 'ledger-io',
};

/** Where an extended code says more. The log's index grows in a file of its own, and cannot on a full disk. */
const BY_EXTENDED_CODE: Readonly<Record<string, StorageFailure>> = { SQLITE_IOERR_SHMSIZE: 'disk-full' };

/** A header with a schema format that no SQLite has ever written: the one damage that is told as a mere error. */
const UNKNOWN_SCHEMA_FORMAT = 'unsupported file format';

const BY_SYSTEM_CODE: Readonly<Record<string, StorageFailure>> = {
  ENOSPC: 'disk-full',
  EDQUOT: 'disk-full',
  EROFS: 'ledger-read-only',
  EACCES: 'ledger-read-only',
  EPERM: 'ledger-read-only',
  EBUSY: 'ledger-busy',
  EIO: 'ledger-io',
};

/**
 * The storage failure that `error` reports, or null when it is something else (a constraint, a bug).
 * Extended codes (`SQLITE_IOERR_FSYNC`) count as their primary code, unless they say more.
 */
export function storageFailureOf(error: unknown): StorageFailure | null {
  if (error instanceof LedgerDamaged) return 'ledger-damaged';
  if (error instanceof StorageFailed) return error.failure;
  if (error instanceof Database.SqliteError) {
    if (error.message === UNKNOWN_SCHEMA_FORMAT) return 'ledger-damaged';
    const primary = error.code.split('_').slice(0, 2).join('_');
    return BY_EXTENDED_CODE[error.code] ?? BY_PRIMARY_CODE[primary] ?? null;
  }
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') {
    return BY_SYSTEM_CODE[error.code] ?? null;
  }
  return null;
}

/** Whether an error comes of a database file itself, and not of some other file or of the program. */
export function isOfDatabase(error: unknown): boolean {
  return error instanceof LedgerDamaged || error instanceof Database.SqliteError;
}

/** Whether the same request may succeed later without being changed. */
export function isRetryable(failure: StorageFailure): boolean {
  return failure !== 'ledger-damaged';
}
