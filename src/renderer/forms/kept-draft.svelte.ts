/**
 * What is typed into one form and not yet saved, kept through `draft.set` (as ciphertext, per person) a moment after the
 * last key, so that an error, a lock or a restart loses nothing; and brought back when the form is opened again. Given an
 * `Api`; knows of a form only what it holds. `DraftLine.svelte` says what was brought back and keeps what is typed.
 */
import { SvelteMap } from 'svelte/reactivity';
import type { Api } from '../api.ts';
import type { Instant } from '../../shared/units.ts';

const PAUSE_MS = 400;

/** A form as its draft sees it: plain values that survive a round trip through JSON, and nothing that is only shown. */
export interface DraftedForm<Values extends object> {
  /** What is typed now; null while the form is closed. */
  readonly typed: () => Values | null;
  readonly restore: (values: Values) => void;
}

export interface BroughtBack {
  readonly savedAt: Instant;
  readonly now: Instant;
  /** What the form is about is not any more what it was when this was typed. */
  readonly isOutdated: boolean;
}

interface Body {
  /** The form as it was opened; null for a new thing, which nobody can have changed meanwhile. */
  readonly before: unknown;
  readonly typed: unknown;
  readonly unread?: Readonly<Record<string, string>>;
}

/** Drafts of which something typed waits to be kept; no others, or every form ever opened would stay in memory. */
const waitingDrafts = new Set<{ leave(): void }>();

/** Keeps at once what is typed anywhere; call before somebody else comes to the desk, because drafts belong to a person. */
export function keepOpenDrafts(): void {
  for (const draft of waitingDrafts) draft.leave();
}

export class KeptDraft<Values extends object> {
  broughtBack = $state.raw<BroughtBack | null>(null);
  /** Counts how often the form was filled from here: controls that keep typed text of their own start anew. */
  filled = $state(0);
  /** What stands in the form's controls and is no value yet; see `ui/unread-texts.svelte.ts`. */
  readonly unread = new SvelteMap<string, string>();
  readonly #api: Api;
  readonly #form: DraftedForm<Values>;
  #name: string | null = null;
  #isNew = false;
  /** The form as it was opened, as text. */
  #blank = '';
  /** Counts the openings, so that the answer for an earlier one never comes into a later one. */
  #round = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** What `draft.set` has seen last, and what it is to see next. */
  #kept: string | null = null;
  #wanted: string | null = null;

  constructor(api: Api, form: DraftedForm<Values>) {
    this.#api = api;
    this.#form = form;
  }

  /**
   * The form has been opened, with what it begins with already in it; brings back what was typed into it before.
   * @param name  of this form, with the id of what it changes: `pool:mri-a`
   * @param options.isNew  nothing is changed by it, something is added
   */
  async open(name: string, { isNew = false } = {}): Promise<void> {
    this.begin(name, { isNew });
    const round = this.#round;
    const reply = await this.#api.query('draft.get', { form: name });
    if (round !== this.#round || !reply.ok || reply.value.savedAt === null) return;
    if (this.isTyped) return; // typed meanwhile: what is new wins
    const { savedAt, now } = reply.value;
    const body = readBody(reply.value.body, this.#blank);
    if (body === null) return;
    this.#kept = reply.value.body;
    this.#wanted = reply.value.body;
    const isOutdated = !isNew && JSON.stringify(body.before) !== this.#blank;
    for (const [control, text] of Object.entries(body.unread ?? {})) this.unread.set(control, text);
    this.#fill(body.typed as Values); // of this form's shape: `readBody` has compared it
    this.broughtBack = { savedAt, now, isOutdated };
  }

  /** The form has been opened, and nothing is to be brought back into it. Parameters as for `open`. */
  begin(name: string, { isNew = false } = {}): void {
    this.leave();
    this.#round += 1;
    this.broughtBack = null;
    this.#name = name;
    this.#isNew = isNew;
    this.unread.clear();
    this.#blank = this.#written() ?? '';
    this.#kept = null;
    this.#wanted = null;
  }

  /** Whether anything stands there that the form did not begin with. */
  get isTyped(): boolean {
    return this.#name !== null && (this.unread.size > 0 || this.#written() !== this.#blank);
  }

  /** Keeps what is typed a moment after the last change; call it in an effect. */
  keep(): void {
    const written = this.#written();
    if (written === null || this.#name === null) return;
    const unread =
      this.unread.size === 0 ? '' : `,"unread":${JSON.stringify(Object.fromEntries(this.unread))}`;
    const body = this.isTyped
      ? `{"before":${this.#isNew ? 'null' : this.#blank},"typed":${written}${unread}}`
      : null;
    if (body === this.#wanted) return;
    this.#wanted = body;
    clearTimeout(this.#timer);
    waitingDrafts.add(this);
    this.#timer = setTimeout(() => this.leave(), PAUSE_MS);
  }

  /** Keeps at once what has not been kept yet; call when the form goes away. */
  leave(): void {
    clearTimeout(this.#timer);
    waitingDrafts.delete(this);
    if (this.#wanted === this.#kept || this.#name === null) return;
    this.#kept = this.#wanted;
    void this.#api.command('draft.set', { form: this.#name, body: this.#wanted });
  }

  /** The form was saved or given up: nothing of it is left to lose. */
  drop(): void {
    this.#wanted = null;
    this.unread.clear();
    this.leave();
    this.#round += 1;
    this.#name = null;
    this.broughtBack = null;
  }

  /** The form was saved and stays open: as it is now is what it begins with. */
  restart(): void {
    const [name, isNew] = [this.#name, this.#isNew];
    this.drop();
    if (name !== null) this.begin(name, { isNew });
  }

  /** The form as it was opened; what was brought back is gone. */
  discard(): void {
    this.broughtBack = null;
    this.unread.clear();
    if (this.#blank !== '') this.#fill(JSON.parse(this.#blank) as Values); // written by `#written`
    this.#wanted = null;
    this.leave();
  }

  #fill(values: Values): void {
    this.#form.restore(values);
    this.filled += 1;
  }

  #written(): string | null {
    const typed = this.#form.typed();
    return typed && JSON.stringify(typed);
  }
}

/** A draft as its line needs it, whatever its form holds. */
export type ShownDraft = Pick<
  KeptDraft<object>,
  'broughtBack' | 'filled' | 'unread' | 'keep' | 'leave' | 'discard'
>;

/** What was kept, where it still has the shape of the form; null where another version (or nobody) wrote it. */
function readBody(written: string | null, blank: string): Body | null {
  if (written === null) return null;
  try {
    const body = JSON.parse(written) as Partial<Body>; // compared below
    const [shape, typed] = [shapeOf(JSON.parse(blank)), shapeOf(body.typed)];
    if (shape === null || shape !== typed) return null;
    return { before: body.before ?? null, typed: body.typed, unread: textsOf(body.unread) };
  } catch {
    return null;
  }
}

/** The entries of an object that are texts. */
function textsOf(value: unknown): Record<string, string> {
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

/** The names of an object's fields, and which of them are lists. */
function shapeOf(value: unknown): string | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  return JSON.stringify(Object.entries(value).map(([key, held]) => [key, Array.isArray(held)]));
}
