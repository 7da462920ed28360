/** Measures every settled day anew and names those whose kept figures are others: a part of proving the books. */
import { isDeepStrictEqual } from 'node:util';
import type { ReadDb, SettledReport, SettledReportRow } from '../../ledger/index.ts';
import { findClinic, findLastMeasuring, listSettledGroups, listSettledReports } from '../../ledger/index.ts';
import type { DayFigures } from '../../reports/days/day-figures.ts';
import type { GroupFigures, KeptGrouping } from '../../reports/days/group-figures.ts';
import { KEPT_GROUPINGS, cellSize } from '../../reports/days/group-figures.ts';
import { dayUnpacker } from '../../reports/days/packed-days.ts';
import { groupsUnpacker } from '../../reports/days/packed-groups.ts';
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
    const areGroupsRight = KEPT_GROUPINGS.every((by) =>
      areRight(db, by, { row, basis: basis.key, now, anew }),
    );
    return (
      !areGroupsRight || !isDeepStrictEqual(valuesOf(kept, kept.poolIds), valuesOf(measured, kept.poolIds))
    );
  };
  return rows.filter(isWrong).map(({ from }) => from);
}

/** Whether one day's groups, where they are kept, are what they are when they are measured anew. */
function areRight(
  db: ReadDb,
  by: KeptGrouping,
  { row, basis, now, anew }: { row: SettledReportRow; basis: string; now: number; anew: SettledReport },
): boolean {
  const { from, to } = row;
  const [kept] = listSettledGroups(db, { from, to: from + 1, basis, asOf: now, grouping: by });
  if (!kept) return true;
  const measured = anew.groups.find(({ grouping }) => grouping === by);
  if (!measured) return false;
  const unpack = groupsUnpacker(by);
  const whole = unpack({ ...measured, from, to, poolIds: anew.poolIds });
  const own = unpack(kept);
  return isDeepStrictEqual(groupValues(own, by, own.poolIds), groupValues(whole, by, own.poolIds));
}

function groupValues(
  { poolIds, groupIds, cells, tasks }: GroupFigures,
  by: KeptGrouping,
  wanted: readonly PoolId[],
): unknown {
  const size = cellSize(by) + 1;
  const rows = Array.from({ length: cells.length / size }, (_, index) => {
    const [cell = 0, ...sums] = cells.slice(index * size, (index + 1) * size);
    return {
      pool: poolIds[Math.floor(cell / groupIds.length)],
      group: groupIds[cell % groupIds.length],
      sums,
    };
  });
  return {
    rows: rows.filter(({ pool }) => pool !== undefined && wanted.includes(pool)),
    tasks: tasks.map((list) => ({ ...list, seconds: Array.from(list.seconds).sort(ascending) })),
  };
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
