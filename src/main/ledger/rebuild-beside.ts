/**
 * Makes the projections of a file's entries anew beside it, in temporary tables of a connection that cannot write the
 * file. Both sides then stand in one snapshot, and SQLite compares them itself: a million rows are counted, not read.
 */
import type { Connection } from './connection.ts';
import { openScratch } from './connection.ts';
import { readHandle, writeHandle } from './handles.ts';
import { migrate } from './migrations/index.ts';
import { COMMAND_TABLE, PROJECTION_TABLES } from './projections/tables.ts';
import type { ProjectionTable } from './projections/tables.ts';
import { replayEntries } from './replay.ts';
import type { ReplayOptions } from './replay.ts';

/** Indexes that projectors search by. The others would only be filled and never read. */
const INDEXES_OF_PROJECTORS = ['tasks_by_patient', 'tasks_by_batch'];

const TABLES: readonly ProjectionTable[] = [...PROJECTION_TABLES, COMMAND_TABLE];

/** Nothing is settled on this side: projectors take settled days away, and the file's own are not theirs. */
const SETTLED = 'settled_days';

/** Temporary tables take the place of the file's: from here on a bare name means the rebuilt one. */
export async function rebuildBeside(connection: Connection, options: ReplayOptions): Promise<void> {
  for (const sql of temporarySchema()) connection.exec(sql);
  connection.pragma('temp.cache_size = -65536'); // kibibytes
  connection.pragma('ignore_check_constraints = ON'); // the file's own rows have passed them, and are compared
  await replayEntries(readHandle(connection), writeHandle(connection), options);
}

function temporarySchema(): string[] {
  const scratch = openScratch();
  migrate(scratch, 0);
  const rows = scratch
    .prepare<[], { type: string; name: string; sql: string }>(
      `SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid`,
    )
    .all();
  scratch.close();
  const tables = new Set([...TABLES.map(({ name }) => name), SETTLED]);
  return rows.flatMap(({ type, name, sql }) => {
    if (type === 'table' && tables.has(name)) return sql.replace(/^CREATE TABLE/, 'CREATE TEMP TABLE');
    if (type !== 'index' || !INDEXES_OF_PROJECTORS.includes(name)) return [];
    return sql.replace(/ INDEX /, ' INDEX temp.');
  });
}

function columnsOf(connection: Connection, schema: 'main' | 'temp', table: string): string[] {
  return connection
    .prepare<[string, string], string>('SELECT name FROM pragma_table_info(?, ?)')
    .pluck()
    .all(table, schema);
}

/** One table on both sides, and the columns that both have. */
export interface TablePair {
  readonly table: ProjectionTable;
  readonly columns: readonly string[];
}

/** The tables whose rows are not the same on both sides; one of a later form than the file is left out. */
export function pairsThatDiffer(connection: Connection): TablePair[] {
  return TABLES.map((table) => pairOf(connection, table)).filter((pair) => differs(connection, pair));
}

function pairOf(connection: Connection, table: ProjectionTable): TablePair {
  const made = new Set(columnsOf(connection, 'temp', table.name));
  const columns = columnsOf(connection, 'main', table.name).filter(
    (column) => made.has(column) && !table.memory.includes(column),
  );
  return { table, columns };
}

function differs(connection: Connection, { table: { name, key }, columns }: TablePair): boolean {
  if (columns.length === 0) return false;
  const on = key.map((column) => `l.${column} = r.${column}`).join(' AND ');
  const same = columns.map((column) => `l.${column} IS r.${column}`).join(' AND ');
  const counts = connection
    .prepare<[], { live: number; made: number; same: number }>(
      `SELECT (SELECT count(*) FROM main.${name}) AS live, (SELECT count(*) FROM temp.${name}) AS made,
        (SELECT count(*) FROM temp.${name} r CROSS JOIN main.${name} l ON ${on} WHERE ${same}) AS same`,
    )
    .get();
  return counts === undefined || counts.live !== counts.made || counts.same !== counts.made;
}
