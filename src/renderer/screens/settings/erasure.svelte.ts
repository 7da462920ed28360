/** Erasing a patient: found by name or number, shown what goes and what stays, asked once more. Touches no DOM. */
import type { Response } from '../../../shared/contract/index.ts';
import type { ErasureReason } from '../../../shared/domain/clinic.ts';
import type { PatientId } from '../../../shared/ids.ts';
import { patientId } from '../../../shared/ids.ts';
import { m } from '../../../shared/messages/index.ts';
import type { Api } from '../../api.ts';
import { KeptDraft } from '../../forms/kept-draft.svelte.ts';
import { notices } from '../../shell/notices.svelte.ts';

type Found = Response<'patient.search'>['patients'][number];
type Preview = Response<'patient.erasure'>;

export class Erasure {
  found = $state.raw<readonly Found[]>([]);
  chosen = $state.raw<PatientId | null>(null);
  typed = $state('');
  preview = $state.raw<Preview | null>(null);
  reason = $state<ErasureReason | null>(null);
  /** The last question. */
  isAsking = $state(false);
  isBusy = $state(false);

  readonly canAsk = $derived(this.preview?.identity != null && this.reason !== null);
  /** Keeps the patient's id and the reason, never a name: what is searched for is nothing to keep. */
  readonly draft: KeptDraft<{ readonly patient: PatientId | null; readonly reason: ErasureReason | null }>;
  readonly #api: Api;

  constructor(api: Api) {
    this.#api = api;
    this.draft = new KeptDraft(api, {
      typed: () => ({ patient: this.chosen, reason: this.reason }),
      restore: ({ patient, reason }) => void this.#choose(patient, reason),
    });
  }

  load(): Promise<void> {
    return this.draft.open('erasure', { isNew: true });
  }

  async search(typed: string): Promise<void> {
    const reply = await this.#api.query('patient.search', { text: typed.trim() });
    if (reply.ok) this.found = reply.value.patients;
    else notices.refuse(reply.error);
  }

  choose(id: string | null): Promise<void> {
    return this.#choose(id === null ? null : patientId(id), null);
  }

  async #choose(id: PatientId | null, reason: ErasureReason | null): Promise<void> {
    this.chosen = id;
    this.preview = null;
    this.reason = reason;
    if (id === null) {
      this.typed = '';
      return;
    }
    const reply = await this.#api.query('patient.erasure', { patientId: id });
    if (!reply.ok) return notices.refuse(reply.error);
    this.preview = reply.value;
    this.typed = reply.value.identity?.name ?? '';
  }

  ask(): void {
    this.isAsking = this.canAsk;
  }

  async erase(): Promise<void> {
    if (this.chosen === null || this.reason === null || this.isBusy) return;
    this.isBusy = true;
    const reply = await this.#api.command('patient.erase', { patientId: this.chosen, reason: this.reason });
    this.isBusy = false;
    this.isAsking = false;
    if (!reply.ok) {
      notices.refuse(reply.error);
      return;
    }
    const { unreachableLists } = reply.value;
    notices.done('erasure', () =>
      unreachableLists === 0 ? m.settings_erasure_done() : m.settings_erasure_done_without_backups(),
    );
    this.found = [];
    await this.choose(null);
    this.draft.restart();
  }
}
