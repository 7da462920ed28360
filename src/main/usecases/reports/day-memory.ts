/**
 * What reports have read of settled days, kept while the ledger is open: a day is read and unpacked once, and its waits
 * are put in order once with those of the four weeks around it. Every report asks the ledger first which settling each
 * day has come from (decision 0289), so a day that was taken away or settled anew is never taken from here.
 */
import type { MarkedDay, ReadDb } from '../../ledger/index.ts';
import { listReportsOfDays } from '../../ledger/index.ts';
import type { DayFigures } from '../../reports/days/day-figures.ts';
import { dayUnpacker } from '../../reports/days/packed-days.ts';
import type { SortedSeconds } from '../../reports/days/sorted-seconds.ts';
import { sortedSeconds } from '../../reports/days/sorted-seconds.ts';
import { DAY } from '../../../shared/units.ts';

/** Three years: some ten megabytes in a clinic of fifty pools. */
const DAYS_MAX = 1100;
/** Days whose waits are in order together; a change of one of them is a change of their list. */
const DAYS_TOGETHER = 28;
/** As many lists as three years have, and as many again for days that changed. */
const LISTS_MAX = (2 * DAYS_MAX) / DAYS_TOGETHER;

const memories = new WeakMap<ReadDb, DayMemory>();

/** One for each ledger that is open. */
export function memoryOf(db: ReadDb): DayMemory {
  const known = memories.get(db) ?? new DayMemory(db);
  memories.set(db, known);
  return known;
}

export class DayMemory {
  readonly #db: ReadDb;
  readonly #unpack = dayUnpacker();
  /** By mark, the one used longest ago first. */
  readonly #days = new Map<number, DayFigures>();
  /** By the marks of their days, likewise. */
  readonly #seconds = new Map<string, SortedSeconds>();

  constructor(db: ReadDb) {
    this.#db = db;
  }

  /** The days' figures by their marks, without quarters and without the seconds of waits. */
  figuresOf(days: readonly MarkedDay[]): ReadonlyMap<number, DayFigures> {
    const missing = days.filter(({ mark }) => !this.#days.has(mark));
    for (const row of listReportsOfDays(this.#db, missing, { withSeconds: false })) {
      this.#days.set(row.mark, this.#unpack(row));
    }
    const figures = new Map<number, DayFigures>();
    for (const { mark } of days) {
      const day = this.#days.get(mark);
      if (!day) continue;
      figures.set(mark, day);
      keepLast(this.#days, mark, day);
    }
    dropFirst(this.#days, DAYS_MAX);
    return figures;
  }

  /** The seconds of all those days, in some lists in ascending order. */
  secondsOf(days: readonly MarkedDay[]): SortedSeconds[] {
    const groups = Map.groupBy(days, ({ from }) => Math.floor(from / (DAYS_TOGETHER * DAY)));
    const lists = Array.from(groups.values(), (group) => {
      const key = group.map(({ mark }) => mark).join(' ');
      const known = this.#seconds.get(key) ?? this.#readSeconds(group);
      keepLast(this.#seconds, key, known);
      return known;
    });
    dropFirst(this.#seconds, LISTS_MAX);
    return lists;
  }

  #readSeconds(days: readonly MarkedDay[]): SortedSeconds {
    const rows = listReportsOfDays(this.#db, days, { withSeconds: true });
    return sortedSeconds(rows.map((row) => this.#unpack(row).tasks));
  }
}

function keepLast<Key, Value>(map: Map<Key, Value>, key: Key, value: Value): void {
  map.delete(key);
  map.set(key, value);
}

function dropFirst<Key>(map: Map<Key, unknown>, most: number): void {
  for (const key of map.keys()) {
    if (map.size <= most) return;
    map.delete(key);
  }
}
