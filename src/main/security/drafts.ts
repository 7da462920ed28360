/**
 * What staff have begun to type and not yet entered, per person and form, so that a closed window loses nothing. It may
 * name patients, so it exists on disk only as ciphertext in the key store, and goes with the patient it is about.
 */
import { staffId } from '../../shared/ids.ts';
import type { PatientId, StaffId } from '../../shared/ids.ts';
import { instant } from '../../shared/units.ts';
import type { Instant } from '../../shared/units.ts';
import { sealed } from '../ledger/index.ts';
import type { Clock } from '../ledger/index.ts';
import { seal, unseal } from './envelope.ts';
import type { DraftRow, KeyFile } from './key-file.ts';

export interface DraftKey {
  readonly staffId: StaffId;
  /** Names the form: `task-records`. */
  readonly formKey: string;
}

export interface Draft {
  readonly text: string;
  readonly savedAt: Instant;
}

export class DraftStore {
  readonly #file: KeyFile;
  readonly #clock: Clock;
  readonly #storeId: string;

  constructor(file: KeyFile, clock: Clock, storeId: string) {
    this.#file = file;
    this.#clock = clock;
    this.#storeId = storeId;
  }

  /** @param patientId  whom the draft is about, once that is known: erasing the patient erases the draft */
  save(key: DraftKey, text: string, patientId: PatientId | null): void {
    const content = seal(this.#file.secret('draft-key'), this.#placeOf(key), text);
    const savedAt = Math.floor(this.#clock.nowMs() / 1000);
    this.#file.putDraft({ ...key, subject: patientId, savedAt, content });
  }

  /** @returns null when there is none */
  find(key: DraftKey): Draft | null {
    const row = this.#file.findDraft(key.staffId, key.formKey);
    if (row === null) return null;
    const text = unseal(this.#file.secret('draft-key'), this.#placeOf(key), sealed(row.content));
    return text === null ? null : { text, savedAt: instant(row.savedAt) };
  }

  discard(key: DraftKey): void {
    this.#file.removeDraft(key.staffId, key.formKey);
  }

  /** Discards every draft, whoever's, that holds one of these texts, and what cannot be opened. */
  discardMentioning(texts: readonly string[]): void {
    // A form is kept as JSON, in which a quotation mark or a backslash in a name is written otherwise.
    const wanted = texts.flatMap((text) => [text, JSON.stringify(text).slice(1, -1)]);
    this.#file.transact(() => {
      for (const row of this.#file.listDrafts()) {
        const text = this.find({ staffId: staffId(row.staffId), formKey: row.formKey })?.text;
        const isAbout = text === undefined || wanted.some((each) => text.includes(each));
        if (isAbout) this.#file.removeDraft(row.staffId, row.formKey);
      }
    });
  }

  /** Every draft as it lies in the file, sealed: to be put into the same clinic's store by `putBack`. */
  listSealed(): readonly DraftRow[] {
    return this.#file.listDrafts();
  }

  /** Makes the drafts exactly these: what was typed and discarded while the file could not be written. */
  putBack(rows: readonly DraftRow[]): void {
    const kept = new Set(rows.map(({ staffId, formKey }) => `${staffId}\n${formKey}`));
    this.#file.transact(() => {
      for (const { staffId, formKey } of this.#file.listDrafts())
        if (!kept.has(`${staffId}\n${formKey}`)) this.#file.removeDraft(staffId, formKey);
      for (const row of rows) this.#file.putDraft(row);
    });
  }

  #placeOf(key: DraftKey): { store: string; subject: string; field: string } {
    return { store: this.#storeId, subject: key.staffId, field: `draft:${key.formKey}` };
  }
}
