/** Makes the planned backups: daily at a time, on start when one was missed, and when the application is closed. */
import { getClinic } from '../planning/books.ts';
import { findClinic } from '../../ledger/index.ts';
import type { Result } from '../../../shared/result.ts';
import { instant, MINUTE } from '../../../shared/units.ts';
import { signCheckpoint } from '../care/sign-checkpoint.ts';
import type { Workplace } from '../workplace.ts';
import { readLastBackup } from './last-backup.ts';
import { isDue, readPlan, writePlan } from './plan.ts';
import type { BackupPlan } from './plan.ts';
import { runBackup } from './run-backup.ts';
import type { BackupFault, BackupMade } from './run-backup.ts';

/** After one that failed the next is tried so much later: the stick may be back. */
const AGAIN_SECONDS = 15 * MINUTE;

/** One at a time, whoever asks. */
let running: Promise<unknown> = Promise.resolve();

/** Backs up into `folder` now. What came of it is remembered where there is a plan. */
export function backUpNow(place: Workplace, folder: string): Promise<Result<BackupMade, BackupFault>> {
  const work = running.then(() => doBackUp(place, folder));
  running = work.catch(() => undefined);
  return work;
}

async function doBackUp(place: Workplace, folder: string): Promise<Result<BackupMade, BackupFault>> {
  const ledgerPath = place.ledger.path;
  const isReadOnly = place.readOnly !== null;
  if (!isReadOnly) await place.guarded(() => signCheckpoint(place));
  const now = place.now();
  const timeZone = getClinic(place.db).timeZone;
  const made = await runBackup({
    ledgerPath,
    folder,
    now,
    timeZone,
    ...(isReadOnly && {
      readOnly: {
        readPath: place.ledger.readPath,
        copyKeys: (target: string) => place.keys.backupTo(target),
      },
    }),
  });
  if (!made.ok) place.surroundings.log({ code: made.error.code, detail: 'backup' });
  const plan = readPlan(ledgerPath);
  if (plan?.folder === folder && !isReadOnly) {
    const failure = made.ok ? null : { at: now, code: made.error.code };
    const kept = writePlan(ledgerPath, { ...plan, failure });
    if (!kept.ok) place.surroundings.log({ code: kept.error.code, detail: 'backup-plan' });
  }
  place.surroundings.emit('ledger.changed', { length: place.ledger.head().seq });
  return made;
}

/** The clinic's own ledger and not the sample's, which needs no backup. */
function planOf(place: Workplace): BackupPlan | null {
  const clinic = findClinic(place.db);
  return clinic === null || clinic.isSample ? null : readPlan(place.ledger.path);
}

/** Those whose planned backup is being made: the next minute must not ask for it again. */
const underWay = new WeakSet<Workplace>();

/** Called about once a minute. */
export async function backUpWhenDue(place: Workplace): Promise<void> {
  const plan = planOf(place);
  if (plan === null || underWay.has(place)) return;
  const now = place.now();
  if (plan.failure !== null && now < plan.failure.at + AGAIN_SECONDS) return;
  const last = readLastBackup(place.ledger.path)?.at ?? null;
  if (isDue(plan, last, now, getClinic(place.db).timeZone)) {
    underWay.add(place);
    await backUpNow(place, plan.folder).finally(() => underWay.delete(place));
  }
}

/** Before the ledger is closed, when something was entered since the last one. */
export async function backUpOnClosing(place: Workplace): Promise<void> {
  const plan = planOf(place);
  if (plan === null || !plan.atClosing) return;
  const last = readLastBackup(place.ledger.path)?.at ?? null;
  const { recorded } = place.ledger.head();
  const lastEntry = recorded === null ? null : instant(Math.floor(recorded.ms / 1000));
  if (last === null || (lastEntry !== null && lastEntry > last)) await backUpNow(place, plan.folder);
}
