/**
 * What a search thread is asked, and how it is watched: plain data in, plain data out, and two shared integers between
 * (a flag to cancel, the schedules used so far), because a thread that searches reads no messages.
 */
import type { Offer, PlanSettings, SearchControl, Snapshot } from '../../allocator/index.ts';
import { findOffer, plan, renewOffer } from '../../allocator/index.ts';
import type { Plan } from '../../../shared/domain/plan.ts';
import type { Instant } from '../../../shared/units.ts';

/** A plan of a snapshot; or, beside an adopted plan, an offer of a better one. */
export interface SearchJob {
  readonly snapshot: Snapshot;
  readonly now: Instant;
  readonly settings: PlanSettings;
  /** Null asks for a plan. */
  readonly adopted: Plan | null;
  /** An offered plan to be looked at again as things stand now, instead of a search for another. */
  readonly renews?: Plan | null;
}

export type SearchAnswer =
  { readonly kind: 'plan'; readonly plan: Plan } | { readonly kind: 'offer'; readonly offer: Offer | null };

const CANCELLED = 0;
const USED = 1;

/** Two integers that both threads see. */
export class SearchWatch implements SearchControl {
  readonly memory: SharedArrayBuffer;
  readonly #cells: Int32Array;

  constructor(memory = new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT)) {
    this.memory = memory;
    this.#cells = new Int32Array(memory);
  }

  /** Schedules used, as last reported. */
  get used(): number {
    return Atomics.load(this.#cells, USED);
  }

  cancel(): void {
    Atomics.store(this.#cells, CANCELLED, 1);
  }

  isCancelled(): boolean {
    return Atomics.load(this.#cells, CANCELLED) !== 0;
  }

  report(used: number): void {
    Atomics.store(this.#cells, USED, used);
  }
}

/** Does the job on whatever thread calls it; same job, same answer. */
export function runJob(
  { snapshot, now, settings, adopted, renews }: SearchJob,
  control: SearchControl,
): SearchAnswer {
  if (adopted === null) return { kind: 'plan', plan: plan(snapshot, now, settings, control) };
  const offer = renews
    ? renewOffer(snapshot, adopted, renews, now, settings)
    : findOffer(snapshot, adopted, now, settings, control);
  return { kind: 'offer', offer };
}
