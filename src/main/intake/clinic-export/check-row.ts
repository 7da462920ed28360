/**
 * Judges one row of an export's table: either it becomes a fact (whom it is about, which kind of work, from when for
 * how long) or it is left out with one named problem. Pure.
 *
 * Precedence of problems: unreadable-row, missing-id, duplicate-id, already-imported, unknown-patient, missing-start,
 * unreadable-time, ends-before-start, in-the-future. A second row with the same id is a duplicate even where the
 * first was left out.
 */
import type { RowProblemCode } from '../../../shared/domain/intake.ts';
import type { Instant, Seconds } from '../../../shared/units.ts';
import type { CsvRow } from '../csv-file.ts';
import type { PatientDraft, ReadOptions } from '../drafts.ts';
import type { LengthRemark } from '../source-time.ts';
import { judgeLength, readInstant } from '../source-time.ts';
import type { ExportTable } from './tables.ts';

export interface RowFact {
  readonly line: number;
  /** What tells this row apart in its table: source text, never stored as such. */
  readonly key: string;
  readonly digest: string;
  readonly patientDigest: string;
  readonly code: string;
  readonly name: string;
  readonly start: Instant;
  readonly durationSeconds: Seconds;
  readonly lengthRemark: LengthRemark | null;
}

export interface LeftOut {
  readonly code: RowProblemCode;
  readonly column: string | null;
}

export interface RowContext {
  readonly table: ExportTable;
  readonly options: ReadOptions;
  readonly defaultSeconds: Seconds;
  readonly patientsById: ReadonlyMap<string, PatientDraft>;
  /** Keys of the rows seen so far; `checkRow` adds to it. */
  readonly seenKeys: Set<string>;
}

/** Parts of a key are joined by a character that no export writes. */
const KEY_SEPARATOR = '\u001f';

export type CheckedRow = { readonly fact: RowFact } | { readonly leftOut: LeftOut };

export function checkRow(row: CsvRow, context: RowContext): CheckedRow {
  const { table, options, patientsById } = context;
  const { registry } = options;
  const identified = identify(row, context);
  if ('leftOut' in identified) return identified;
  const { key } = identified;

  const digest = registry.digestOf(`${table.table}:${key}`);
  // A data set is recognised as a whole, once all of its rows are known.
  if (table.grouping === 'row' && registry.isKnown(digest)) {
    return leftOut('already-imported', table.idColumn);
  }
  const patient = patientsById.get(row.cell(table.patientColumn));
  if (!patient) return leftOut('unknown-patient', table.patientColumn);

  const times = readTimes(row, context);
  if ('leftOut' in times) return times;
  return {
    fact: {
      line: row.line,
      key,
      digest,
      patientDigest: patient.digest,
      code: row.cell(table.codeColumn),
      name: table.nameColumn ? row.cell(table.nameColumn) : '',
      ...times,
    },
  };
}

function leftOut(code: RowProblemCode, column: string | null): { readonly leftOut: LeftOut } {
  return { leftOut: { code, column } };
}

function identify(row: CsvRow, { table, seenKeys }: RowContext): { key: string } | { leftOut: LeftOut } {
  if (!row.isWhole) return leftOut('unreadable-row', null);
  const idColumn = table.grouping === 'code' ? table.codeColumn : table.idColumn;
  if (idColumn !== null && row.cell(idColumn) === '') return leftOut('missing-id', idColumn);
  const key = table.keyColumns.map((column) => row.cell(column)).join(KEY_SEPARATOR);
  if (seenKeys.has(key)) return leftOut('duplicate-id', table.idColumn);
  seenKeys.add(key);
  return { key };
}

function readTimes(
  row: CsvRow,
  { table, options, defaultSeconds }: RowContext,
): Pick<RowFact, 'start' | 'durationSeconds' | 'lengthRemark'> | { leftOut: LeftOut } {
  const { startColumn, endColumns } = table;
  const startText = row.cell(startColumn);
  if (startText === '') return leftOut('missing-start', startColumn);
  const start = readInstant(startText, options.timeZone);
  if (start === null) return leftOut('unreadable-time', startColumn);

  const endColumn = endColumns.find((column) => row.cell(column) !== '') ?? null;
  const end = endColumn === null ? null : readInstant(row.cell(endColumn), options.timeZone);
  if (endColumn !== null && end === null) return leftOut('unreadable-time', endColumn);
  if (end !== null && end < start) return leftOut('ends-before-start', endColumn);

  if (options.mode === 'history' && start >= options.now) return leftOut('in-the-future', startColumn);
  const { durationSeconds, remark } = judgeLength(start, end, {
    defaultSeconds,
    believableSecondsMax: table.believableSecondsMax,
  });
  // Only an end that is taken at its word can lie in the future: then the work is not finished yet.
  if (options.mode === 'history' && remark === null && start + durationSeconds > options.now) {
    return leftOut('in-the-future', endColumn);
  }
  return { start, durationSeconds, lengthRemark: remark };
}
