/**
 * DHIS2 `dataValueSets` JSON: the figures that the clinic has mapped to data elements, for one organisation unit and one
 * DHIS2 period. Ratios are percentages, unit · hours and loads plain numbers, durations minutes; a figure that is
 * suppressed or does not exist is left out. DHIS2 keeps a comment beside each value: it carries the definition, and on
 * the first value everything else a file says of itself.
 */
import type { Locale } from '../../../shared/domain/local-text.ts';
import type { ExportMapping } from '../../../shared/domain/export-mapping.ts';
import { figureKey } from '../../../shared/domain/export-mapping.ts';
import { m } from '../../../shared/messages/index.ts';
import type { ReportPeriod, UtilizationReport } from '../../../shared/domain/report.ts';
import { dayNumberOf, isoWeekOf } from '../../../shared/local-time.ts';
import type { Result } from '../../../shared/result.ts';
import { accept, refuse } from '../../../shared/result.ts';
import { MINUTE } from '../../../shared/units.ts';
import { aboutLines } from '../tables/about.ts';
import { definitionFor } from '../tables/defined-with.ts';
import { reportTables } from '../tables/report-tables.ts';
import type { Figure, FigureColumn, FigureKind, Table, TableRow } from '../tables/table.ts';
import { valueOf } from '../tables/table.ts';

export interface DataValue {
  readonly dataElement: string;
  readonly categoryOptionCombo?: string;
  readonly period: string;
  readonly orgUnit: string;
  readonly value: string;
  readonly comment: string;
}

export interface DataValueSet {
  readonly dataSet?: string;
  /** Only for a period that is over. */
  readonly completeDate?: string;
  readonly period: string;
  readonly orgUnit: string;
  readonly dataValues: readonly DataValue[];
}

/** Tables that can be mapped: rows of hours and days have no counterpart in DHIS2. */
const TABLES: ReadonlySet<string> = new Set([
  'pools',
  'formulas',
  'waits',
  'outcomes',
  'preemptions',
  'beds',
  'fairness',
]);

/** What a value is given in, beside the pool's unit; the mapping screen says it. */
export const DHIS2_UNITS: Readonly<Record<FigureKind, '%' | 'min' | 'd' | 'h' | null>> = {
  ratio: '%',
  duration: 'min',
  days: 'd',
  'bed-days': 'd',
  work: 'h',
  load: null,
  count: null,
  amount: null,
};

export interface MappableFigure {
  readonly key: string;
  readonly table: Table;
  readonly column: FigureColumn;
  readonly row: TableRow;
  readonly figure: Figure;
}

/** Every figure of the report that a data element can stand for. */
export function mappableFigures(report: UtilizationReport, locale: Locale): MappableFigure[] {
  return reportTables(report, locale)
    .filter(({ id }) => TABLES.has(id))
    .flatMap((table) =>
      table.rows.flatMap((row) =>
        table.figures.flatMap((column, index) => {
          const figure = row.figures[index] ?? null;
          return figure === null
            ? []
            : { key: figureKey(table.id, column.id, row.id), table, column, row, figure };
        }),
      ),
    );
}

/**
 * In order of precedence: nothing is mapped; the period is none that DHIS2 knows (an odd stretch of days); nothing that is
 * mapped has a value, so that there is nowhere to say where the file comes from either.
 */
export type Dhis2Refusal = 'dhis2-not-mapped' | 'period-not-dhis2' | 'dhis2-no-values';

export function dataValueSet(
  report: UtilizationReport,
  locale: Locale,
  mapping: ExportMapping,
): Result<DataValueSet, Dhis2Refusal> {
  const { orgUnit, dataSet, dataElements } = mapping;
  if (orgUnit === null || dataElements.length === 0) return refuse('dhis2-not-mapped');
  const period = dhis2Period(report.period);
  if (period === null) return refuse('period-not-dhis2');
  const figures = new Map(mappableFigures(report, locale).map((figure) => [figure.key, figure]));
  const about = [
    ...aboutLines(report, locale).map(({ label, text }) => `${label}: ${text}`),
    m.reports_dhis2_not_carried({}, { locale }),
  ];
  const dataValues = dataElements.flatMap(
    ({ figure: key, dataElement, categoryOptionCombo }): DataValue[] => {
      const figure = figures.get(key);
      const value = figure ? dhis2Value(figure) : null;
      if (!figure || value === null) return [];
      return [
        {
          dataElement,
          ...(categoryOptionCombo !== null && { categoryOptionCombo }),
          period,
          orgUnit,
          value,
          comment: commentOf(report, figure, locale),
        },
      ];
    },
  );
  if (dataValues.length === 0) return refuse('dhis2-no-values');
  return accept({
    ...(dataSet !== null && { dataSet }),
    ...(report.asOf >= report.period.until && { completeDate: report.period.untilDate }),
    period,
    orgUnit,
    dataValues: dataValues.map((value, index) =>
      index === 0 ? { ...value, comment: [value.comment, ...about].join('\n') } : value,
    ),
  });
}

/** `20261118`, `2026W47`, `202611`, `2026Q4`, `2026`; null for a period of the clinic's own choice. */
export function dhis2Period({ kind, fromDate }: Pick<ReportPeriod, 'kind' | 'fromDate'>): string | null {
  const [year = '', month = '', day = ''] = fromDate.split('-');
  switch (kind) {
    case 'day':
      return `${year}${month}${day}`;
    case 'week':
      return isoWeekOf(dayNumberOf(fromDate)).replace(/-W0?/, 'W'); // DHIS2 writes `2026W5`
    case 'month':
      return `${year}${month}`;
    case 'quarter':
      return `${year}Q${Math.ceil(Number(month) / 3)}`;
    case 'year':
      return year;
    case 'custom':
      return null;
  }
}

function dhis2Value({ column, figure }: MappableFigure): string | null {
  const value = valueOf(figure);
  if (value === null) return null;
  if (column.kind === 'ratio') return String(Number((100 * value).toFixed(2)));
  if (column.kind === 'duration') return String(Number((value / MINUTE).toFixed(1)));
  return String(Number(value.toFixed(3)));
}

function commentOf(report: UtilizationReport, { table, column }: MappableFigure, locale: Locale): string {
  const definition = definitionFor(report.definitions, column.id);
  const meaning = definition ? `: ${definition.formula[locale]}; ${definition.numerator[locale]}` : '';
  return `${table.title}, ${column.label}${meaning}`;
}
