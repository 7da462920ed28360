/**
 * Whether a file's schema is word for word what the migrations up to its version make: with a trigger dropped or a CHECK
 * altered, the file would no longer defend itself, and nothing else would notice.
 */
import { createHash } from 'node:crypto';
import { openScratch } from './connection.ts';
import type { Connection } from './connection.ts';
import { formOf, migrate, MIGRATIONS } from './migrations/index.ts';
import { DIGESTED_VERSION, NEWEST_SCHEMA_DIGEST } from './migrations/newest-schema.ts';

interface SchemaRow {
  readonly type: string;
  readonly name: string;
  readonly tableName: string;
  readonly sql: string | null;
}

function schemaOf(connection: Connection): Map<string, string> {
  const rows = connection
    .prepare<[], SchemaRow>(
      `SELECT type, name, tbl_name AS tableName, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_stat%'`,
    )
    .all();
  return new Map(rows.map((row) => [row.name, JSON.stringify([row.type, row.tableName, row.sql])]));
}

/** By version; made once per process: the schema of a new file that stopped at that version. */
const wantedSchemas = new Map<number, ReadonlyMap<string, string>>();

function wantedSchema(version: number): ReadonlyMap<string, string> {
  const known = wantedSchemas.get(version);
  if (known) return known;
  const scratch = openScratch();
  const upTo = MIGRATIONS.filter((migration) => migration.version <= version);
  migrate(scratch, 0, upTo);
  const wanted = schemaOf(scratch);
  scratch.close();
  wantedSchemas.set(version, wanted);
  return wanted;
}

/** Every word of a schema, in an order that does not depend on when its parts were made: SHA-256, hexadecimal. */
export function schemaDigest(connection: Connection): string {
  return digestOf(schemaOf(connection));
}

function digestOf(schema: ReadonlyMap<string, string>): string {
  const rows = [...schema].sort(([left], [right]) => (left < right ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(rows)).digest('hex');
}

/** Names of tables, indexes and triggers that are missing, altered or not ours; empty: the schema is right. */
export function alteredSchema(connection: Connection): string[] {
  const { version } = formOf(connection);
  const found = schemaOf(connection);
  if (version === DIGESTED_VERSION && digestOf(found) === NEWEST_SCHEMA_DIGEST) return [];
  const want = wantedSchema(version);
  const names = [...new Set([...want.keys(), ...found.keys()])];
  return names.filter((name) => want.get(name) !== found.get(name)).sort();
}
