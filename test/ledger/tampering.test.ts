import { createHash } from 'node:crypto';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isProven, openLedger, openReader, proveLedger, readEntries } from '../../src/main/ledger/index.ts';
import type { LedgerTx } from '../../src/main/ledger/index.ts';
import { accept } from '../../src/shared/result.ts';
import { scanTask, setUpClinic, submitted } from '../support/ledger/clinic-rows.ts';
import { codeOf, TemporaryLedger } from '../support/ledger/temporary-ledger.ts';

let books: TemporaryLedger;

beforeEach(async () => {
  books = await TemporaryLedger.open();
  await setUpClinic(books);
  await books.append('task-submitted', submitted(scanTask('t-1')));
  await books.append('settings-changed', { key: 'theme', value: 'dark' });
});

afterEach(() => books.dispose());

/** Changes the file as somebody with a SQLite tool would: triggers out of the way, then back. */
async function tamper(sql: string): Promise<void> {
  await books.ledger.close();
  const connection = new Database(books.path);
  const triggers = connection
    .prepare<[], { name: string; sql: string }>(`SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'`)
    .all();
  for (const trigger of triggers) connection.exec(`DROP TRIGGER ${trigger.name}`);
  connection.exec(sql);
  for (const trigger of triggers) connection.exec(trigger.sql);
  connection.close();
}

const fields = [
  { field: 'site', set: `site = 'elsewhere'`, want: 'hash-wrong' },
  { field: 'epoch', set: `epoch = 2`, want: 'hash-wrong' },
  { field: 'recorded time', set: `hlc_ms = hlc_ms + 1`, want: 'hash-wrong' },
  { field: 'recorded counter', set: `hlc_counter = hlc_counter + 1`, want: 'hash-wrong' },
  { field: 'effective time', set: `effective_seconds = effective_seconds - 3600`, want: 'hash-wrong' },
  { field: 'kind', set: `kind = 'staff-set'`, want: 'hash-wrong' },
  { field: 'actor', set: `actor = 'someone'`, want: 'hash-wrong' },
  { field: 'command', set: `command_id = NULL`, want: 'hash-wrong' },
  { field: 'payload', set: `payload = replace(payload, '1800', '1801')`, want: 'hash-wrong' },
  { field: 'previous hash', set: `prev_hash = zeroblob(32)`, want: 'link-wrong' },
  { field: 'hash', set: `hash = zeroblob(32)`, want: 'hash-wrong' },
];

test.each(fields)('notices a changed $field and names the entry', async ({ set, want }) => {
  await tamper(`UPDATE entries SET ${set} WHERE seq = 7`);
  const proof = await proveLedger(books.path);
  expect(proof.chain?.faults[0]).toEqual({ seq: 7, code: want });
  expect(isProven(proof)).toBe(false);
});

test('notices a missing entry', async () => {
  await tamper(`DELETE FROM entries WHERE seq = 4`);
  const proof = await proveLedger(books.path);
  expect(proof.chain?.faults).toEqual([{ seq: 5, code: 'sequence-gap' }]);
});

test('does not open a ledger whose last entry is wrong, for writing or reading', async () => {
  await tamper(`UPDATE entries SET actor = 'someone' WHERE seq = 8`);
  const opened = await openLedger({ path: books.path, clock: books.clock });
  expect(opened).toMatchObject({ ok: false, error: { code: 'ledger-damaged', params: { seq: 8 } } });
  expect(codeOf(openReader(books.path))).toBe('ledger-damaged');
});

const projections = [
  {
    sql: `UPDATE tasks SET urgency = 1`,
    want: { table: 'tasks', row: '7', kind: 'different', columns: ['urgency'] },
  },
  { sql: `DELETE FROM settings`, want: { table: 'settings', row: 'theme', kind: 'missing', columns: [] } },
  {
    sql: `INSERT INTO closed_days (local_date, seq) VALUES ('2026-11-17', 3)`,
    want: { table: 'closed_days', row: '2026-11-17', kind: 'extra', columns: [] },
  },
];

test.each(projections)('notices a projection that entries do not say: $sql', async ({ sql, want }) => {
  await tamper(sql);
  const proof = await proveLedger(books.path);
  expect(proof.chain?.faults).toEqual([]);
  expect(proof.differences).toEqual([want]);
});

const schemas = [
  `DROP TRIGGER entries_are_never_deleted`,
  `CREATE TRIGGER helpful AFTER INSERT ON entries BEGIN SELECT 1; END`,
  `DROP INDEX bookings_by_span`,
];

test.each(schemas)('does not open a file whose schema was altered: %s', async (sql) => {
  await books.ledger.close();
  const connection = new Database(books.path);
  connection.exec(sql);
  connection.close();
  expect(codeOf(await openLedger({ path: books.path, clock: books.clock }))).toBe('ledger-damaged');
  expect(isProven(await proveLedger(books.path))).toBe(false);
});

test('notices an altered reply in the memory of commands, when it is asked for and when proving', async () => {
  const command = books.command();
  const work = (tx: LedgerTx) => accept(tx.append('settings-changed', { key: 'theme', value: 'light' }));
  await books.ledger.write(command, work);
  await tamper(`UPDATE commands SET reply = '77' WHERE command_id = '${command.commandId}'`);
  const proof = await proveLedger(books.path);
  const row = command.commandId;
  expect(proof.differences).toEqual([{ table: 'commands', row, kind: 'different', columns: ['reply'] }]);
  await books.restart();
  expect(codeOf(await books.ledger.write(command, work))).toBe('ledger-damaged');
});

test('hashes what the decision note says, recomputed here by hand', () => {
  const [entry] = readEntries(books.ledger.db, 6, 1);
  if (!entry) throw new Error('no entry');
  const header = [
    'clinic-allocator/entry/1',
    entry.site,
    entry.epoch,
    entry.seq,
    entry.recorded.ms,
    entry.recorded.counter,
    entry.effectiveSeconds,
    entry.kind,
    entry.actor,
    entry.commandId,
    entry.previousHash,
  ];
  const bytes = Buffer.from(`${JSON.stringify(header)}\n${entry.payload}`, 'utf8');
  expect(entry.hash).toBe(createHash('sha256').update(bytes).digest('hex'));
});

test('stores payloads in canonical form: sorted keys, no spaces', () => {
  const [entry] = readEntries(books.ledger.db, 7, 1);
  expect(entry?.payload).toBe('{"key":"theme","value":"dark"}');
});
