/**
 * Keeps a second copy of the application out. The lock is an exclusive SQLite lock on an empty file beside the ledger:
 * the operating system drops it when the process ends, however it ends, so there is never a stale one to remove; and
 * SQLite's own bookkeeping makes it hold within one process too. Readers do not take it.
 */
import Database from 'better-sqlite3';
import { giveRights } from './file-rights.ts';
import { lockPath } from './paths.ts';

export interface WriterLock {
  release(): void;
}

/**
 * @returns the lock, or null when another copy holds it
 * @throws system errors and SqliteError when the file cannot be made (read-only folder)
 */
export function acquireWriterLock(ledgerPath: string): WriterLock | null {
  giveRights(lockPath(ledgerPath));
  const connection = new Database(lockPath(ledgerPath), { timeout: 0 });
  try {
    connection.pragma('journal_mode = memory'); // no second file beside the lock
    connection.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    connection.close();
    if (error instanceof Database.SqliteError && error.code === 'SQLITE_BUSY') return null;
    throw error;
  }
  return { release: () => connection.close() };
}

/** Whether another copy may write to the ledger at this moment. @throws SqliteError as above */
export function isHeldByWriter(ledgerPath: string): boolean {
  const lock = acquireWriterLock(ledgerPath);
  lock?.release();
  return lock === null;
}
