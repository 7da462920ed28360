/**
 * Copies of a live SQLite file: made of one moment while writing goes on, made durable (SQLite's `backup` does not sync
 * what it wrote), and put in the place of an older copy only by a rename.
 */
import { existsSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
import { openForReading } from './connection.ts';
import { giveRights } from './file-rights.ts';
import { removeFile, syncFile, syncFolder } from './sync-file.ts';

/** Pages copied between two looks at the event loop: 4 MB. */
const PAGES_PER_TURN = 1000;

/** A log left beside an older file would be replayed into the new one. */
function removeLogs(path: string): void {
  for (const suffix of ['-wal', '-shm', '-journal']) removeFile(path + suffix);
}

/** Removes a copy and what SQLite made beside it. */
export function removeCopy(path: string): void {
  removeFile(path);
  removeLogs(path);
}

/** Copies what is committed in `source` now to `target`, durably. @throws SqliteError, system errors */
export async function copySnapshot(source: string, target: string): Promise<void> {
  removeCopy(target);
  giveRights(target);
  const connection = openForReading(source);
  try {
    connection.exec('BEGIN');
    connection.prepare('SELECT count(*) FROM sqlite_schema').get(); // takes the snapshot: writing goes on without it
    await connection.backup(target, { progress: () => PAGES_PER_TURN });
  } finally {
    connection.close();
  }
  syncFile(target);
}

/** Puts a verified copy where `target` is or was. */
export function putInPlace(copy: string, target: string): void {
  removeLogs(copy);
  removeLogs(target);
  renameSync(copy, target);
  syncFile(target);
}

/** Moves a file and its logs out of the way, unchanged: `clinic.ledger` to `clinic.ledger.damaged-20261118T022000Z`. */
export function setAside(path: string, suffix: string): void {
  for (const log of ['-wal', '-shm', '']) {
    if (existsSync(path + log)) renameSync(path + log, path + suffix + log);
  }
  syncFolder(dirname(path));
}
