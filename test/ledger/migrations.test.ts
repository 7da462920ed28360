import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  isProven,
  keyStorePath,
  openLedger,
  openReader,
  proveLedger,
  restoreBackup,
} from '../../src/main/ledger/index.ts';
import { openForWriting, openForReading, openScratch } from '../../src/main/ledger/connection.ts';
import { formOf, migrate, MIGRATIONS, NEWEST_VERSION } from '../../src/main/ledger/migrations/index.ts';
import { DIGESTED_VERSION, NEWEST_SCHEMA_DIGEST } from '../../src/main/ledger/migrations/newest-schema.ts';
import { alteredSchema, schemaDigest } from '../../src/main/ledger/schema-check.ts';
import { formerFormPath } from '../../src/main/ledger/paths.ts';
import { accepted, FakeClock } from '../support/ledger/temporary-ledger.ts';

/** Made by version 10 of the form: 45 entries of a random history, with an import, erased names and plans. */
const FORM_10 = join(import.meta.dirname, '../fixtures/ledger/form-10.ledger');
const HEAD = 'f002807e7b3b5dc805e21f9e90c71bd74283c280e7835b21af2cd454bf3716e9';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'migrated-'));
  path = join(folder, 'clinic.ledger');
  copyFileSync(FORM_10, path);
  copyFileSync(keyStorePath(FORM_10), keyStorePath(path));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function versionAt(file: string): number {
  const connection = openForReading(file);
  const { version } = formOf(connection);
  connection.close();
  return version;
}

test('knows the schema of a new file by its digest', () => {
  const connection = openScratch();
  migrate(connection, 0);
  const { version } = formOf(connection);
  // After a migration: the new numbers belong in src/main/ledger/migrations/newest-schema.ts.
  expect({ version, digest: schemaDigest(connection) }).toEqual({
    version: DIGESTED_VERSION,
    digest: NEWEST_SCHEMA_DIGEST,
  });
  connection.exec('DROP TRIGGER entries_are_never_updated');
  expect(schemaDigest(connection)).not.toBe(NEWEST_SCHEMA_DIGEST);
  expect(alteredSchema(connection)).toEqual(['entries_are_never_updated']);
  connection.close();
});

test('numbers rise strictly', () => {
  const numbers = MIGRATIONS.map((migration) => migration.version);
  expect(numbers).toEqual([...new Set(numbers)].sort((left, right) => left - right));
});

test('brings a ledger of the first form up to date, whole and with the same head, and keeps a copy of it as it was', async () => {
  expect(versionAt(path)).toBe(10);
  const ledger = accepted(await openLedger({ path, clock: new FakeClock() }));
  expect(ledger.head()).toMatchObject({ seq: 45, hash: HEAD });
  await ledger.close();
  expect(versionAt(path)).toBe(NEWEST_VERSION);
  expect(isProven(await proveLedger(path))).toBe(true);
  const kept = formerFormPath(path, 10);
  expect(versionAt(kept)).toBe(10);
  const reader = accepted(openReader(kept));
  expect(reader.head().hash).toBe(HEAD);
  reader.close();
});

test('proves a file of the first form as it is: an old backup can still be restored', async () => {
  expect(isProven(await proveLedger(path))).toBe(true);
  expect(versionAt(path)).toBe(10);
  const other = join(folder, 'other.ledger');
  const restored = await restoreBackup(path, { path: other, clock: new FakeClock() });
  expect(accepted(restored)).toMatchObject({ seq: 46, epoch: 2 });
});

test('makes no copy of a ledger that is up to date', async () => {
  for (let round = 0; round < 2; round += 1) {
    const ledger = accepted(await openLedger({ path, clock: new FakeClock() }));
    await ledger.close();
    if (round === 0) rmSync(formerFormPath(path, 10));
  }
  expect(existsSync(formerFormPath(path, 10))).toBe(false);
});

test('a step that fails leaves the file in its old form, without a trace of the steps before it', () => {
  const connection = openForWriting(path);
  const steps = [...MIGRATIONS, { version: 9999, sql: ['CREATE TABLE half (a) ', 'CREATE NONSENSE'] }];
  expect(() => migrate(connection, 10, steps)).toThrow(/NONSENSE/);
  expect(formOf(connection).version).toBe(10);
  expect(
    connection
      .prepare(`SELECT name FROM sqlite_schema WHERE name IN ('half', 'entries_entered_later')`)
      .all(),
  ).toEqual([]);
  connection.close();
});
