/** Preemptions by period: written as they happen, and found in the entries of a file from before they had a table. */
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isProven, listPreemptions, proveLedger } from '../../src/main/ledger/index.ts';
import { preemptionsTable } from '../../src/main/ledger/migrations/0030-preemptions.ts';
import { taskId } from '../../src/shared/ids.ts';
import { instant } from '../../src/shared/units.ts';
import { adopt, moved, roomFor, scanTask, setUpClinic, submitted } from '../support/ledger/clinic-rows.ts';
import { TemporaryLedger } from '../support/ledger/temporary-ledger.ts';

let books: TemporaryLedger;
let now: number;

beforeEach(async () => {
  books = await TemporaryLedger.open();
  await setUpClinic(books);
  now = books.clock.now;
  await books.append('task-submitted', submitted(scanTask('t-1', { earliestStart: instant(now) })));
  await adopt(books, [roomFor('t-1', now + 600)]);
  const cause = { code: 'urgent-work', taskId: taskId('t-2') };
  await books.append('task-moved', moved('t-1', ['tentative', 'confirm', 'confirmed'], now));
  await books.append('task-moved', moved('t-1', ['confirmed', 'start', 'running'], now + 700));
  await books.append('task-moved', moved('t-1', ['running', 'preempt', 'waiting'], now + 1300, { cause }));
});

afterEach(() => books.dispose());

const within = (from: number, to: number) =>
  listPreemptions(books.ledger.db, { from: instant(now + from), to: instant(now + to) });

test('tells when work gave way, why, and whether it had begun', () => {
  expect(within(0, 1300)).toEqual([]);
  expect(within(1300, 1301)).toMatchObject([
    { taskId: 't-1', subsystem: 'imaging', at: now + 1300, wasRunning: true, cause: 'urgent-work' },
  ]);
});

test('are found in a file of the form before, and equal a rebuild', async () => {
  const before = within(0, 9999);
  await books.close();
  const file = new Database(books.path);
  file.exec(['DROP TABLE preemptions', ...preemptionsTable.sql].join(';'));
  file.close();
  await books.restart();
  expect(within(0, 9999)).toEqual(before);
  expect(isProven(await proveLedger(books.path))).toBe(true);
});
