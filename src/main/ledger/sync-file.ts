/** Makes a file durable, and the folder entry that names it: SQLite syncs its own files, not copies of them. */
import { closeSync, fsyncSync, openSync } from 'node:fs';
import { dirname } from 'node:path';

/** @throws system errors (`EIO`, `ENOSPC`) */
export function syncFile(path: string): void {
  syncPath(path, 'r+');
  if (process.platform !== 'win32') syncPath(dirname(path), 'r'); // Windows does not open folders
}

function syncPath(path: string, flags: string): void {
  const file = openSync(path, flags);
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
