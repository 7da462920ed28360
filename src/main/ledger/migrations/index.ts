/**
 * Brings a file to the form this version of the application knows, one transaction per step, and says whose file it
 * is. `application_id` tells our ledger from any other SQLite file; `user_version` is the last migration's number.
 */
import type { Connection } from '../connection.ts';
import { firstForm } from './0010-first-form.ts';
import type { Migration } from './migration.ts';

/** "CLAL" in ASCII. */
export const APPLICATION_ID = 0x434c414c;

export const MIGRATIONS: readonly Migration[] = [firstForm];

/** The form this version writes. */
export const NEWEST_VERSION = Math.max(...MIGRATIONS.map((migration) => migration.version));

export interface FileForm {
  readonly applicationId: number;
  readonly version: number;
  readonly hasTables: boolean;
}

function numberPragma(connection: Connection, name: string): number {
  const value = connection.pragma(name, { simple: true });
  if (typeof value !== 'number') throw new Error(`pragma ${name} is not a number`);
  return value;
}

/** What the file says about itself. @throws SqliteError when it is not a readable SQLite file */
export function formOf(connection: Connection): FileForm {
  const tables = connection.prepare<[], number>('SELECT count(*) FROM sqlite_schema').pluck().get() ?? 0;
  return {
    applicationId: numberPragma(connection, 'application_id'),
    version: numberPragma(connection, 'user_version'),
    hasTables: tables > 0,
  };
}

/** Applies what `from` lacks, each migration in its own transaction with its version. */
export function migrate(
  connection: Connection,
  from: number,
  migrations: readonly Migration[] = MIGRATIONS,
): void {
  for (const migration of migrations) {
    if (migration.version <= from) continue;
    connection
      .transaction(() => {
        for (const sql of migration.sql) connection.exec(sql);
        connection.pragma(`application_id = ${APPLICATION_ID}`);
        connection.pragma(`user_version = ${migration.version}`);
      })
      .immediate();
  }
}
