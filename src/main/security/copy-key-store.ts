/** Copies a key store beside whoever has it open: for backups. Verified before it takes the place of an older copy. */
import {
  copySnapshot,
  openForReading,
  putInPlace,
  readHandle,
  removeCopy,
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
