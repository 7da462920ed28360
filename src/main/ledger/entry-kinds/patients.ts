/**
 * Entries about patients: opaque ids and ciphertext. Erasing destroys the key elsewhere; here it drops the ciphertext
 * from the projection and leaves the entry, whose hash covers ciphertext that nobody can open any more. The clinic's
 * patient numbers are not in the ledger in any form: a keyed digest of a short number could be guessed by whoever
 * holds the key, and an erasure could not take it back out of the chain.
 */
import { z } from 'zod';
import { ERASURE_REASONS } from '../../../shared/domain/clinic.ts';
import type { ErasureReason } from '../../../shared/domain/clinic.ts';
import type { PatientId } from '../../../shared/ids.ts';
import type { Sealed } from '../sealed.ts';
import type { EntryKindDefinition } from './definition.ts';
import { payloadObject } from './definition.ts';
import { patientIdSchema, sealedSchema } from './schemas.ts';

export interface PatientRegistered {
  readonly patientId: PatientId;
  /** Canonical JSON of a `PatientIdentity`, sealed as field `identity`. */
  readonly identity: Sealed;
}

/** Also a correction of the identity: the newest one counts. */
export const patientRegistered: EntryKindDefinition<PatientRegistered> = {
  payload: payloadObject({ patientId: patientIdSchema, identity: sealedSchema }),
  project(db, { patientId, identity }) {
    db.run(
      `INSERT INTO patients (patient_id, identity, is_erased) VALUES (:patientId, :identity, 0)
       ON CONFLICT (patient_id) DO UPDATE SET identity = excluded.identity WHERE is_erased = 0`,
      { patientId, identity },
    );
  },
};

export interface PatientErased {
  readonly patientId: PatientId;
  /** Why; left out in entries of earlier versions, and where an erasure is recorded again after a recovery. */
  readonly reason?: ErasureReason | undefined;
}

export const patientErased: EntryKindDefinition<PatientErased> = {
  payload: payloadObject({ patientId: patientIdSchema, reason: z.enum(ERASURE_REASONS).optional() }),
  project(db, { patientId }) {
    db.run(`UPDATE patients SET identity = NULL, is_erased = 1 WHERE patient_id = :patientId`, { patientId });
    db.run(`UPDATE tasks SET note = NULL WHERE patient_id = :patientId AND note IS NOT NULL`, { patientId });
  },
};
