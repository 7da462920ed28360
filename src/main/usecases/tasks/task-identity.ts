/**
 * Whom a task is about, and what is said about it: registered and sealed inside the command that needs it, so that
 * nothing that identifies anybody is ever stored in the clear.
 */
import type { LedgerTx, Sealed, TaskRecord } from '../../ledger/index.ts';
import { findPatient } from '../../ledger/index.ts';
import type { TaskDraft } from '../../../shared/contract/tasks.ts';
import type { SubsystemId } from '../../../shared/domain/subsystem.ts';
import type { PatientId, TaskId } from '../../../shared/ids.ts';
import type { Result } from '../../../shared/result.ts';
import { accept, refuse } from '../../../shared/result.ts';
import { identityText, IDENTITY_FIELD, NOTE_FIELD, REFERENCE_FIELD } from '../identities.ts';
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

/** Note and reference under the patient's key, or the task's own where it is about nobody; an empty text is none. */
export function sealedTexts(
  place: Workplace,
  texts: { readonly note: string; readonly reference?: string },
  patientId: PatientId | null,
  id: TaskId,
): { readonly note: Sealed | null; readonly reference?: Sealed } {
  const seal = (field: string, text: string): Sealed | null => {
    if (text.trim() === '') return null;
    if (patientId === null) place.keys.ensureKey(id);
    return place.keys.seal(patientId ?? id, field, text);
  };
  const reference = seal(REFERENCE_FIELD, (texts.reference ?? '').trim());
  return { note: seal(NOTE_FIELD, texts.note), ...(reference !== null && { reference }) };
}

/** Note and reference in the clear, for a screen; empty where there is none or its key is destroyed. */
export function openedTexts(
  place: Pick<Workplace, 'keys'>,
  { task, note, reference }: Pick<TaskRecord, 'task' | 'note' | 'reference'>,
): { readonly note: string; readonly reference: string } {
  const subject = task.patientId ?? task.id;
  const open = (field: string, text: Sealed | null) =>
    text === null ? '' : (place.keys.open(subject, field, text) ?? '');
  return { note: open(NOTE_FIELD, note), reference: open(REFERENCE_FIELD, reference) };
}
