import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  countTasks,
  findReason,
  findTask,
  listBookings,
  listEnded,
  listOpenTasks,
  listTasks,
  listTasksInWindow,
  listUsedWork,
} from '../../src/main/ledger/index.ts';
import type { Booking } from '../../src/shared/domain/booking.ts';
import { taskId, unitId } from '../../src/shared/ids.ts';
import { instant, milli } from '../../src/shared/units.ts';
import { ProjectionConflict } from '../../src/main/ledger/projections/task-rows.ts';
import {
  adopt,
  moved,
  need,
  planOf,
  roomFor,
  ROOM,
  scanTask,
  SERVER,
  setUpClinic,
  submitted,
} from '../support/ledger/clinic-rows.ts';
import { TemporaryLedger } from '../support/ledger/temporary-ledger.ts';

const T1 = taskId('t-1');

let books: TemporaryLedger;
/** 10:20, when nothing has happened yet. */
let now: number;

beforeEach(async () => {
  books = await TemporaryLedger.open();
  await setUpClinic(books);
  now = books.clock.now;
  await books.append('task-submitted', submitted(scanTask('t-1', { earliestStart: instant(now) })));
});

afterEach(() => books.dispose());

/** Bookings of the day before, the day and the day after, as `planned start–end, actual start–end` after now. */
function windows(): { state: string; planned: string; actual: string; isReserved: boolean }[] {
  const relative = (at: number | null): string => (at === null ? '' : `${at - now}`);
  const show = (row: Booking) => ({
    state: row.state,
    planned: `${relative(row.plannedStart)}–${relative(row.plannedEnd)}`,
    actual: `${relative(row.actualStart)}–${relative(row.actualEnd)}`,
    isReserved: row.isReserved,
  });
  const window = { from: instant(now - 86_400), to: instant(now + 86_400) };
  return listBookings(books.ledger.db, window).map(show);
}

async function planned(start = now + 600): Promise<void> {
  await adopt(books, [roomFor('t-1', start)]);
}

async function confirmed(): Promise<void> {
  await planned();
  await books.append('task-moved', moved('t-1', ['tentative', 'confirm', 'confirmed'], now));
}

async function running(at = now + 700): Promise<void> {
  await confirmed();
  await books.append('task-moved', moved('t-1', ['confirmed', 'start', 'running'], at));
}

function record() {
  const found = findTask(books.ledger.db, T1);
  if (!found) throw new Error('the task is gone');
  return found;
}

describe('a plan', () => {
  test('binds a waiting task to its window and units', async () => {
    await planned();
    expect(record()).toMatchObject({ task: { state: 'tentative' }, allocation: roomFor('t-1', now + 600) });
    expect(windows()).toEqual([{ state: 'tentative', planned: '600–2400', actual: '–', isReserved: false }]);
  });

  test('moves a tentative task and takes its window away again', async () => {
    await planned();
    await planned(now + 3600);
    expect(windows()).toMatchObject([{ planned: '3600–5400' }]);
    const changes = [{ taskId: T1, allocation: null }];
    await books.append('plan-adopted', planOf(books.keys.digest('p'), now, { changes }));
    expect(record()).toMatchObject({ task: { state: 'waiting' }, allocation: null });
    expect(windows()).toEqual([]);
  });

  test('keeps the reason of a wait until it is cleared or the task goes on', async () => {
    const segment = { from: instant(now), until: instant(now + 600), poolId: ROOM, blockers: [] };
    const reason = { taskId: T1, segments: [{ ...segment, rule: 'grid' as const }], refusal: null };
    const digest = books.keys.digest('p');
    await books.append('plan-adopted', planOf(digest, now, { reasons: [reason] }));
    expect(findReason(books.ledger.db, T1)).toEqual(reason);
    await books.append('plan-adopted', planOf(digest, now, { clearedReasons: [T1] }));
    expect(findReason(books.ledger.db, T1)).toBeNull();
    await books.append('plan-adopted', planOf(digest, now, { reasons: [reason] }));
    await books.append('task-moved', moved('t-1', ['waiting', 'cancel', 'cancelled'], now));
    expect(findReason(books.ledger.db, T1)).toBeNull();
  });

  test('never moves confirmed or running work', async () => {
    await confirmed();
    await expect(planned(now + 3600)).rejects.toThrow(ProjectionConflict);
    await books.append('task-moved', moved('t-1', ['confirmed', 'start', 'running'], now + 700));
    await expect(planned(now + 3600)).rejects.toThrow(ProjectionConflict);
    expect(windows()).toHaveLength(1);
  });
});

describe('a decision of staff', () => {
  test('confirming reserves the window', async () => {
    await confirmed();
    expect(windows()).toEqual([{ state: 'confirmed', planned: '600–2400', actual: '–', isReserved: true }]);
  });

  test('confirming with another allocation takes that one', async () => {
    await planned();
    const allocation = roomFor('t-1', now + 900, 1800, 'room-2');
    await books.append(
      'task-moved',
      moved('t-1', ['tentative', 'confirm', 'confirmed'], now, { allocation }),
    );
    expect(record().allocation).toEqual(allocation);
  });

  test('starting and finishing write what really happened beside the plan', async () => {
    await running();
    expect(windows()).toMatchObject([{ state: 'running', planned: '600–2400', actual: '700–' }]);
    await books.append('task-moved', moved('t-1', ['running', 'finish', 'finished'], now + 2000));
    expect(windows()).toMatchObject([{ state: 'finished', planned: '600–2400', actual: '700–2000' }]);
    expect(record().task).toMatchObject({ startedAt: now + 700, endedAt: now + 2000, isAssumed: false });
    expect(listEnded(books.ledger.db, [T1, taskId('t-9')])).toEqual([{ taskId: T1, at: now + 2000 }]);
  });

  test('flags times that day close assumed', async () => {
    await running();
    const assumed = moved('t-1', ['running', 'finish', 'finished'], now + 2400, { isAssumed: true });
    await books.append('task-moved', assumed);
    expect(record().task.isAssumed).toBe(true);
  });

  test('refuses a finish before the start', async () => {
    await running();
    const early = books.append('task-moved', moved('t-1', ['running', 'finish', 'finished'], now + 60));
    await expect(early).rejects.toThrow('ends before it starts');
  });

  test('releasing ahead of the window leaves nothing, releasing inside it leaves what was held', async () => {
    await confirmed();
    const inside = moved('t-1', ['confirmed', 'release', 'released'], now + 1200);
    await books.append('task-moved', inside);
    expect(windows()).toEqual([{ state: 'released', planned: '600–1200', actual: '–', isReserved: true }]);
    await books.append('task-submitted', submitted(scanTask('t-2')));
    await adopt(books, [roomFor('t-2', now + 7200)]);
    await books.append('task-moved', moved('t-2', ['tentative', 'confirm', 'confirmed'], now));
    await books.append('task-moved', moved('t-2', ['confirmed', 'release', 'released'], now + 60));
    expect(windows()).toHaveLength(1);
  });

  test('a no-show holds its window until it is missed, and undoing it puts the task back', async () => {
    await confirmed();
    await books.append('task-moved', moved('t-1', ['confirmed', 'miss', 'missed'], now + 1500));
    expect(windows()).toMatchObject([{ state: 'missed', planned: '600–1500' }]);
    await books.append('task-moved', moved('t-1', ['missed', 'undo-miss', 'waiting'], now + 1600));
    expect(windows()).toEqual([]);
    expect(record()).toMatchObject({ task: { state: 'waiting' }, allocation: null });
  });

  test('holding a tentative task gives its window up, resuming returns it to the queue', async () => {
    await planned();
    await books.append('task-moved', moved('t-1', ['tentative', 'hold', 'held'], now));
    expect(windows()).toEqual([]);
    await books.append('task-moved', moved('t-1', ['held', 'resume', 'waiting'], now));
    expect(record().task.state).toBe('waiting');
  });

  test('preempting running work keeps the time already used and returns the task to the queue', async () => {
    await running();
    const cause = { code: 'urgent-work', taskId: taskId('t-2') };
    await books.append('task-moved', moved('t-1', ['running', 'preempt', 'waiting'], now + 1300, { cause }));
    expect(windows()).toEqual([
      { state: 'released', planned: '600–2400', actual: '700–1300', isReserved: true },
    ]);
    expect(record()).toMatchObject({ task: { state: 'waiting', startedAt: null }, allocation: null });
    await planned(now + 3600);
    expect(windows()).toMatchObject([{ actual: '700–1300' }, { state: 'tentative', planned: '3600–5400' }]);
    const used = listUsedWork(books.ledger.db, { from: instant(now), to: instant(now + 86_400) });
    expect(used).toEqual([{ subsystem: 'imaging', poolId: ROOM, work: 600_000 }]);
  });

  test('is refused when the lifecycle has no such step or the state is another', async () => {
    const finish = books.append('task-moved', moved('t-1', ['waiting', 'finish', 'finished'], now));
    await expect(finish).rejects.toThrow(ProjectionConflict);
    const confirm = books.append('task-moved', moved('t-1', ['tentative', 'confirm', 'confirmed'], now));
    await expect(confirm).rejects.toThrow(ProjectionConflict);
  });
});

describe('work in several segments', () => {
  const segments = [0, 7200, 14_400].map((offset) => offset + 600);

  async function planSegments(): Promise<void> {
    const allocation = {
      ...roomFor('t-1', now),
      segments: segments.map((offset) => ({
        start: instant(now + offset),
        end: instant(now + offset + 1800),
        ratesMilli: [milli(1000)],
      })),
    };
    await adopt(books, [allocation]);
    await books.append('task-moved', moved('t-1', ['tentative', 'confirm', 'confirmed'], now));
  }

  test('runs through its pauses as planned, the last segment without an end', async () => {
    await planSegments();
    await books.append('task-moved', moved('t-1', ['confirmed', 'start', 'running'], now + 700));
    expect(windows().map((row) => row.actual)).toEqual(['700–2400', '7800–9600', '15000–']);
  });

  test('finishing in the second segment leaves the third unused', async () => {
    await planSegments();
    await books.append('task-moved', moved('t-1', ['confirmed', 'start', 'running'], now + 700));
    await books.append('task-moved', moved('t-1', ['running', 'finish', 'finished'], now + 8000));
    expect(windows().map((row) => row.actual)).toEqual(['700–2400', '7800–8000', '–']);
  });

  test('starting after the first segment has passed leaves that one reserved and unused', async () => {
    await planSegments();
    await books.append('task-moved', moved('t-1', ['confirmed', 'start', 'running'], now + 8000));
    expect(windows().map((row) => row.actual)).toEqual(['–', '8000–9600', '15000–']);
  });
});

describe('an amendment', () => {
  test('replaces every field, its needs and its note', async () => {
    const before = record().task;
    const patient = books.keys.newPatient();
    const note = books.keys.seal(patient, 'note', 'left side');
    await books.append('patient-registered', {
      patientId: patient,
      identity: books.keys.seal(patient, 'identity', '{}'),
    });
    const task = {
      ...before,
      patientId: patient,
      urgency: 2 as const,
      needs: [need(), need({ poolId: SERVER })],
    };
    await books.append('task-amended', { task, before, note });
    expect(record()).toMatchObject({ task, note });
  });

  test('sends a tentative task back to the queue when it says so', async () => {
    await planned();
    const before = record().task;
    const task = { ...before, state: 'waiting' as const, needs: [need({ rateMilli: milli(2000) })] };
    await books.append('task-amended', { task, before, note: null });
    expect(record()).toMatchObject({ task, allocation: null });
    expect(windows()).toEqual([]);
  });

  test('moves a promise: what was reserved until now stays an earlier run', async () => {
    await confirmed();
    const before = record().task;
    const task = { ...before, fixedStart: instant(now + 7200) };
    const allocation = roomFor('t-1', now + 7200);
    await books.append('task-amended', { task, before, note: null, allocation }, instant(now + 900));
    expect(windows()).toEqual([
      { state: 'released', planned: '600–900', actual: '–', isReserved: true },
      { state: 'confirmed', planned: '7200–9000', actual: '–', isReserved: true },
    ]);
    expect(record()).toMatchObject({ task, allocation });
  });

  test('gives running work another end', async () => {
    await running();
    const before = record().task;
    const { segments, ...rest } = roomFor('t-1', now + 700);
    const allocation = { ...rest, segments: segments.map((row) => ({ ...row, end: instant(now + 9000) })) };
    await books.append('task-amended', { task: before, before, note: null, allocation });
    expect(windows()).toEqual([{ state: 'running', planned: '700–9000', actual: '700–', isReserved: true }]);
  });

  test('places no queued work: only a plan does', async () => {
    const task = record().task;
    const payload = { task, before: task, note: null, allocation: roomFor('t-1', now + 600) };
    await expect(books.append('task-amended', payload)).rejects.toThrow(ProjectionConflict);
  });

  test('does not change the needs of a task that holds a window', async () => {
    await planned();
    const before = record().task;
    const task = { ...before, needs: [need({ rateMilli: milli(2000) })] };
    const amending = books.append('task-amended', { task, before, note: null });
    await expect(amending).rejects.toThrow(ProjectionConflict);
  });
});

describe('lists', () => {
  test('give pages of a subsystem by state and time, counts, open tasks and the tasks of a window', async () => {
    for (let index = 2; index <= 9; index += 1) {
      await books.append(
        'task-submitted',
        submitted(scanTask(`t-${index}`, { earliestStart: instant(now) })),
      );
    }
    await adopt(books, [roomFor('t-4', now + 1200), roomFor('t-5', now + 600)]);
    const { db } = books.ledger;
    const ids = (states: readonly ('tentative' | 'waiting')[], offset: number) =>
      listTasks(db, { subsystems: ['imaging'], states }, { offset, limit: 3, direction: 'forward' }).map(
        (row) => row.task.id,
      );
    expect(ids(['tentative'], 0)).toEqual(['t-5', 't-4']);
    expect(ids(['waiting'], 3)).toEqual(['t-6', 't-7', 't-8']);
    const newest = listTasks(db, { states: ['tentative'] }, { offset: 0, limit: 1, direction: 'backward' });
    expect(newest.map((row) => row.task.id)).toEqual(['t-4']);
    expect(countTasks(db)).toEqual([
      { subsystem: 'imaging', state: 'tentative', count: 2 },
      { subsystem: 'imaging', state: 'waiting', count: 7 },
    ]);
    expect(listOpenTasks(db)).toHaveLength(9);
    const window = { from: instant(now), to: instant(now + 900) };
    expect(listTasksInWindow(db, window).map((row) => row.task.id)).toEqual(['t-5']);
  });

  test('tell named units in the order of the needs', async () => {
    await books.append(
      'task-submitted',
      submitted(scanTask('t-2', { needs: [need(), need({ poolId: SERVER })] })),
    );
    const allocation = {
      taskId: taskId('t-2'),
      segments: [{ start: instant(now), end: instant(now + 60), ratesMilli: [milli(1000), milli(500)] }],
      units: [[unitId('room-2')], []],
    };
    await adopt(books, [allocation]);
    expect(findTask(books.ledger.db, taskId('t-2'))?.allocation).toEqual(allocation);
  });
});
