/**
 * Weighted tardiness of work that runs one after the other: iterated dynasearch (Congram, Potts & van de Velde 2002),
 * here over swaps and both insertions (Grosso, Della Croce & Tadei 2004). One pass finds the best set of moves on
 * disjoint stretches by dynamic programming; kicks of a few random swaps lead out of local optima. Deterministic for a
 * seed.
 */
/* eslint-disable @typescript-eslint/no-non-null-assertion -- typed arrays read inside their bounds only */
import type { Random } from './random.ts';

/** Jobs by index: processing times, weights and due dates; integers, times from the sequence's beginning. */
export interface SequenceProblem {
  readonly times: Float64Array;
  readonly weights: Float64Array;
  readonly dues: Float64Array;
}

const KICK_SWAPS = 6;
const STAY = 0;
const SWAP = 1;
const LATER = 2;
const EARLIER = 3;

export class Dynasearch {
  readonly #problem: SequenceProblem;
  readonly #random: Random;
  readonly #count: number;
  /** Best change of cost of the first `j` positions, and the move that ends there. */
  readonly #gain: Float64Array;
  readonly #from: Int32Array;
  readonly #move: Int8Array;
  readonly #starts: Float64Array;
  readonly #scratch: Int32Array;

  constructor(problem: SequenceProblem, random: Random) {
    this.#problem = problem;
    this.#random = random;
    this.#count = problem.times.length;
    this.#gain = new Float64Array(this.#count + 1);
    this.#from = new Int32Array(this.#count + 1);
    this.#move = new Int8Array(this.#count + 1);
    this.#starts = new Float64Array(this.#count + 1);
    this.#scratch = new Int32Array(this.#count);
  }

  /** Σ weight × tardiness of a sequence of job indexes. */
  cost(sequence: Int32Array): number {
    let time = 0;
    let cost = 0;
    for (const job of sequence) {
      time += this.#problem.times[job]!;
      cost += this.#penalty(job, time);
    }
    return cost;
  }

  /** Improves `sequence` in place until no pass helps; returns the passes made, at most `most`. */
  descend(sequence: Int32Array, most: number): number {
    let passes = 0;
    while (passes < most) {
      passes++;
      if (!this.#pass(sequence)) break;
    }
    return passes;
  }

  /** Swaps a few random pairs. */
  kick(sequence: Int32Array): void {
    for (let swap = 0; swap < KICK_SWAPS; swap++) {
      const left = this.#random.below(this.#count);
      const right = this.#random.below(this.#count);
      const job = sequence[left]!;
      sequence[left] = sequence[right]!;
      sequence[right] = job;
    }
  }

  #penalty(job: number, end: number): number {
    const late = end - this.#problem.dues[job]!;
    return late > 0 ? late * this.#problem.weights[job]! : 0;
  }

  /** One pass of dynamic programming over all sets of disjoint moves; false when none helps. */
  #pass(sequence: Int32Array): boolean {
    const count = this.#count;
    for (let at = 0; at < count; at++) {
      this.#starts[at + 1] = this.#starts[at]! + this.#problem.times[sequence[at]!]!;
    }
    for (let end = 1; end <= count; end++) {
      this.#gain[end] = this.#gain[end - 1]!;
      this.#from[end] = end - 1;
      this.#move[end] = STAY;
    }
    for (let first = 0; first < count - 1; first++) {
      if (first > 0 && this.#gain[first]! < this.#gain[first + 1]!) this.#carry(first);
      this.#tryMovesFrom(sequence, first);
    }
    for (let end = 1; end <= count; end++) if (this.#gain[end - 1]! < this.#gain[end]!) this.#carry(end - 1);
    if (this.#gain[count]! >= 0) return false;
    this.#apply(sequence);
    return true;
  }

  #carry(end: number): void {
    this.#gain[end + 1] = this.#gain[end]!;
    this.#from[end + 1] = end;
    this.#move[end + 1] = STAY;
  }

  /**
   * All moves whose stretch begins at position `first`, with running sums over the stretch. Costs only grow along a
   * stretch, so a move is given up as soon as it can no longer beat what is known.
   */
  #tryMovesFrom(sequence: Int32Array, first: number): void {
    const { times, weights, dues } = this.#problem;
    const starts = this.#starts;
    const head = sequence[first]!;
    const headTime = times[head]!;
    const before = starts[first]!;
    const base = this.#gain[first]!;
    let now = this.#penalty(head, before + headTime);
    let pulled = 0;
    for (let last = first + 1; last < this.#count; last++) {
      const tail = sequence[last]!;
      const tailTime = times[tail]!;
      const end = starts[last + 1]!;
      const current = now + this.#penalty(tail, end);
      const worst = current + this.#gain[last + 1]! - base;
      const headLast = this.#penalty(head, end);
      const tailFirst = this.#penalty(tail, before + tailTime);
      const shift = tailTime - headTime;
      let swapped = headLast + tailFirst;
      let pushed = tailFirst + this.#penalty(head, before + headTime + tailTime);
      for (let at = first + 1; at < last && (swapped < worst || pushed < worst); at++) {
        const job = sequence[at]!;
        const late = starts[at + 1]! - dues[job]!;
        if (late + shift > 0) swapped += (late + shift) * weights[job]!;
        if (late + tailTime > 0) pushed += (late + tailTime) * weights[job]!;
      }
      pulled += this.#penalty(tail, end - headTime);
      this.#offer(first, last + 1, base + swapped - current, SWAP);
      this.#offer(first, last + 1, base + headLast + pulled - current, LATER);
      this.#offer(first, last + 1, base + pushed - current, EARLIER);
      now = current;
    }
  }

  #offer(first: number, end: number, gain: number, move: number): void {
    if (gain >= this.#gain[end]!) return;
    this.#gain[end] = gain;
    this.#from[end] = first;
    this.#move[end] = move;
  }

  #apply(sequence: Int32Array): void {
    for (let end = this.#count; end > 0; end = this.#from[end]!) {
      const first = this.#from[end]!;
      const last = end - 1;
      const move = this.#move[end]!;
      if (move === STAY) continue;
      this.#scratch.set(sequence);
      if (move === SWAP) {
        sequence[first] = this.#scratch[last]!;
        sequence[last] = this.#scratch[first]!;
      } else if (move === LATER) {
        sequence.copyWithin(first, first + 1, end);
        sequence[last] = this.#scratch[first]!;
      } else {
        sequence.copyWithin(first + 1, first, last);
        sequence[first] = this.#scratch[last]!;
      }
    }
  }
}
