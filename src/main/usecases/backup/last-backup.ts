/**
 * When and where the last good backup was made, in a small file beside the ledger. Not an entry: it must be readable when
 * the ledger is not, and a backup cannot hold the news of itself. A missing or damaged file means "never": then people
 * are asked to make one, which does no harm.
 */
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { backupRecordPath } from '../../ledger/index.ts';
import { instantField } from '../../../shared/contract/fields.ts';
import { accept } from '../../../shared/result.ts';
import type { Instant } from '../../../shared/units.ts';
import { DAY } from '../../../shared/units.ts';
import type { Usecase } from '../usecase.ts';
import type { Alert } from '../views/alerts.ts';
import type { Workplace } from '../workplace.ts';

/** A backup older than this is warned of. */
const BACKUP_AGE_SECONDS_MAX = 7 * DAY;

const recordField = z.strictObject({ at: instantField, path: z.string() });
/** Where the backup was written, and when. */
export type BackupRecord = z.infer<typeof recordField>;

export const getLastBackup: Usecase<'backup.last'> = (place) =>
  accept({ last: readLastBackup(place.ledger.path) });

/** @returns null when there was none, or nobody can tell */
export function readLastBackup(ledgerPath: string): BackupRecord | null {
  try {
    const parsed = recordField.safeParse(JSON.parse(readFileSync(backupRecordPath(ledgerPath), 'utf8')));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** The backup is good even where this cannot be written; the window is told to ask again. */
export function recordBackup(place: Workplace, record: BackupRecord): void {
  const file = backupRecordPath(place.ledger.path);
  const temporary = `${file}.${process.pid}`;
  try {
    writeFileSync(temporary, `${JSON.stringify(record)}\n`, { flush: true });
    renameSync(temporary, file);
  } catch {
    rmSync(temporary, { force: true });
    place.surroundings.log({ code: 'backup-not-recorded' });
  }
  place.surroundings.emit('ledger.changed', { length: place.ledger.head().seq });
}

/** The sample clinic needs no backup. */
export function backupAlerts(given: {
  readonly isSample: boolean;
  readonly last: BackupRecord | null;
  readonly now: Instant;
}): Alert[] {
  const { isSample, last, now } = given;
  if (isSample || (last !== null && now - last.at <= BACKUP_AGE_SECONDS_MAX)) return [];
  const since = last === null ? null : last.at;
  return [{ code: 'backup-old', poolId: null, poolName: null, taskId: null, count: 1, since }];
}
