/**
 * The series a fixed start can begin: its rule, the dates with those that clash, and the ones left out by a person.
 * Touches no DOM.
 */
import type { Api } from '../../api.ts';
import type { Request, Response } from '../../../shared/contract/index.ts';
import { SERIES_MAX, type SeriesUnit } from '../../../shared/domain/series.ts';
import type { Instant } from '../../../shared/units.ts';

export type Occurrence = Response<'task.quote-series'>['occurrences'][number];
type QuotedDraft = Request<'task.quote-series'>['draft'];

/** Long enough that a figure is typed in between. */
const PAUSE_MS = 250;

export class SeriesState {
  /** Null: once. */
  unit = $state<SeriesUnit | null>(null);
  every = $state<number | null>(1);
  count = $state<number | null>(5);
  occurrences = $state.raw<readonly Occurrence[]>([]);
  /** Dates that are left out although they are free, and clashing ones that are kept all the same. */
  #flipped = $state.raw<ReadonlySet<number>>(new Set());

  /** What would be entered. */
  readonly starts: readonly Instant[] = $derived(
    this.occurrences.filter((each) => this.isKept(each)).map(({ start }) => start),
  );
  readonly clashes = $derived(this.occurrences.filter(({ isFree }) => !isFree).length);

  readonly #api: Api;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asked = 0;
  #quoted = '';
  /** Asks for the dates of what is typed; null once they are known. */
  #unasked: (() => Promise<void>) | null = null;

  constructor(api: Api) {
    this.#api = api;
  }

  /** The rule as typed. */
  get typed(): {
    readonly unit: SeriesUnit | null;
    readonly every: number | null;
    readonly count: number | null;
  } {
    return { unit: this.unit, every: this.every, count: this.count };
  }

  restore({ unit, every, count }: SeriesState['typed']): void {
    this.unit = unit;
    this.every = every;
    this.count = count;
  }

  /** Its figures are not called wrong before somebody has tried to send them. */
  areFaultsShown = $state(false);
  readonly isWhole = $derived.by(() => isCount(this.every) && isCount(this.count));

  /** Whether it can be sent; waits for the dates of what was typed last. */
  async check(): Promise<boolean> {
    this.areFaultsShown = this.unit !== null && !this.isWhole;
    clearTimeout(this.#timer);
    await this.#unasked?.();
    return !this.areFaultsShown;
  }

  /** Clashing dates are left out unless somebody keeps them. */
  isKept({ start, isFree }: Occurrence): boolean {
    return isFree !== this.#flipped.has(start);
  }

  flip(start: Instant): void {
    const flipped = new Set(this.#flipped);
    if (!flipped.delete(start)) flipped.add(start);
    this.#flipped = flipped;
  }

  clear(): void {
    clearTimeout(this.#timer);
    this.areFaultsShown = false;
    this.#unasked = null;
    this.unit = null;
    this.occurrences = [];
    this.#flipped = new Set();
    this.#quoted = '';
  }

  /** @param draft  with the fixed start of the first; null while there is none */
  ask(draft: QuotedDraft | null): void {
    const { unit, every, count } = this;
    const isAsked = draft?.fixedStart != null && unit !== null && isCount(every) && isCount(count);
    const wanted = isAsked ? { draft, unit, every, count } : null;
    const quoted = JSON.stringify(wanted);
    if (quoted === this.#quoted) return;
    this.#quoted = quoted;
    clearTimeout(this.#timer);
    const asked = ++this.#asked;
    this.#unasked = null;
    if (wanted === null) {
      this.occurrences = [];
      return;
    }
    const rule = {
      unit: wanted.unit,
      every: Math.round(wanted.every),
      count: Math.min(SERIES_MAX, Math.round(wanted.count)),
      until: null,
    };
    this.#unasked = async () => {
      const reply = await this.#api.query('task.quote-series', { draft: wanted.draft, rule });
      if (asked !== this.#asked) return;
      this.#unasked = null;
      this.occurrences = reply.ok ? reply.value.occurrences : [];
    };
    this.#timer = setTimeout(() => void this.#unasked?.(), PAUSE_MS);
  }
}

function isCount(figure: number | null): figure is number {
  return figure !== null && figure >= 1;
}
