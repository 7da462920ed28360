/**
 * A report for readers outside the clinic: counts of one to four persons are taken out, and with them whatever would
 * give them back (their complements, the medians of so few, and, where only one cell of a group would be missing, a
 * second one, so that no total less the others tells it). Hours of pools stay as they are. Decision 0151.
 *
 * A count that was taken out is null. A group whose total nobody publishes is treated as if somebody had.
 */
import type {
  BedFigures,
  Completeness,
  OutcomeRow,
  PoolReport,
  PreemptionRow,
  UtilizationReport,
  WaitRow,
} from '../../shared/domain/report.ts';
import type { SubsystemId } from '../../shared/domain/subsystem.ts';
import { getSubsystem } from '../../shared/domain/subsystem.ts';
import { SMALLEST_COUNT, hiddenCells, isSmall, tellsFew, withoutFew } from './hidden-cells.ts';
import { withoutFewInGroups } from './suppressed-groups.ts';

export function forOutside(report: UtilizationReport): UtilizationReport {
  const waits = withoutFewWaits(report.waits);
  const outcomes = withoutFewOutcomes(report.outcomes);
  return {
    ...report,
    smallestCount: SMALLEST_COUNT,
    pools: withoutFewStays(report.pools),
    waits,
    outcomes,
    preemptions: withoutFewPreemptions(report.preemptions),
    groups: withoutFewInGroups(report.groups, {
      whole: report.waits,
      shown: waits,
      outcomes,
    }),
    completeness: withoutFewTasks(report.completeness),
  };
}

/** Research counts data sets, not persons. */
function countsPersons({ subsystem }: { readonly subsystem: SubsystemId }): boolean {
  return getSubsystem(subsystem).isAboutPatient;
}

/** Each row with whether its cell has to go; a group is the rows with the same key. */
function hiddenRows<Row extends { readonly subsystem: SubsystemId }>(
  rows: readonly Row[],
  groupOf: (row: Row) => string,
  countOf: (row: Row) => number | null,
): ReadonlySet<Row> {
  const hidden = new Set<Row>();
  for (const group of Map.groupBy(rows.filter(countsPersons), groupOf).values()) {
    const cells = hiddenCells(group.map((row) => countOf(row) ?? 0));
    group.forEach((row, index) => {
      if (cells[index]) hidden.add(row);
    });
  }
  return hidden;
}

function withoutFewWaits(rows: readonly WaitRow[]): WaitRow[] {
  const started = hiddenRows(
    rows,
    ({ subsystem }) => subsystem,
    (row) => row.started,
  );
  const waiting = hiddenRows(
    rows,
    ({ subsystem }) => subsystem,
    (row) => row.stillWaiting,
  );
  return rows.map((row) => {
    if (!countsPersons(row)) return row;
    const shown = started.has(row)
      ? { ...row, started: null, waitSecondsMedian: null, waitSecondsP90: null, withinTarget: null }
      : { ...row, withinTarget: withoutFew(row.withinTarget) };
    return waiting.has(row) ? { ...shown, stillWaiting: null } : shown;
  });
}

function withoutFewOutcomes(rows: readonly OutcomeRow[]): OutcomeRow[] {
  const finished = hiddenRows(
    rows,
    () => 'all',
    (row) => row.finished,
  );
  return rows.map((row) => {
    if (!countsPersons(row)) return row;
    const shown = {
      ...row,
      missed: withoutFew(row.missed),
      onTime: withoutFew(row.onTime),
      ...withoutFewEnds(row),
    };
    if (!finished.has(row)) return shown;
    return { ...shown, finished: null, turnaroundSecondsMedian: null, turnaroundSecondsP90: null };
  });
}

/** Early, late and in time share one denominator: two of them must not tell the third. */
function withoutFewEnds({
  finishedEarly: early,
  finishedLate: late,
}: OutcomeRow): Pick<OutcomeRow, 'finishedEarly' | 'finishedLate'> {
  const shown = { finishedEarly: withoutFew(early), finishedLate: withoutFew(late) };
  if (!early || !late) return shown;
  const inTime = early.denominator - early.numerator - late.numerator;
  if (!isSmall(inTime)) return shown;
  return early.numerator <= late.numerator
    ? { ...shown, finishedEarly: null }
    : { ...shown, finishedLate: null };
}

function withoutFewPreemptions(rows: readonly PreemptionRow[]): PreemptionRow[] {
  const counted = hiddenRows(
    rows,
    ({ subsystem }) => subsystem,
    (row) => row.count,
  );
  return rows.map((row) => {
    if (!countsPersons(row)) return row;
    if (counted.has(row)) return { ...row, count: null, running: null };
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

function withoutFewTasks(completeness: Completeness): Completeness {
  const { openTasks, assumedEnds } = completeness;
  return {
    ...completeness,
    openTasks: isSmall(openTasks ?? 0) ? null : openTasks,
    assumedEnds: isSmall(assumedEnds ?? 0) ? null : assumedEnds,
  };
}
