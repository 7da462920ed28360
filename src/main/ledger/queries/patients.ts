/** Reads patients: opaque ids and ciphertext. Whoever has the keys opens the identity. */
import type { PatientId } from '../../../shared/ids.ts';
import type { ReadDb } from '../handles.ts';
import type { Sealed } from '../sealed.ts';

export interface PatientRecord {
  readonly patientId: PatientId;
  /** Null once erased. */
  readonly identity: Sealed | null;
}

const PATIENT_COLUMNS = `patient_id AS patientId, identity`;

export function findPatient(db: ReadDb, patientId: PatientId): PatientRecord | null {
  return db.get<PatientRecord>(`SELECT ${PATIENT_COLUMNS} FROM patients WHERE patient_id = :patientId`, {
    patientId,
  });
}

/** Those of `patientIds` that exist, by id; all patients when null. */
export function listPatients(db: ReadDb, patientIds: readonly PatientId[] | null): PatientRecord[] {
  if (patientIds === null) {
    return db.all<PatientRecord>(`SELECT ${PATIENT_COLUMNS} FROM patients ORDER BY patient_id`);
  }
  return db.all<PatientRecord>(
    `SELECT ${PATIENT_COLUMNS} FROM patients WHERE patient_id IN (SELECT value FROM json_each(:ids))
     ORDER BY patient_id`,
    { ids: JSON.stringify(patientIds) },
  );
}

/** Every patient whose key was destroyed: what a restored backup has to be told again. */
export function listErasedPatients(db: ReadDb): PatientId[] {
  return db
    .all<{ patientId: PatientId }>(
      `SELECT patient_id AS patientId FROM patients WHERE is_erased = 1 ORDER BY patient_id`,
    )
    .map((row) => row.patientId);
}
