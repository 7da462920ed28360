/**
 * Percentiles by nearest rank, of lists that lie in many parts: the smallest value with at least that share of all
 * values at or below it. Always a value that was measured, never an interpolation (Hyndman and Fan 1996, definition 1).
 * A year has a million of them: they are looked up in lists that are in order, or counted into classes by their leading
 * bits, of which only one is sorted.
 */
import type { SecondsList } from '../days/day-figures.ts';
import type { SecondsLists } from '../days/sorted-seconds.ts';
import { countUpToIn } from '../days/sorted-seconds.ts';

const CLASS_BITS = 14;

/** @param percents  above 0 and at most 100. @returns one value for each, null when there are no values */
export function percentiles(
  { sorted, others }: SecondsLists,
  percents: readonly number[],
): (number | null)[] {
  return sorted.length === 0 ? countedOut(others, percents) : lookedUp(sorted, others, percents);
}

/** In lists in ascending order: the smallest number of seconds that enough values do not exceed, by bisection. */
function lookedUp(
  sorted: readonly Uint32Array[],
  others: readonly SecondsList[],
  percents: readonly number[],
): (number | null)[] {
  const lists = [...sorted, oneAfterAnother(others).sort()].filter((list) => list.length > 0);
  const length = lists.reduce((sum, list) => sum + list.length, 0);
  if (length === 0) return percents.map(() => null);
  const largest = lists.reduce((most, list) => Math.max(most, list.at(-1) ?? 0), 0);
  return percents.map((percent) => {
    const rank = Math.ceil((percent * length) / 100);
    let [low, high] = [0, largest];
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      const count = lists.reduce((sum, list) => sum + countUpToIn(list, middle), 0);
      if (count >= rank) high = middle;
      else low = middle + 1;
    }
    return low;
  });
}

function countedOut(lists: readonly SecondsList[], percents: readonly number[]): (number | null)[] {
  const values = oneAfterAnother(lists);
  const { length } = values;
  if (length === 0) return percents.map(() => null);
  const perValue = 1 / 2 ** Math.max(0, Math.ceil(Math.log2(largestOf(values) + 1)) - CLASS_BITS);
  const classes = new Uint32Array(2 ** CLASS_BITS + 1);
  for (let index = 0; index < length; index += 1) {
    const at = Math.floor((values[index] ?? 0) * perValue);
    classes[at] = (classes[at] ?? 0) + 1;
  }
  return percents.map((percent) => {
    const rank = Math.ceil((percent * length) / 100);
    let [below, at] = [0, 0];
    while (below + (classes[at] ?? length) < rank) {
      below += classes[at] ?? 0;
      at += 1;
    }
    if (perValue === 1) return at;
    return sortedClass(values, { at, perValue, count: classes[at] ?? 0 })[rank - below - 1] ?? null;
  });
}

function largestOf(values: Uint32Array | Float64Array): number {
  let largest = 0;
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index] ?? 0;
    if (value > largest) largest = value;
  }
  return largest;
}

/** The values of one class, of which there are so many. */
function sortedClass(
  values: Uint32Array | Float64Array,
  { at, perValue, count }: { readonly at: number; readonly perValue: number; readonly count: number },
): Float64Array {
  const own = new Float64Array(count);
  let next = 0;
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index] ?? 0;
    if (Math.floor(value * perValue) !== at) continue;
    own[next] = value;
    next += 1;
  }
  return own.sort();
}

/** In the kind of list that holds all of them. */
function oneAfterAnother(lists: readonly SecondsList[]): Uint32Array | Float64Array {
  const count = lists.reduce((sum, list) => sum + list.length, 0);
  const isKept = lists.every((list) => list instanceof Uint32Array);
  const values = isKept ? new Uint32Array(count) : new Float64Array(count);
  let at = 0;
  for (const list of lists) {
    values.set(list, at);
    at += list.length;
  }
  return values;
}

export const MEDIAN = 50;
export const P90 = 90;
