/**
 * Compares the projections of a file with those rebuilt beside it: first whole tables, by SQLite itself; then, of a table
 * that differs, row by row, both sides read in the order of their keys.
 */
import type { RowFaultCode } from '../../shared/domain/ledger-verdict.ts';
import type { Connection } from './connection.ts';
import type { ReadDb } from './handles.ts';
import { readHandle } from './handles.ts';
import type { ProjectionTable } from './projections/tables.ts';
import { pairsThatDiffer } from './rebuild-beside.ts';
import type { TablePair } from './rebuild-beside.ts';

type Row = Readonly<Record<string, string | number | null>>;

export interface ProjectionDifference {
  readonly table: string;
  /** The row's key columns: ids and numbers. */
  readonly row: string;
  readonly kind: RowFaultCode;
  /** Columns that differ; empty unless `different`. */
  readonly columns: readonly string[];
}

const DIFFERENCES_MAX = 100;
const PAUSE_ROWS = 5000;

/** As SQLite orders them: numbers by value, text by its UTF-8 bytes. A column is one or the other (STRICT tables). */
function compareCells(left: string | number | null, right: string | number | null): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  return Buffer.compare(Buffer.from(String(left)), Buffer.from(String(right)));
}

function compareKeys(left: Row, right: Row, key: readonly string[]): number {
  for (const column of key) {
    const order = compareCells(left[column] ?? null, right[column] ?? null);
    if (order !== 0) return order;
  }
  return 0;
}

function changedColumns(left: Row, right: Row): string[] {
  return Object.keys(left).filter((column) => left[column] !== right[column]);
}

function difference(
  table: ProjectionTable,
  row: Row,
  kind: ProjectionDifference['kind'],
  columns: readonly string[] = [],
): ProjectionDifference {
  return { table: table.name, row: table.key.map((column) => String(row[column])).join('/'), kind, columns };
}

/** Differences of one table, yielded in key order, with null now and then: a good moment for a pause. */
function* differencesOf(
  db: ReadDb,
  { table, columns: compared }: TablePair,
): Generator<ProjectionDifference | null, void> {
  const rowsOf = (schema: 'main' | 'temp'): IterableIterator<Row> =>
    db.iterate<Row>(
      `SELECT ${compared.join(', ')} FROM ${schema}.${table.name} ORDER BY ${table.key.join(', ')}`,
    );
  const lefts = rowsOf('main');
  const rights = rowsOf('temp');
  try {
    yield* differencesBetween(table, lefts, rights);
  } finally {
    lefts.return?.(); // the connection cannot be closed while one is open: after a damaged page, or enough differences
    rights.return?.();
  }
}

function* differencesBetween(
  table: ProjectionTable,
  lefts: Iterator<Row>,
  rights: Iterator<Row>,
): Generator<ProjectionDifference | null, void> {
  let left = lefts.next();
  let right = rights.next();
  for (let rows = 1; !left.done || !right.done; rows += 1) {
    const order = left.done ? 1 : right.done ? -1 : compareKeys(left.value, right.value, table.key);
    if (order < 0 && !left.done) yield difference(table, left.value, 'extra');
    if (order > 0 && !right.done) yield difference(table, right.value, 'missing');
    if (order === 0 && !left.done && !right.done) {
      const columns = changedColumns(left.value, right.value);
      if (columns.length > 0) yield difference(table, left.value, 'different', columns);
    }
    if (order <= 0) left = lefts.next();
    if (order >= 0) right = rights.next();
    if (rows % PAUSE_ROWS === 0) yield null;
  }
}

/**
 * At most a hundred differences, table by table. The connection holds both sides (see `rebuild-beside.ts`), stands still
 * meanwhile (a read transaction), and is used by nobody else: rows are read one at a time.
 */
export async function compareProjections(connection: Connection): Promise<ProjectionDifference[]> {
  const db = readHandle(connection);
  const found: ProjectionDifference[] = [];
  for (const pair of pairsThatDiffer(connection)) {
    for (const next of differencesOf(db, pair)) {
      if (next !== null) found.push(next);
      if (found.length >= DIFFERENCES_MAX) return found;
      if (next === null) await new Promise((resolve) => setImmediate(resolve));
    }
  }
  return found;
}
