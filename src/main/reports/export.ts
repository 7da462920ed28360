/**
 * Puts a report into a file: the tables, the format's writer, and the one way of writing files. Says how far it is, can
 * be stopped at any time, and leaves either the whole file or nothing.
 */
import type { BookingFact } from '../ledger/index.ts';
import { m } from '../../shared/messages/index.ts';
import type { Locale } from '../../shared/domain/local-text.ts';
import type { ExportFormat, PrintMedium, UtilizationReport } from '../../shared/domain/report.ts';
import type { Result } from '../../shared/result.ts';
import { accept, refuse } from '../../shared/result.ts';
import { NO_MAPPING } from '../../shared/domain/export-mapping.ts';
import type { ExportMapping } from '../../shared/domain/export-mapping.ts';
import { lastDateOf } from './tables/about.ts';
import { countRows, reportTables } from './tables/report-tables.ts';
import type { Table } from './tables/table.ts';
import type { Chunks, WriteRefusal } from './writers/atomic-file.ts';
import { writeAtomically } from './writers/atomic-file.ts';
import type { AllocationsInput, IdentitiesOf } from './writers/allocations.ts';
import { allocationChunks } from './writers/allocations.ts';
import { csvChunks } from './writers/csv.ts';
import type { Dhis2Refusal } from './writers/dhis2.ts';
import { dataValueSet } from './writers/dhis2.ts';
import { fhirText } from './writers/fhir.ts';
import { jsonText } from './writers/json.ts';
import { xlsxChunks } from './writers/xlsx.ts';

/**
 * Lays the report out on the print page; given by whoever has a browser, so that nothing here knows one.
 * @returns on paper the bytes of a PDF, as a page those of one HTML file
 */
export type PrintReport = (job: {
  readonly report: UtilizationReport;
  readonly locale: Locale;
  readonly medium: PrintMedium;
}) => Promise<Uint8Array>;

/** The bookings of the period, read only for the format that holds them. */
export interface BookingSource {
  /** How many stretches there will be: progress is told in them. */
  readonly count: number;
  readonly stretches: Iterable<readonly BookingFact[]>;
  readonly workKinds: AllocationsInput['workKinds'];
  /** Who patients are; missing where the file names nobody. */
  readonly identitiesOf?: IdentitiesOf;
}

export interface ExportJob {
  readonly report: UtilizationReport;
  readonly format: ExportFormat;
  /** The one language of the file. */
  readonly locale: Locale;
  /** Absolute. An existing file is replaced: whoever chose the path was asked. */
  readonly path: string;
  readonly printReport: PrintReport;
  readonly bookings: BookingSource;
  /** What figures and the clinic are called elsewhere; nothing where nobody has said. */
  readonly mapping?: ExportMapping;
  readonly signal: AbortSignal;
  /** Steps done of all; called at least at the beginning and the end. */
  readonly onProgress: (done: number, total: number) => void;
}

/** About how often progress is told: a person sees no more, and each time is a message to every window. */
const PROGRESS_STEPS = 100;

export interface ExportedFile {
  readonly path: string;
  readonly bytes: number;
  /** Data rows of all tables; 0 where the format has none. */
  readonly rows: number;
}

type ContentRefusal = 'print-failed' | Dhis2Refusal;
export type ExportRefusal = WriteRefusal | ContentRefusal;

/**
 * @returns refused with `print-failed` when the page could not be printed, otherwise as `writeAtomically` refuses
 */
export async function exportReport(job: ExportJob): Promise<Result<ExportedFile, ExportRefusal>> {
  const { report, format, locale, path, signal, onProgress } = job;
  const hasTables = format === 'csv' || format === 'xlsx' || format === 'json';
  const tables = hasTables ? reportTables(report, locale) : [];
  const counter = { rows: countRows(tables) };
  const total = (format === 'allocations' ? job.bookings.count : counter.rows) + 1;
  onProgress(0, total);
  if (signal.aborted) return refuse('cancelled', {}, true);
  const content = await contentOf(job, tables, total, counter);
  if (!content.ok) return content;
  const written = await writeAtomically(path, content.value, signal);
  if (!written.ok) return written;
  onProgress(total, total);
  return accept({ path, bytes: written.value.bytes, rows: counter.rows });
}

/** `utilization-2026-10.xlsx`, `利用率-2026-10.xlsx`; a sample's file says so. */
export function suggestedFileName(report: UtilizationReport, format: ExportFormat, locale: Locale): string {
  const { period, provenance } = report;
  const parts = [
    (format === 'allocations' ? m.reports_file_name_allocations : m.reports_file_name)({}, { locale }),
    ...(provenance.isSample ? [m.reports_about_sample({}, { locale })] : []),
    periodName(report, period.kind),
  ];
  return `${parts.join('-')}.${EXTENSIONS[format]}`;
}

const EXTENSIONS: Readonly<Record<ExportFormat, string>> = {
  xlsx: 'xlsx',
  pdf: 'pdf',
  html: 'html',
  csv: 'csv',
  json: 'json',
  fhir: 'fhir.json',
  dhis2: 'dhis2.json',
  allocations: 'csv',
};

async function contentOf(
  { report, format, locale, printReport, bookings, mapping = NO_MAPPING, signal, onProgress }: ExportJob,
  tables: readonly Table[],
  total: number,
  counter: { rows: number },
): Promise<Result<Chunks, ContentRefusal>> {
  switch (format) {
    case 'csv':
    case 'xlsx': {
      const step = Math.ceil(total / PROGRESS_STEPS);
      let done = 0;
      const onRow = (): void => {
        done += 1;
        if (done % step === 0) onProgress(done, total);
      };
      return accept((format === 'csv' ? csvChunks : xlsxChunks)(report, tables, locale, onRow));
    }
    case 'json':
      return accept([jsonText(report, locale)]);
    case 'fhir':
      return accept([fhirText(report, locale, mapping.organisation)]);
    case 'dhis2': {
      const values = dataValueSet(report, locale, mapping);
      return values.ok ? accept([`${JSON.stringify(values.value, null, 1)}\n`]) : values;
    }
    case 'allocations': {
      let done = 0;
      const onStretch = (rows: number): void => {
        counter.rows += rows;
        done += 1;
        onProgress(done, total);
      };
      return accept(allocationChunks({ report, locale, ...bookings, onStretch }));
    }
    case 'pdf':
    case 'html': {
      const medium = format === 'pdf' ? 'paper' : 'page';
      const printed = printReport({ report, locale, medium }).then(
        (bytes) => accept([bytes]),
        () => refuse('print-failed', {}, true),
      );
      // Whoever cancels does not wait for a page that is being laid out; nothing is written of it.
      return Promise.race([printed, whenAborted(signal).then(() => accept([]))]);
    }
  }
}

function whenAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else
      signal.addEventListener(
        'abort',
        () => {
          resolve();
        },
        { once: true },
      );
  });
}

function periodName(report: UtilizationReport, kind: UtilizationReport['period']['kind']): string {
  const { fromDate } = report.period;
  if (kind === 'year') return fromDate.slice(0, 4);
  if (kind === 'month') return fromDate.slice(0, 7);
  if (kind === 'quarter') return `${fromDate.slice(0, 4)}-Q${Math.ceil(Number(fromDate.slice(5, 7)) / 3)}`;
  const lastDate = lastDateOf(report);
  return lastDate === fromDate ? fromDate : `${fromDate}-${lastDate}`;
}
