/**
 * Backs up the ledger and its keys into a folder that a person chooses. The copy is verified before it takes the place
 * of an older one of the same day.
 */
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { keyStorePath } from '../../ledger/index.ts';
import { localDateOf } from '../../../shared/local-time.ts';
import { accept, refuse } from '../../../shared/result.ts';
import { proveInThreads } from '../care/proof-client.ts';
import { getClinic } from '../planning/books.ts';
import type { Usecase } from '../usecase.ts';
import { recordBackup } from './last-backup.ts';

export const makeBackup: Usecase<'backup.make'> = async (place) => {
  const folder = await place.surroundings.chooseFolder();
  if (folder === null) return accept({ path: null });
  if (!existsSync(folder)) return refuse('folder-missing', {}, true);
  const date = localDateOf(place.now(), getClinic(place.db).timeZone);
  const path = join(folder, `${basename(place.ledger.path)}.${date}.backup`);
  const done = await place.ledger.backupTo(path, {
    prove: proveInThreads,
    companions: () => place.keys.backupTo(keyStorePath(path)),
  });
  if (done.ok) {
    recordBackup(place, { at: place.now(), path });
    return accept({ path });
  }
  place.surroundings.log({ code: done.error.code });
  switch (done.error.code) {
    case 'disk-full':
    case 'ledger-read-only':
      return refuse(done.error.code, {}, true);
    case 'backup-unproven':
      return refuse('backup-not-verified');
    default:
      return refuse('ledger-io', {}, true);
  }
};
