/**
 * XLSX: one sheet per table and one with provenance and definitions. Typed cells (numbers are numbers, instants are
 * dates in the clinic's local time), number formats, a frozen header on every sheet. Written row by row as the file
 * takes them, so that memory does not grow with the rows.
 */
import { PassThrough } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import type { Alignment, Cell, WorkbookWriter, WorksheetWriter } from '@cj-tech-master/excelts';
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
  level: 22,
  reason: 28,
  groupId: 16,
  group: 24,
  from: 17,
  until: 17,
};
const FIGURE_WIDTH = 14;
const ABOUT_WIDTHS = [30, 44, 60, 60, 16, 44, 30];
const FONT = { name: 'Calibri', size: 11 };
/** Rows after which the file may catch up, and a cancel be heard. */
const ROWS_AT_ONCE = 200;

interface CellContent {
  readonly value: string | number | Date;
  readonly format?: string;
  readonly isBold?: boolean;
  readonly alignment?: Partial<Alignment>;
}
type Cells = readonly (CellContent | null)[];

interface ReportSheet {
  readonly name: string;
  readonly widths: readonly number[];
  readonly rows: Iterable<Cells>;
}

/**
 * The file's bytes in pieces, as they are read.
 * @param onRow  called after each row of a table, for progress
 */
export async function* xlsxChunks(
  report: UtilizationReport,
  tables: readonly Table[],
  locale: Locale,
  onRow: () => void,
): AsyncGenerator<Uint8Array> {
  const output = new PassThrough();
  const done = writeWorkbook(output, [
    ...tables.map((table) => tableSheet(table, report.provenance.timeZone, onRow)),
    aboutSheet(report, locale),
  ]);
  done.catch((error: unknown) => output.destroy(error instanceof Error ? error : new Error(String(error))));
  for await (const chunk of output) yield chunk as Uint8Array; // a stream without an encoding gives bytes
  await done;
}

/** Ends early, without a fault, when nobody reads the output any more. */
async function writeWorkbook(output: PassThrough, sheets: readonly ReportSheet[]): Promise<void> {
  const excel = await import('@cj-tech-master/excelts'); // large, and most starts of the application export nothing
  const book: WorkbookWriter = new excel.WorkbookWriter({
    stream: output,
    useStyles: true,
    useSharedStrings: false,
    trueStreaming: true,
  });
  for (const { name, widths, rows } of sheets) {
    const sheet = book.addWorksheet(name, {
      views: [{ state: 'frozen', ySplit: 1 }],
      // On paper a table is as wide as its page, with its head on every one.
      pageSetup: {
        orientation: 'landscape',
        fitToPage: true,
        fitToWidth: 1,
        fitToHeight: 0,
        printTitlesRow: '1:1',
      },
    });
    sheet.columns = widths.map((width) => ({ width }));
    let count = 0;
    for (const cells of rows) {
      writeRow(sheet, cells);
      count += 1;
      if (count % ROWS_AT_ONCE === 0) await caughtUp(output);
      if (output.destroyed) return;
    }
    sheet.commit();
    await caughtUp(output);
  }
  if (!output.destroyed) await book.commit();
}

/** Resolves once what was written so far has been taken, or will not be. */
async function caughtUp(output: PassThrough): Promise<void> {
  do await setImmediate();
  while (output.writableNeedDrain && !output.destroyed);
}

function writeRow(sheet: WorksheetWriter, cells: Cells): void {
  const row = sheet.addRow([]);
  cells.forEach((content, index) => {
    if (content) fillCell(row.getCell(index + 1), content);
  });
  row.commit();
}

function fillCell(cell: Cell, { value, format, isBold = false, alignment }: CellContent): void {
  cell.value = value;
  cell.font = isBold ? { ...FONT, bold: true } : FONT;
  if (isBold) cell.border = { bottom: { style: 'thin' } };
  if (format !== undefined) cell.numFmt = format;
  if (alignment) cell.alignment = alignment;
}

function tableSheet(table: Table, timeZone: string, onRow: () => void): ReportSheet {
  function* rows(): Generator<Cells> {
    yield [...table.keys, ...table.figures].map(({ label }, index) =>
      headerCell(label, index < table.keys.length ? 'left' : 'right'),
    );
    for (const row of table.rows) {
      yield tableCells(table, row, timeZone);
      onRow();
    }
  }
  return {
    name: sheetName(table.title),
    widths: [...table.keys.map(({ id }) => KEY_WIDTHS[id]), ...table.figures.map(() => FIGURE_WIDTH)],
    rows: rows(),
  };
}

function tableCells(table: Table, row: TableRow, timeZone: string): Cells {
  return [
    ...row.keys.map((key) => keyCell(key, timeZone)),
    ...table.figures.map((column, index) => figureCell(column, row.figures[index] ?? null)),
  ];
}

function keyCell(key: Key, timeZone: string): CellContent | null {
  if (key === null) return null;
  if (typeof key === 'string') return { value: key };
  return { value: wallDate(key.at, timeZone), format: DATE_FORMAT };
}

/** Spreadsheets know no zones: the date whose UTC reading is the clinic's wall clock. */
function wallDate(at: Instant, timeZone: string): Date {
  return new Date((at + offsetSecondsAt(at, timeZone)) * 1000);
}

function figureCell({ kind }: FigureColumn, figure: Figure): CellContent | null {
  if (figure === SUPPRESSED) return { value: SUPPRESSED_MARK, alignment: { horizontal: 'right' } };
  const value = valueOf(figure);
  if (value === null) return null;
  return { value: kind === 'duration' ? value / DAY : value, format: FORMATS[kind] };
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
    name: sheetName(say(m.reports_table_about)),
    widths: ABOUT_WIDTHS,
    rows: [
      [headerCell(say(m.reports_table_about), 'left'), headerCell('', 'left')],
      ...aboutLines(report, locale).map(({ label, text }) => [textCell(label), textCell(text)]),
      [],
      heads.map((message) => headerCell(say(message), 'left')),
      ...report.definitions.map((definition) => [
        textCell(definition.name[locale]),
        textCell(definition.formula[locale]),
        textCell(definition.numerator[locale]),
        textCell(definition.denominator[locale]),
        textCell(definition.unit[locale]),
        textCell(definition.exclusions[locale]),
        textCell(definition.source),
      ]),
    ],
  };
}

function headerCell(value: string, horizontal: 'left' | 'right'): CellContent {
  return { value, isBold: true, alignment: { horizontal, vertical: 'bottom', wrapText: true } };
}

function textCell(value: string): CellContent {
  return { value, alignment: { vertical: 'top', wrapText: true } };
}

/** At most 31 characters, without those that spreadsheets refuse. */
function sheetName(title: string): string {
  return title.replace(/[[\]:*?/\\]/g, ' ').slice(0, 31);
}
