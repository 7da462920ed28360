/**
 * CSV: one long ("tidy") table, RFC 4180, UTF-8 with a byte-order mark, one fact per line and the same sixteen columns
 * on every line, so that strict parsers, pivot tables and auditors' tools all read it. Provenance and definitions are
 * lines like the others, told apart by the first column. A value is given rounded to six places and, exactly, as
 * numerator and denominator. Text that a spreadsheet would run as a formula is escaped with an apostrophe.
 */
import { stringify } from 'csv-stringify/sync';
import { m } from '../../../shared/messages/index.ts';
import type { Locale } from '../../../shared/domain/local-text.ts';
import type { IndicatorDefinition, UtilizationReport } from '../../../shared/domain/report.ts';
import type { AboutLine } from '../tables/about.ts';
import { aboutLines, isoLocal } from '../tables/about.ts';
import type { Figure, FigureColumn, Key, KeyId, Message, Table, TableRow } from '../tables/table.ts';
import { SUPPRESSED, SUPPRESSED_MARK, valueOf } from '../tables/table.ts';

/** Machine-readable names of the sections that are not tables. */
export const ABOUT_SECTION = 'about';
export const DEFINITION_SECTION = 'definition';

const COLUMNS = [
  'section',
  'poolId',
  'pool',
  'subsystem',
  'urgency',
  'level',
  'reason',
  'groupId',
  'group',
  'from',
  'until',
  'indicatorId',
  'indicator',
  'value',
  'unit',
  'numerator',
  'denominator',
  'note',
] as const;
type ColumnId = (typeof COLUMNS)[number];
type Line = Partial<Record<ColumnId, string>>;

const COLUMN_LABELS: Readonly<Record<ColumnId, Message>> = {
  section: m.reports_col_section,
  poolId: m.reports_col_pool_id,
  pool: m.reports_col_pool,
  subsystem: m.reports_col_subsystem,
  urgency: m.reports_col_urgency,
  level: m.reports_col_level,
  reason: m.reports_col_reason,
  groupId: m.reports_col_group_id,
  group: m.reports_col_group,
  from: m.reports_col_from,
  until: m.reports_col_until,
  indicatorId: m.reports_col_indicator_id,
  indicator: m.reports_col_indicator,
  value: m.reports_col_value,
  unit: m.reports_col_unit,
  numerator: m.reports_col_numerator,
  denominator: m.reports_col_denominator,
  note: m.reports_col_note,
};

/**
 * The file's text in pieces, first the byte-order mark and the header.
 * @param onRow  called after each row of a table, for progress
 */
export async function* csvChunks(
  report: UtilizationReport,
  tables: readonly Table[],
  locale: Locale,
  onRow: () => void,
): AsyncGenerator<string> {
  yield '\uFEFF';
  yield csvText([COLUMNS.map((id) => COLUMN_LABELS[id]({}, { locale }))]);
  yield csvText(aboutLines(report, locale).map((line) => cellsOf(aboutLine(line))));
  for (const table of tables) {
    for (const row of table.rows) {
      yield csvText(factLines(table, row, locale, report.provenance.timeZone).map(cellsOf));
      onRow();
    }
  }
  yield csvText(report.definitions.map((definition) => cellsOf(definitionLine(definition, locale))));
}

function aboutLine({ id, label, text, figure }: AboutLine): Line {
  const exact = figure ? exactCells(figure) : { value: text };
  return { section: ABOUT_SECTION, indicatorId: id, indicator: label, ...exact };
}

function definitionLine(definition: IndicatorDefinition, locale: Locale): Line {
  const exclusions = `${m.reports_col_exclusions({}, { locale })}: ${definition.exclusions[locale]}`;
  const source = `${m.reports_col_source({}, { locale })}: ${definition.source}`;
  return {
    section: DEFINITION_SECTION,
    indicatorId: definition.id,
    indicator: definition.name[locale],
    value: definition.formula[locale],
    unit: definition.unit[locale],
    numerator: definition.numerator[locale],
    denominator: definition.denominator[locale],
    note: `${exclusions}; ${source}`,
  };
}

/** One line per figure; a figure that does not exist in this row has none. */
function factLines(table: Table, row: TableRow, locale: Locale, timeZone: string): Line[] {
  const subject: Line = { section: table.id };
  table.keys.forEach(({ id }, index) => {
    const target = COLUMN_OF_KEY[id];
    if (target) subject[target] = keyText(row.keys[index] ?? null, timeZone);
  });
  return table.figures.flatMap((column, index) => {
    const figure = row.figures[index] ?? null;
    if (!figure) return [];
    const unit = unitText(column, row, locale);
    return {
      ...subject,
      indicatorId: column.id,
      indicator: column.label,
      unit,
      ...exactCells(figure),
    };
  });
}

/** The unit is told per fact, as the unit of the value. */
const COLUMN_OF_KEY: Readonly<Record<KeyId, ColumnId | null>> = {
  poolId: 'poolId',
  pool: 'pool',
  unit: null,
  subsystem: 'subsystem',
  urgency: 'urgency',
  level: 'level',
  reason: 'reason',
  groupId: 'groupId',
  group: 'group',
  from: 'from',
  until: 'until',
};

function keyText(key: Key, timeZone: string): string {
  if (key === null) return '';
  return typeof key === 'string' ? key : isoLocal(key.at, timeZone);
}

function unitText({ kind }: FigureColumn, { unitName }: TableRow, locale: Locale): string {
  if (kind === 'work') return m.reports_unit_hours({ unit: unitName ?? '' }, { locale });
  if (kind === 'load') return unitName ?? '';
  if (kind === 'days') return m.reports_def_unit_days({}, { locale });
  if (kind === 'bed-days') return m.reports_unit_bed_days({}, { locale });
  return kind === 'duration' ? 's' : '';
}

function exactCells(figure: Exclude<Figure, null>): Pick<Line, 'value' | 'numerator' | 'denominator'> {
  if (figure === SUPPRESSED) return { value: SUPPRESSED_MARK };
  const value = valueOf(figure);
  return {
    value: value === null ? '' : String(Number(value.toFixed(6))),
    numerator: String(figure.numerator),
    denominator: String(figure.denominator),
  };
}

function cellsOf(line: Line): string[] {
  return COLUMNS.map((id) => line[id] ?? '');
}

function csvText(rows: string[][]): string {
  return stringify(rows, { escape_formulas: true, record_delimiter: 'windows' });
}
