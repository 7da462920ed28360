/**
 * Whether a ledger can be written, asked of the disk and not of SQLite: a file that may only be read is opened by SQLite
 * without a word, and a full disk is met by the first command. Leaves nothing behind.
 */
import { closeSync, existsSync, fsyncSync, openSync, statSync, writeSync } from 'node:fs';
import { probePath } from './paths.ts';
import { storageFailureOf } from './sqlite-failure.ts';
import { removeFile } from './sync-file.ts';

/** Why a ledger that can be read cannot be written. */
const READ_ONLY_CAUSES = ['disk-full', 'ledger-read-only'] as const;
export type ReadOnlyCause = (typeof READ_ONLY_CAUSES)[number];

/** What the largest ordinary command adds to the log, with room to spare. */
const ROOM_BYTES = 262_144;

export function isReadOnlyCause(code: string | null): code is ReadOnlyCause {
  return READ_ONLY_CAUSES.some((cause) => cause === code);
}

/**
 * @returns null where there is room and the right to write, or where something else is wrong that opening will tell
 * @throws what no storage failure explains
 */
export function whyReadOnly(ledgerPath: string): ReadOnlyCause | null {
  try {
    if (existsSync(ledgerPath)) closeSync(openSync(ledgerPath, 'r+'));
    takeRoom(probePath(ledgerPath));
    return null;
  } catch (error) {
    const failure = storageFailureOf(error);
    if (failure === null) throw error;
    return isReadOnlyCause(failure) ? failure : null;
  }
}

function takeRoom(path: string): void {
  try {
    const file = openSync(path, 'w', 0o600);
    try {
      const bytes = Buffer.alloc(ROOM_BYTES, 0x5a); // not zeros: a file system may not store those
      for (let done = 0; done < bytes.length; done += writeSync(file, bytes, done));
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
  } finally {
    removeFile(path);
  }
}

/** Changes when somebody else writes to the ledger: size and time of the file and its log. */
export function fileSignature(path: string): string {
  return ['', '-wal']
    .map((log) => statSync(path + log, { throwIfNoEntry: false }))
    .map((stat) => (stat === undefined ? '-' : `${stat.size}@${stat.mtimeMs}`))
    .join(' ');
}
