/** Copies a key store beside whoever has it open: for backups. Verified before it takes the place of an older copy. */
import { writeFileSync } from 'node:fs';
import {
  copySnapshot,
  giveRights,
  openForReading,
  putInPlace,
  readHandle,
  removeCopy,
  syncFile,
  unverifiedPath,
} from '../ledger/storage.ts';
import { damageIn, KeyStoreDamaged } from './key-file.ts';

/**
 * @param source  path of the key store
 * @throws KeyStoreDamaged when the copy is not whole, SqliteError, system errors: an older copy then stays
 */
export async function copyKeyStore(source: string, target: string): Promise<void> {
  const copy = unverifiedPath(target);
  try {
    await copySnapshot(source, copy);
    const connection = openForReading(copy);
    const [damage] = damageIn(readHandle(connection));
    connection.close();
    if (damage) throw new KeyStoreDamaged(damage.table);
    putInPlace(copy, target);
  } finally {
    removeCopy(copy);
  }
}

/** Writes the content of a key store that is open in memory to a file, whole and durable before it has its name. */
export function saveKeyStore(content: Buffer, target: string): void {
  const copy = unverifiedPath(target);
  try {
    removeCopy(copy);
    giveRights(copy);
    writeFileSync(copy, content);
    syncFile(copy);
    putInPlace(copy, target);
  } finally {
    removeCopy(copy);
  }
}
