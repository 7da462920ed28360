/**
 * The key store's part of restoring a backup. A whole key store of the same clinic stays: it has every key that the
 * backup's has, except those that were destroyed since, and those must not come back. Only where it is lost, damaged or
 * another clinic's does the backup's take its place, and forgets again whom the erasure list names.
 */
import { existsSync } from 'node:fs';
import { accept } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import { keyStorePath } from '../ledger/index.ts';
import type { Clock } from '../ledger/index.ts';
import { copySnapshot, putInPlace, removeCopy, setAside, unverifiedPath } from '../ledger/storage.ts';
import type { Subject } from './key-store.ts';
import { openKeyStore } from './open-key-store.ts';
import type { KeyStoreRefusal } from './open-key-store.ts';

export interface KeyRestore {
  /** The backup's ledger; its keys lie beside it. */
  readonly backup: string;
  readonly ledgerPath: string;
  /** Everyone known to have been erased, wherever the list was kept. */
  readonly erased: readonly Subject[];
  readonly clock: Clock;
  /** Ends the name of the file that is set aside. */
  readonly asideSuffix: string;
}

/** Which store lies beside a ledger, once every row of it has been checked. */
function storeIdAt(ledgerPath: string, clock: Clock): Result<string, KeyStoreRefusal> {
  const opened = openKeyStore({ ledgerPath, clock, mayCreate: false });
  if (!opened.ok) return opened;
  const { storeId } = opened.value;
  opened.value.close();
  return accept(storeId);
}

/** Both key stores must be closed. @returns which one is in use now */
export async function restoreKeyStore(
  options: KeyRestore,
): Promise<Result<'kept' | 'replaced', KeyStoreRefusal>> {
  const { backup, ledgerPath, clock } = options;
  const copied = storeIdAt(backup, clock);
  if (!copied.ok) return copied;
  const path = keyStorePath(ledgerPath);
  const live = storeIdAt(ledgerPath, clock);
  if (live.ok && live.value === copied.value) return accept('kept');
  const copy = unverifiedPath(path);
  try {
    await copySnapshot(keyStorePath(backup), copy);
    if (existsSync(path)) setAside(path, options.asideSuffix);
    putInPlace(copy, path);
  } finally {
    removeCopy(copy);
  }
  const restored = openKeyStore({ ledgerPath, clock, mayCreate: false });
  if (!restored.ok) return restored;
  restored.value.reapplyErasures(options.erased);
  restored.value.close();
  return accept('replaced');
}
