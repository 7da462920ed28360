/** The channels about backups; always of the ledger as it is now. */
import { accept } from '../../../shared/result.ts';
import type { Handlers } from '../handlers.ts';
import { within } from '../usecase.ts';
import type { Workplace } from '../workplace.ts';
import { readLastBackup } from './last-backup.ts';
import {
  chooseBackupFolder,
  getBackupPlan,
  makeBackup,
  makeBackupNow,
  setBackupTime,
  stopBackups,
} from './make-backup.ts';

type BackupChannel =
  | 'backup.last'
  | 'backup.make'
  | 'backup.plan'
  | 'backup.choose-folder'
  | 'backup.set-time'
  | 'backup.stop'
  | 'backup.now';

export function backupHandlers(now: () => Workplace | null): Pick<Handlers, BackupChannel> {
  return {
    'backup.last': within(now, (place) => accept({ last: readLastBackup(place.ledger.path) })),
    'backup.make': within(now, makeBackup),
    'backup.plan': within(now, getBackupPlan),
    'backup.choose-folder': within(now, chooseBackupFolder),
    'backup.set-time': within(now, setBackupTime),
    'backup.stop': within(now, stopBackups),
    'backup.now': within(now, makeBackupNow),
  };
}
