/**
 * All tables of a report in the order in which files hold them.
 */
import type { Locale } from '../../../shared/domain/local-text.ts';
import type { UtilizationReport } from '../../../shared/domain/report.ts';
import { bedTable, bucketTable, comparisonTable, formulaTable, poolTable } from './pool-tables.ts';
import { groupedPoolTable, groupedTaskTable } from './group-tables.ts';
import type { Table } from './table.ts';
import { fairnessTable, outcomeTable, preemptionTable, waitTable } from './task-tables.ts';

const OPTIONAL: ReadonlySet<string> = new Set(['preemptions', 'beds']);

export function reportTables(report: UtilizationReport, locale: Locale): Table[] {
  const tables = [
    poolTable(report, locale),
    formulaTable(report, locale),
    bucketTable(report, locale),
    comparisonTable(report, locale),
    ...(report.groups ? [groupedPoolTable(report, report.groups, locale)] : []),
    waitTable(report, locale),
    outcomeTable(report, locale),
    preemptionTable(report, locale),
    bedTable(report, locale),
    ...(report.groups ? [groupedTaskTable(report.groups, locale)] : []),
    fairnessTable(report, locale),
  ];
  // A clinic without beds, a month without preemptions: no table of nothing, but a definition all the same.
  return tables.filter(({ id, rows }) => rows.length > 0 || !OPTIONAL.has(id));
}

/** Data rows of all tables together. */
export function countRows(tables: readonly Table[]): number {
  return tables.reduce((rows, table) => rows + table.rows.length, 0);
}
