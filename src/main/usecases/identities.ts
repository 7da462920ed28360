/**
 * Who patients are, opened for screens and kept in memory only. One clinic's identities are opened once each; whatever
 * is corrected or erased is opened anew, because the cache goes by the ciphertext. What could not be opened is never kept: it
 * is asked of the keys again, which may be others by then.
 */
import type { ReadDb, Sealed, TaskRecord } from '../ledger/index.ts';
import { findPatient, listPatients } from '../ledger/index.ts';
import type { KeyStore } from '../security/index.ts';
import type { PatientIdentity } from '../../shared/domain/clinic.ts';
import type { PatientId, TaskId } from '../../shared/ids.ts';

/** The field name that identities are sealed under. */
export const IDENTITY_FIELD = 'identity';
export const NOTE_FIELD = 'note';
export const REFERENCE_FIELD = 'reference';

interface Opened {
  readonly sealed: Sealed;
  readonly identity: PatientIdentity;
}

export interface NamedPatient {
  readonly patientId: PatientId;
  readonly identity: PatientIdentity;
}

export class IdentityBook {
  readonly #keys: () => KeyStore;
  readonly #opened = new Map<PatientId, Opened>();
  readonly #texts = new Map<string, { readonly sealed: Sealed; readonly text: string }>();

  /** @param keys  the key store that is open at the moment */
  constructor(keys: () => KeyStore) {
    this.#keys = keys;
  }

  /** Identities of `patientIds`; those erased or unknown are missing. */
  of(db: ReadDb, patientIds: readonly PatientId[]): ReadonlyMap<PatientId, PatientIdentity> {
    const known = new Map<PatientId, PatientIdentity>();
    for (const { patientId, identity } of listPatients(db, patientIds)) {
      const opened = identity === null ? null : this.#open(patientId, identity);
      if (opened) known.set(patientId, opened);
    }
    return known;
  }

  /** What another system calls the task; empty where it has no reference, or its key is destroyed. */
  reference({ task, reference }: TaskRecord): string {
    return this.referenceOf(task.id, task.patientId, reference);
  }

  referenceOf(taskId: TaskId, patientId: PatientId | null, reference: Sealed | null): string {
    return this.#textOf(REFERENCE_FIELD, taskId, patientId, reference);
  }

  /** What was noted of the task, for a search; empty where nothing was, or its key is destroyed. */
  noteOf(taskId: TaskId, patientId: PatientId | null, note: Sealed | null): string {
    return this.#textOf(NOTE_FIELD, taskId, patientId, note);
  }

  #textOf(field: string, taskId: TaskId, patientId: PatientId | null, sealed: Sealed | null): string {
    if (sealed === null) return '';
    const key = `${field} ${taskId}`;
    const known = this.#texts.get(key);
    if (known?.sealed === sealed) return known.text;
    const text = this.#keys().open(patientId ?? taskId, field, sealed);
    if (text === null) return '';
    this.#texts.set(key, { sealed, text });
    return text;
  }

  /** Who the patient is; null for work about nobody, or about one whose identity was erased. */
  named(db: ReadDb, patientId: PatientId | null): PatientIdentity | null {
    if (patientId === null) return null;
    const sealed = findPatient(db, patientId)?.identity ?? null;
    return sealed === null ? null : this.#open(patientId, sealed);
  }

  /** At most `limit` patients whose name or number contains `text`, ignoring case; by name, then id. */
  search(db: ReadDb, text: string, limit: number): NamedPatient[] {
    const wanted = text.trim().toLowerCase();
    if (wanted === '') return [];
    const found: NamedPatient[] = [];
    for (const { patientId, identity } of listPatients(db, null)) {
      const opened = identity === null ? null : this.#open(patientId, identity);
      if (opened && matches(opened, wanted)) found.push({ patientId, identity: opened });
    }
    const byName = new Intl.Collator(['zh', 'en']);
    return found
      .sort((left, right) => byName.compare(left.identity.name, right.identity.name))
      .slice(0, limit);
  }

  /** Whatever was opened is opened anew: somebody was erased. */
  forget(): void {
    this.#opened.clear();
    this.#texts.clear();
  }

  #open(patientId: PatientId, sealed: Sealed): PatientIdentity | null {
    const known = this.#opened.get(patientId);
    if (known?.sealed === sealed) return known.identity;
    const text = this.#keys().open(patientId, IDENTITY_FIELD, sealed);
    if (text === null) return null;
    const identity = JSON.parse(text) as PatientIdentity; // sealed by `identityText`
    this.#opened.set(patientId, { sealed, identity });
    return identity;
  }
}

/** The text that is sealed for a patient. */
export function identityText(identity: PatientIdentity): string {
  const { name, birthDate, number } = identity;
  return JSON.stringify({ name, birthDate, number });
}

function matches(identity: PatientIdentity, wanted: string): boolean {
  return (
    identity.name.toLowerCase().includes(wanted) || (identity.number?.toLowerCase().includes(wanted) ?? false)
  );
}
