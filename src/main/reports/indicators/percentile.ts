/**
 * Percentiles by nearest rank, of lists that lie in many parts: the smallest value with at least that share of all
 * values at or below it. Always a value that was measured, never an interpolation (Hyndman and Fan 1996, definition 1).
 * A year has a million of them, so they are counted into classes by their leading bits and only one class is sorted.
 */
import type { SecondsList } from '../days/day-figures.ts';

const CLASS_BITS = 14;

/** @param percents  above 0 and at most 100. @returns one value for each, null when there are no values */
export function percentiles(lists: readonly SecondsList[], percents: readonly number[]): (number | null)[] {
  let [count, largest] = [0, 0];
  for (const list of lists) {
    count += list.length;
    for (let index = 0; index < list.length; index += 1) largest = Math.max(largest, list[index] ?? 0);
  }
  if (count === 0) return percents.map(() => null);
  const size = 2 ** Math.max(0, Math.ceil(Math.log2(largest + 1)) - CLASS_BITS);
  const classes = new Uint32Array(2 ** CLASS_BITS + 1);
  for (const list of lists) {
    for (let index = 0; index < list.length; index += 1) {
      const at = Math.floor((list[index] ?? 0) / size);
      classes[at] = (classes[at] ?? 0) + 1;
    }
  }
  return percents.map((percent) => {
    const rank = Math.ceil((percent * count) / 100);
    let [below, at] = [0, 0];
    while (below + (classes[at] ?? count) < rank) {
      below += classes[at] ?? 0;
      at += 1;
    }
    return size === 1 ? at : (sortedClass(lists, at, size)[rank - below - 1] ?? null);
  });
}

function sortedClass(lists: readonly SecondsList[], wanted: number, size: number): Float64Array {
  const values: number[] = [];
  for (const list of lists) {
    for (let index = 0; index < list.length; index += 1) {
      const value = list[index] ?? 0;
      if (Math.floor(value / size) === wanted) values.push(value);
    }
  }
  return Float64Array.from(values).sort();
}

export const MEDIAN = 50;
export const P90 = 90;
