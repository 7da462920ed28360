/** Measures every settled day anew and names those whose kept figures are others: a part of proving the books. */
import { isDeepStrictEqual } from 'node:util';
import type { ReadDb } from '../../ledger/index.ts';
import { findClinic, findLastMeasuring, listSettledReports } from '../../ledger/index.ts';
import type { DayFigures } from '../../reports/days/day-figures.ts';
import { dayUnpacker } from '../../reports/days/packed-days.ts';
import { DAY_BINS, DAY_SUMS } from '../../reports/days/pool-days.ts';
import type { PoolId } from '../../../shared/ids.ts';
import { instant } from '../../../shared/units.ts';
import { dayBasis, measureSettledDay } from './report-days.ts';

/** Earlier and later than every day. */
const ALWAYS = { from: -1e12, to: 1e12 };

/** By the start of the day, UTC seconds, ascending; those of other settings, which nobody reads, are left out. */
export function findWrongReports(db: ReadDb): number[] {
  const clinic = findClinic(db);
  if (!clinic) return [];
  const basis = dayBasis(db, clinic.timeZone);
  const unpack = dayUnpacker();
  const all = { withBins: true, withSeconds: true };
  const now = instant(findLastMeasuring(db) ?? 0);
  const rows = listSettledReports(db, { ...ALWAYS, basis: basis.key, asOf: now, ...all });
  const isWrong = (row: (typeof rows)[number]): boolean => {
    const anew = measureSettledDay(db, row, basis, now);
    if (!anew) return true;
    const [kept, measured] = [unpack(row), unpack({ ...anew, from: row.from, to: row.to })];
    return !isDeepStrictEqual(valuesOf(kept, kept.poolIds), valuesOf(measured, kept.poolIds));
  };
  return rows.filter(isWrong).map(({ from }) => from);
}

/** A day as plain values; a pool that was described after it was kept is in none of them. */
function valuesOf(day: DayFigures, poolIds: readonly PoolId[]): unknown {
  const { sums, bins, isRecorded, openStretches, tasks } = day;
  return {
    isRecorded,
    pools: poolIds.map((id) => {
      const row = day.poolIds.indexOf(id);
      return {
        sums: Array.from(sums.subarray(row * DAY_SUMS, (row + 1) * DAY_SUMS)),
        bins: Array.from(bins?.subarray(row * DAY_BINS, (row + 1) * DAY_BINS) ?? []),
        open: openStretches.get(id) ?? [],
      };
    }),
    tasks: {
      ...tasks,
      waits: tasks.waits.map((list) => Array.from(list).sort(ascending)),
      turnarounds: tasks.turnarounds.map((list) => Array.from(list).sort(ascending)),
    },
  };
}

function ascending(left: number, right: number): number {
  return left - right;
}
