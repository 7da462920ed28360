import { closeSync, openSync, writeSync } from 'node:fs';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isProven, proveLedger } from '../../src/main/ledger/index.ts';
import { DailyProof } from '../../src/main/usecases/care/daily-proof.ts';
import { proveInThreads } from '../../src/main/usecases/care/proof-client.ts';
import { verifyLedger } from '../../src/main/usecases/care/verify-ledger.ts';
import { adopt, roomFor, scanTask, setUpClinic, submitted } from '../support/ledger/clinic-rows.ts';
import { accepted, TemporaryLedger } from '../support/ledger/temporary-ledger.ts';

let books: TemporaryLedger;

beforeEach(async () => {
  books = await TemporaryLedger.open();
  await setUpClinic(books);
  await books.append('task-submitted', submitted(scanTask('t-1')));
  await adopt(books, [roomFor('t-1', books.clock.now)]);
});

afterEach(() => books.dispose());

/** Changes the file as somebody with a database tool would, triggers dropped and put back. */
function alter(sql: string): void {
  const connection = new Database(books.path);
  const triggers = connection
    .prepare<[], { name: string; sql: string }>(`SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'`)
    .all();
  for (const { name } of triggers) connection.exec(`DROP TRIGGER ${name}`);
  connection.exec(sql);
  for (const trigger of triggers) connection.exec(trigger.sql);
  connection.close();
}

const faults = [
  { name: 'nothing', sql: `SELECT 1`, wantProven: true },
  { name: 'an entry', sql: `UPDATE entries SET actor = 'nobody' WHERE seq = 3`, wantProven: false },
  { name: 'a booking', sql: `UPDATE bookings SET rate_milli = rate_milli + 1`, wantProven: false },
];

test.each(faults)('two threads find what one finds: $name', async ({ sql, wantProven }) => {
  alter(sql);
  const proof = await proveInThreads(books.path);
  expect(isProven(proof)).toBe(wantProven);
  expect(proof).toEqual(await proveLedger(books.path));
});

test('tells every entry twice, and proves while commands go on', async () => {
  const { seq } = books.ledger.head();
  const told: number[] = [];
  const proving = proveInThreads(books.path, { onProgress: (done) => told.push(done) });
  await books.append('task-submitted', submitted(scanTask('t-2')));
  expect(isProven(await proving)).toBe(true);
  expect(told.at(-1)).toBeGreaterThanOrEqual(2 * seq);
});

test('ends at once when it is stopped, with what the asker gave', async () => {
  const controller = new AbortController();
  const proving = verifyLedger(books.path, { signal: controller.signal });
  const reason = new Error('stopped by a person');
  controller.abort(reason);
  await expect(proving).rejects.toBe(reason);
  expect(isProven(await proveInThreads(books.path))).toBe(true);
});

test('the verification of the day finds what was altered, and then that it is well again', async () => {
  const surroundings = { nowMs: () => books.clock.nowMs(), log: () => undefined };
  let changes = 0;
  const daily = new DailyProof(books.path, surroundings, () => (changes += 1));
  await daily.run();
  expect([daily.isUnproven, changes]).toEqual([false, 0]);
  alter(`UPDATE bookings SET rate_milli = rate_milli + 1`);
  await daily.run();
  expect([daily.isUnproven, changes]).toEqual([true, 1]);
  alter(`UPDATE bookings SET rate_milli = rate_milli - 1`);
  await daily.run();
  expect([daily.isUnproven, changes]).toEqual([false, 2]);

  daily.tick();
  await daily.stop();
  expect([daily.isUnproven, changes]).toEqual([false, 2]);
});

test('a page that cannot be read makes a verdict, not a failure', async () => {
  await books.ledger.close();
  const connection = new Database(books.path);
  const [page] = connection
    .prepare<[], number>(`SELECT rootpage FROM sqlite_schema WHERE name = 'bookings'`)
    .pluck()
    .all();
  const size = Number(connection.pragma('page_size', { simple: true }));
  connection.pragma('wal_checkpoint(TRUNCATE)');
  connection.close();
  const file = openSync(books.path, 'r+');
  writeSync(file, Buffer.alloc(size, 0xff), 0, size, ((page ?? 1) - 1) * size);
  closeSync(file);
  const verdict = accepted(await verifyLedger(books.path));
  expect(verdict.isWhole).toBe(false);
  expect(verdict.faults.some((fault) => fault.kind === 'file')).toBe(true);
});
