/**
 * The What-if screen: up to three variants, what they change, and how their plans compare with today's. Given an `Api`;
 * touches no DOM. Every change is compared again after a short rest; nothing is written but by `commit`, and what was
 * put together is kept as the person's draft, which is the screen itself: it comes back without being announced.
 */
import type { Api } from '../../api.ts';
import type { ErrorCode, Response } from '../../../shared/contract/index.ts';
import type { VariantResult, VariantSent } from '../../../shared/contract/whatif.ts';
import type { Pool } from '../../../shared/domain/pool.ts';
import type { Refusal } from '../../../shared/result.ts';
import { DAY, HOUR, seconds } from '../../../shared/units.ts';
import { KeptDraft } from '../../forms/kept-draft.svelte.ts';
import type { Change, ChangeKind } from './changes.ts';
import { newChange, variantOf } from './changes.ts';
import { VARIANTS_MAX, readVariants } from './variant-draft.ts';

export const WINDOWS = { day: seconds(DAY), days3: seconds(3 * DAY), week: seconds(7 * DAY) } as const;
export type WindowChoice = keyof typeof WINDOWS;

type Compared = Response<'whatif.compare'>;
type CommitRefusal = Refusal<ErrorCode<'whatif.commit'>>;
export type Committed = Response<'whatif.commit'>;

const REST_MS = 350;

export class WhatIfState {
  pools = $state.raw<readonly Pool[]>([]);
  variants = $state<Change[][]>([]);
  /** Which variant's changes are open in the inspector; null for none. */
  editing = $state<number | null>(null);
  /** Whose gains and losses are listed. */
  shown = $state(0);
  windowChoice = $state<WindowChoice>('days3');
  compared = $state.raw<Compared | null>(null);
  isComparing = $state(false);
  isCommitting = $state(false);
  isLoaded = $state(false);
  refusal = $state.raw<Refusal | null>(null);

  readonly draft: KeptDraft<{ readonly variants: Change[][] }>;
  readonly #api: Api;
  readonly #subsystems: () => VariantSent['subsystems'];
  #sent: readonly VariantSent[] = [];
  #asked = 0;
  #isOpened = false;
  #rest: ReturnType<typeof setTimeout> | null = null;

  /** @param subsystems  the settings in force */
  constructor(api: Api, subsystems: () => VariantSent['subsystems']) {
    this.#api = api;
    this.#subsystems = subsystems;
    this.draft = new KeptDraft(api, {
      typed: () => ({ variants: this.variants }),
      restore: ({ variants }) => (this.variants = readVariants(variants)),
    });
  }

  readonly canAdd = $derived.by(() => this.variants.length < VARIANTS_MAX);
  /** The variants as the bridge takes them; null for one with a problem. */
  readonly sent = $derived.by(() =>
    this.variants.map((changes) =>
      variantOf($state.snapshot(changes), { pools: this.pools, subsystems: this.#subsystems() }),
    ),
  );

  /** The pools, the kept draft on the first visit, and the comparison as things stand now. */
  async load(): Promise<void> {
    const reply = await this.#api.query('pool.list', {});
    if (!reply.ok) {
      this.refusal = reply.error;
      return;
    }
    this.pools = reply.value.pools;
    if (!this.#isOpened) {
      this.#isOpened = true;
      await this.draft.open('what-if', { isNew: true });
      this.isLoaded = true;
    }
    await this.compare();
  }

  /** The result of a variant as it stands; null while it is being compared or has a problem. */
  resultOf(index: number): VariantResult | null {
    const sent = this.sent[index];
    const at = sent ? this.#sent.findIndex((each) => JSON.stringify(each) === JSON.stringify(sent)) : -1;
    return this.compared?.variants[at] ?? null;
  }

  add(kind: ChangeKind, now: number): void {
    if (!this.canAdd) return;
    this.variants.push([this.#newChange(kind, now)]);
    this.editing = this.variants.length - 1;
    this.shown = this.variants.length - 1;
    this.changed();
  }

  addChange(index: number, kind: ChangeKind, now: number): void {
    this.variants[index]?.push(this.#newChange(kind, now));
    this.changed();
  }

  removeChange(index: number, at: number): void {
    this.variants[index]?.splice(at, 1);
    if (this.variants[index]?.length === 0) this.remove(index);
    else this.changed();
  }

  remove(index: number): void {
    this.variants.splice(index, 1);
    this.editing = null;
    this.shown = Math.max(0, Math.min(this.shown, this.variants.length - 1));
    this.changed();
  }

  edit(index: number | null): void {
    this.editing = index;
    if (index !== null) this.shown = index;
  }

  choose(choice: WindowChoice): void {
    this.windowChoice = choice;
    void this.compare();
  }

  /** Something was typed: compares after a short rest. */
  changed(): void {
    if (this.#rest) clearTimeout(this.#rest);
    this.#rest = setTimeout(() => {
      this.#rest = null;
      void this.compare();
    }, REST_MS);
  }

  /** The screen is left: what was typed last is kept now, and nothing is asked any more. */
  leave(): void {
    this.#asked += 1;
    if (this.#rest) clearTimeout(this.#rest);
    this.#rest = null;
    this.draft.keep();
    this.draft.leave();
  }

  async compare(): Promise<void> {
    const variants = this.sent.flatMap((sent) => (sent ? [$state.snapshot(sent)] : [])) as VariantSent[]; // snapshots of the same type
    const asked = (this.#asked += 1);
    this.isComparing = true;
    const reply = await this.#api.query('whatif.compare', {
      windowSeconds: WINDOWS[this.windowChoice],
      variants,
    });
    if (asked !== this.#asked) return;
    this.isComparing = false;
    if (!reply.ok) {
      // Another question came in between, from a screen that was left: this one still stands.
      if (reply.error.code === 'cancelled') this.changed();
      else this.refusal = reply.error;
      return;
    }
    this.refusal = null;
    this.#sent = variants;
    this.compared = reply.value;
  }

  /** @returns what was done; null when it was refused, after comparing anew if the ledger had moved */
  async commit(index: number): Promise<Committed | CommitRefusal | null> {
    const variant = this.sent[index];
    const result = this.resultOf(index);
    if (!variant || !result || !this.compared || this.isCommitting) return null;
    this.isCommitting = true;
    const { basis } = this.compared;
    const reply = await this.#api.command('whatif.commit', { basis, planHash: result.planHash, variant });
    this.isCommitting = false;
    if (!reply.ok) {
      if (reply.error.code === 'plan-stale') await this.load();
      return reply.error;
    }
    this.remove(index);
    return reply.value;
  }

  #newChange(kind: ChangeKind, now: number): Change {
    const [setting] = this.#subsystems();
    const first = this.pools.find((pool) => pool.kind === 'countable') ?? this.pools[0];
    const start = Math.ceil(now / HOUR) * HOUR;
    return newChange({
      kind,
      poolId: first?.id ?? '',
      subsystem: setting?.subsystem ?? 'records',
      policy: setting?.policy === 'priority' ? 'utilization' : 'priority',
      start,
      end: start + 4 * HOUR,
    });
  }
}
