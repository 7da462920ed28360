import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isProven, proveLedger } from '../../src/main/ledger/index.ts';
import { firstForm } from '../../src/main/ledger/migrations/0010-first-form.ts';
import { APPLICATION_ID, migrate, NEWEST_VERSION } from '../../src/main/ledger/migrations/index.ts';
import { adopt, moved, roomFor, scanTask, setUpClinic, submitted } from '../support/ledger/clinic-rows.ts';
import { TemporaryLedger } from '../support/ledger/temporary-ledger.ts';

let books: TemporaryLedger;

beforeEach(async () => {
  books = await TemporaryLedger.open();
  await setUpClinic(books);
  await books.append('task-submitted', submitted(scanTask('t-1')));
  await adopt(books, [roomFor('t-1', books.clock.now)]);
  await books.append('task-moved', moved('t-1', ['tentative', 'start', 'running'], books.clock.now));
});

afterEach(() => books.dispose());

/** Tables of the first form and the columns they had, parents first. */
function columnsOfFirstForm(): Map<string, string> {
  const first = new Database(':memory:');
  migrate(first, 0, [firstForm]);
  const tables = first
    .prepare<[], string>(`SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY rowid`)
    .pluck()
    .all();
  const columns = new Map(
    tables.map((table) => [
      table,
      first.prepare<[string], string>('SELECT name FROM pragma_table_info(?)').pluck().all(table).join(', '),
    ]),
  );
  first.close();
  return columns;
}

test('brings a ledger of the first form over: every row stays, and the whole proves', async () => {
  const columns = columnsOfFirstForm();
  const old = join(books.folder, 'old.ledger');
  const connection = new Database(old);
  migrate(connection, 0, [firstForm]);
  connection.prepare('ATTACH ? AS made').run(books.path);
  connection.pragma('foreign_keys = ON');
  connection.exec('BEGIN; PRAGMA defer_foreign_keys = ON');
  for (const [table, names] of columns) {
    connection.exec(`INSERT INTO main.${table} (${names}) SELECT ${names} FROM made.${table}`);
  }
  connection.exec('COMMIT; DETACH made');

  migrate(connection, 10);
  const count = (table: string) => connection.prepare(`SELECT count(*) FROM ${table}`).pluck().get();
  expect(['entries', 'tasks', 'task_needs', 'bookings', 'task_entries'].map(count)).toEqual([
    books.ledger.head().seq,
    1,
    1,
    1,
    2,
  ]);
  expect(connection.pragma('user_version', { simple: true })).toBe(NEWEST_VERSION);
  expect(connection.pragma('application_id', { simple: true })).toBe(APPLICATION_ID);
  expect(() => connection.exec('DELETE FROM entries')).toThrow('append only');
  connection.close();
  expect(isProven(await proveLedger(old))).toBe(true);
});
