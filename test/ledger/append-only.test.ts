import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openForWriting, writerPragmasOf } from '../../src/main/ledger/connection.ts';
import { listTaskHistory, verifyChain } from '../../src/main/ledger/index.ts';
import { taskId } from '../../src/shared/ids.ts';
import { adopt, moved, roomFor, scanTask, setUpClinic, submitted } from '../support/ledger/clinic-rows.ts';
import { TemporaryLedger } from '../support/ledger/temporary-ledger.ts';

let books: TemporaryLedger;

beforeEach(async () => {
  books = await TemporaryLedger.open();
  await setUpClinic(books);
});

afterEach(() => books.dispose());

const COPY_OF_FIRST = `SELECT site, epoch, hlc_ms, hlc_counter, effective_seconds, kind, actor, command_id, payload,
  prev_hash, hash FROM entries WHERE seq = 1`;
const COLUMNS = `(seq, site, epoch, hlc_ms, hlc_counter, effective_seconds, kind, actor, command_id, payload,
  prev_hash, hash)`;

const refusedStatements = [
  {
    name: 'updating an entry',
    sql: `UPDATE entries SET actor = 'someone' WHERE seq = 2`,
    want: 'append only',
  },
  { name: 'deleting an entry', sql: `DELETE FROM entries WHERE seq = 6`, want: 'append only' },
  {
    name: 'replacing the last entry',
    sql: `INSERT OR REPLACE INTO entries ${COLUMNS} SELECT 6, * FROM (${COPY_OF_FIRST})`,
    want: 'not the next entry',
  },
  {
    name: 'leaving a gap',
    sql: `INSERT INTO entries ${COLUMNS} SELECT 8, * FROM (${COPY_OF_FIRST})`,
    want: 'not the next entry',
  },
  {
    name: 'an entry that does not continue the chain',
    sql: `INSERT INTO entries ${COLUMNS} SELECT 7, * FROM (${COPY_OF_FIRST})`,
    want: 'not the next entry',
  },
];

test.each(refusedStatements)('refuses $name', async ({ sql, want }) => {
  const before = books.ledger.head();
  await books.ledger.close();
  const connection = openForWriting(books.path);
  expect(() => connection.exec(sql)).toThrow(want);
  connection.close();
  await books.restart();
  expect(books.ledger.head()).toEqual(before);
});

test('refuses a replacement even without the trigger that keeps the chain', async () => {
  await books.ledger.close();
  const connection = openForWriting(books.path);
  connection.exec(`DROP TRIGGER entries_continue_the_chain`);
  const replacement = `INSERT OR REPLACE INTO entries ${COLUMNS} SELECT 6, * FROM (${COPY_OF_FIRST})`;
  expect(() => connection.exec(replacement)).toThrow('append only');
  connection.close();
});

test('holds every durability setting on the first and on every later open', async () => {
  const want = {
    journal_mode: 'wal',
    synchronous: 2,
    foreign_keys: 1,
    recursive_triggers: 1,
    trusted_schema: 0,
    cell_size_check: 1,
    checkpoint_fullfsync: 1,
    fullfsync: 1,
    cache_size: -65_536,
  };
  await books.ledger.close();
  for (let open = 0; open < 2; open += 1) {
    const connection = openForWriting(books.path);
    expect(writerPragmasOf(connection)).toEqual(want);
    connection.close();
  }
  await books.restart();
});

test('shows that a plain reopen would not hold them', async () => {
  await books.ledger.close();
  const plain = new Database(books.path);
  expect(plain.pragma('synchronous', { simple: true })).toBe(1);
  plain.close();
});

test('cannot write through the reading handle, inside a command or beside it', async () => {
  const change = `INSERT INTO settings (key, value) VALUES ('theme', '"dark"')`;
  expect(() => books.ledger.db.all(change)).toThrow();
  const writing = books.ledger.write(books.command(), (tx) => {
    tx.db.get(change);
    return { ok: true, value: null };
  });
  await expect(writing).rejects.toThrow('a statement that writes');
});

test('keeps one chain over restarts and lists what happened to a task in order', async () => {
  await books.append('task-submitted', submitted(scanTask('t-1')));
  await adopt(books, [roomFor('t-1', books.clock.now + 600)]);
  await books.restart();
  await books.append('task-moved', moved('t-1', ['tentative', 'confirm', 'confirmed'], books.clock.now));
  const history = listTaskHistory(books.ledger.db, taskId('t-1'));
  expect(history.map((entry) => entry.kind)).toEqual(['task-submitted', 'plan-adopted', 'task-moved']);
  expect(history.map((entry) => entry.seq)).toEqual([7, 8, 9]);
  const report = await verifyChain(books.ledger.db);
  expect(report).toMatchObject({ length: 9, faults: [], head: books.ledger.head() });
});
