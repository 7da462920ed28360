/**
 * The Pools screen: all pools with their next hours, and the one that is being changed or added. Given an `Api`;
 * touches no DOM. After a change everything is asked again, and what it did to the plan is said.
 */
import type { Api } from '../../api.ts';
import type { ErrorCode, Request, Response } from '../../../shared/contract/index.ts';
import type { StripView } from '../../../shared/contract/pools.ts';
import type { Locale } from '../../../shared/domain/local-text.ts';
import type { Outage, Pool } from '../../../shared/domain/pool.ts';
import type { Refusal } from '../../../shared/result.ts';
import type { Instant } from '../../../shared/units.ts';
import { refusedFieldOf } from '../../forms/refused-fields.ts';
import { KeptDraft } from '../../forms/kept-draft.svelte.ts';
import type { PoolFormValues } from './pool-form-values.ts';
import { PoolFormState } from './pool-form.svelte.ts';

export type PoolChange = Response<'pool.set'>;
export type PoolPreview = Response<'pool.preview'>;
/** A form that is being typed in is not planned at every stroke. */
const PREVIEW_REST_MS = 400;

type SetRefusal = Refusal<ErrorCode<'pool.set'>>;

/** A pool with what the list says of it now. */
export interface PoolLine {
  readonly pool: Pool;
  readonly strip: StripView | null;
  readonly openness: Openness;
  /** Under way now or still to come, the earliest first. */
  readonly outages: readonly Outage[];
}

/** Whether a pool is open, and when that changes; `changesAt` is null when not within the strip's hours. */
export interface Openness {
  readonly isOpen: boolean;
  readonly changesAt: Instant | null;
}

export class PoolsState {
  pools = $state.raw<readonly Pool[]>([]);
  strips = $state.raw<readonly StripView[]>([]);
  isLoaded = $state(false);
  refusal = $state.raw<Refusal | null>(null);
  form = $state.raw<PoolFormState | null>(null);
  /** What the last saved change did to the plan; null once it has been read. */
  change = $state.raw<PoolChange | null>(null);
  /** The command that can be taken back; null for a new pool, which has nothing to go back to. */
  changedBy: string | null = null;
  saveRefusal = $state.raw<SetRefusal | null>(null);
  isSaving = $state(false);
  /** What saving the form as it is typed would do; null until that is known, and for a form with problems. */
  preview = $state.raw<PoolPreview | null>(null);
  isPreviewing = $state(false);

  readonly lines: readonly PoolLine[] = $derived.by(() => {
    const strips = new Map(this.strips.map((strip) => [strip.poolId, strip]));
    return this.pools.map((pool) => lineOf(pool, strips.get(pool.id) ?? null));
  });
  readonly selectedId = $derived(this.form?.values.id ?? null);

  /** What is typed into the form; one for new pools, one for each that is changed. */
  readonly draft: KeptDraft<PoolFormValues>;
  readonly #api: Api;
  #previewed: string | null = null;
  #rest: ReturnType<typeof setTimeout> | null = null;

  constructor(api: Api) {
    this.#api = api;
    this.draft = new KeptDraft<PoolFormValues>(api, {
      typed: () => this.form?.values ?? null,
      restore: (values) => {
        if (this.form) this.form.values = values;
      },
    });
  }

  async load(): Promise<void> {
    const reply = await this.#api.query('pool.list', {});
    this.refusal = reply.ok ? null : reply.error;
    if (!reply.ok) return;
    this.pools = reply.value.pools;
    this.strips = reply.value.strips;
    this.isLoaded = true;
  }

  select(id: string, locale: Locale): void {
    const pool = this.pools.find((candidate) => candidate.id === id);
    if (!pool || this.selectedId === id) return;
    this.close();
    this.form = PoolFormState.of(pool, locale);
    void this.draft.open(`pool:${pool.id}`);
  }

  add(locale: Locale): void {
    this.close();
    this.form = PoolFormState.empty(locale);
    void this.draft.open('pool', { isNew: true });
  }

  /** The change is given up. */
  giveUp(): void {
    this.draft.drop();
    this.close();
  }

  /** What is typed is kept, and comes back with the form. */
  close(): void {
    this.draft.leave();
    this.form = null;
    this.saveRefusal = null;
    this.#forgetPreview();
  }

  /** Asks, after a short rest, what the pool as typed would do to the plan. @param written  null: nothing to ask */
  askPreview(written: string | null): void {
    if (written === this.#previewed) return;
    this.#forgetPreview();
    this.#previewed = written;
    if (written === null) return;
    this.isPreviewing = true;
    this.#rest = setTimeout(() => void this.#runPreview(written), PREVIEW_REST_MS);
  }

  async #runPreview(written: string): Promise<void> {
    const pool = JSON.parse(written) as Request<'pool.preview'>['pool']; // written by the form from that very type
    const reply = await this.#api.query('pool.preview', { pool });
    if (this.#previewed !== written) return;
    if (!reply.ok && reply.error.code === 'cancelled') {
      this.#previewed = null;
      this.askPreview(written);
      return;
    }
    this.isPreviewing = false;
    this.preview = reply.ok ? reply.value : null;
    this.saveRefusal = reply.ok ? null : (reply.error as SetRefusal); // the channel refuses what saving refuses
  }

  #forgetPreview(): void {
    if (this.#rest) clearTimeout(this.#rest);
    this.#previewed = null;
    this.preview = null;
    this.isPreviewing = false;
  }

  dismissChange(): void {
    this.change = null;
  }

  /** @returns whether it was saved; if not, the form or `saveRefusal` says why and nothing typed is lost */
  async save(): Promise<boolean> {
    const pool = this.form?.checkedPool() ?? null;
    if (!pool || this.isSaving) return false;
    this.isSaving = true;
    const isNew = this.form?.isNew ?? true;
    const commandId = crypto.randomUUID();
    const reply = await this.#api.command('pool.set', { pool }, commandId);
    this.isSaving = false;
    this.saveRefusal = reply.ok ? null : reply.error;
    if (!reply.ok) {
      this.form?.openPart(refusedFieldOf('pool.set', reply.error.code));
      return false;
    }
    this.change = reply.value;
    this.changedBy = isNew ? null : commandId;
    this.giveUp();
    await this.load();
    return true;
  }
}

/** Outages that are over are history, not something the list has to say. */
function lineOf(pool: Pool, strip: StripView | null): PoolLine {
  const now = strip?.now ?? null;
  const outages = pool.outages
    .filter(({ end }) => now === null || end === null || end > now)
    .sort((left, right) => left.start - right.start);
  return { pool, strip, openness: opennessOf(pool, strip), outages };
}

function opennessOf(pool: Pool, strip: StripView | null): Openness {
  if (!strip) return { isOpen: pool.weeklyHours === null, changesAt: null };
  const isOpen = strip.offeredMilli > 0;
  const change = strip.capacity.find(({ at, milli }) => at > strip.now && milli > 0 !== isOpen);
  return { isOpen, changesAt: change?.at ?? null };
}
