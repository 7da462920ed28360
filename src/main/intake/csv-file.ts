/**
 * Reads one CSV file as a stream: a byte order mark, CRLF, quotes and line breaks inside them, and nothing held but
 * the row at hand. Bytes that are not UTF-8 and a quote that never closes refuse the file as a whole, because from
 * there on nobody knows what is a row. A row with too few or too many cells is handed over as such.
 */
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { CsvError, parse } from 'csv-parse';
import type { Refusal, Result } from '../../shared/result.ts';
import { accept, refuse } from '../../shared/result.ts';
import type { FolderRefusal } from './drafts.ts';

/** One record may not be longer than this: more means a quote that was never closed. */
const RECORD_CHARACTERS_MAX = 1_000_000;

export interface CsvRow {
  /** The file's own line the record begins on, counting the header as 1. */
  readonly line: number;
  /** False when the row has another number of cells than the header. */
  readonly isWhole: boolean;
  /** The cell without surrounding blanks; empty when the row is too short or the file has no such column. */
  cell(column: string): string;
}

export interface CsvFile {
  readonly path: string;
  /** The name to show and to give in refusals. */
  readonly name: string;
  readonly requiredColumns: readonly string[];
  readonly signal: AbortSignal | undefined;
  readonly onBytes: (count: number) => void;
}

/** Carries a refusal out of a running stream; caught in this file only. */
class RefusedFile extends Error {
  readonly refusal: Refusal<FolderRefusal>;
  constructor(refusal: Refusal<FolderRefusal>) {
    super(refusal.code);
    this.refusal = refusal;
  }
}

/**
 * Calls `onRow` for each record after the header, in order; blank lines are passed over.
 * @returns the number of records; refused as `cancelled`, `file-unreadable` or `missing-column`
 * @throws whatever `onRow` throws
 */
export async function readCsvFile(
  file: CsvFile,
  onRow: (row: CsvRow) => void,
): Promise<Result<number, FolderRefusal>> {
  const parser = parse({
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: RECORD_CHARACTERS_MAX,
  });
  let count = 0;
  try {
    await pipeline(
      createReadStream(file.path),
      (chunks: AsyncIterable<Buffer>) => decoded(chunks, file.onBytes),
      parser,
      async (records: AsyncIterable<string[]>) => {
        count = await takeRecords(file, records, onRow);
      },
      file.signal ? { signal: file.signal } : {},
    );
    return accept(count);
  } catch (error) {
    return { ok: false, error: refusalOf(error, file) };
  }
}

/** Walks the records; the first one is the header. */
async function takeRecords(
  file: CsvFile,
  records: AsyncIterable<string[]>,
  onRow: (row: CsvRow) => void,
): Promise<number> {
  let [line, count] = [1, 0];
  let columns: ReadonlyMap<string, number> | null = null;
  for await (const cells of records) {
    const begins = line;
    line += 1 + lineBreaksIn(cells);
    if (cells.length === 1 && cells[0] === '') continue;
    if (!columns) {
      columns = readHeader(cells, file);
      continue;
    }
    count += 1;
    onRow(asRow(begins, cells, columns));
  }
  if (!columns) readHeader([], file);
  return count;
}

function readHeader(cells: readonly string[], file: CsvFile): ReadonlyMap<string, number> {
  const columns = new Map(cells.map((name, index) => [name.trim(), index]));
  const missing = file.requiredColumns.find((name) => !columns.has(name));
  if (missing !== undefined) {
    const params = { file: file.name, column: missing };
    throw new RefusedFile({ code: 'missing-column', retryable: false, params });
  }
  return columns;
}

function asRow(line: number, cells: readonly string[], columns: ReadonlyMap<string, number>): CsvRow {
  return {
    line,
    isWhole: cells.length === columns.size,
    cell: (column) => cells[columns.get(column) ?? -1]?.trim() ?? '',
  };
}

function lineBreaksIn(cells: readonly string[]): number {
  let count = 0;
  for (const cell of cells)
    if (cell.includes('\n') || cell.includes('\r')) count += cell.split(/\r\n|\r|\n/).length - 1;
  return count;
}

/** UTF-8 text of the chunks, without a byte order mark; throws TypeError at the first byte that is not UTF-8. */
async function* decoded(
  chunks: AsyncIterable<Buffer>,
  onBytes: (count: number) => void,
): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  for await (const chunk of chunks) {
    onBytes(chunk.length);
    yield decoder.decode(chunk, { stream: true });
  }
  yield decoder.decode();
}

function refusalOf(error: unknown, file: CsvFile): Refusal<FolderRefusal> {
  if (file.signal?.aborted) return refuse('cancelled', {}, true).error;
  if (error instanceof RefusedFile) return error.refusal;
  const unreadable = (cause: string) => refuse('file-unreadable', { file: file.name, cause }).error;
  if (error instanceof CsvError) return unreadable('quotes');
  if (isCoded(error, 'ERR_ENCODING_INVALID_ENCODED_DATA')) return unreadable('encoding');
  if (error instanceof Error && 'syscall' in error) return unreadable('disk');
  throw error;
}

function isCoded(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
