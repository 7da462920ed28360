/** Backups as people ask for them: into a folder they choose, by themselves from now on, or at once. */
import { existsSync } from 'node:fs';
import type { ErrorCode } from '../../../shared/contract/index.ts';
import { accept, refuse } from '../../../shared/result.ts';
import type { Result } from '../../../shared/result.ts';
import type { Usecase } from '../usecase.ts';
import { listBackups } from './backup-folder.ts';
import { readLastBackup } from './last-backup.ts';
import { DEFAULT_MINUTE, readPlan, writePlan } from './plan.ts';
import type { BackupFault, BackupMade } from './run-backup.ts';
import { backUpNow } from './scheduled-backup.ts';

export const makeBackup: Usecase<'backup.make'> = async (place) => {
  const folder = await place.surroundings.chooseFolder();
  if (folder === null) return accept({ path: null });
  const made = told(await backUpNow(place, folder));
  return made.ok ? accept({ path: made.value.path }) : made;
};

export const makeBackupNow: Usecase<'backup.now'> = async (place) => {
  const plan = readPlan(place.ledger.path);
  if (plan === null) return refuse('no-backup-plan');
  const made = told(await backUpNow(place, plan.folder));
  return made.ok ? accept({ path: made.value.path, pruned: made.value.pruned.length }) : made;
};

function told(made: Result<BackupMade, BackupFault>): Result<BackupMade, ErrorCode<'backup.make'>> {
  return made;
}

export const getBackupPlan: Usecase<'backup.plan'> = (place) => {
  const { path } = place.ledger;
  const plan = readPlan(path);
  return accept({ plan, last: readLastBackup(path), files: plan === null ? [] : filesIn(plan.folder) });
};

function filesIn(folder: string) {
  try {
    return listBackups(folder).map(({ name, bytes, note }) => ({
      name,
      bytes,
      verified: note && { at: note.at, length: note.length },
    }));
  } catch {
    return null; // the stick is not in, the share is not there
  }
}

export const chooseBackupFolder: Usecase<'backup.choose-folder'> = async (place) => {
  const folder = await place.surroundings.chooseFolder();
  if (folder === null) return accept({ folder });
  if (!existsSync(folder)) return refuse('folder-missing', {}, true);
  const { path } = place.ledger;
  const before = readPlan(path) ?? { atMinute: DEFAULT_MINUTE, atClosing: true };
  const kept = writePlan(path, { ...before, folder, failure: null });
  return kept.ok ? accept({ folder }) : kept;
};

export const setBackupTime: Usecase<'backup.set-time'> = (place, { atMinute, atClosing }) => {
  const { path } = place.ledger;
  const plan = readPlan(path);
  if (plan === null) return refuse('no-backup-plan');
  const kept = writePlan(path, { ...plan, atMinute, atClosing });
  return kept.ok ? accept({}) : kept;
};

export const stopBackups: Usecase<'backup.stop'> = (place) => {
  const kept = writePlan(place.ledger.path, null);
  return kept.ok ? accept({}) : kept;
};
