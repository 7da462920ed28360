/**
 * Makes one backup of a ledger and its keys into a folder: verified before it takes the place of an older one of the same
 * day, noted, and the older ones pruned. Works on the files, so that it runs beside the window that has them open.
 */
import { existsSync, statSync } from 'node:fs';
import {
  backUp,
  keyStorePath,
  listErasedPatients,
  openReader,
  storageFailureOf,
} from '../../ledger/index.ts';
import type { BackupRefusal, StorageFailure } from '../../ledger/index.ts';
import { copyKeyStore, KeyStoreDamaged } from '../../security/index.ts';
import { localDateOf } from '../../../shared/local-time.ts';
import { accept, refuse } from '../../../shared/result.ts';
import type { Result } from '../../../shared/result.ts';
import type { Instant } from '../../../shared/units.ts';
import { proveInThreads } from '../care/proof-client.ts';
import {
  backupPath,
  chainOf,
  headOf,
  keepErasures,
  noteOf,
  pruneBackups,
  writeNote,
} from './backup-folder.ts';
import type { BackupNote } from './backup-folder.ts';
import { writeLastBackup } from './last-backup.ts';

export interface BackupJob {
  readonly ledgerPath: string;
  readonly folder: string;
  readonly now: Instant;
  /** The clinic's: names the day. */
  readonly timeZone: string;
  /** Of a ledger that can only be read: where it is read, and its keys. Nothing is noted beside it then. */
  readonly readOnly?: { readonly readPath: string; copyKeys(target: string): Promise<void> };
}

export interface BackupMade {
  readonly path: string;
  readonly note: BackupNote;
  /** Names of the older ones that the rule no longer keeps. */
  readonly pruned: readonly string[];
}

/** Precedence is the order here. */
export const BACKUP_FAULTS = [
  'folder-missing',
  'backup-of-another',
  'backup-not-verified',
  'disk-full',
  'ledger-read-only',
  'ledger-io',
] as const;
export type BackupFault = (typeof BACKUP_FAULTS)[number];
export type DiskFault = Extract<BackupFault, 'disk-full' | 'ledger-read-only' | 'ledger-io'>;

/** A shorter ledger is proven before threads for it have started. */
const THREADS_FROM_ENTRIES = 20_000;

/** What a stick says that was pulled out. */
const GONE = ['ENOENT', 'ENODEV', 'ENXIO', 'ENOTDIR', 'ESTALE', 'EHOSTDOWN'];

export async function runBackup(job: BackupJob): Promise<Result<BackupMade, BackupFault>> {
  const { folder, ledgerPath, now, timeZone, readOnly } = job;
  const source = readOnly?.readPath ?? ledgerPath;
  if (!existsSync(folder)) return refuse('folder-missing', {}, true);
  const path = backupPath(folder, ledgerPath, localDateOf(now, timeZone));
  try {
    const chain = chainOf(source);
    if (chain === null) return refuse('ledger-io', {}, true);
    if (existsSync(path) && (chainOf(path) ?? chain) !== chain) return refuse('backup-of-another');
    const companions = () =>
      readOnly?.copyKeys(keyStorePath(path)) ?? copyKeyStore(keyStorePath(ledgerPath), keyStorePath(path));
    const isLong = (headOf(source)?.seq ?? 0) >= THREADS_FROM_ENTRIES;
    const done = await backUp(source, path, { ...(isLong ? { prove: proveInThreads } : {}), companions });
    if (!done.ok) return refuse(existsSync(folder) ? whyNot(done.error.code) : 'folder-missing', {}, true);
    const note = noteOf(done.value.head, chain, now, statSync(path).size);
    writeNote(path, note);
    keepErasures(folder, ledgerPath, erasedIn(source));
    const pruned = pruneBackups(folder, ledgerPath, chain);
    if (readOnly === undefined) writeLastBackup(ledgerPath, { at: now, path });
    return accept({ path, note, pruned });
  } catch (error) {
    if (error instanceof KeyStoreDamaged) return refuse('backup-not-verified');
    if (isGone(error)) return refuse('folder-missing', {}, true);
    const failure = storageFailureOf(error);
    if (failure === null) throw error;
    return refuse(diskFaultOf(failure), {}, true);
  }
}

/** What is told of files that the disk did not take for this. */
export function diskFaultOf(failure: StorageFailure): DiskFault {
  return failure === 'disk-full' || failure === 'ledger-read-only' ? failure : 'ledger-io';
}

function whyNot(code: BackupRefusal): BackupFault {
  return code === 'backup-unproven' ? 'backup-not-verified' : diskFaultOf(code);
}

function isGone(error: unknown): boolean {
  return (
    error instanceof Error && 'code' in error && typeof error.code === 'string' && GONE.includes(error.code)
  );
}

function erasedIn(ledgerPath: string): string[] {
  const reader = openReader(ledgerPath);
  if (!reader.ok) return [];
  const erased = listErasedPatients(reader.value.db);
  reader.value.close();
  return erased;
}
