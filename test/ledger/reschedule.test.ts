/** Moves by a person's hand in the books: windows, promises, planned ends, and the same entry the other way round. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findTask, isProven, listTimelineBookings, proveLedger } from '../../src/main/ledger/index.ts';
import type { Standing } from '../../src/main/ledger/index.ts';
import { ProjectionConflict } from '../../src/main/ledger/projections/task-rows.ts';
import type { TaskState } from '../../src/shared/domain/lifecycle.ts';
import { taskId } from '../../src/shared/ids.ts';
import { instant, seconds } from '../../src/shared/units.ts';
import { adopt, moved, roomFor, scanTask, setUpClinic, submitted } from '../support/ledger/clinic-rows.ts';
import { TemporaryLedger } from '../support/ledger/temporary-ledger.ts';

const T1 = taskId('t-1');

let books: TemporaryLedger;
let now: number;

beforeEach(async () => {
  books = await TemporaryLedger.open();
  await setUpClinic(books);
  now = books.clock.now;
  await books.append('task-submitted', submitted(scanTask('t-1', { earliestStart: instant(now) })));
  await adopt(books, [roomFor('t-1', now + 600)]);
});

afterEach(() => books.dispose());

function standing(state: TaskState, start: number, lengthSeconds = 1800, unit = 'room-1'): Standing {
  return {
    state,
    allocation: roomFor('t-1', start, lengthSeconds, unit),
    durationSeconds: seconds(lengthSeconds),
    earliestStart: instant(now),
    fixedStart: null,
  };
}

const reschedule = (before: Standing, after: Standing, reverses: number | null = null) =>
  books.append('task-rescheduled', { taskId: T1, before, after, reverses });

const confirm = () => books.append('task-moved', moved('t-1', ['tentative', 'confirm', 'confirmed'], now));
const start = () => books.append('task-moved', moved('t-1', ['confirmed', 'start', 'running'], now + 600));

function windows() {
  const window = { from: instant(now - 86_400), to: instant(now + 86_400) };
  return listTimelineBookings(books.ledger.db, window);
}

/** What a rebuild from the entries gives is what stands in the books. */
async function expectRebuilt(): Promise<void> {
  expect(isProven(await proveLedger(books.path))).toBe(true);
}

describe('a move', () => {
  test('promises tentative work where it was put', async () => {
    await reschedule(standing('tentative', now + 600), standing('confirmed', now + 3600, 2700, 'room-2'));
    expect(findTask(books.ledger.db, T1)).toMatchObject({
      task: { state: 'confirmed', durationSeconds: 2700 },
      allocation: roomFor('t-1', now + 3600, 2700, 'room-2'),
    });
    expect(windows()).toMatchObject([{ isReserved: true, state: 'confirmed', unitIds: ['room-2'] }]);
    await expectRebuilt();
  });

  test('gives running work another planned end and leaves its start', async () => {
    await confirm();
    await start();
    await reschedule(standing('running', now + 600), standing('running', now + 600, 3600));
    expect(windows()).toMatchObject([
      { actualStart: now + 600, actualEnd: null, plannedStart: now + 600, plannedEnd: now + 4200 },
    ]);
    await expectRebuilt();
  });

  test('is taken back by the same entry the other way round, with its promise', async () => {
    const [was, is] = [standing('tentative', now + 600), standing('confirmed', now + 3600)];
    await reschedule(was, is);
    await reschedule(is, was, books.ledger.head().seq);
    expect(findTask(books.ledger.db, T1)).toMatchObject({
      task: { state: 'tentative' },
      allocation: roomFor('t-1', now + 600),
    });
    expect(windows()).toMatchObject([{ isReserved: false, state: 'tentative' }]);
    await expectRebuilt();
  });
});

describe('the books refuse', () => {
  test('a move of a task that has gone on', async () => {
    await confirm();
    const late = reschedule(standing('tentative', now + 600), standing('confirmed', now + 3600));
    await expect(late).rejects.toThrow(ProjectionConflict);
  });

  test('taking a promise back without naming the move that gave it', async () => {
    await confirm();
    const unpromised = reschedule(standing('confirmed', now + 600), standing('tentative', now + 600));
    await expect(unpromised).rejects.toThrow(ProjectionConflict);
  });
});
