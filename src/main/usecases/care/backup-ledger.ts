/** A backup from the command line: reads the files only, so that it runs beside the window that has them open. */
import { findClinic, openReader } from '../../ledger/index.ts';
import type { Clock, OpenRefusal } from '../../ledger/index.ts';
import type { Result } from '../../../shared/result.ts';
import { instant } from '../../../shared/units.ts';
import { runBackup } from '../backup/run-backup.ts';
import type { BackupFault, BackupMade } from '../backup/run-backup.ts';

export async function backUpLedger(
  ledgerPath: string,
  folder: string,
  clock: Clock,
): Promise<Result<BackupMade, OpenRefusal | BackupFault>> {
  const reader = openReader(ledgerPath);
  if (!reader.ok) return reader;
  const timeZone = findClinic(reader.value.db)?.timeZone ?? 'UTC';
  reader.value.close();
  return runBackup({ ledgerPath, folder, now: instant(Math.floor(clock.nowMs() / 1000)), timeZone });
}
