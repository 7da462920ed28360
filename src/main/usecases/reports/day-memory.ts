/**
 * What reports have read of settled days, kept while the ledger is open: a day is read and unpacked once, and its waits
 * are put in order once with those of the four weeks around it. Every report asks the ledger first which settling each
 * day has come from (decision 0289), so a day that was taken away or settled anew is never taken from here.
 */
import type { MarkedDay, ReadDb, SettledGroupsRow } from '../../ledger/index.ts';
import { listReportsOfDays } from '../../ledger/index.ts';
import type { DayFigures } from '../../reports/days/day-figures.ts';
import type { GroupFigures, KeptGrouping } from '../../reports/days/group-figures.ts';
import { mergedGroups } from '../../reports/days/merged-groups.ts';
import { dayUnpacker } from '../../reports/days/packed-days.ts';
import { groupsUnpacker } from '../../reports/days/packed-groups.ts';
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

  /** Of the grouping asked for last, likewise. */
  #groups = new Map<string, readonly GroupFigures[]>();
  #groupsBy: KeptGrouping | null = null;

  constructor(db: ReadDb) {
    this.#db = db;
  }

  /**
   * What the days are by a grouping, some neighbouring ones told as one; without those whose groups are not kept.
   * @param read  the rows of the days from the first to the last of some
   */
  groupsOf(
    by: KeptGrouping,
    days: readonly MarkedDay[],
    read: (first: MarkedDay, last: MarkedDay) => readonly SettledGroupsRow[],
  ): GroupFigures[] {
    if (this.#groupsBy !== by) this.#groups = new Map();
    this.#groupsBy = by;
    const figures = daysTogether(days).flatMap((group) => {
      const key = keyOf(group);
      const known = this.#groups.get(key) ?? mergedRuns(by, readAll(group, read));
      keepLast(this.#groups, key, known);
      return known;
    });
    dropFirst(this.#groups, LISTS_MAX);
    return figures;
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
    const lists = daysTogether(days).map((group) => {
      const key = keyOf(group);
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

function daysTogether(days: readonly MarkedDay[]): MarkedDay[][] {
  return [...Map.groupBy(days, ({ from }) => Math.floor(from / (DAYS_TOGETHER * DAY))).values()];
}

function keyOf(days: readonly MarkedDay[]): string {
  return days.map(({ mark }) => mark).join(' ');
}

function readAll(
  days: readonly MarkedDay[],
  read: (first: MarkedDay, last: MarkedDay) => readonly SettledGroupsRow[],
): readonly SettledGroupsRow[] {
  const [first, last] = [days[0], days.at(-1)];
  const wanted = new Set(days.map(({ from }) => from));
  return first && last ? read(first, last).filter(({ from }) => wanted.has(from)) : [];
}

/** Days without a gap and with the same pools become one. */
function mergedRuns(by: KeptGrouping, rows: readonly SettledGroupsRow[]): GroupFigures[] {
  const unpack = groupsUnpacker(by);
  const runs: GroupFigures[][] = [];
  for (const day of rows.map(unpack)) {
    const before = runs.at(-1)?.at(-1);
    const goesOn = before?.poolIds === day.poolIds && before.days.at(-1)?.end === day.days[0]?.start;
    if (goesOn) runs.at(-1)?.push(day);
    else runs.push([day]);
  }
  return runs.map((run) => mergedGroups(by, run));
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
