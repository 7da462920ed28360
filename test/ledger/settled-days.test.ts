import { join } from 'node:path';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isProven, listSettledDays, listUsedWork, proveLedger } from '../../src/main/ledger/index.ts';
import { sumUsedWork } from '../../src/main/ledger/settled-days.ts';
import { localDays } from '../../src/shared/local-time.ts';
import { batchId } from '../../src/shared/ids.ts';
import { accept } from '../../src/shared/result.ts';
import type { Instant } from '../../src/shared/units.ts';
import { instant } from '../../src/shared/units.ts';
import { unsettledDays } from '../../src/main/usecases/clinic/settle-days.ts';
import { adopt, moved, roomFor, scanTask, setUpClinic, submitted } from '../support/ledger/clinic-rows.ts';
import { RandomHistory, steps } from '../support/ledger/random-history.ts';
import { accepted, TemporaryLedger } from '../support/ledger/temporary-ledger.ts';

/** Its clock goes forward and back within the histories below. */
const ZONE = 'Europe/Berlin';
const DAY = 86_400;
const RUNS = Number(process.env['SETTLED_RUNS'] ?? 4);

let books: TemporaryLedger;

beforeEach(async () => {
  books = await TemporaryLedger.open();
  await setUpClinic(books);
});

afterEach(() => books.dispose());

async function settle(): Promise<number> {
  const days = unsettledDays(books.ledger.db, books.clock.now, ZONE);
  accepted(await books.ledger.settle(days));
  return days.length;
}

/** A scan that really ran, entered as it happened. */
async function scan(id: string, from: number, to: number): Promise<void> {
  await books.append('task-submitted', submitted(scanTask(id)));
  await adopt(books, [roomFor(id, from, to - from)]);
  await books.append('task-moved', moved(id, ['tentative', 'start', 'running'], from));
  await books.append('task-moved', moved(id, ['running', 'finish', 'finished'], to));
}

/** The same, entered afterwards as a whole. */
async function lateScan(id: string, from: number, to: number): Promise<void> {
  const [start, end] = [instant(from), instant(to)];
  const batch = batchId(`batch-${id}`);
  const task = scanTask(id, { state: 'finished', startedAt: start, endedAt: end, batchId: batch });
  const windows = [{ booked: null, actual: { start, end }, unitIds: [] }];
  accepted(
    await books.ledger.write(books.command(), (tx) => {
      tx.append('task-imported', { task, note: null, sourceDigest: null, windows, isOpenEnded: false });
      return accept(
        tx.append('import-committed', { batchId: batch, source: 'late', mapping: null, counts: {} }),
      );
    }),
  );
}

const settledIn = (from: number, to: number): number => listSettledDays(books.ledger.db, { from, to }).length;

test('settles each local day that is over once, those of changed clocks with 23 and 25 hours', async () => {
  const spring = Date.UTC(2026, 2, 27) / 1000;
  await scan('t-1', spring, spring + 3 * DAY);
  expect(await settle()).toBeGreaterThan(200);
  expect(await settle()).toBe(0);
  const days = listSettledDays(books.ledger.db, { from: 0, to: books.clock.now });
  const lengths = new Set(days.map((day) => (day.to - day.from) / 3600));
  expect([...lengths].sort()).toEqual([23, 24, 25]);
  expect(days).toEqual(
    localDays(instant(spring), books.clock.now, ZONE)
      .filter(({ end }) => end <= books.clock.now)
      .map(({ start, end }) => ({ from: start, to: end })),
  );
});

test('work entered later takes its days away, and no other', async () => {
  const start = books.clock.now - 30 * DAY;
  await scan('t-1', start, start + 20 * DAY);
  const count = await settle();
  await lateScan('t-2', start + 5 * DAY, start + 7 * DAY);
  expect(settledIn(0, books.clock.now)).toBe(count - 3);
  expect(await settle()).toBe(3);
  await scan('t-3', books.clock.now, books.clock.now + 600);
  expect(settledIn(0, books.clock.now)).toBe(count);
  await books.append('import-reversed', { batchId: batchId('batch-t-2') });
  expect(settledIn(0, books.clock.now)).toBe(count - 3);
});

test('a sum that was altered is found by a full verification', async () => {
  await scan('t-1', books.clock.now - 3 * DAY, books.clock.now - DAY);
  await settle();
  expect(isProven(await proveLedger(books.path))).toBe(true);
  const connection = new Database(join(books.folder, 'clinic.ledger'));
  connection.exec(
    'UPDATE settled_work SET work = work + 1 WHERE from_seconds = (SELECT max(from_seconds) FROM settled_work)',
  );
  connection.close();
  const proof = await proveLedger(books.path);
  expect(proof.differences?.map(({ table }) => table)).toEqual(['settled_days']);
});

test('settled and looked-up work agree over random histories, late facts, imports and reversals', async () => {
  const windows = (now: Instant) => [
    { from: instant(now - 400 * DAY), to: now },
    { from: instant(now - 6 * DAY - 777), to: instant(now - 3333) },
    { from: instant(now - 30 * DAY), to: instant(now + 30 * DAY) },
  ];
  await fc.assert(
    fc.asyncProperty(steps, fc.array(fc.nat(3), { minLength: 4, maxLength: 8 }), async (history, pauses) => {
      const own = await TemporaryLedger.open();
      try {
        await setUpClinic(own);
        const model = new RandomHistory(own);
        for (const [index, step] of history.entries()) {
          await model.apply(step);
          const pause = pauses[index % pauses.length] ?? 0;
          if (pause === 0) continue;
          own.clock.passSeconds(pause * 7 * 3600);
          own.ledger.observeClock();
          accepted(
            await own.ledger.settle(unsettledDays(own.ledger.db, own.clock.now, ZONE).slice(0, pause * 2)),
          );
          for (const window of windows(own.clock.now)) {
            expect(listUsedWork(own.ledger.db, window)).toEqual(sumUsedWork(own.ledger.db, window));
          }
        }
        expect(isProven(await proveLedger(own.path))).toBe(true);
      } finally {
        await own.dispose();
      }
    }),
    { numRuns: RUNS },
  );
}, 60_000);
