/**
 * When and where the last good backup was made, in a small file beside the ledger. Not an entry: it must be readable when
 * the ledger is not, and a backup cannot hold the news of itself. A missing or damaged file means "never": then people
 * are asked to make one, which does no harm.
 */
import { z } from 'zod';
import { backupRecordPath } from '../../ledger/index.ts';
import { instantField } from '../../../shared/contract/fields.ts';
import type { Instant } from '../../../shared/units.ts';
import { DAY } from '../../../shared/units.ts';
import type { Alert } from '../views/alerts.ts';
import { readSmallFile, writeSmallFile } from './small-file.ts';

/** A backup older than this is warned of. */
const BACKUP_AGE_SECONDS_MAX = 7 * DAY;

const recordField = z.strictObject({ at: instantField, path: z.string() });
/** Where the backup was written, and when. */
export type BackupRecord = z.infer<typeof recordField>;

/** @returns null when there was none, or nobody can tell */
export function readLastBackup(ledgerPath: string): BackupRecord | null {
  return readSmallFile(backupRecordPath(ledgerPath), recordField);
}

/** @throws system errors */
export function writeLastBackup(ledgerPath: string, record: BackupRecord): void {
  writeSmallFile(backupRecordPath(ledgerPath), record);
}

/** The sample clinic needs no backup. */
export function backupAlerts(given: {
  readonly isSample: boolean;
  readonly last: BackupRecord | null;
  /** When the last planned one failed, and no later one did not. */
  readonly failedAt: Instant | null;
  readonly now: Instant;
}): Alert[] {
  const { isSample, last, failedAt, now } = given;
  if (!isSample && failedAt !== null) {
    return [{ code: 'backup-failed', poolId: null, poolName: null, taskId: null, count: 1, since: failedAt }];
  }
  if (isSample || (last !== null && now - last.at <= BACKUP_AGE_SECONDS_MAX)) return [];
  const since = last === null ? null : last.at;
  return [{ code: 'backup-old', poolId: null, poolName: null, taskId: null, count: 1, since }];
}
