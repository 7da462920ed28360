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

export interface TaskCountOfPatient {
  readonly tasks: number;
  /** Waiting, planned or running. */
  readonly openTasks: number;
  /** Free text about them, in notes. */
  readonly notes: number;
}

export function countTasksOfPatient(db: ReadDb, patientId: PatientId): TaskCountOfPatient {
  const counts = db.get<TaskCountOfPatient>(
    `SELECT count(*) AS tasks, count(note) AS notes,
       count(*) FILTER (WHERE state IN ('waiting', 'held', 'tentative', 'confirmed', 'running')) AS openTasks
     FROM tasks WHERE patient_id = :patientId`,
    { patientId },
  );
  return counts ?? { tasks: 0, openTasks: 0, notes: 0 };
}

/** Every patient whose key was destroyed: what a restored backup has to be told again. */
export function listErasedPatients(db: ReadDb): PatientId[] {
  return db
    .all<{ patientId: PatientId }>(
      `SELECT patient_id AS patientId FROM patients WHERE is_erased = 1 ORDER BY patient_id`,
    )
    .map((row) => row.patientId);
}
