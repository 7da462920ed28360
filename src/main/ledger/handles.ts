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

export interface ReadDb {
  /** The first row, or null. */
  get<Row>(sql: string, params?: Params): Row | null;
  all<Row>(sql: string, params?: Params): Row[];
  /** Rows one at a time; the connection must not be used for anything else until the loop has ended. */
  iterate<Row>(sql: string, params?: Params): IterableIterator<Row>;
}

export interface WriteDb extends ReadDb {
  run(sql: string, params?: Params): void;
}

const NO_PARAMS: Params = {};

class StatementCache {
  readonly #statements = new Map<string, Database.Statement<[Params]>>();
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  prepared(sql: string): Database.Statement<[Params]> {
    let statement = this.#statements.get(sql);
    if (!statement) {
      statement = this.#connection.prepare<[Params]>(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }

  fresh(sql: string): Database.Statement<[Params]> {
    return this.#connection.prepare<[Params]>(sql);
  }
}

/* Row types are vouched for by the query that names them: the tables are STRICT, and a test reads each query. */
class ReadHandle implements ReadDb {
  protected readonly statements: StatementCache;

  constructor(connection: Connection) {
    this.statements = new StatementCache(connection);
  }

  get<Row>(sql: string, params: Params = NO_PARAMS): Row | null {
    return (this.#reader(sql).get(params) ?? null) as Row | null; // see above
  }

  all<Row>(sql: string, params: Params = NO_PARAMS): Row[] {
    return this.#reader(sql).all(params) as Row[]; // see above
  }

  iterate<Row>(sql: string, params: Params = NO_PARAMS): IterableIterator<Row> {
    const statement = this.statements.fresh(sql);
    if (!statement.readonly) throw new Error('a reading handle was given a statement that writes');
    return statement.iterate(params) as IterableIterator<Row>; // see above
  }

  #reader(sql: string): Database.Statement<[Params]> {
    const statement = this.statements.prepared(sql);
    if (!statement.readonly) throw new Error('a reading handle was given a statement that writes');
    return statement;
  }
}

class WriteHandle extends ReadHandle implements WriteDb {
  run(sql: string, params: Params = NO_PARAMS): void {
    this.statements.prepared(sql).run(params);
  }
}

export function readHandle(connection: Connection): ReadDb {
  return new ReadHandle(connection);
}

export function writeHandle(connection: Connection): WriteDb {
  return new WriteHandle(connection);
}
