/**
 * Whether opening a ledger may take so long that a person would wonder: told by what the file looks like, before it is
 * opened, at the price of reading its beginning. Opening keeps this process busy, so that whoever wants to say what goes
 * on has to say it first.
 */
import { statSync } from 'node:fs';
import { identify } from './file-identity.ts';
import { NEWEST_VERSION } from './migrations/index.ts';
import { keyStorePath } from './paths.ts';
import { storageFailureOf } from './sqlite-failure.ts';

/** A log that was left behind is written into the file first. */
const LOG_BYTES = 16 * 1024 * 1024;
/** Every key is checked. */
const KEY_BYTES = 32 * 1024 * 1024;
/** A disk that takes this long for the first page is a slow one. */
const FIRST_READ_MS = 100;

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

/** @returns false also where the file cannot be read: opening it says why */
export function opensSlowly(path: string, nowMs: () => number = () => performance.now()): boolean {
  try {
    const begunMs = nowMs();
    const identity = identify(path);
    if (nowMs() - begunMs >= FIRST_READ_MS) return true;
    if (identity.kind === 'ledger' && identity.version < NEWEST_VERSION) return true;
    return sizeOf(`${path}-wal`) >= LOG_BYTES || sizeOf(keyStorePath(path)) >= KEY_BYTES;
  } catch (error) {
    if (storageFailureOf(error) === null) throw error;
    return false;
  }
}
