/**
 * XLSX: one sheet per table and one with provenance and definitions. Typed cells (numbers are numbers, instants are
 * dates in the clinic's local time), number formats, a frozen header on every sheet.
 */
import writeExcelFile from 'write-excel-file/node';
import type { CellObject, Row, Sheet } from 'write-excel-file/node';
import { m } from '../../../shared/messages/index.ts';
import type { Locale } from '../../../shared/domain/local-text.ts';
import type { UtilizationReport } from '../../../shared/domain/report.ts';
import { offsetSecondsAt } from '../../../shared/local-time.ts';
import type { Instant } from '../../../shared/units.ts';
import { DAY } from '../../../shared/units.ts';
import { aboutLines } from '../tables/about.ts';
import type {
  Figure,
  FigureColumn,
  FigureKind,
  Key,
  KeyColumn,
  Message,
  Table,
  TableRow,
} from '../tables/table.ts';
import { SUPPRESSED, SUPPRESSED_MARK, valueOf } from '../tables/table.ts';

type ReportSheet = Sheet<never>;

const FORMATS: Readonly<Record<FigureKind, string>> = {
  work: '#,##0.00',
  load: '#,##0.00',
  ratio: '0.0%',
  duration: '[h]:mm:ss',
  count: '#,##0',
  'bed-days': '#,##0.0',
  days: '0.0',
  amount: '0.00',
};
const DATE_FORMAT = 'yyyy-mm-dd hh:mm';

const KEY_WIDTHS: Readonly<Record<KeyColumn['id'], number>> = {
  poolId: 18,
  pool: 26,
  unit: 10,
  subsystem: 28,
  urgency: 10,
  reason: 28,
  from: 17,
  until: 17,
};
const FIGURE_WIDTH = 14;
const FONT = { fontFamily: 'Calibri', fontSize: 11 };

/** The whole file; small, because a report's tables are bounded by pools × buckets. */
export async function xlsxBytes(
  report: UtilizationReport,
  tables: readonly Table[],
  locale: Locale,
): Promise<Uint8Array> {
  const { timeZone } = report.provenance;
  const sheets = tables.map((table) => tableSheet(table, timeZone));
  return writeExcelFile([...sheets, aboutSheet(report, locale)], FONT).toBuffer();
}

function tableSheet(table: Table, timeZone: string): ReportSheet {
  const header: Row = [...table.keys, ...table.figures].map(({ label }, index) =>
    headerCell(label, index < table.keys.length ? 'left' : 'right'),
  );
  return {
    sheet: sheetName(table.title),
    data: [header, ...table.rows.map((row) => tableCells(table, row, timeZone))],
    columns: [
      ...table.keys.map(({ id }) => ({ width: KEY_WIDTHS[id] })),
      ...table.figures.map(() => ({ width: FIGURE_WIDTH })),
    ],
    stickyRowsCount: 1,
    orientation: 'landscape',
  };
}

function tableCells(table: Table, row: TableRow, timeZone: string): Row {
  return [
    ...row.keys.map((key) => keyCell(key, timeZone)),
    ...table.figures.map((column, index) => figureCell(column, row.figures[index] ?? null)),
  ];
}

function keyCell(key: Key, timeZone: string): CellObject | null {
  if (key === null) return null;
  if (typeof key === 'string') return { value: key, type: String };
  return { value: wallDate(key.at, timeZone), type: Date, format: DATE_FORMAT };
}

/** Spreadsheets know no zones: the date whose UTC reading is the clinic's wall clock. */
function wallDate(at: Instant, timeZone: string): Date {
  return new Date((at + offsetSecondsAt(at, timeZone)) * 1000);
}

function figureCell({ kind }: FigureColumn, figure: Figure): CellObject | null {
  if (figure === SUPPRESSED) return { value: SUPPRESSED_MARK, type: String, align: 'right' };
  const value = valueOf(figure);
  if (value === null) return null;
  return { value: kind === 'duration' ? value / DAY : value, type: Number, format: FORMATS[kind] };
}

function aboutSheet(report: UtilizationReport, locale: Locale): ReportSheet {
  const say = (message: Message): string => message({}, { locale });
  const heads = [
    m.reports_col_indicator,
    m.reports_col_formula,
    m.reports_col_numerator,
    m.reports_col_denominator,
    m.reports_col_unit,
    m.reports_col_exclusions,
    m.reports_col_source,
  ];
  return {
    sheet: sheetName(say(m.reports_table_about)),
    data: [
      [headerCell(say(m.reports_table_about), 'left'), headerCell('', 'left')],
      ...aboutLines(report, locale).map(({ label, text }) => [textCell(label), textCell(text)]),
      [],
      heads.map((message) => headerCell(say(message), 'left')),
      ...report.definitions.map((definition) => [
        textCell(definition.name[locale]),
        textCell(definition.formula),
        textCell(definition.numerator[locale]),
        textCell(definition.denominator[locale]),
        textCell(definition.unit[locale]),
        textCell(definition.exclusions[locale]),
        textCell(definition.source),
      ]),
    ],
    columns: [30, 44, 60, 60, 16, 44, 30].map((width) => ({ width })),
    stickyRowsCount: 1,
    orientation: 'landscape',
  };
}

function headerCell(value: string, align: 'left' | 'right'): CellObject {
  return {
    value,
    type: String,
    fontWeight: 'bold',
    align,
    wrap: true,
    alignVertical: 'bottom',
    bottomBorderStyle: 'thin',
  };
}

function textCell(value: string): CellObject {
  return { value, type: String, wrap: true, alignVertical: 'top' };
}

/** At most 31 characters, without those that spreadsheets refuse. */
function sheetName(title: string): string {
  return title.replace(/[[\]:*?/\\]/g, ' ').slice(0, 31);
}
