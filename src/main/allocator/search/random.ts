/**
 * A small deterministic source of whole numbers: xorshift32 (Marsaglia 2003). The same seed gives the same numbers on
 * any machine; nothing else of the planner is random.
 */
export class Random {
  #state: number;

  /** @param seed  any integer; zero is replaced, because xorshift cannot leave it */
  constructor(seed: number) {
    this.#state = Math.imul((seed | 0) ^ 0x9e3779b9, 0x85ebca6b) | 0 || 1;
  }

  /** A whole number in [0, bound); `bound` between 1 and 2^31. */
  below(bound: number): number {
    let x = this.#state;
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    this.#state = x | 0;
    return (x >>> 0) % bound;
  }
}
