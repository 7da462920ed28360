/** Known patients by what is typed, a moment after the last key; an answer that has been overtaken is dropped. */
import type { Api } from '../../api.ts';
import type { Response } from '../../../shared/contract/index.ts';

export type FoundPatient = Response<'patient.search'>['patients'][number];

const PAUSE_MS = 250;

export class PatientFinder {
  found = $state.raw<readonly FoundPatient[]>([]);
  readonly #api: Api;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asked = 0;

  constructor(api: Api) {
    this.#api = api;
  }

  search(typed: string): void {
    clearTimeout(this.#timer);
    const asked = ++this.#asked;
    if (typed.trim() === '') {
      this.found = [];
      return;
    }
    this.#timer = setTimeout(async () => {
      const reply = await this.#api.query('patient.search', { text: typed.trim() });
      if (reply.ok && asked === this.#asked) this.found = reply.value.patients;
    }, PAUSE_MS);
  }

  clear(): void {
    clearTimeout(this.#timer);
    this.#asked += 1;
    this.found = [];
  }
}
