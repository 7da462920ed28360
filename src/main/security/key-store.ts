/**
 * The keys under which everything that identifies a patient is sealed: one per patient (or per task, for free text
 * about work without a patient), in a mutable file beside the ledger. A key is durable before the ledger holds a
 * ciphertext under it; erasing destroys the key, and with it what the chain must keep for ever.
 * Also here: keyed digests, which patient has which number, and form drafts (`drafts.ts`).
 */
import { createHmac, createSecretKey, randomBytes } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { patientId } from '../../shared/ids.ts';
import type { PatientId, TaskId } from '../../shared/ids.ts';
import { digest } from '../ledger/index.ts';
import type { Clock, Digest, Sealed } from '../ledger/index.ts';
import { copyKeyStore, saveKeyStore } from './copy-key-store.ts';
import { DraftStore } from './drafts.ts';
import { KEY_BYTES, seal, unseal } from './envelope.ts';
import type { KeyFile } from './key-file.ts';

/** Whose key. A task's own key seals free text about work that concerns no patient. */
export type Subject = PatientId | TaskId;

/** The patient who has a clinic's number, and whether the number was seen for the first time. */
export interface NumberedPatient {
  readonly patientId: PatientId;
  readonly isNew: boolean;
}

export class KeyStore {
  readonly drafts: DraftStore;
  readonly #file: KeyFile;
  readonly #clock: Clock;
  readonly #digestKey: KeyObject;
  readonly #storeId: string;

  /** Use `openKeyStore`. */
  constructor(file: KeyFile, clock: Clock) {
    this.#file = file;
    this.#clock = clock;
    this.#digestKey = createSecretKey(file.secret('digest-key'));
    this.#storeId = file.secret('store-id').toString('hex');
    this.drafts = new DraftStore(file, clock, this.#storeId);
  }

  get path(): string {
    return this.#file.path;
  }

  /** Fixed when the store was made: a backup or a copy of it has the same. */
  get storeId(): string {
    return this.#storeId;
  }

  /** A new patient's id, with a key of its own. */
  newPatient(): PatientId {
    const id = patientId(`p-${randomBytes(16).toString('hex')}`);
    this.#file.addKey(id, randomBytes(KEY_BYTES));
    return id;
  }

  /**
   * The patient with this number, made on first sight. Where the ledger does not know the id (its command was rolled
   * back), the caller registers it again.
   * @param number  the clinic's own patient number, or the source system's id
   */
  patientOfNumber(number: string): NumberedPatient {
    const numberDigest = this.digest(`patient-number\n${number}`);
    const known = this.#file.findNumber(numberDigest);
    if (known !== null) return { patientId: patientId(known), isNew: false };
    return this.batch(() => {
      const id = this.newPatient();
      this.#file.addNumber(numberDigest, id);
      return { patientId: id, isNew: true };
    });
  }

  /** One durable write for everything `work` does: an import seals thousands of rows. Not for awaiting work. */
  batch<Value>(work: () => Value): Value {
    return this.#file.transact(work);
  }

  /**
   * Seals text under the subject's key, making one for a task that has none yet.
   * @param field  where it will stand: `identity`, `note`
   * @throws Error for a patient without a key (erased, or never made here)
   */
  seal(subject: Subject, field: string, plaintext: string): Sealed {
    const key = this.#file.findKey(subject);
    if (key === null) throw new Error('the subject has no key');
    return seal(key, { store: this.#storeId, subject, field }, plaintext);
  }

  /** Gives a task without a patient a key of its own, for its note. Does nothing when it has one. */
  ensureKey(subject: TaskId): void {
    if (this.#file.findKey(subject) === null) this.#file.addKey(subject, randomBytes(KEY_BYTES));
  }

  /** @returns null when the key was destroyed, or the ciphertext is not this subject's */
  open(subject: Subject, field: string, ciphertext: Sealed): string | null {
    const key = this.#file.findKey(subject);
    return key === null ? null : unseal(key, { store: this.#storeId, subject, field }, ciphertext);
  }

  /** HMAC-SHA-256 under this clinic's own key: equal texts have equal digests here and nowhere else. */
  digest(text: string): Digest {
    return digest(createHmac('sha256', this.#digestKey).update(text, 'utf8').digest('hex'));
  }

  /**
   * Destroys the subject's key, numbers and drafts, beyond the reach of a look at the file's bytes. The id is listed
   * as erased and never gets another key. Safe to repeat.
   */
  erase(subject: Subject): void {
    const atSeconds = Math.floor(this.#clock.nowMs() / 1000);
    this.batch(() => {
      this.#file.removeSubject(subject, atSeconds);
    });
    this.#file.scrub();
  }

  /** Erases again what a restored backup still holds the keys of. @param subjects  from the erasure list */
  reapplyErasures(subjects: readonly Subject[]): void {
    const atSeconds = Math.floor(this.#clock.nowMs() / 1000);
    this.batch(() => {
      for (const subject of subjects) this.#file.removeSubject(subject, atSeconds);
    });
    this.#file.scrub();
  }

  /** Everyone erased here, by id: the list that is kept beside backups. */
  listErased(): readonly string[] {
    return this.#file.listErased();
  }

  /** Checks every row's checksum. @returns tables and row keys that are damaged; empty: all is well */
  verify(): readonly { readonly table: string; readonly row: string }[] {
    return this.#file.findDamage();
  }

  /** Writes a copy to `path`, verified before it takes the place of an older one. */
  async backupTo(path: string): Promise<void> {
    if (this.#file.isInMemory) saveKeyStore(this.#file.content(), path);
    else await copyKeyStore(this.#file.path, path);
  }

  close(): void {
    this.#file.close();
  }
}
