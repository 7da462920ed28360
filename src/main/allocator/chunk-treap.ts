/**
 * Breakpoints of a step function in a treap (Aragon & Seidel 1989) whose nodes hold up to `CHUNK` of them, so that
 * a long profile is shallow and a short one is an array. Owns the structure: where a time lies, putting a breakpoint
 * in and taking one out; what is asked of the values is in `profile.ts`. Priorities come from a counter through an
 * integer mixer: the same calls build the same tree on any machine.
 */
/* eslint-disable @typescript-eslint/no-non-null-assertion -- typed arrays read at live node indexes only */

import {
  ADD,
  CHUNK,
  COUNT,
  HIGH,
  KEY,
  LAST,
  LEFT,
  LOW,
  NONE,
  OWN_HIGH,
  OWN_LOW,
  PRIORITY,
  RIGHT,
  STRIDE,
  mix,
} from './treap-cells.ts';

/** Most profiles are short: memory grows with what is in them. */
const ROOM_NODES = 2;
const ROOM_BREAKPOINTS = 16;

/** Where a node's breakpoints begin. */
export function firstPlace(node: number): number {
  return (node - 1) * CHUNK;
}

function wider(narrow: Float64Array, length: number): Float64Array {
  const wide = new Float64Array(Math.max(length, 2 * narrow.length));
  wide.set(narrow);
  return wide;
}

export class ChunkTreap {
  /** Nodes; see `treap-cells.ts`. */
  cells: Float64Array;
  /** Times and values of breakpoints, `CHUNK` places per node. */
  keys: Float64Array;
  values: Float64Array;
  root: number;
  /** Breakpoints held. */
  size = 1;
  #nodes = 1;
  #free: number[] = [];

  /** What `locate` found: the place of the last breakpoint at or before a time, and what its ancestors owe it. */
  node: number = NONE;
  place = 0;
  owed = 0;
  /** The value just before a located breakpoint that is the first of its node. */
  #before = NaN;

  /** One breakpoint that is never taken out. */
  constructor(key: number, value: number) {
    this.cells = new Float64Array(ROOM_NODES * STRIDE);
    this.keys = new Float64Array(ROOM_BREAKPOINTS);
    this.values = new Float64Array(ROOM_BREAKPOINTS);
    this.cells[NONE * STRIDE + LOW] = Infinity;
    this.cells[NONE * STRIDE + HIGH] = -Infinity;
    const root = this.#newNode();
    this.keys[0] = key;
    this.values[0] = value;
    this.cells[root * STRIDE + COUNT] = 1;
    this.root = root;
    this.#measure(root);
    this.refresh(root);
  }

  /** Finds the last breakpoint at or before `time` and leaves it in `node`, `place` (in `keys`) and `owed`. */
  locate(time: number): void {
    const { cells } = this;
    let added = 0;
    let found = NONE;
    for (let node = this.root; node !== NONE;) {
      const cell = node * STRIDE;
      added += cells[cell + ADD]!;
      const isReached = cells[cell + KEY]! <= time;
      if (isReached) {
        found = node;
        this.owed = added;
      }
      node = cells[cell + (isReached ? RIGHT : LEFT)]!;
    }
    this.node = found;
    this.place = this.placeUpTo(found, time);
  }

  /** The place of the node's last breakpoint at or before `time`; one less than its first place where there is none. */
  placeUpTo(node: number, time: number): number {
    const { keys } = this;
    let low = firstPlace(node) - 1;
    let high = low + this.cells[node * STRIDE + COUNT]!;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (keys[middle]! <= time) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** Makes sure that `time` is a breakpoint; true when it was none before. Values stay as they are. */
  ensure(time: number): boolean {
    this.locate(time);
    if (this.keys[this.place] === time) return false;
    if (this.cells[this.node * STRIDE + COUNT] === CHUNK) {
      this.#split(this.node, this.owed);
      this.locate(time);
    }
    const last = firstPlace(this.node) + this.cells[this.node * STRIDE + COUNT]!++;
    this.#holdBreakpoints(last + 1);
    const { keys, values, place } = this;
    for (let at = last; at > place + 1; at--) {
      keys[at] = keys[at - 1]!;
      values[at] = values[at - 1]!;
    }
    keys[place + 1] = time;
    values[place + 1] = values[place]!;
    if (place + 1 === last) this.cells[this.node * STRIDE + LAST] = time;
    this.size++;
    return true;
  }

  /** Drops the breakpoint at `time` when the value does not change there. */
  mergeAt(time: number): void {
    this.locate(time);
    const { node, place, owed } = this;
    if (this.keys[place] !== time) return;
    const isFirst = place === firstPlace(node);
    if (isFirst) this.#locateBefore(time);
    const before = isFirst ? this.#before : this.values[place - 1]! + owed;
    if (this.values[place]! + owed === before) this.#drop(node, place);
  }

  /** Sums a node's subtree up from its children and its own values. */
  refresh(node: number): void {
    const { cells } = this;
    const cell = node * STRIDE;
    const left = cells[cell + LEFT]! * STRIDE;
    const right = cells[cell + RIGHT]! * STRIDE;
    const added = cells[cell + ADD]!;
    cells[cell + LOW] = Math.min(cells[cell + OWN_LOW]!, cells[left + LOW]!, cells[right + LOW]!) + added;
    cells[cell + HIGH] = Math.max(cells[cell + OWN_HIGH]!, cells[left + HIGH]!, cells[right + HIGH]!) + added;
  }

  /** Adds to a whole subtree. */
  shift(node: number, amount: number): void {
    const cell = node * STRIDE;
    this.cells[cell + ADD]! += amount;
    this.cells[cell + LOW]! += amount;
    this.cells[cell + HIGH]! += amount;
  }

  /** Adds to the node's own breakpoints in [from, until). */
  shiftOwn(node: number, from: number, until: number, amount: number): void {
    const { cells, keys, values } = this;
    const cell = node * STRIDE;
    if (cells[cell + KEY]! >= until || cells[cell + LAST]! < from) return;
    const end = firstPlace(node) + cells[cell + COUNT]!;
    // Times are whole seconds: what is not before `from` comes after `from` − 1.
    let at = this.placeUpTo(node, from - 1) + 1;
    for (; at < end && keys[at]! < until; at++) values[at]! += amount;
    this.#measure(node);
  }

  #measure(node: number): void {
    const { cells, values } = this;
    const first = firstPlace(node);
    const end = first + cells[node * STRIDE + COUNT]!;
    let low = Infinity;
    let high = -Infinity;
    for (let at = first; at < end; at++) {
      const value = values[at]!;
      if (value < low) low = value;
      if (value > high) high = value;
    }
    cells[node * STRIDE + KEY] = this.keys[first]!;
    cells[node * STRIDE + LAST] = this.keys[end - 1]!;
    cells[node * STRIDE + OWN_LOW] = low;
    cells[node * STRIDE + OWN_HIGH] = high;
  }

  #newNode(): number {
    const node = this.#free.pop() ?? this.#nodes++;
    const cell = node * STRIDE;
    if (cell >= this.cells.length) this.cells = wider(this.cells, 0);
    this.cells.fill(0, cell, cell + STRIDE);
    this.cells[cell + PRIORITY] = mix(node);
    return node;
  }

  #holdBreakpoints(count: number): void {
    if (count <= this.keys.length) return;
    this.keys = wider(this.keys, count);
    this.values = wider(this.values, count);
  }

  /** Moves the later half of a full node into a new one. */
  #split(node: number, owed: number): void {
    const fresh = this.#newNode();
    this.#holdBreakpoints(firstPlace(fresh) + CHUNK);
    const half = CHUNK >> 1;
    const source = firstPlace(node) + half;
    for (let index = 0; index < CHUNK - half; index++) {
      this.keys[firstPlace(fresh) + index] = this.keys[source + index]!;
      this.values[firstPlace(fresh) + index] = this.values[source + index]! + owed;
    }
    this.cells[fresh * STRIDE + COUNT] = CHUNK - half;
    this.cells[node * STRIDE + COUNT] = half;
    this.#measure(node);
    this.#measure(fresh);
    this.refresh(fresh);
    this.root = this.#insert(this.root, fresh);
  }

  #pushDown(node: number): void {
    const cell = node * STRIDE;
    const added = this.cells[cell + ADD]!;
    if (added === 0) return;
    const first = firstPlace(node);
    const end = first + this.cells[cell + COUNT]!;
    for (let at = first; at < end; at++) this.values[at]! += added;
    this.cells[cell + OWN_LOW]! += added;
    this.cells[cell + OWN_HIGH]! += added;
    const left = this.cells[cell + LEFT]!;
    const right = this.cells[cell + RIGHT]!;
    if (left !== NONE) this.shift(left, added);
    if (right !== NONE) this.shift(right, added);
    this.cells[cell + ADD] = 0;
  }

  #insert(node: number, fresh: number): number {
    if (node === NONE) return fresh;
    this.#pushDown(node);
    const { cells } = this;
    const key = cells[fresh * STRIDE + KEY]!;
    if (cells[fresh * STRIDE + PRIORITY]! > cells[node * STRIDE + PRIORITY]!) {
      cells[fresh * STRIDE + LEFT] = this.#cutBefore(node, key);
      cells[fresh * STRIDE + RIGHT] = this.#rest;
      this.refresh(fresh);
      return fresh;
    }
    const side = key < cells[node * STRIDE + KEY]! ? LEFT : RIGHT;
    cells[node * STRIDE + side] = this.#insert(cells[node * STRIDE + side]!, fresh);
    this.refresh(node);
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
    const { cells } = this;
    const cell = node * STRIDE;
    if (cells[cell + KEY]! < key) {
      cells[cell + RIGHT] = this.#cutBefore(cells[cell + RIGHT]!, key);
      this.refresh(node);
      return node;
    }
    const before = this.#cutBefore(cells[cell + LEFT]!, key);
    cells[cell + LEFT] = this.#rest;
    this.refresh(node);
    this.#rest = node;
    return before;
  }

  #join(left: number, right: number): number {
    if (left === NONE) return right;
    if (right === NONE) return left;
    const { cells } = this;
    if (cells[left * STRIDE + PRIORITY]! > cells[right * STRIDE + PRIORITY]!) {
      this.#pushDown(left);
      cells[left * STRIDE + RIGHT] = this.#join(cells[left * STRIDE + RIGHT]!, right);
      this.refresh(left);
      return left;
    }
    this.#pushDown(right);
    cells[right * STRIDE + LEFT] = this.#join(left, cells[right * STRIDE + LEFT]!);
    this.refresh(right);
    return right;
  }

  /** Leaves in `#before` the value of the last breakpoint before `time`. */
  #locateBefore(time: number): void {
    const { cells, values } = this;
    let added = 0;
    for (let node = this.root; node !== NONE;) {
      const cell = node * STRIDE;
      added += cells[cell + ADD]!;
      const isBefore = cells[cell + KEY]! < time;
      if (isBefore) this.#before = values[firstPlace(node) + cells[cell + COUNT]! - 1]! + added;
      node = cells[cell + (isBefore ? RIGHT : LEFT)]!;
    }
  }

  /** Takes one breakpoint out; the first of a node may change what the nodes above it sum up. */
  #drop(node: number, place: number): void {
    const { cells, keys, values } = this;
    const first = firstPlace(node);
    const key = keys[first]!;
    const last = first + --cells[node * STRIDE + COUNT]!;
    this.size--;
    for (let at = place; at < last; at++) {
      keys[at] = keys[at + 1]!;
      values[at] = values[at + 1]!;
    }
    if (place === last) cells[node * STRIDE + LAST] = keys[last - 1]!;
    if (place !== first) return;
    if (last > first) this.#measure(node);
    this.root = this.#mend(this.root, key, node, last === first);
  }

  /** Goes down to the node that began at `key`; sums up again on the way back, or takes the node out. */
  #mend(at: number, key: number, node: number, isEmpty: boolean): number {
    const { cells } = this;
    const cell = at * STRIDE;
    if (at === node && isEmpty) {
      this.#pushDown(node);
      this.#free.push(node);
      return this.#join(cells[cell + LEFT]!, cells[cell + RIGHT]!);
    }
    if (at !== node) {
      const side = key < cells[cell + KEY]! ? LEFT : RIGHT;
      cells[cell + side] = this.#mend(cells[cell + side]!, key, node, isEmpty);
    }
    this.refresh(at);
    return at;
  }
}
