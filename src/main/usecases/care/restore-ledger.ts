/**
 * Restores a backup over a ledger that is not open anywhere: first what would be lost, then the ledger and its keys,
 * the erasures of both sides applied again. The files that were there are set aside, never removed.
 */
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import {
  isHeldByWriter,
  isOnNetwork,
  keyStorePath,
  listErasedPatients,
  openReader,
  previewRestore,
  restoreBackup,
  storageFailureOf,
  suffixOf,
} from '../../ledger/index.ts';
import type {
  Clock,
  EpochStart,
  Head,
  RestorePreview,
  RestoreRefusal,
  StorageFailure,
} from '../../ledger/index.ts';
import { openKeyStore, restoreKeyStore } from '../../security/index.ts';
import type { Subject } from '../../security/index.ts';
import { patientId } from '../../../shared/ids.ts';
import { accept, refuse } from '../../../shared/result.ts';
import type { Result } from '../../../shared/result.ts';
import { erasuresBeside } from '../backup/backup-folder.ts';
import { PROBLEM_OF } from '../workplace.ts';
import type { FileProblem } from '../workplace.ts';

/** Refusals about the backup itself. */
type BackupRefusal = 'not-a-backup' | 'backup-newer' | 'backup-unproven' | 'backup-without-keys';
/** The others are about the place of the ledger. */
export type CareRefusal = BackupRefusal | Exclude<FileProblem, 'not-a-ledger' | 'ledger-newer'>;

export interface RestoreCare {
  /** The backup's ledger file; its keys lie beside it. */
  readonly backup: string;
  readonly ledgerPath: string;
  readonly clock: Clock;
  /** Who restores a ledger that is whole, and why. */
  readonly by?: EpochStart['by'];
}

const REFUSAL_OF: Readonly<Record<RestoreRefusal, CareRefusal>> = {
  'backup-unproven': 'backup-unproven',
  'ledger-missing': 'not-a-backup',
  'not-a-ledger': 'not-a-backup',
  'ledger-newer': 'backup-newer',
  'folder-missing': 'folder-missing',
  'ledger-on-network': 'ledger-on-network',
  'storage-unsuitable': 'ledger-io',
  'disk-full': 'disk-full',
  'ledger-damaged': 'ledger-damaged',
  'ledger-read-only': 'ledger-read-only',
  'ledger-busy': 'ledger-busy',
  'ledger-io': 'ledger-io',
};

/** What restoring would lose; the backup is proven on the way. Changes nothing. */
export async function previewCare(care: RestoreCare): Promise<Result<RestorePreview, CareRefusal>> {
  const busy = refusalOfPlace(care.ledgerPath);
  return busy === null ? previewOpen(care) : refuse(busy, {}, busy !== 'ledger-on-network');
}

/** The same beside whoever has the ledger open. */
export async function previewOpen(care: RestoreCare): Promise<Result<RestorePreview, CareRefusal>> {
  if (!existsSync(care.backup)) return refuse('not-a-backup');
  const preview = await previewRestore(care.backup, care.ledgerPath);
  if (!preview.ok) return refusedCare(preview.error.code);
  return existsSync(keyStorePath(care.backup)) ? preview : refuse('backup-without-keys');
}

/** @returns the head of the new chain epoch */
export async function restoreCare(care: RestoreCare): Promise<Result<Head, CareRefusal>> {
  const previewed = await previewCare(care);
  if (!previewed.ok) return previewed;
  const { backup, ledgerPath, clock, by } = care;
  const erased = erasedAt(care);
  const asideSuffix = suffixOf(clock, 'replaced');
  const restored = await restoreBackup(backup, { path: ledgerPath, clock, by });
  if (!restored.ok) return refusedCare(restored.error.code);
  const keys = await restoreKeyStore({ backup, ledgerPath, erased, clock, asideSuffix });
  return keys.ok ? accept(restored.value) : refuse(keyRefusal(PROBLEM_OF[keys.error.code]));
}

function refusedCare(code: RestoreRefusal): Result<never, CareRefusal> {
  return refuse(REFUSAL_OF[code], {}, code === 'ledger-busy');
}

function refusalOfPlace(ledgerPath: string): StorageFailure | 'ledger-on-network' | null {
  try {
    if (isOnNetwork(dirname(ledgerPath))) return 'ledger-on-network';
    return isHeldByWriter(ledgerPath) ? 'ledger-busy' : null;
  } catch (error) {
    const failure = storageFailureOf(error);
    if (failure === null) throw error;
    return failure;
  }
}

function keyRefusal(problem: FileProblem): CareRefusal {
  if (problem === 'not-a-ledger') return 'not-a-backup';
  return problem === 'ledger-newer' ? 'backup-newer' : problem;
}

/** Everyone known to be erased: to the ledger and its keys, as far as they can be read, and to the list by the backup. */
function erasedAt({ backup, ledgerPath, clock }: RestoreCare): Subject[] {
  const reader = openReader(ledgerPath);
  const inLedger = reader.ok ? listErasedPatients(reader.value.db) : [];
  if (reader.ok) reader.value.close();
  const keys = openKeyStore({ ledgerPath, clock, mayCreate: false });
  const inKeys = keys.ok ? keys.value.listErased() : [];
  if (keys.ok) keys.value.close();
  return [...new Set([...inLedger, ...inKeys, ...erasuresBeside(dirname(backup))])].map(patientId);
}
