/**
 * Whom a task is about, and what is said about it: registered and sealed inside the command that needs it, so that
 * nothing that identifies anybody is ever stored in the clear.
 */
import type { LedgerTx, Sealed } from '../../ledger/index.ts';
import { findPatient } from '../../ledger/index.ts';
import type { TaskDraft } from '../../../shared/contract/tasks.ts';
import type { SubsystemId } from '../../../shared/domain/subsystem.ts';
import type { PatientId, TaskId } from '../../../shared/ids.ts';
import type { Result } from '../../../shared/result.ts';
import { accept, refuse } from '../../../shared/result.ts';
import { identityText, IDENTITY_FIELD, NOTE_FIELD } from '../identities.ts';
import type { Workplace } from '../workplace.ts';
import { needsPatient } from './draft-to-task.ts';

/** The patient meant: an existing one, the one who has that number, or a new one; registered in this transaction. */
export function patientOfDraft(
  place: Workplace,
  tx: LedgerTx,
  draft: { readonly subsystem: SubsystemId; readonly patient: TaskDraft['patient'] },
): Result<PatientId | null, 'unknown-patient' | 'patient-required'> {
  if (draft.patient === null) return needsPatient(draft) ? refuse('patient-required') : accept(null);
  if ('patientId' in draft.patient) {
    const { patientId } = draft.patient;
    return findPatient(tx.db, patientId)?.identity == null ? refuse('unknown-patient') : accept(patientId);
  }
  const { identity } = draft.patient;
  const id =
    identity.number === null
      ? place.keys.newPatient()
      : place.keys.patientOfNumber(identity.number).patientId;
  if (findPatient(tx.db, id) === null) {
    tx.append('patient-registered', {
      patientId: id,
      identity: place.keys.seal(id, IDENTITY_FIELD, identityText(identity)),
    });
  }
  return accept(id);
}

/** Under the patient's key, or under the task's own where it is about nobody; null for an empty note. */
export function sealedNote(
  place: Workplace,
  note: string,
  patientId: PatientId | null,
  id: TaskId,
): Sealed | null {
  if (note.trim() === '') return null;
  if (patientId !== null) return place.keys.seal(patientId, NOTE_FIELD, note);
  place.keys.ensureKey(id);
  return place.keys.seal(id, NOTE_FIELD, note);
}

/** The note in the clear, for a screen; empty where there is none or its key is destroyed. */
export function openedNote(
  place: Workplace,
  note: Sealed | null,
  patientId: PatientId | null,
  id: TaskId,
): string {
  return note === null ? '' : (place.keys.open(patientId ?? id, NOTE_FIELD, note) ?? '');
}
