/**
 * Enters a task: seals who it is about, appends it, and plans it in the same transaction, so that the answer already
 * knows when it will run.
 */
import type { LedgerTx, Sealed } from '../../ledger/index.ts';
import { findPool, findWorkKind, findPatient } from '../../ledger/index.ts';
import type { TaskDraft } from '../../../shared/contract/tasks.ts';
import type { PatientId, TaskId } from '../../../shared/ids.ts';
import type { Result } from '../../../shared/result.ts';
import { accept, refuse } from '../../../shared/result.ts';
import { identityText, IDENTITY_FIELD, NOTE_FIELD } from '../identities.ts';
import { nextTaskId } from '../new-ids.ts';
import { replan } from '../planning/replan.ts';
import type { Usecase } from '../usecase.ts';
import { commandOf } from '../usecase.ts';
import type { Workplace } from '../workplace.ts';
import { needsPatient, taskOfDraft } from './draft-to-task.ts';

export const submitTask: Usecase<'task.submit'> = (place, { draft }, call) =>
  place.command(commandOf(call, { draft }), (tx) => {
    const patient = patientOfDraft(place, tx, draft);
    if (!patient.ok) return patient;
    const id = nextTaskId(tx);
    const made = taskOfDraft(draft, {
      taskId: id,
      now: tx.now,
      patientId: patient.value,
      enteredBy: place.person()?.id ?? null,
      pool: (poolId) => findPool(tx.db, poolId, tx.now),
      workKind: (workKindId) => findWorkKind(tx.db, workKindId),
    });
    if (!made.ok) return made;
    const note = sealedNote(place, draft.note, patient.value, id);
    tx.append('task-submitted', { task: made.value, note, sourceDigest: null });
    const { plan } = replan(tx, place.surroundings.timeZoneData);
    const refusal = plan.reasons.find((reason) => reason.taskId === id)?.refusal;
    if (refusal && isHopeless(refusal.code)) {
      return refuse(refusal.code, refusal.poolId === null ? {} : { poolId: refusal.poolId });
    }
    const allocation = plan.allocations.find((each) => each.taskId === id);
    return accept({ taskId: id, start: allocation?.segments[0]?.start ?? null });
  });

const HOPELESS = [
  'exceeds-capacity',
  'exceeds-limit',
  'longer-than-any-opening',
  'fixed-start-not-possible',
] as const;
type Hopeless = (typeof HOPELESS)[number];

/** A refusal that no waiting will change: better said now than kept in the queue for ever. */
function isHopeless(code: string): code is Hopeless {
  return HOPELESS.some((hopeless) => hopeless === code);
}

/** The patient meant: an existing one, the one who has that number, or a new one; registered in this transaction. */
function patientOfDraft(
  place: Workplace,
  tx: LedgerTx,
  draft: TaskDraft,
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
function sealedNote(place: Workplace, note: string, patientId: PatientId | null, id: TaskId): Sealed | null {
  if (note.trim() === '') return null;
  if (patientId !== null) return place.keys.seal(patientId, NOTE_FIELD, note);
  place.keys.ensureKey(id);
  return place.keys.seal(id, NOTE_FIELD, note);
}
