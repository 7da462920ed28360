/**
 * The allocator in its smallest form: R = Σ rᵢ / tᵢ per resource type, and nothing else. Allocating adds
 * amount / duration to a type's load, deallocating takes it away. Loads are net exact fractions: every sequence that
 * takes back what it gave ends at exactly zero, and a refusal changes nothing. Unlike the naive form it never goes
 * below zero.
 */
import type { Result } from '../../shared/result.ts';
import { accept, refuse } from '../../shared/result.ts';
import type { ExactRatio } from './exact-ratio.ts';
import { ZERO, compareRatios, difference, quotient, ratioOfNumber, sum, toFloat } from './exact-ratio.ts';

/** In order of precedence: the first that applies is given. None is retryable unchanged. */
export type SmallestFormCode =
  | 'amount-not-finite'
  | 'duration-not-finite'
  | 'amount-not-positive'
  | 'duration-not-positive'
  | 'exceeds-allocated';

export class SmallestForm {
  readonly #loads = new Map<string, ExactRatio>();

  /**
   * Adds amount / duration to the load of `resourceType`.
   * @param amount    units of the type, a positive decimal
   * @param duration  in any one unit of time, kept to by all calls; a positive decimal
   * @returns the new load, or the first refusal that applies
   */
  allocate(resourceType: string, amount: number, duration: number): Result<ExactRatio, SmallestFormCode> {
    const rate = rateOf(amount, duration);
    if (!rate.ok) return rate;
    const load = sum(this.exactLoad(resourceType), rate.value);
    this.#loads.set(resourceType, load);
    return accept(load);
  }

  /**
   * Takes amount / duration from the load of `resourceType`; refuses to take more than is held.
   * @returns the new load, or the first refusal that applies
   */
  deallocate(resourceType: string, amount: number, duration: number): Result<ExactRatio, SmallestFormCode> {
    const rate = rateOf(amount, duration);
    if (!rate.ok) return rate;
    const held = this.exactLoad(resourceType);
    if (compareRatios(rate.value, held) > 0) return refuse('exceeds-allocated');
    const load = difference(held, rate.value);
    if (load.numerator === 0n) this.#loads.delete(resourceType);
    else this.#loads.set(resourceType, load);
    return accept(load);
  }

  /** The load of a type as an exact fraction; zero for a type never allocated. */
  exactLoad(resourceType: string): ExactRatio {
    return this.#loads.get(resourceType) ?? ZERO;
  }

  /** The load of a type as a float, for showing. */
  load(resourceType: string): number {
    return toFloat(this.exactLoad(resourceType));
  }

  /** Types with a load above zero, in the order they were first allocated. */
  resourceTypes(): readonly string[] {
    return [...this.#loads.keys()];
  }
}

function rateOf(amount: number, duration: number): Result<ExactRatio, SmallestFormCode> {
  const exactAmount = ratioOfNumber(amount);
  if (!exactAmount) return refuse('amount-not-finite');
  const exactDuration = ratioOfNumber(duration);
  if (!exactDuration) return refuse('duration-not-finite');
  if (exactAmount.numerator <= 0n) return refuse('amount-not-positive');
  if (exactDuration.numerator <= 0n) return refuse('duration-not-positive');
  return accept(quotient(exactAmount, exactDuration));
}
