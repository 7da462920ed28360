/**
 * Where public yardsticks are looked for: the folder named by CLINIC_YARDSTICKS, else `../shared/yardsticks` beside
 * the project. Tests that use them are skipped, with the reason, where it is absent.
 */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

const folder = resolve(process.env['CLINIC_YARDSTICKS'] ?? '../shared/yardsticks');

/** The path of one yardstick file or folder, or null where it is absent. */
export function findYardstick(path: string): string | null {
  const full = resolve(folder, path);
  return existsSync(full) ? full : null;
}

export const YARDSTICKS_ABSENT = 'the yardsticks folder is absent (set CLINIC_YARDSTICKS)';
