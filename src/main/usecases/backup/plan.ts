/**
 * When and where backups are made by themselves, in a small file beside the ledger: it is about this machine and its
 * drives, and must be readable when the ledger is not. With what came of the last attempt, because a backup that was
 * tried at night and failed is news for the morning.
 */
import { z } from 'zod';
import { backupPlanPath, removeFile, storageFailureOf } from '../../ledger/index.ts';
import { instantField } from '../../../shared/contract/fields.ts';
import { localDayNumberOf, startOfLocalDay } from '../../../shared/local-time.ts';
import { accept, refuse } from '../../../shared/result.ts';
import type { Result } from '../../../shared/result.ts';
import type { Instant } from '../../../shared/units.ts';
import { instant, MINUTE } from '../../../shared/units.ts';
import { BACKUP_FAULTS, diskFaultOf } from './run-backup.ts';
import type { DiskFault } from './run-backup.ts';
import { readSmallFile, writeSmallFile } from './small-file.ts';

const planField = z.strictObject({
  folder: z.string(),
  /** Minute of the clinic's day. */
  atMinute: z.int().min(0).max(1439),
  /** Also when the application is closed, if anything was entered since. */
  atClosing: z.boolean(),
  /** The last attempt by itself or on demand that failed; null after one that did not. */
  failure: z.strictObject({ at: instantField, code: z.enum(BACKUP_FAULTS) }).nullable(),
});
export type BackupPlan = z.infer<typeof planField>;

/** Noon break of most clinics: the computer is on, and the desk is quiet. */
export const DEFAULT_MINUTE = 12 * 60 + 30;

export function readPlan(ledgerPath: string): BackupPlan | null {
  return readSmallFile(backupPlanPath(ledgerPath), planField);
}

/** Keeps the plan, or none; one that the disk does not take leaves the earlier one as it was. */
export function writePlan(ledgerPath: string, plan: BackupPlan | null): Result<null, DiskFault> {
  try {
    if (plan === null) removeFile(backupPlanPath(ledgerPath));
    else writeSmallFile(backupPlanPath(ledgerPath), plan);
    return accept(null);
  } catch (error) {
    const failure = storageFailureOf(error);
    if (failure === null) throw error;
    return refuse(diskFaultOf(failure), {}, true);
  }
}

/**
 * Whether a backup should have been made by now and was not: at the planned time of today, or of yesterday when today's
 * has not come (a computer that was off then makes it up on start).
 * @param lastTried  null when none ever was
 */
export function isDue(
  plan: Pick<BackupPlan, 'atMinute'>,
  lastTried: Instant | null,
  now: Instant,
  zone: string,
): boolean {
  const today = localDayNumberOf(now, zone);
  const plannedOn = (day: number): Instant => instant(startOfLocalDay(day, zone) + plan.atMinute * MINUTE);
  const planned = [plannedOn(today), plannedOn(today - 1)].find((at) => at <= now) ?? now;
  return lastTried === null || lastTried < planned;
}
