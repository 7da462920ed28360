/**
 * A step function over time, kept in a treap of its breakpoints (Aragon & Seidel 1989) with the smallest and largest
 * value of every subtree and lazily added amounts. Point, window, add and the two searches that earliest fit is made
 * of cost O(log n) of the breakpoints; neighbours of equal value are merged, so n never exceeds what is really there.
 * Priorities come from a counter through an integer mixer: the same calls build the same tree on any machine.
 * Times are integer seconds, values integers (thousandths of a unit); both stay below 2^53.
 */
/* eslint-disable @typescript-eslint/no-non-null-assertion -- typed arrays read at live node indexes only */

const NONE = 0;
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

/** A bijective integer mixer (Wellons, "lowbias32", 2018): spreads a counter over 32 bits. */
function mix(counter: number): number {
  let x = counter | 0;
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return (x ^ (x >>> 16)) >>> 0;
}

function widerFloats(old: Float64Array, room: number): Float64Array {
  const next = new Float64Array(room);
  next.set(old);
  return next;
}

function widerLinks(old: Int32Array, room: number): Int32Array {
  const next = new Int32Array(room);
  next.set(old);
  return next;
}

export class Profile {
  #key: Float64Array;
  #value: Float64Array;
  #add: Float64Array;
  #low: Float64Array;
  #high: Float64Array;
  #left: Int32Array;
  #right: Int32Array;
  #priority: Float64Array;
  #root: number = NONE;
  #used = 1;
  #free: number[] = [];
  #count = 0;

  /** @param initial  the value everywhere until something is added */
  constructor(initial: number, room = 16) {
    this.#key = new Float64Array(room);
    this.#value = new Float64Array(room);
    this.#add = new Float64Array(room);
    this.#low = new Float64Array(room);
    this.#high = new Float64Array(room);
    this.#left = new Int32Array(room);
    this.#right = new Int32Array(room);
    this.#priority = new Float64Array(room);
    this.#low[NONE] = Infinity;
    this.#high[NONE] = -Infinity;
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
    let node = this.#root;
    let added = 0;
    let found = 0;
    while (node !== NONE) {
      added += this.#add[node]!;
      if (this.#key[node]! <= time) {
        found = this.#value[node]! + added; // as above
        node = this.#right[node]!;
      } else {
        node = this.#left[node]!;
      }
    }
    return found;
  }

  /** The smallest value over [from, until); `from` < `until`. */
  minimum(from: number, until: number): number {
    return Math.min(this.at(from), this.#lowest(this.#root, from, until, BEGINNING, Infinity));
  }

  /** The largest value over [from, until); `from` < `until`. */
  maximum(from: number, until: number): number {
    return Math.max(this.at(from), this.#highest(this.#root, from, until, BEGINNING, Infinity));
  }

  /** Adds `amount` (negative to take away) over [from, until). Nothing happens on an empty window. */
  add(from: number, until: number, amount: number): void {
    if (from >= until || amount === 0) return;
    this.#ensure(from);
    if (until !== Infinity) this.#ensure(until);
    this.#addRange(this.#root, from, until, amount, BEGINNING, Infinity);
    this.#mergeAt(from);
    if (until !== Infinity) this.#mergeAt(until);
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
    if (this.at(from) >= level) return from;
    return this.#firstKeyAtLeast(this.#root, from, level, 0);
  }

  /** The first breakpoint after `time`, or Infinity. */
  nextKey(time: number): number {
    let found = Infinity;
    for (let node = this.#root; node !== NONE;) {
      if (this.#key[node]! > time) {
        found = this.#key[node]!;
        node = this.#left[node]!;
      } else {
        node = this.#right[node]!;
      }
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
    const node = this.#free.pop() ?? this.#used++;
    if (node >= this.#key.length) this.#grow();
    this.#key[node] = key;
    this.#value[node] = value;
    this.#add[node] = 0;
    this.#low[node] = value;
    this.#high[node] = value;
    this.#left[node] = NONE;
    this.#right[node] = NONE;
    this.#priority[node] = mix(node + 1);
    this.#count++;
    return node;
  }

  #grow(): void {
    const room = this.#key.length * 2;
    this.#key = widerFloats(this.#key, room);
    this.#value = widerFloats(this.#value, room);
    this.#add = widerFloats(this.#add, room);
    this.#low = widerFloats(this.#low, room);
    this.#high = widerFloats(this.#high, room);
    this.#priority = widerFloats(this.#priority, room);
    this.#left = widerLinks(this.#left, room);
    this.#right = widerLinks(this.#right, room);
  }

  #pushDown(node: number): void {
    const added = this.#add[node]!;
    if (added === 0) return;
    this.#value[node]! += added;
    const left = this.#left[node]!;
    const right = this.#right[node]!;
    if (left !== NONE) this.#shift(left, added);
    if (right !== NONE) this.#shift(right, added);
    this.#add[node] = 0;
  }

  /** Adds to a whole subtree; `low` and `high` of a node always count its own pending amount. */
  #shift(node: number, amount: number): void {
    this.#add[node]! += amount;
    this.#low[node]! += amount;
    this.#high[node]! += amount;
  }

  #refresh(node: number): void {
    const left = this.#left[node]!;
    const right = this.#right[node]!;
    const value = this.#value[node]!;
    const added = this.#add[node]!;
    this.#low[node] = Math.min(value, this.#low[left]!, this.#low[right]!) + added;
    this.#high[node] = Math.max(value, this.#high[left]!, this.#high[right]!) + added;
  }

  #ensure(time: number): void {
    let node = this.#root;
    let added = 0;
    let value = 0;
    while (node !== NONE) {
      added += this.#add[node]!;
      const key = this.#key[node]!;
      if (key === time) return;
      if (key < time) {
        value = this.#value[node]! + added;
        node = this.#right[node]!;
      } else {
        node = this.#left[node]!;
      }
    }
    this.#insertAt(time, value);
  }

  #insertAt(time: number, value: number): void {
    this.#root = this.#insert(this.#root, this.#newNode(time, value));
  }

  #insert(node: number, fresh: number): number {
    if (node === NONE) return fresh;
    this.#pushDown(node);
    if (this.#priority[fresh]! > this.#priority[node]!) {
      const key = this.#key[fresh]!;
      this.#left[fresh] = this.#cutBefore(node, key);
      this.#right[fresh] = this.#rest;
      this.#refresh(fresh);
      return fresh;
    }
    if (this.#key[fresh]! < this.#key[node]!) this.#left[node] = this.#insert(this.#left[node]!, fresh);
    else this.#right[node] = this.#insert(this.#right[node]!, fresh);
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
    if (this.#key[node]! < key) {
      this.#right[node] = this.#cutBefore(this.#right[node]!, key);
      this.#refresh(node);
      return node;
    }
    const before = this.#cutBefore(this.#left[node]!, key);
    this.#left[node] = this.#rest;
    this.#refresh(node);
    this.#rest = node;
    return before;
  }

  #join(left: number, right: number): number {
    if (left === NONE) return right;
    if (right === NONE) return left;
    if (this.#priority[left]! > this.#priority[right]!) {
      this.#pushDown(left);
      this.#right[left] = this.#join(this.#right[left]!, right);
      this.#refresh(left);
      return left;
    }
    this.#pushDown(right);
    this.#left[right] = this.#join(left, this.#left[right]!);
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
      added += this.#add[node]!;
      const key = this.#key[node]!;
      if (key === time) here = this.#value[node]! + added;
      else if (key < time) before = this.#value[node]! + added;
      node = key < time ? this.#right[node]! : this.#left[node]!;
    }
    if (here === before) this.#root = this.#remove(this.#root, time);
  }

  #remove(node: number, key: number): number {
    this.#pushDown(node);
    if (this.#key[node] === key) {
      this.#free.push(node);
      this.#count--;
      return this.#join(this.#left[node]!, this.#right[node]!);
    }
    if (key < this.#key[node]!) this.#left[node] = this.#remove(this.#left[node]!, key);
    else this.#right[node] = this.#remove(this.#right[node]!, key);
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
    const key = this.#key[node]!;
    if (key >= from && key < until) this.#value[node]! += amount;
    if (key > from) this.#addRange(this.#left[node]!, from, until, amount, after, key);
    if (key < until) this.#addRange(this.#right[node]!, from, until, amount, key, before);
    this.#refresh(node);
  }

  #lowest(node: number, from: number, until: number, after: number, before: number): number {
    if (node === NONE) return Infinity;
    if (after >= from && before <= until) return this.#low[node]!;
    const key = this.#key[node]!;
    let lowest = key >= from && key < until ? this.#value[node]! : Infinity;
    if (key > from) lowest = Math.min(lowest, this.#lowest(this.#left[node]!, from, until, after, key));
    if (key < until) lowest = Math.min(lowest, this.#lowest(this.#right[node]!, from, until, key, before));
    return lowest + this.#add[node]!;
  }

  #highest(node: number, from: number, until: number, after: number, before: number): number {
    if (node === NONE) return -Infinity;
    if (after >= from && before <= until) return this.#high[node]!;
    const key = this.#key[node]!;
    let highest = key >= from && key < until ? this.#value[node]! : -Infinity;
    if (key > from) highest = Math.max(highest, this.#highest(this.#left[node]!, from, until, after, key));
    if (key < until) highest = Math.max(highest, this.#highest(this.#right[node]!, from, until, key, before));
    return highest + this.#add[node]!;
  }

  /** The last key in (from, until) whose value is below `level`; `added` is what the ancestors still owe. */
  #lastKeyBelow(node: number, from: number, until: number, level: number, added: number): number | null {
    if (node === NONE || this.#low[node]! + added >= level) return null;
    const key = this.#key[node]!;
    const owed = added + this.#add[node]!;
    if (key < until) {
      const right = this.#lastKeyBelow(this.#right[node]!, from, until, level, owed);
      if (right !== null) return right;
      if (key > from && this.#value[node]! + owed < level) return key;
    }
    return key > from ? this.#lastKeyBelow(this.#left[node]!, from, until, level, owed) : null;
  }

  #firstKeyAtLeast(node: number, from: number, level: number, added: number): number {
    if (node === NONE || this.#high[node]! + added < level) return Infinity;
    const key = this.#key[node]!;
    const owed = added + this.#add[node]!;
    if (key > from) {
      const left = this.#firstKeyAtLeast(this.#left[node]!, from, level, owed);
      if (left !== Infinity) return left;
      if (this.#value[node]! + owed >= level) return key;
    }
    return this.#firstKeyAtLeast(this.#right[node]!, from, level, owed);
  }

  #collect(node: number, from: number, until: number, added: number, keys: number[], values: number[]): void {
    if (node === NONE) return;
    const key = this.#key[node]!;
    const owed = added + this.#add[node]!;
    if (key > from) this.#collect(this.#left[node]!, from, until, owed, keys, values);
    if (key > from && key < until) {
      keys.push(key);
      values.push(this.#value[node]! + owed);
    }
    if (key < until) this.#collect(this.#right[node]!, from, until, owed, keys, values);
  }
}
