/**
 * The two handles that SQL goes through. `ReadDb` cannot write: it refuses a statement that would, whatever connection
 * lies underneath; queries take it, so they work inside a transaction (seeing its own writes) and beside it alike.
 * `WriteDb` is held by migrations and projectors only. Each SQL text is prepared once per connection.
 */
import type Database from 'better-sqlite3';
import type { Connection } from './connection.ts';

export type Value = string | number | null | Uint8Array;
/** Named parameters, without their colon. */
export type Params = Readonly<Record<string, Value>>;

/**
 * Makes one answer of the rows of two parts: puts them in order again, or adds up what belongs together. Only a look
 * back in time has two parts; every other handle answers from one file and never calls it.
 */
export type Join<Row> = (rows: Row[]) => Row[];

export interface ReadDb {
  /** Whether rows come of two parts: then no part alone can skip rows. */
  readonly isJoined: boolean;
  /** The first row, or null. */
  get<Row>(sql: string, params?: Params, join?: Join<Row>): Row | null;
  all<Row>(sql: string, params?: Params, join?: Join<Row>): Row[];
  /** Rows one at a time; the connection must not be used for anything else until the loop has ended. */
  iterate<Row>(sql: string, params?: Params): IterableIterator<Row>;
}

export interface WriteDb extends ReadDb {
  run(sql: string, params?: Params): void;
}

const NO_PARAMS: Params = {};
const NAMED_PARAMETER = /:([A-Za-z]+)/g;

/**
 * A statement whose named parameters are bound by position: the driver looks each name up on every run, which costs
 * more than the binding itself (measured: 6 µs against 3 for sixteen parameters).
 */
interface Prepared {
  readonly statement: Database.Statement<Value[]>;
  /** Parameter names in the order of their places; a name used twice stands twice. */
  readonly names: readonly string[];
}

function prepare(connection: Connection, sql: string): Prepared {
  const names = Array.from(sql.matchAll(NAMED_PARAMETER), (match) => match[1] ?? '');
  return { statement: connection.prepare<Value[]>(sql.replace(NAMED_PARAMETER, '?')), names };
}

function placesOf(prepared: Prepared, params: Params): Value[] {
  const { names } = prepared;
  const places = new Array<Value>(names.length);
  for (let place = 0; place < names.length; place += 1) {
    const name = names[place] ?? ''; // place < length
    const value = params[name];
    if (value === undefined) throw new RangeError(`parameter ${name} is missing`);
    places[place] = value;
  }
  return places;
}

class StatementCache {
  readonly #prepared = new Map<string, Prepared>();
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  prepared(sql: string): Prepared {
    let prepared = this.#prepared.get(sql);
    if (!prepared) {
      prepared = prepare(this.#connection, sql);
      this.#prepared.set(sql, prepared);
    }
    return prepared;
  }

  fresh(sql: string): Prepared {
    return prepare(this.#connection, sql);
  }
}

function assertReads({ statement }: Prepared): void {
  if (!statement.readonly) throw new Error('a reading handle was given a statement that writes');
}

/* Row types are vouched for by the query that names them: the tables are STRICT, and a test reads each query. */
class ReadHandle implements ReadDb {
  readonly isJoined = false;
  protected readonly statements: StatementCache;

  constructor(connection: Connection) {
    this.statements = new StatementCache(connection);
  }

  get<Row>(sql: string, params: Params = NO_PARAMS): Row | null {
    const prepared = this.statements.prepared(sql);
    assertReads(prepared);
    return (prepared.statement.get(...placesOf(prepared, params)) ?? null) as Row | null; // see above
  }

  all<Row>(sql: string, params: Params = NO_PARAMS): Row[] {
    const prepared = this.statements.prepared(sql);
    assertReads(prepared);
    return prepared.statement.all(...placesOf(prepared, params)) as Row[]; // see above
  }

  iterate<Row>(sql: string, params: Params = NO_PARAMS): IterableIterator<Row> {
    const prepared = this.statements.fresh(sql);
    assertReads(prepared);
    return prepared.statement.iterate(...placesOf(prepared, params)) as IterableIterator<Row>; // see above
  }
}

class WriteHandle extends ReadHandle implements WriteDb {
  run(sql: string, params: Params = NO_PARAMS): void {
    const prepared = this.statements.prepared(sql);
    prepared.statement.run(...placesOf(prepared, params));
  }
}

export function readHandle(connection: Connection): ReadDb {
  return new ReadHandle(connection);
}

export function writeHandle(connection: Connection): WriteDb {
  return new WriteHandle(connection);
}
