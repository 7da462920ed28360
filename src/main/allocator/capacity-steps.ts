/**
 * What a pool offers over time, as given: reads of its capacity steps, with the cause of every shortage. Never
 * changes while a plan is made.
 */
import type { CapacityCause, CapacityStep, PlanPool } from './snapshot.ts';

/** A stretch in which capacity itself is too small; ends at `until`, which may be Infinity. */
export interface Shortage {
  readonly cause: 'closed' | 'outage';
  readonly until: number;
}

export class CapacitySteps {
  readonly #steps: readonly CapacityStep[];
  readonly #nominal: number;
  /** The last answer of `largestFrom`, which is asked for the same instant over and over. */
  #largest: { readonly from: number; readonly capacity: number } | null = null;

  constructor(pool: PlanPool) {
    this.#steps = pool.capacity;
    this.#nominal = pool.nominalMilli;
  }

  /** Capacity at `time` in thousandths; before the first step, the first step's. */
  at(time: number): number {
    return this.#steps[this.#indexAt(time)]?.capacityMilli ?? this.#nominal;
  }

  /** Whether the pool is wholly closed at `time` (hours or planned maintenance, not an outage). */
  isClosedAt(time: number): boolean {
    return this.at(time) === 0 && this.#steps[this.#indexAt(time)]?.cause === 'closed';
  }

  /** What lowers capacity at `time`; `open` when nothing does. */
  causeAt(time: number): CapacityCause {
    return this.#steps[this.#indexAt(time)]?.cause ?? 'open';
  }

  /** The first instant after `time` at which the pool is no longer closed, or Infinity. */
  nextOpening(time: number): number {
    for (let at = this.nextStep(time); at !== Infinity; at = this.nextStep(at))
      if (!this.isClosedAt(at)) return at;
    return Infinity;
  }

  /** The first instant after `time` at which the pool closes, or Infinity. */
  nextClosure(time: number): number {
    for (let at = this.nextStep(time); at !== Infinity; at = this.nextStep(at))
      if (this.isClosedAt(at)) return at;
    return Infinity;
  }

  /** The first step after `time`, or Infinity. */
  nextStep(time: number): number {
    const first = this.#steps[0];
    if (first && time < first.at) return this.#steps[1]?.at ?? Infinity;
    return this.#steps[this.#indexAt(time) + 1]?.at ?? Infinity;
  }

  /** The shortage at `time` for a rate, or null when capacity alone would do. */
  shortageAt(time: number, rate: number): Shortage | null {
    const index = this.#indexAt(time);
    const step = this.#steps[index];
    if (!step || step.capacityMilli >= rate) return null;
    let end = index + 1;
    while (
      end < this.#steps.length &&
      (this.#steps[end]?.capacityMilli ?? rate) < rate &&
      this.#causeOf(end) === this.#causeOf(index)
    )
      end++;
    return { cause: this.#causeOf(index), until: this.#steps[end]?.at ?? Infinity };
  }

  /** The first instant after `time` at which capacity alone is below `rate`, or Infinity. */
  nextShortage(time: number, rate: number): number {
    for (let index = this.#indexAt(time) + 1; index < this.#steps.length; index++) {
      const step = this.#steps[index];
      if (step && step.capacityMilli < rate) return step.at;
    }
    return Infinity;
  }

  /** The largest capacity at or after `time`. */
  largestFrom(time: number): number {
    if (this.#largest?.from === time) return this.#largest.capacity;
    let capacity = this.at(time);
    for (const step of this.#steps) if (step.at > time) capacity = Math.max(capacity, step.capacityMilli);
    this.#largest = { from: time, capacity };
    return capacity;
  }

  /** Capacity × time over [from, until), in thousandth-unit·seconds. */
  workOver(from: number, until: number): number {
    let total = 0;
    for (let at = from; at < until;) {
      const next = Math.min(until, this.nextStep(at));
      total += this.at(at) * (next - at);
      at = next;
    }
    return total;
  }

  /** A shortage that nobody explains counts as an outage. */
  #causeOf(index: number): 'closed' | 'outage' {
    return this.#steps[index]?.cause === 'closed' ? 'closed' : 'outage';
  }

  #indexAt(time: number): number {
    let low = 0;
    let high = this.#steps.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#steps[middle]?.at ?? Infinity) <= time) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
