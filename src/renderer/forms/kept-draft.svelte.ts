/**
 * What is typed into one form and not yet sent, kept through `draft.set` (as ciphertext, per person) a moment after the
 * last key, so that an error, a lock or a restart loses nothing. Given an `Api`; knows nothing of what a form holds.
 */
import type { Api } from '../api.ts';

const PAUSE_MS = 400;

export class KeptDraft {
  readonly #api: Api;
  readonly #form: string;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** What `draft.set` has seen last, and what it is to see next. */
  #kept: string | null = null;
  #wanted: string | null = null;

  /** @param form  names it: `pool`, `pathway-template` */
  constructor(api: Api, form: string) {
    this.#api = api;
    this.#form = form;
  }

  /** @returns what was kept, or null where there is nothing */
  async find(): Promise<string | null> {
    const reply = await this.#api.query('draft.get', { form: this.#form });
    this.#kept = reply.ok ? reply.value.body : null;
    this.#wanted = this.#kept;
    return this.#kept;
  }

  /** @param body  null for a form with nothing in it that could be lost */
  keep(body: string | null): void {
    if (body === this.#wanted) return;
    this.#wanted = body;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.leave(), PAUSE_MS);
  }

  /** Keeps at once what has not been kept yet; call when the form goes away. */
  leave(): void {
    clearTimeout(this.#timer);
    if (this.#wanted === this.#kept) return;
    this.#kept = this.#wanted;
    void this.#api.command('draft.set', { form: this.#form, body: this.#wanted });
  }

  /** The form was sent or given up. */
  drop(): void {
    this.keep(null);
    this.leave();
  }
}
