/**
 * Waits and turnarounds of many days as lists in ascending order, so that a median is looked up in a few of them instead
 * of being taken from a million numbers each time.
 */
import { SUBSYSTEM_IDS } from '../../../shared/domain/subsystem.ts';
import type { DayTasks, SecondsList } from './day-figures.ts';
import { WAIT_ROWS } from './day-figures.ts';

/** Of several days together. */
export interface SortedSeconds {
  /** A list per row of `WAIT_ROWS`, ascending. */
  readonly waits: readonly Uint32Array[];
  /** A list per subsystem, ascending. */
  readonly turnarounds: readonly Uint32Array[];
}

/** All that one figure is made of, in any number of lists. */
export interface SecondsLists {
  /** Each in ascending order. */
  readonly sorted: readonly Uint32Array[];
  /** In no order. */
  readonly others: readonly SecondsList[];
}

/** @param days  whose seconds fit into 32 bits, as those of kept days do */
export function sortedSeconds(days: readonly DayTasks[]): SortedSeconds {
  return {
    waits: WAIT_ROWS.map((_, row) => sortedList(days.map(({ waits }) => waits[row] ?? []))),
    turnarounds: SUBSYSTEM_IDS.map((_, row) => sortedList(days.map((day) => day.turnarounds[row] ?? []))),
  };
}

function sortedList(lists: readonly SecondsList[]): Uint32Array {
  const values = new Uint32Array(lists.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const list of lists) {
    values.set(list, at);
    at += list.length;
  }
  return values.sort();
}

/** How many values of an ascending list are at most `limit`, by bisection. */
export function countUpToIn(values: SecondsList, limit: number): number {
  let [low, high] = [0, values.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((values[middle] ?? Infinity) <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
