/**
 * The ledger as a book: its history under filters, a page at a time, and the full verification. Given an `Api`; touches
 * no DOM. What was loaded stays in sight while the ledger grows: newer entries are put before it.
 */
import type { Api } from '../../api.ts';
import type { HistoryEntry } from '../../../shared/contract/ledger.ts';
import type { Reply, Request } from '../../../shared/contract/index.ts';
import type { LedgerVerdict } from '../../../shared/domain/ledger-verdict.ts';
import type { EntryKindName } from '../../../shared/domain/entry-kind.ts';
import type { StaffId, TaskId } from '../../../shared/ids.ts';
import { m } from '../../../shared/messages/index.ts';
import type { Refusal } from '../../../shared/result.ts';
import type { Instant } from '../../../shared/units.ts';
import { notices } from '../../shell/notices.svelte.ts';

export type HistoryFilter = Omit<Request<'ledger.history'>, 'beforeSeq'>;

const NO_FILTER: HistoryFilter = { staffId: null, taskId: null, day: null, kind: null, text: null };

export interface VerifyProgress {
  readonly done: number;
  /** Null until main has told. */
  readonly total: number | null;
}

/** A verdict with who asked for it and when main gave it, by the clock that the ledger goes by. */
export interface Proof {
  readonly verdict: LedgerVerdict;
  readonly at: Instant;
  readonly by: string | null;
}

export class LedgerState {
  filter = $state.raw<HistoryFilter>(NO_FILTER);
  entries = $state.raw<readonly HistoryEntry[]>([]);
  /** Where the next page begins; null at the beginning of the book. */
  olderBefore = $state.raw<number | null>(null);
  isLoaded = $state(false);
  selectedSeq = $state<number | null>(null);
  /** Null while nothing is verified. */
  progress = $state.raw<VerifyProgress | null>(null);
  proof = $state.raw<Proof | null>(null);
  isSavingCopy = $state(false);
  readonly verdict = $derived(this.proof?.verdict ?? null);

  readonly selected = $derived(this.entries.find(({ seq }) => seq === this.selectedSeq) ?? null);
  readonly isFiltered = $derived(Object.values(this.filter).some((value) => value !== null));

  readonly #api: Api;
  readonly #refuse: (refusal: Refusal) => void;

  /** @param refuse  told of every refusal; the screen shows it as a notice */
  constructor(api: Api, taskId: TaskId | null, refuse: (refusal: Refusal) => void) {
    this.#api = api;
    this.#refuse = refuse;
    this.filter = { ...NO_FILTER, taskId };
  }

  /** The newest page; pages that were loaded behind it stay. */
  async load(): Promise<void> {
    const { filter } = this;
    const reply = await this.#page(filter, null);
    if (filter !== this.filter) return; // another filter was chosen meanwhile
    if (!reply.ok) {
      this.#refuse(reply.error);
      return;
    }
    const { entries, beforeSeq } = reply.value;
    const oldest = entries.at(-1)?.seq ?? 0;
    const isJoined = this.entries.some(({ seq }) => seq >= oldest); // else entries between them would be missing
    const kept = isJoined ? this.entries.filter(({ seq }) => seq < oldest) : [];
    this.entries = [...entries, ...kept];
    if (kept.length === 0) this.olderBefore = beforeSeq;
    this.isLoaded = true;
  }

  async loadOlder(): Promise<void> {
    const { filter, olderBefore } = this;
    if (olderBefore === null) return;
    const reply = await this.#page(filter, olderBefore);
    if (filter !== this.filter || olderBefore !== this.olderBefore) return;
    if (!reply.ok) {
      this.#refuse(reply.error);
      return;
    }
    this.entries = [...this.entries, ...reply.value.entries];
    this.olderBefore = reply.value.beforeSeq;
  }

  byPerson(staffId: StaffId | null): Promise<void> {
    return this.#show({ ...this.filter, staffId });
  }

  byTask(taskId: TaskId | null): Promise<void> {
    return this.#show({ ...this.filter, taskId });
  }

  byDay(day: string | null): Promise<void> {
    return this.#show({ ...this.filter, day });
  }

  byKind(kind: EntryKindName | null): Promise<void> {
    return this.#show({ ...this.filter, kind });
  }

  /** @param text  words of a task; empty: of every entry */
  byText(text: string): Promise<void> {
    const asked = text.trim();
    return this.#show({ ...this.filter, text: asked === '' ? null : asked });
  }

  showAll(): Promise<void> {
    return this.#show(NO_FILTER);
  }

  select(seq: number | null): void {
    this.selectedSeq = seq;
  }

  /**
   * The verdict before stays away: what is shown was found just now.
   * @param by  the person at the desk
   */
  async verify(by: string | null = null): Promise<void> {
    if (this.progress !== null) return;
    this.proof = null;
    this.progress = { done: 0, total: null };
    const off = this.#api.on('verify.progress', (progress) => (this.progress = progress));
    const reply = await this.#api.query('ledger.verify', {});
    off();
    this.progress = null;
    if (reply.ok) this.proof = { verdict: reply.value, at: reply.value.at, by };
    else if (reply.error.code !== 'cancelled') this.#refuse(reply.error);
  }

  /** A copy of the file for support; main asks for the folder, and a cancelled dialog is not worth a word. */
  async saveCopy(): Promise<void> {
    if (this.isSavingCopy) return;
    this.isSavingCopy = true;
    const reply = await this.#api.command('recovery.save-copy', {});
    this.isSavingCopy = false;
    if (!reply.ok) this.#refuse(reply.error);
    else if (reply.value.path !== null) {
      const { path } = reply.value;
      notices.done('recovery', () => m.ledger_recovery_copied({ path }));
    }
  }

  async cancelVerify(): Promise<void> {
    await this.#api.query('ledger.cancel-verify', {});
  }

  /** A search reads the book in stretches; those without a find are passed over, until another filter is chosen. */
  async #page(filter: HistoryFilter, before: number | null): Promise<Reply<'ledger.history'>> {
    for (let beforeSeq = before; ;) {
      const reply = await this.#api.query('ledger.history', { ...filter, beforeSeq });
      const isEmpty = reply.ok && reply.value.entries.length === 0 && reply.value.beforeSeq !== null;
      if (!isEmpty || filter !== this.filter) return reply;
      ({ beforeSeq } = reply.value);
    }
  }

  async #show(filter: HistoryFilter): Promise<void> {
    this.filter = filter;
    this.entries = [];
    this.olderBefore = null;
    this.isLoaded = false;
    this.selectedSeq = null;
    await this.load();
  }
}
