/** Makes a file durable, and the folder entry that names it: SQLite syncs its own files, not copies of them. */
import { closeSync, fsyncSync, openSync, unlinkSync } from 'node:fs';
import { dirname } from 'node:path';

function syncPath(path: string, flags: string): void {
  const file = openSync(path, flags);
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** @throws system errors (`EIO`) */
export function syncFolder(path: string): void {
  if (process.platform !== 'win32') syncPath(path, 'r'); // Windows does not open folders
}

/**
 * Removes a file if it is there. Unlike `rmSync`, whose error for a failing disk has no code, it says what went wrong.
 * @throws system errors (`EIO`, `EROFS`)
 */
export function removeFile(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
}

/** @throws system errors (`EIO`, `ENOSPC`) */
export function syncFile(path: string): void {
  syncPath(path, 'r+');
  syncFolder(dirname(path));
}
