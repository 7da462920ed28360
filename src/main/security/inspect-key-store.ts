/** Looks a key store through without opening it for writing: which rows, pages or parts of its schema are damaged. */
import { existsSync } from 'node:fs';
import { keyStorePath } from '../ledger/index.ts';
import { openForReading, readHandle, storageFailureOf } from '../ledger/storage.ts';
import { brokenStructureOf, damageIn } from './key-file.ts';

/**
 * @returns one line per damage, by table and row or by page, never a key; empty also where no key store lies beside
 * @throws SqliteError when it cannot be read for another reason than damage
 */
export function inspectKeyStore(ledgerPath: string): string[] {
  const path = keyStorePath(ledgerPath);
  if (!existsSync(path)) return [];
  const found: string[] = [];
  try {
    const connection = openForReading(path);
    try {
      found.push(...brokenStructureOf(connection));
      const rows = damageIn(readHandle(connection));
      return [...found, ...rows.map(({ table, row }) => `${table} ${row}: not what was written`)];
    } finally {
      connection.close();
    }
  } catch (error) {
    if (storageFailureOf(error) !== 'ledger-damaged') throw error;
    const words = error instanceof Error ? error.message : 'cannot be read';
    return found.length > 0 ? found : [`page 1: ${words}`];
  }
}
