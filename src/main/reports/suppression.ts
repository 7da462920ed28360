/**
 * A report for readers outside the clinic: counts of one to four persons are taken out, and with them whatever would
 * give them back (their complements, the medians of so few, and what differences of the cells shown would tell, in all
 * tables at once). Hours of pools stay as they are. Decisions 0151 and 0320.
 *
 * A count that was taken out is null. A group whose total nobody publishes is treated as if somebody had.
 */
import type {
  BedFigures,
  Completeness,
  PoolReport,
  PreemptionRow,
  UtilizationReport,
} from '../../shared/domain/report.ts';
import { SMALLEST_COUNT, hiddenCells, isSmall, tellsFew } from './hidden-cells.ts';
import { countsPersons, withoutFewTasks } from './suppressed-tasks.ts';

export function forOutside(report: UtilizationReport): UtilizationReport {
  return {
    ...report,
    smallestCount: SMALLEST_COUNT,
    pools: withoutFewStays(report.pools),
    ...withoutFewTasks(report),
    preemptions: withoutFewPreemptions(report.preemptions),
    completeness: withoutFewOpen(report.completeness),
  };
}

function withoutFewPreemptions(rows: readonly PreemptionRow[]): PreemptionRow[] {
  const hidden = new Set<PreemptionRow>();
  for (const group of Map.groupBy(rows.filter(countsPersons), ({ subsystem }) => subsystem).values()) {
    const cells = hiddenCells(group.map(({ count }) => count ?? 0));
    group.forEach((row, index) => {
      if (cells[index]) hidden.add(row);
    });
  }
  return rows.map((row) => {
    if (!countsPersons(row)) return row;
    if (hidden.has(row)) return { ...row, count: null, running: null };
    const parts = { numerator: row.running ?? 0, denominator: row.count ?? 0 };
    return tellsFew(parts) ? { ...row, running: null } : row;
  });
}

function withoutFewStays(pools: readonly PoolReport[]): PoolReport[] {
  const withBeds = pools.filter(({ beds }) => beds !== null);
  const cells = hiddenCells(withBeds.map(({ beds }) => beds?.discharges ?? 0));
  const hidden = new Set(withBeds.filter((_, index) => cells[index]));
  return pools.map((pool) =>
    pool.beds && hidden.has(pool) ? { ...pool, beds: withoutDischarges(pool.beds) } : pool,
  );
}

function withoutDischarges(beds: BedFigures): BedFigures {
  return {
    ...beds,
    discharges: null,
    lengthOfStayDays: null,
    turnoverRate: null,
    turnoverIntervalDays: null,
  };
}

function withoutFewOpen(completeness: Completeness): Completeness {
  const { openTasks, assumedEnds } = completeness;
  return {
    ...completeness,
    openTasks: isSmall(openTasks ?? 0) ? null : openTasks,
    assumedEnds: isSmall(assumedEnds ?? 0) ? null : assumedEnds,
  };
}
