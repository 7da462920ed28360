import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  countEndedWork,
  countTasksOfBatch,
  findEndedWork,
  findImport,
  findPeriod,
  findTask,
  findTasksBySource,
  hasOwnStartedWork,
  listBookings,
  listUsedWork,
} from '../../src/main/ledger/index.ts';
import type { EntryPayloads } from '../../src/main/ledger/index.ts';
import { batchId, taskId } from '../../src/shared/ids.ts';
import { accept } from '../../src/shared/result.ts';
import { instant } from '../../src/shared/units.ts';
import { SPAN_CLASS_SECONDS, spanOf } from '../../src/main/ledger/projections/spans.ts';
import {
  adopt,
  moved,
  ROOM,
  roomFor,
  scanTask,
  setUpClinic,
  submitted,
} from '../support/ledger/clinic-rows.ts';
import { accepted, TemporaryLedger } from '../support/ledger/temporary-ledger.ts';

const BATCH = batchId('batch-1');
const SECOND = batchId('batch-2');

let books: TemporaryLedger;

beforeEach(async () => {
  books = await TemporaryLedger.open();
  await setUpClinic(books);
});

afterEach(() => books.dispose());

function imported(id: string, start: number, end: number, batch = BATCH): EntryPayloads['task-imported'] {
  const startedAt = instant(start);
  const endedAt = instant(end);
  return {
    task: scanTask(id, { state: 'finished', startedAt, endedAt, batchId: batch }),
    note: null,
    sourceDigest: books.keys.digest(`row ${id}`),
    windows: [{ booked: null, actual: { start: startedAt, end: endedAt }, unitIds: [] }],
    isOpenEnded: false,
  };
}

async function importAll(payloads: readonly EntryPayloads['task-imported'][], batch = BATCH): Promise<void> {
  const reply = await books.ledger.write(books.command(), (tx) => {
    for (const payload of payloads) tx.append('task-imported', payload);
    const counts = { 'encounters-taken': payloads.length };
    return accept(
      tx.append('import-committed', { batchId: batch, source: 'synthea-csv', mapping: {}, counts }),
    );
  });
  accepted(reply);
}

test('finds exactly the bookings that overlap a window, of any length, as a naive scan does', async () => {
  const length = fc.oneof(fc.nat(3600), fc.nat(86_400 * 40), fc.nat(86_400 * 365 * 70));
  const rows = fc.sample(fc.tuple(fc.integer({ min: -700_000_000, max: 1_800_000_000 }), length), {
    numRuns: 400,
    seed: 20261118,
  });
  await importAll(rows.map(([start, seconds], index) => imported(`h-${index}`, start, start + seconds)));
  const windows = fc.sample(fc.tuple(fc.integer({ min: -800_000_000, max: 1_900_000_000 }), length), {
    numRuns: 60,
    seed: 7,
  });
  for (const [from, seconds] of windows) {
    const to = from + seconds;
    const want = rows.flatMap(([start, lasts], index) =>
      start < to && start + lasts > from ? [`h-${index}`] : [],
    );
    const window = { from: instant(from), to: instant(to) };
    const found = listBookings(books.ledger.db, window, ROOM).map((row) => String(row.taskId));
    expect(found.sort()).toEqual(want.sort());
    const work = rows.reduce(
      (sum, [start, lasts]) => sum + Math.max(0, Math.min(start + lasts, to) - Math.max(start, from)),
      0,
    );
    const used = listUsedWork(books.ledger.db, window);
    expect(used[0]?.work ?? 0).toBe(work * 1000);
  }
});

test('gives each length the class whose longest is just long enough', () => {
  const windows = { plannedStart: null, plannedEnd: null, actualStart: 0 };
  SPAN_CLASS_SECONDS.forEach((longest, index) => {
    expect(spanOf({ ...windows, actualEnd: longest }).spanClass).toBe(index + 1);
  });
  expect(spanOf({ ...windows, actualEnd: null })).toEqual({ start: 0, end: null, spanClass: 0 });
  expect(() => spanOf({ ...windows, actualEnd: 5_000_000_000 })).toThrow(RangeError);
});

test('knows the period of the books and how much ended when', async () => {
  expect(findPeriod(books.ledger.db)).toBeNull();
  expect(findEndedWork(books.ledger.db)).toBeNull();
  const march = Date.UTC(2026, 2, 10) / 1000;
  const april = Date.UTC(2026, 3, 10) / 1000;
  await importAll([
    imported('a', march, march + 60),
    imported('b', april, april + 60),
    imported('c', april + 600, april + 900),
  ]);
  expect(findPeriod(books.ledger.db)).toEqual({ from: march, to: april + 900 });
  expect(findEndedWork(books.ledger.db)).toEqual({ from: march + 60, to: april + 900 });
  const ended = (from: number, to: number) =>
    countEndedWork(books.ledger.db, { from: instant(from), to: instant(to) });
  expect([ended(march, april + 60), ended(march, april + 61), ended(april, april + 901)]).toEqual([1, 2, 2]);
});

test.each([
  ['own', 'first', 'second'],
  ['first', 'own', 'second'],
  ['first', 'second', 'own'],
])('finds work of the clinic’s own, once it has begun, among imports: %s, %s, %s', async (...order) => {
  const hasOwn = () => hasOwnStartedWork(books.ledger.db);
  const came = {
    first: () => importAll([imported('a', 1000, 2000), imported('b', 3000, 4000)]),
    second: () => importAll([imported('c', 5000, 6000, SECOND)], SECOND),
    own: async () => {
      await books.append('task-submitted', submitted(scanTask('own')));
      await adopt(books, [roomFor('own', books.clock.now)]);
    },
  };
  for (const what of order) await came[what as keyof typeof came](); // one of its keys
  expect(hasOwn()).toBe(false);
  await books.append('task-moved', moved('own', ['tentative', 'start', 'running'], books.clock.now));
  expect(hasOwn()).toBe(true);
  await books.append('import-reversed', { batchId: BATCH });
  expect(hasOwn()).toBe(true);
});

test('knows which source rows are in the books, and forgets those of a reversed import', async () => {
  await importAll([imported('a', 1000, 2000), imported('b', 3000, 4000)]);
  const digests = ['a', 'b', 'z'].map((id) => books.keys.digest(`row ${id}`));
  expect([...findTasksBySource(books.ledger.db, digests).values()].sort()).toEqual(['a', 'b']);
  await books.append('import-reversed', { batchId: BATCH });
  expect(findTasksBySource(books.ledger.db, digests).size).toBe(0);
  expect(countTasksOfBatch(books.ledger.db, BATCH).size).toBe(0);
  expect(findTask(books.ledger.db, taskId('a'))).toBeNull();
  expect(findImport(books.ledger.db, BATCH)).toMatchObject({
    isReversed: true,
    counts: { 'encounters-taken': 2 },
  });
  await expect(books.append('import-reversed', { batchId: BATCH })).rejects.toThrow('no import');
  await importAll([imported('a', 1000, 2000, batchId('batch-2'))], batchId('batch-2'));
  expect(findTasksBySource(books.ledger.db, digests).size).toBe(1);
});

test('counts the tasks of a batch by state, and takes in history that was booked and missed', async () => {
  const start = instant(5000);
  const booked = { start, end: instant(6800) };
  const missed = scanTask('m', { state: 'missed', fixedStart: start, batchId: BATCH });
  const held = [{ booked, actual: null, unitIds: [] }];
  const noShow = { task: missed, note: null, sourceDigest: null, windows: held, isOpenEnded: false };
  await importAll([imported('a', 1000, 2000), noShow]);
  const counts = [...countTasksOfBatch(books.ledger.db, BATCH)];
  expect(counts.sort()).toEqual([
    ['finished', 1],
    ['missed', 1],
  ]);
  const [row] = listBookings(books.ledger.db, { from: start, to: instant(5001) });
  expect(row).toMatchObject({ state: 'missed', plannedEnd: 6800, actualStart: null, isReserved: true });
});

test('refuses the same source row twice', async () => {
  await importAll([imported('a', 1000, 2000)]);
  const again = { ...imported('b', 1000, 2000), sourceDigest: books.keys.digest('row a') };
  await expect(books.append('task-imported', again)).rejects.toThrow('UNIQUE');
});

test('keeps an open end as an assumed one, never busy for ever', async () => {
  await importAll([{ ...imported('a', 1000, 2000), isOpenEnded: true }]);
  expect(findTask(books.ledger.db, taskId('a'))?.isOpenEnded).toBe(true);
  const later = { from: instant(2000), to: instant(1_800_000_000) };
  expect(listBookings(books.ledger.db, later)).toEqual([]);
});
