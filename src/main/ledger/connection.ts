/**
 * One way to open a SQLite file, with the settings that durability rests on. Most of them are not kept in the file, so
 * they are set on every open and read back: a connection that does not hold them is not used.
 * A reopened WAL file falls back to `synchronous=NORMAL` unless it is set, and `INSERT OR REPLACE` slips past
 * append-only triggers unless `recursive_triggers` is on (both seen with this build).
 */
import Database from 'better-sqlite3';
import { giveRights } from './file-rights.ts';

export type Connection = Database.Database;

/** Setting → the value that must be read back. */
const WRITER_PRAGMAS: Readonly<Record<string, string | number>> = {
  journal_mode: 'wal',
  synchronous: 2,
  foreign_keys: 1,
  recursive_triggers: 1,
  trusted_schema: 0,
  cell_size_check: 1,
  checkpoint_fullfsync: 1,
  fullfsync: 1,
  cache_size: -65_536, // kibibytes: the indexes of a million entries stay in memory
};

const READER_PRAGMAS: Readonly<Record<string, string | number>> = {
  query_only: 1,
  trusted_schema: 0,
  cell_size_check: 1,
  cache_size: -32_768, // kibibytes
};

/** Of a handle that goes through the books once, as a file is made: pages that are read on are not read again. */
const PASSING_CACHE = -8192;

const BUSY_TIMEOUT_MS = 2000;

/** A setting that the storage does not accept: the file must not be used. */
export class PragmaMismatch extends Error {
  constructor(name: string, wanted: string | number, found: unknown) {
    super(`pragma ${name} is ${String(found)}, wanted ${wanted}`);
  }
}

function hold(connection: Connection, pragmas: Readonly<Record<string, string | number>>): void {
  for (const [name, wanted] of Object.entries(pragmas)) {
    connection.pragma(`${name} = ${wanted}`);
    const found = connection.pragma(name, { simple: true });
    if (found !== wanted) throw new PragmaMismatch(name, wanted, found);
  }
}

function opened(connection: Connection, pragmas: Readonly<Record<string, string | number>>): Connection {
  try {
    hold(connection, pragmas);
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}

/**
 * Opens for writing, creating the file when it does not exist.
 * @param extraPragmas  further settings to hold, by name (the key store wants `secure_delete`)
 * @throws SqliteError, PragmaMismatch, system errors
 */
export function openForWriting(
  path: string,
  extraPragmas: Readonly<Record<string, string | number>> = {},
): Connection {
  giveRights(path);
  const connection = new Database(path, { timeout: BUSY_TIMEOUT_MS });
  return opened(connection, { ...WRITER_PRAGMAS, ...extraPragmas });
}

/**
 * Opens an existing file so that nothing can be written through it.
 * @param options.readsOnce  keeps few pages in memory
 * @throws SqliteError, PragmaMismatch
 */
export function openForReading(path: string, { readsOnce = false } = {}): Connection {
  const connection = new Database(path, { readonly: true, fileMustExist: true, timeout: BUSY_TIMEOUT_MS });
  return opened(connection, { ...READER_PRAGMAS, ...(readsOnce && { cache_size: PASSING_CACHE }) });
}

/**
 * Opens an existing file for reading, with room for temporary tables beside it: SQLite refuses to write the file, and
 * what is temporary is gone when the connection is closed.
 * @throws SqliteError, PragmaMismatch
 */
export function openForProving(path: string): Connection {
  const connection = new Database(path, { readonly: true, fileMustExist: true, timeout: BUSY_TIMEOUT_MS });
  return opened(connection, { ...READER_PRAGMAS, query_only: 0, foreign_keys: 1 });
}

/** Where a SQLite header says whether a log goes with the file, twice; 1 is none. */
const LOG_FORM_OFFSETS = [18, 19];

/**
 * The content of a database file in memory, with what its log held; whatever is written there is gone with it.
 * @param content  as `serialize` gives it @throws SqliteError
 */
export function openInMemory(content: Buffer): Connection {
  const bytes = Buffer.from(content);
  for (const offset of LOG_FORM_OFFSETS) bytes[offset] = 1; // there is no log in memory
  const connection = new Database(bytes);
  return opened(connection, {
    foreign_keys: 1,
    recursive_triggers: 1,
    trusted_schema: 0,
    cell_size_check: 1,
  });
}

/** A database of its own that is gone when it is closed: where a rebuild is made to be compared. */
export function openScratch(): Connection {
  const connection = new Database('');
  return opened(connection, { synchronous: 0, foreign_keys: 1, trusted_schema: 0 });
}

/** The settings as they are now, by name: what a test compares after a reopen. */
export function writerPragmasOf(connection: Connection): Record<string, unknown> {
  return Object.fromEntries(
    Object.keys(WRITER_PRAGMAS).map((name) => [name, connection.pragma(name, { simple: true })]),
  );
}
