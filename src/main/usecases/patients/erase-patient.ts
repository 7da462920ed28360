/**
 * Erasing a patient: the entry first, then the key. The chain keeps ciphertext that nobody can open any more; figures
 * and times stay. A power cut between the two is made up for when the ledger is opened next. Decision 0222.
 */
import { dirname } from 'node:path';
import { v7 } from 'uuid';
import type { TaskCountOfPatient } from '../../ledger/index.ts';
import {
  countTasksOfPatient,
  findPatient,
  listErasedPatients,
  storageFailureOf,
  SYSTEM_ACTOR,
} from '../../ledger/index.ts';
import { commandId, patientId } from '../../../shared/ids.ts';
import type { PatientId } from '../../../shared/ids.ts';
import { accept, refuse } from '../../../shared/result.ts';
import { keepErasures } from '../backup/backup-folder.ts';
import { readLastBackup } from '../backup/last-backup.ts';
import { readPlan } from '../backup/plan.ts';
import type { Usecase } from '../usecase.ts';
import { commandOf } from '../usecase.ts';
import type { Workplace } from '../workplace.ts';

/** What goes and what stays. Null identity: erased already. */
export const previewErasure: Usecase<'patient.erasure'> = (place, { patientId: id }) => {
  if (findPatient(place.db, id) === null) return refuse('unknown-patient');
  const counts: TaskCountOfPatient = countTasksOfPatient(place.db, id);
  return accept({ identity: place.identities.named(place.db, id), ...counts });
};

/** Asked again, for one who is erased already, it does what is left to be done and writes no other entry. */
export const erasePatient: Usecase<'patient.erase'> = async (place, request, call) => {
  const { patientId: id, reason } = request;
  const identity = place.identities.named(place.db, id);
  const done = await place.command(commandOf(call, request), (tx) => {
    const patient = findPatient(tx.db, id);
    if (patient === null) return refuse('unknown-patient');
    if (patient.identity !== null) tx.append('patient-erased', { patientId: id, reason });
    return accept({});
  });
  if (!done.ok) return done;
  if (identity !== null) {
    const telling = [id, identity.name, identity.number].filter((text) => text !== null && text !== '');
    place.keys.drafts.discardMentioning(telling.filter((text) => text !== null));
  }
  place.keys.erase(id);
  place.identities.forget();
  return accept({ unreachableLists: tellBackups(place) });
};

/** Brings the lists beside backups up to date. @returns in how many folders that are known it was not possible */
function tellBackups(place: Workplace): number {
  const { path } = place.ledger;
  const last = readLastBackup(path);
  const folders = new Set([readPlan(path)?.folder, last === null ? undefined : dirname(last.path)]);
  const erased = listErasedPatients(place.db);
  let unreachable = 0;
  for (const folder of folders) {
    if (folder === undefined) continue;
    try {
      keepErasures(folder, path, erased);
    } catch (error) {
      if (storageFailureOf(error) === null && !(error instanceof Error && 'code' in error)) throw error;
      unreachable += 1; // the stick is not in: the next backup into it brings the list along
    }
  }
  return unreachable;
}

/**
 * What the ledger and its keys know of erasures, brought together: a key whose patient's erasure was recorded is
 * destroyed, and an erasure whose entry was lost (a recovery, a restore) is recorded again.
 */
export async function keepErasuresInStep(place: Workplace): Promise<void> {
  const inLedger = listErasedPatients(place.db);
  const inKeys = new Set(place.keys.listErased());
  const left = inLedger.filter((id) => !inKeys.has(id));
  if (left.length > 0) place.keys.reapplyErasures(left);
  const lost = [...inKeys].map(patientId).filter((id) => isNamed(place, id));
  if (lost.length === 0 || !place.ledger.observeClock()) return;
  const again = commandId(`erasures-${v7({ msecs: place.surroundings.nowMs() })}`);
  await place.command({ commandId: again, body: {}, actor: SYSTEM_ACTOR }, (tx) => {
    for (const id of lost) tx.append('patient-erased', { patientId: id });
    return accept({});
  });
  place.identities.forget();
}

function isNamed(place: Workplace, id: PatientId): boolean {
  return findPatient(place.db, id)?.identity != null;
}
