/**
 * One flipped byte at a time in a small ledger and its key store: it is noticed when the file is opened or proven, or
 * it changes no row, schema or key (free space inside pages). The quick form takes a sample of the bytes of every page;
 * `LEDGER_FLIPS=all` takes every byte.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { isProven, keyStorePath, openReader, proveLedger } from '../../src/main/ledger/index.ts';
import { openKeyStore } from '../../src/main/security/index.ts';
import { adopt, moved, roomFor, scanTask, setUpClinic, submitted } from '../support/ledger/clinic-rows.ts';
import { FakeClock, TemporaryLedger } from '../support/ledger/temporary-ledger.ts';

const PAGE = 4096;
const PER_PAGE = process.env['LEDGER_FLIPS'] === 'all' ? PAGE : 12;

async function smallLedger(): Promise<{ ledger: Buffer; keys: Buffer }> {
  const books = await TemporaryLedger.open();
  await setUpClinic(books);
  const { patientId } = books.keys.patientOfNumber('MRN-1');
  const identity = books.keys.seal(patientId, 'identity', '{"name":"王小明"}');
  await books.append('patient-registered', { patientId, identity });
  await books.append('task-submitted', submitted(scanTask('t-1', { patientId })));
  await adopt(books, [roomFor('t-1', books.clock.now + 600)]);
  await books.append('task-moved', moved('t-1', ['tentative', 'confirm', 'confirmed'], books.clock.now));
  await books.close();
  const files = { ledger: readFileSync(books.path), keys: readFileSync(keyStorePath(books.path)) };
  rmSync(books.folder, { recursive: true });
  return files;
}

/** Everything that can be read from a SQLite file: its schema and every row, or null when reading fails. */
function contentOf(path: string): string | null {
  let connection: Database.Database | null = null;
  try {
    connection = new Database(path, { readonly: true });
    const schema = connection
      .prepare<[], { name: string; sql: string | null; type: string }>(
        'SELECT name, sql, type FROM sqlite_schema',
      )
      .all();
    const tables = schema.filter((row) => row.type === 'table');
    const rows = tables.map((table) => connection?.prepare(`SELECT * FROM "${table.name}"`).raw().all());
    const pragmas = ['application_id', 'user_version'].map((name) => connection?.pragma(name));
    return JSON.stringify([schema, rows, pragmas]);
  } catch {
    return null;
  } finally {
    connection?.close();
  }
}

async function isLedgerFlipNoticed(path: string): Promise<boolean> {
  try {
    const reader = openReader(path);
    if (!reader.ok) return true;
    reader.value.close();
    return !isProven(await proveLedger(path));
  } catch {
    return true;
  }
}

function isKeyFlipNoticed(ledgerPath: string): boolean {
  try {
    const opened = openKeyStore({ ledgerPath, clock: new FakeClock(), mayCreate: false });
    if (opened.ok) opened.value.close();
    return !opened.ok;
  } catch {
    return true;
  }
}

/** Places spread over every page, the first hundred bytes of the file more densely; the same on every run. */
function placesIn(bytes: Buffer): number[] {
  const header = Array.from({ length: 100 }, (_, index) => index);
  const pages = Array.from({ length: Math.ceil(bytes.length / PAGE) }, (_, page) =>
    Array.from({ length: PER_PAGE }, (_, index) => page * PAGE + ((index * 977 + page * 131) % PAGE)),
  );
  return [...new Set([...header, ...pages.flat()])];
}

async function unnoticedFlips(
  bytes: Buffer,
  path: string,
  isNoticed: () => Promise<boolean> | boolean,
): Promise<number[]> {
  writeFileSync(path, bytes);
  const before = contentOf(path);
  const unnoticed: number[] = [];
  for (const place of placesIn(bytes)) {
    const flipped = Buffer.from(bytes);
    flipped[place] = (flipped[place] ?? 0) ^ 0x55;
    for (const suffix of ['-wal', '-shm']) rmSync(path + suffix, { force: true });
    writeFileSync(path, flipped);
    if (await isNoticed()) continue;
    writeFileSync(path, flipped);
    if (contentOf(path) !== before) unnoticed.push(place);
  }
  return unnoticed;
}

test(
  'a flipped byte anywhere is noticed, or changes no row, schema or key',
  async () => {
    const files = await smallLedger();
    const folder = mkdtempSync(join(tmpdir(), 'flips-'));
    for (const name of ['a', 'b']) mkdirSync(join(folder, name));
    const ledgerPath = join(folder, 'a', 'clinic.ledger');
    const alone = join(folder, 'b', 'clinic.ledger');
    expect(await unnoticedFlips(files.ledger, ledgerPath, () => isLedgerFlipNoticed(ledgerPath))).toEqual([]);
    expect(await unnoticedFlips(files.keys, keyStorePath(alone), () => isKeyFlipNoticed(alone))).toEqual([]);
    rmSync(folder, { recursive: true });
  },
  process.env['LEDGER_FLIPS'] === 'all' ? 3_600_000 : 60_000,
);
