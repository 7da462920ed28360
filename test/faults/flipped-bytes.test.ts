/**
 * One flipped byte at a time on every page of a small ledger and of its key store: verifying names the entry, the row, the
 * page or the part of the schema that is wrong, or else the byte changes no row, index, schema or key (free space inside
 * a page, counters of SQLite's own). `FAULTS_FLIPS` sets how many bytes of each page; `all` takes every one.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, expect, test } from 'vitest';
import { keyStorePath, proveLedger } from '../../src/main/ledger/index.ts';
import { openKeyStore } from '../../src/main/security/index.ts';
import { verifyLedger } from '../../src/main/usecases/care/verify-ledger.ts';
import type { LedgerFault } from '../../src/shared/domain/ledger-verdict.ts';
import { memoryFolder } from '../support/faults/recorded-process.ts';
import { countFault } from '../support/faults/tally.ts';
import { adopt, moved, roomFor, scanTask, setUpClinic, submitted } from '../support/ledger/clinic-rows.ts';
import { FakeClock, TemporaryLedger } from '../support/ledger/temporary-ledger.ts';

const PAGE = 4096;
const FLIPS = process.env['FAULTS_FLIPS'] ?? '4';
const PER_PAGE = FLIPS === 'all' ? PAGE : Number(FLIPS);

const folder = mkdtempSync(join(memoryFolder(), 'flips-'));
const path = join(folder, 'clinic.ledger');
const keys = keyStorePath(path);
afterAll(() => {
  rmSync(folder, { recursive: true });
});

async function smallLedger(): Promise<{ ledger: Buffer; keys: Buffer }> {
  const books = await TemporaryLedger.open(mkdtempSync(join(folder, 'made-')));
  await setUpClinic(books);
  const { patientId } = books.keys.patientOfNumber('MRN-1');
  const identity = books.keys.seal(patientId, 'identity', '{"name":"王小明"}');
  await books.append('patient-registered', { patientId, identity });
  await books.append('task-submitted', submitted(scanTask('t-1', { patientId })));
  await adopt(books, [roomFor('t-1', books.clock.now + 600)]);
  await books.append('task-moved', moved('t-1', ['tentative', 'confirm', 'confirmed'], books.clock.now));
  await books.close();
  return { ledger: readFileSync(books.path), keys: readFileSync(keyStorePath(books.path)) };
}

/** Everything that can be read from a SQLite file, by table and by index, or null when reading fails. */
function contentOf(file: string): string | null {
  let connection: Database.Database | null = null;
  try {
    const opened = new Database(file, { readonly: true });
    connection = opened;
    const schema = opened
      .prepare<[], { name: string; sql: string | null; type: string }>(
        'SELECT name, sql, type FROM sqlite_schema',
      )
      .all();
    const tables = schema.filter((row) => row.type === 'table');
    const rows = tables.map((table) => opened.prepare(`SELECT * FROM "${table.name}"`).raw().all());
    const pragmas = ['application_id', 'user_version', 'integrity_check'].map((name) => opened.pragma(name));
    return JSON.stringify([schema, rows, pragmas]);
  } catch {
    return null;
  } finally {
    connection?.close();
  }
}

/** Puts both files there, the logs of earlier looks away. */
function place(files: { readonly ledger: Buffer; readonly keys: Buffer }): void {
  for (const file of [path, keys]) for (const log of ['-wal', '-shm']) rmSync(file + log, { force: true });
  writeFileSync(path, files.ledger);
  writeFileSync(keys, files.keys);
}

/** Places spread over every page; of the file's header, its first hundred bytes, more. The same on every run. */
function placesIn(bytes: Buffer): number[] {
  const apart = PER_PAGE < 100 ? 7 : 1;
  const header = Array.from({ length: Math.ceil(100 / apart) }, (_, index) => index * apart);
  const pages = Array.from({ length: Math.ceil(bytes.length / PAGE) }, (_, page) =>
    Array.from({ length: PER_PAGE }, (_byte, index) => page * PAGE + ((index * 977 + page * 131) % PAGE)),
  );
  return [...new Set([...header, ...pages.flat()])];
}

/** Whether a fault says where: an entry, a row, a page, a tree, an index, or a part of the schema by name. */
function isNamed(fault: LedgerFault): boolean {
  if (fault.kind !== 'file') return true;
  return /page \d|tree \d|entry \d|index \w|schema|as its version makes it|what was written|column \w|in \w+\.\w+/i.test(
    fault.text,
  );
}

interface Outcome {
  named: number;
  harmless: number;
  readonly wrong: string[];
}

/** @param which  the file whose bytes are flipped */
async function flipAll(
  files: { readonly ledger: Buffer; readonly keys: Buffer },
  which: 'ledger' | 'keys',
): Promise<Outcome> {
  place(files);
  const file = which === 'ledger' ? path : keys;
  const before = contentOf(file);
  const outcome: Outcome = { named: 0, harmless: 0, wrong: [] };
  for (const at of placesIn(files[which])) {
    const flipped = Buffer.from(files[which]);
    flipped[at] = (flipped[at] ?? 0) ^ 0x55;
    place({ ...files, [which]: flipped });
    const where = `${which}, page ${Math.floor(at / PAGE) + 1}, byte ${at % PAGE}`;
    const verdict = await verifyLedger(path, {}, proveLedger);
    if (!verdict.ok && verdict.error.code === 'ledger-newer')
      outcome.named += 1; // the version on page 1
    else if (!verdict.ok) outcome.wrong.push(`${where}: refused as ${verdict.error.code}`);
    else if (verdict.value.faults.some(isNamed)) outcome.named += 1;
    else if (verdict.value.isWhole && contentOf(file) === before) outcome.harmless += 1;
    else outcome.wrong.push(`${where}: ${JSON.stringify(verdict.value.faults)}`);
    if (which === 'keys' && verdict.ok && !verdict.value.isWhole && opensKeys())
      outcome.wrong.push(`${where}: opens`);
  }
  return outcome;
}

function opensKeys(): boolean {
  const opened = openKeyStore({ ledgerPath: path, clock: new FakeClock(), mayCreate: false });
  if (opened.ok) opened.value.close();
  return opened.ok;
}

test.each(['ledger', 'keys'] as const)(
  'a flipped byte of the %s is named, or changes no row, index, schema or key',
  async (which) => {
    const files = await smallLedger();
    const { named, harmless, wrong } = await flipAll(files, which);
    expect(wrong).toEqual([]);
    expect(named).toBeGreaterThan(0);
    const pages = Math.ceil(files[which].length / PAGE);
    countFault({
      fault: `a flipped byte of the ${which === 'keys' ? 'key store' : which}`,
      cases: `${named + harmless} bytes on ${pages} pages`,
      result: `${named} noticed and named, ${harmless} changed nothing that is kept`,
    });
  },
  FLIPS === 'all' ? 7_200_000 : PER_PAGE * 30_000,
);
