/**
 * A step function over time, kept in a treap of its breakpoints (Aragon & Seidel 1989) with the smallest and largest
 * value of every subtree and lazily added amounts. Point, window, add and the two searches that earliest fit is made
 * of cost O(log n) of the breakpoints; neighbours of equal value are merged, so n never exceeds what is really there.
 * Priorities come from a counter through an integer mixer: the same calls build the same tree on any machine.
 * Times are integer seconds, values integers (thousandths of a unit); both stay below 2^53.
 */
/* eslint-disable @typescript-eslint/no-non-null-assertion -- typed arrays read at live node indexes only */

import { ADD, HIGH, KEY, LEFT, LOW, NONE, PRIORITY, RIGHT, STRIDE, VALUE, mix } from './treap-cells.ts';

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
  #cells: Float64Array;
  #root: number = NONE;
  #used = STRIDE;
  #free: number[] = [];
  #count = 0;

  /** @param initial  the value everywhere until something is added */
  constructor(initial: number, room = 16) {
    this.#cells = new Float64Array(room * STRIDE);
    this.#cells[NONE + LOW] = Infinity;
    this.#cells[NONE + HIGH] = -Infinity;
    this.#root = this.#newNode(BEGINNING, initial);
  }

  /** @param steps  ascending by `at`; the first value also holds before it */
  static ofSteps(steps: readonly ProfileStep[]): Profile {
    const profile = new Profile(steps[0]?.value ?? 0);
    let previous = steps[0]?.value ?? 0;
    for (const step of steps) {
      if (step.value !== previous) profile.#insertAt(step.at, step.value);
      previous = step.value;
    }
    return profile;
  }

  /** Breakpoints held, the beginning of time included. */
  get size(): number {
    return this.#count;
  }

  /** The value at `time`. */
  at(time: number): number {
    const cells = this.#cells;
    let added = 0;
    let found = 0;
    for (let node = this.#root; node !== NONE;) {
      added += cells[node + ADD]!;
      const isReached = cells[node + KEY]! <= time;
      if (isReached) found = cells[node + VALUE]! + added;
      node = cells[node + (isReached ? RIGHT : LEFT)]!;
    }
    return found;
  }

  /** The smallest value over [from, until); `from` < `until`. */
  minimum(from: number, until: number): number {
    return Math.min(this.at(from), this.#extreme(LOW, this.#root, from, until, BEGINNING, Infinity));
  }

  /** The largest value over [from, until); `from` < `until`. */
  maximum(from: number, until: number): number {
    return Math.max(this.at(from), this.#extreme(HIGH, this.#root, from, until, BEGINNING, Infinity));
  }

  /** Adds `amount` (negative to take away) over [from, until). Nothing happens on an empty window. */
  add(from: number, until: number, amount: number): void {
    if (from >= until || amount === 0) return;
    const isFromFresh = this.#ensure(from);
    const isUntilFresh = until === Infinity || this.#ensure(until);
    this.#addRange(this.#root, from, until, amount, BEGINNING, Infinity);
    if (!isFromFresh) this.#mergeAt(from);
    if (!isUntilFresh) this.#mergeAt(until);
  }

  /**
   * Where the value was last below `level` in [from, until).
   * @returns the later of `from` and the beginning of that stretch, or null when it never was
   */
  lastBelow(from: number, until: number, level: number): number | null {
    const key = this.#lastKeyBelow(this.#root, from, until, level, 0);
    if (key !== null) return key;
    return this.at(from) < level ? from : null;
  }

  /** The first instant at or after `from` with a value of `level` or more; Infinity when there is none. */
  firstAtLeast(from: number, level: number): number {
    return this.at(from) >= level ? from : this.nextAtLeast(from, level);
  }

  /** The first breakpoint after `from` with a value of `level` or more; Infinity when there is none. */
  nextAtLeast(from: number, level: number): number {
    return this.#firstKeyAtLeast(this.#root, from, level, 0);
  }

  /** The first breakpoint after `time`, or Infinity. */
  nextKey(time: number): number {
    let found = Infinity;
    for (let node = this.#root; node !== NONE;) {
      const key = this.#cells[node + KEY]!;
      if (key > time) found = key;
      node = this.#cells[node + (key > time ? LEFT : RIGHT)]!;
    }
    return found;
  }

  /** The stretches of [from, until), ascending. O(log n + stretches). */
  stretches(from: number, until: number): ProfileStretch[] {
    const keys: number[] = [from];
    const values: number[] = [this.at(from)];
    this.#collect(this.#root, from, until, 0, keys, values);
    return keys.map((key, index) => ({
      from: key,
      until: keys[index + 1] ?? until,
      value: values[index] ?? 0,
    }));
  }

  #newNode(key: number, value: number): number {
    const known = this.#free.pop();
    const node = known ?? this.#used;
    if (known === undefined) this.#used += STRIDE;
    if (node >= this.#cells.length) {
      const narrow = this.#cells;
      (this.#cells = new Float64Array(narrow.length * 2)).set(narrow);
    }
    this.#cells[node + KEY] = key;
    this.#cells[node + VALUE] = value;
    this.#cells[node + ADD] = 0;
    this.#cells[node + LOW] = value;
    this.#cells[node + HIGH] = value;
    this.#cells[node + LEFT] = NONE;
    this.#cells[node + RIGHT] = NONE;
    this.#cells[node + PRIORITY] = mix(node + 1);
    this.#count++;
    return node;
  }

  #pushDown(node: number): void {
    const added = this.#cells[node + ADD]!;
    if (added === 0) return;
    this.#cells[node + VALUE]! += added;
    const left = this.#cells[node + LEFT]!;
    const right = this.#cells[node + RIGHT]!;
    if (left !== NONE) this.#shift(left, added);
    if (right !== NONE) this.#shift(right, added);
    this.#cells[node + ADD] = 0;
  }

  /** Adds to a whole subtree; `low` and `high` of a node always count its own pending amount. */
  #shift(node: number, amount: number): void {
    this.#cells[node + ADD]! += amount;
    this.#cells[node + LOW]! += amount;
    this.#cells[node + HIGH]! += amount;
  }

  #refresh(node: number): void {
    const left = this.#cells[node + LEFT]!;
    const right = this.#cells[node + RIGHT]!;
    const value = this.#cells[node + VALUE]!;
    const added = this.#cells[node + ADD]!;
    this.#cells[node + LOW] = Math.min(value, this.#cells[left + LOW]!, this.#cells[right + LOW]!) + added;
    this.#cells[node + HIGH] = Math.max(value, this.#cells[left + HIGH]!, this.#cells[right + HIGH]!) + added;
  }

  /** Makes sure that `time` is a breakpoint; true when it was none before. */
  #ensure(time: number): boolean {
    let node = this.#root;
    let added = 0;
    let value = 0;
    while (node !== NONE) {
      added += this.#cells[node + ADD]!;
      const key = this.#cells[node + KEY]!;
      if (key === time) return false;
      if (key < time) value = this.#cells[node + VALUE]! + added;
      node = this.#cells[node + (key < time ? RIGHT : LEFT)]!;
    }
    this.#insertAt(time, value);
    return true;
  }

  #insertAt(time: number, value: number): void {
    this.#root = this.#insert(this.#root, this.#newNode(time, value));
  }

  #insert(node: number, fresh: number): number {
    if (node === NONE) return fresh;
    this.#pushDown(node);
    if (this.#cells[fresh + PRIORITY]! > this.#cells[node + PRIORITY]!) {
      const key = this.#cells[fresh + KEY]!;
      this.#cells[fresh + LEFT] = this.#cutBefore(node, key);
      this.#cells[fresh + RIGHT] = this.#rest;
      this.#refresh(fresh);
      return fresh;
    }
    if (this.#cells[fresh + KEY]! < this.#cells[node + KEY]!)
      this.#cells[node + LEFT] = this.#insert(this.#cells[node + LEFT]!, fresh);
    else this.#cells[node + RIGHT] = this.#insert(this.#cells[node + RIGHT]!, fresh);
    this.#refresh(node);
    return node;
  }

  /** What `#cutBefore` leaves: the root of the keys at or after the cut. */
  #rest: number = NONE;

  #cutBefore(node: number, key: number): number {
    if (node === NONE) {
      this.#rest = NONE;
      return NONE;
    }
    this.#pushDown(node);
    if (this.#cells[node + KEY]! < key) {
      this.#cells[node + RIGHT] = this.#cutBefore(this.#cells[node + RIGHT]!, key);
      this.#refresh(node);
      return node;
    }
    const before = this.#cutBefore(this.#cells[node + LEFT]!, key);
    this.#cells[node + LEFT] = this.#rest;
    this.#refresh(node);
    this.#rest = node;
    return before;
  }

  #join(left: number, right: number): number {
    if (left === NONE) return right;
    if (right === NONE) return left;
    if (this.#cells[left + PRIORITY]! > this.#cells[right + PRIORITY]!) {
      this.#pushDown(left);
      this.#cells[left + RIGHT] = this.#join(this.#cells[left + RIGHT]!, right);
      this.#refresh(left);
      return left;
    }
    this.#pushDown(right);
    this.#cells[right + LEFT] = this.#join(left, this.#cells[right + LEFT]!);
    this.#refresh(right);
    return right;
  }

  /** Drops the breakpoint at `time` when the value does not change there. */
  #mergeAt(time: number): void {
    let node = this.#root;
    let added = 0;
    let before = NaN;
    let here = NaN;
    while (node !== NONE) {
      added += this.#cells[node + ADD]!;
      const key = this.#cells[node + KEY]!;
      if (key === time) here = this.#cells[node + VALUE]! + added;
      else if (key < time) before = this.#cells[node + VALUE]! + added;
      node = key < time ? this.#cells[node + RIGHT]! : this.#cells[node + LEFT]!;
    }
    if (here === before) this.#root = this.#remove(this.#root, time);
  }

  #remove(node: number, key: number): number {
    this.#pushDown(node);
    if (this.#cells[node + KEY] === key) {
      this.#free.push(node);
      this.#count--;
      return this.#join(this.#cells[node + LEFT]!, this.#cells[node + RIGHT]!);
    }
    if (key < this.#cells[node + KEY]!)
      this.#cells[node + LEFT] = this.#remove(this.#cells[node + LEFT]!, key);
    else this.#cells[node + RIGHT] = this.#remove(this.#cells[node + RIGHT]!, key);
    this.#refresh(node);
    return node;
  }

  /** Keys of the subtree lie in (`after`, `before`); the whole subtree is inside when both bounds are. */
  #addRange(node: number, from: number, until: number, amount: number, after: number, before: number): void {
    if (node === NONE) return;
    if (after >= from && before <= until) {
      this.#shift(node, amount);
      return;
    }
    const key = this.#cells[node + KEY]!;
    if (key >= from && key < until) this.#cells[node + VALUE]! += amount;
    if (key > from) this.#addRange(this.#cells[node + LEFT]!, from, until, amount, after, key);
    if (key < until) this.#addRange(this.#cells[node + RIGHT]!, from, until, amount, key, before);
    this.#refresh(node);
  }

  /** The smallest (`bound` LOW) or largest (HIGH) value at keys in [from, until); ±Infinity where there is none. */
  #extreme(bound: number, node: number, from: number, until: number, after: number, before: number): number {
    const none = bound === LOW ? Infinity : -Infinity;
    if (node === NONE) return none;
    if (after >= from && before <= until) return this.#cells[node + bound]!;
    const key = this.#cells[node + KEY]!;
    const here = key >= from && key < until ? this.#cells[node + VALUE]! : none;
    const left = key > from ? this.#extreme(bound, this.#cells[node + LEFT]!, from, until, after, key) : none;
    const right =
      key < until ? this.#extreme(bound, this.#cells[node + RIGHT]!, from, until, key, before) : none;
    const extreme = bound === LOW ? Math.min(here, left, right) : Math.max(here, left, right);
    return extreme + this.#cells[node + ADD]!;
  }

  /** The last key in (from, until) whose value is below `level`; `added` is what the ancestors still owe. */
  #lastKeyBelow(node: number, from: number, until: number, level: number, added: number): number | null {
    if (node === NONE || this.#cells[node + LOW]! + added >= level) return null;
    const key = this.#cells[node + KEY]!;
    const owed = added + this.#cells[node + ADD]!;
    if (key < until) {
      const right = this.#lastKeyBelow(this.#cells[node + RIGHT]!, from, until, level, owed);
      if (right !== null) return right;
      if (key > from && this.#cells[node + VALUE]! + owed < level) return key;
    }
    return key > from ? this.#lastKeyBelow(this.#cells[node + LEFT]!, from, until, level, owed) : null;
  }

  #firstKeyAtLeast(node: number, from: number, level: number, added: number): number {
    if (node === NONE || this.#cells[node + HIGH]! + added < level) return Infinity;
    const key = this.#cells[node + KEY]!;
    const owed = added + this.#cells[node + ADD]!;
    if (key > from) {
      const left = this.#firstKeyAtLeast(this.#cells[node + LEFT]!, from, level, owed);
      if (left !== Infinity) return left;
      if (this.#cells[node + VALUE]! + owed >= level) return key;
    }
    return this.#firstKeyAtLeast(this.#cells[node + RIGHT]!, from, level, owed);
  }

  #collect(node: number, from: number, until: number, added: number, keys: number[], values: number[]): void {
    if (node === NONE) return;
    const key = this.#cells[node + KEY]!;
    const owed = added + this.#cells[node + ADD]!;
    if (key > from) this.#collect(this.#cells[node + LEFT]!, from, until, owed, keys, values);
    if (key > from && key < until) {
      keys.push(key);
      values.push(this.#cells[node + VALUE]! + owed);
    }
    if (key < until) this.#collect(this.#cells[node + RIGHT]!, from, until, owed, keys, values);
  }
}
