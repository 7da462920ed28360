/**
 * A step function over time, kept in a treap of chunks of its breakpoints (`chunk-treap.ts`) with the smallest and
 * largest value of every subtree and lazily added amounts. Point, window, add and the two searches that earliest fit
 * is made of cost O(log n) of the breakpoints; neighbours of equal value are merged, so n never exceeds what is really
 * there. Times are integer seconds, values integers (thousandths of a unit); both stay below 2^53.
 */
/* eslint-disable @typescript-eslint/no-non-null-assertion -- typed arrays read at live node indexes only */

import { ChunkTreap, firstPlace } from './chunk-treap.ts';
import {
  ADD,
  COUNT,
  HIGH,
  KEY,
  LAST,
  LEFT,
  LOW,
  NONE,
  OWN_HIGH,
  OWN_LOW,
  RIGHT,
  STRIDE,
} from './treap-cells.ts';

/** Before every time a profile is asked about. */
const BEGINNING = Number.MIN_SAFE_INTEGER;

/** A value that holds from `at` until the next step. */
export interface ProfileStep {
  readonly at: number;
  readonly value: number;
}

/** A maximal stretch of one value, clipped to the window that was asked for. */
export interface ProfileStretch {
  readonly from: number;
  readonly until: number;
  readonly value: number;
}

export class Profile {
  readonly #treap: ChunkTreap;

  /** @param initial  the value everywhere until something is added */
  constructor(initial: number) {
    this.#treap = new ChunkTreap(BEGINNING, initial);
  }

  /** @param steps  ascending by `at`; the first value also holds before it */
  static ofSteps(steps: readonly ProfileStep[]): Profile {
    const profile = new Profile(steps[0]?.value ?? 0);
    let previous = steps[0]?.value ?? 0;
    for (const { at, value } of steps) {
      profile.add(at, Infinity, value - previous);
      previous = value;
    }
    return profile;
  }

  /** Breakpoints held, the beginning of time included. */
  get size(): number {
    return this.#treap.size;
  }

  /** The value at `time`. */
  at(time: number): number {
    this.#treap.locate(time);
    return this.#treap.values[this.#treap.place]! + this.#treap.owed;
  }

  /** The smallest value over [from, until); `from` < `until`. */
  minimum(from: number, until: number): number {
    return Math.min(this.at(from), this.#extreme(true, this.#treap.root, from, until, BEGINNING, Infinity));
  }

  /** The largest value over [from, until); `from` < `until`. */
  maximum(from: number, until: number): number {
    return Math.max(this.at(from), this.#extreme(false, this.#treap.root, from, until, BEGINNING, Infinity));
  }

  /** Adds `amount` (negative to take away) over [from, until). Nothing happens on an empty window. */
  add(from: number, until: number, amount: number): void {
    if (from >= until || amount === 0) return;
    const treap = this.#treap;
    const isFromFresh = treap.ensure(from);
    const isUntilFresh = until === Infinity || treap.ensure(until);
    this.#addRange(treap.root, from, until, amount, BEGINNING, Infinity);
    if (!isFromFresh) treap.mergeAt(from);
    if (!isUntilFresh) treap.mergeAt(until);
  }

  /**
   * Where the value was last below `level` in [from, until).
   * @returns the later of `from` and the beginning of that stretch, or null when it never was
   */
  lastBelow(from: number, until: number, level: number): number | null {
    const key = this.#lastKeyBelow(this.#treap.root, from, until, level, 0);
    if (key !== null) return key;
    return this.at(from) < level ? from : null;
  }

  /** The first instant at or after `from` with a value of `level` or more; Infinity when there is none. */
  firstAtLeast(from: number, level: number): number {
    return this.at(from) >= level ? from : this.nextAtLeast(from, level);
  }

  /** The first breakpoint after `from` with a value of `level` or more; Infinity when there is none. */
  nextAtLeast(from: number, level: number): number {
    return this.#firstKeyAtLeast(this.#treap.root, from, level, 0);
  }

  /** The first breakpoint after `time`, or Infinity. */
  nextKey(time: number): number {
    return this.#firstKeyAtLeast(this.#treap.root, time, -Infinity, 0);
  }

  /** The stretches of [from, until), ascending. O(log n + stretches). */
  stretches(from: number, until: number): ProfileStretch[] {
    const keys: number[] = [from];
    const values: number[] = [this.at(from)];
    this.#collect(this.#treap.root, from, until, 0, keys, values);
    return keys.map((key, index) => ({
      from: key,
      until: keys[index + 1] ?? until,
      value: values[index] ?? 0,
    }));
  }

  /** Keys of the subtree lie in (`after`, `before`); the whole subtree is inside when both bounds are. */
  #addRange(node: number, from: number, until: number, amount: number, after: number, before: number): void {
    if (node === NONE) return;
    const treap = this.#treap;
    if (after >= from && before <= until) {
      treap.shift(node, amount);
      return;
    }
    const cell = node * STRIDE;
    const key = treap.cells[cell + KEY]!;
    const last = treap.cells[cell + LAST]!;
    treap.shiftOwn(node, from, until, amount);
    if (key > from) this.#addRange(treap.cells[cell + LEFT]!, from, until, amount, after, key);
    if (last < until) this.#addRange(treap.cells[cell + RIGHT]!, from, until, amount, last, before);
    treap.refresh(node);
  }

  /** The smallest or largest value at keys in [from, until); ±Infinity where there is none. */
  #extreme(isLow: boolean, node: number, from: number, until: number, after: number, before: number): number {
    const none = isLow ? Infinity : -Infinity;
    if (node === NONE) return none;
    const { cells, keys, values } = this.#treap;
    const cell = node * STRIDE;
    if (after >= from && before <= until) return cells[cell + (isLow ? LOW : HIGH)]!;
    const further = (left: number, right: number): number =>
      isLow ? Math.min(left, right) : Math.max(left, right);
    const key = cells[cell + KEY]!;
    const last = cells[cell + LAST]!;
    const end = firstPlace(node) + cells[cell + COUNT]!;
    let extreme = none;
    for (let at = this.#treap.placeUpTo(node, from - 1) + 1; at < end && keys[at]! < until; at++)
      extreme = further(extreme, values[at]!);
    if (key > from)
      extreme = further(extreme, this.#extreme(isLow, cells[cell + LEFT]!, from, until, after, key));
    if (last < until)
      extreme = further(extreme, this.#extreme(isLow, cells[cell + RIGHT]!, from, until, last, before));
    return extreme + cells[cell + ADD]!;
  }

  /** The last key in (from, until) whose value is below `level`; `added` is what the ancestors still owe. */
  #lastKeyBelow(node: number, from: number, until: number, level: number, added: number): number | null {
    const { cells, keys, values } = this.#treap;
    const cell = node * STRIDE;
    if (node === NONE || cells[cell + LOW]! + added >= level) return null;
    const owed = added + cells[cell + ADD]!;
    const key = cells[cell + KEY]!;
    const last = cells[cell + LAST]!;
    if (last < until) {
      const right = this.#lastKeyBelow(cells[cell + RIGHT]!, from, until, level, owed);
      if (right !== null) return right;
    }
    if (key < until && last > from && cells[cell + OWN_LOW]! + owed < level) {
      const first = firstPlace(node);
      for (let at = this.#treap.placeUpTo(node, until - 1); at >= first && keys[at]! > from; at--)
        if (values[at]! + owed < level) return keys[at]!;
    }
    return key > from ? this.#lastKeyBelow(cells[cell + LEFT]!, from, until, level, owed) : null;
  }

  #firstKeyAtLeast(node: number, from: number, level: number, added: number): number {
    const { cells, keys, values } = this.#treap;
    const cell = node * STRIDE;
    if (node === NONE || cells[cell + HIGH]! + added < level) return Infinity;
    const owed = added + cells[cell + ADD]!;
    if (cells[cell + KEY]! > from) {
      const left = this.#firstKeyAtLeast(cells[cell + LEFT]!, from, level, owed);
      if (left !== Infinity) return left;
    }
    if (cells[cell + LAST]! > from && cells[cell + OWN_HIGH]! + owed >= level) {
      const end = firstPlace(node) + cells[cell + COUNT]!;
      for (let at = this.#treap.placeUpTo(node, from) + 1; at < end; at++)
        if (values[at]! + owed >= level) return keys[at]!;
    }
    return this.#firstKeyAtLeast(cells[cell + RIGHT]!, from, level, owed);
  }

  #collect(node: number, from: number, until: number, added: number, keys: number[], values: number[]): void {
    if (node === NONE) return;
    const treap = this.#treap;
    const cell = node * STRIDE;
    const owed = added + treap.cells[cell + ADD]!;
    const first = firstPlace(node);
    const end = first + treap.cells[cell + COUNT]!;
    if (treap.keys[first]! > from) this.#collect(treap.cells[cell + LEFT]!, from, until, owed, keys, values);
    for (let at = treap.placeUpTo(node, from) + 1; at < end && treap.keys[at]! < until; at++) {
      keys.push(treap.keys[at]!);
      values.push(treap.values[at]! + owed);
    }
    if (treap.keys[end - 1]! < until)
      this.#collect(treap.cells[cell + RIGHT]!, from, until, owed, keys, values);
  }
}
