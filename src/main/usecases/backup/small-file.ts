/** Small JSON files beside the ledger and its backups: written whole or not at all, and read as null when in doubt. */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { z } from 'zod';
import { removeFile } from '../../ledger/index.ts';

/** @returns null where there is none, or what is there is not of that form */
export function readSmallFile<Value>(path: string, form: z.ZodType<Value>): Value | null {
  try {
    const parsed = form.safeParse(JSON.parse(readFileSync(path, 'utf8')));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** @throws system errors; what was there before is then still there */
export function writeSmallFile(path: string, value: unknown): void {
  const temporary = `${path}.${process.pid}`;
  try {
    writeFileSync(temporary, `${JSON.stringify(value)}\n`, { flush: true });
    renameSync(temporary, path);
  } catch (error) {
    tryToRemove(temporary);
    throw error;
  }
}

/** What is left behind by a disk that takes nothing is less news than the disk. */
function tryToRemove(path: string): void {
  try {
    removeFile(path);
  } catch {
    return;
  }
}
