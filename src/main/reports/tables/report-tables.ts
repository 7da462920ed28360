/**
 * All tables of a report in the order in which files hold them.
 */
import type { Locale } from '../../../shared/domain/local-text.ts';
import type { UtilizationReport } from '../../../shared/domain/report.ts';
import { bucketTable, comparisonTable, formulaTable, poolTable } from './pool-tables.ts';
import type { Table } from './table.ts';
import { fairnessTable, outcomeTable, waitTable } from './task-tables.ts';

export function reportTables(report: UtilizationReport, locale: Locale): Table[] {
  return [
    poolTable(report, locale),
    formulaTable(report, locale),
    bucketTable(report, locale),
    comparisonTable(report, locale),
    waitTable(report, locale),
    outcomeTable(report, locale),
    fairnessTable(report, locale),
  ];
}

/** Data rows of all tables together. */
export function countRows(tables: readonly Table[]): number {
  return tables.reduce((rows, table) => rows + table.rows.length, 0);
}
