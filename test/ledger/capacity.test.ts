/** Nothing is promised beyond capacity without an entry that explains it: each explanation, and what is none. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findTaskStand, proveFile, proveLedger } from '../../src/main/ledger/index.ts';
import type { CapacityExcess } from '../../src/main/ledger/index.ts';
import { verifyLedger } from '../../src/main/usecases/care/verify-ledger.ts';
import { faultWords, verdictWords } from '../../src/shared/messages/ledger-words.ts';
import { outageId, taskId, unitId } from '../../src/shared/ids.ts';
import type { Pool } from '../../src/shared/domain/pool.ts';
import { instant, seconds } from '../../src/shared/units.ts';
import {
  adopt,
  moved,
  ROOM,
  roomFor,
  roomPool,
  scanTask,
  setUpClinic,
  submitted,
} from '../support/ledger/clinic-rows.ts';
import { accepted, TemporaryLedger } from '../support/ledger/temporary-ledger.ts';

const MINUTE = 60;
let books: TemporaryLedger;

beforeEach(async () => {
  books = await TemporaryLedger.open();
  await setUpClinic(books);
});
afterEach(() => books.dispose());

/** Half an hour from now on, unless said otherwise. */
const inMinutes = (minutes: number): number => books.clock.now + minutes * MINUTE;

async function enter(id: string): Promise<void> {
  await books.append('task-submitted', submitted(scanTask(id)));
}

/** @returns the number of the entry that promised it */
async function promise(id: string, minutes: number, unit: string, lengthMinutes = 30): Promise<number> {
  await enter(id);
  await adopt(books, [roomFor(id, inMinutes(minutes), lengthMinutes * MINUTE, unit)]);
  return books.append('task-moved', moved(id, ['tentative', 'confirm', 'confirmed'], books.clock.now));
}

async function start(id: string, unit: string, lengthMinutes = 30): Promise<void> {
  const allocation = roomFor(id, books.clock.now, lengthMinutes * MINUTE, unit);
  const move = moved(id, ['confirmed', 'start', 'running'], books.clock.now, { allocation });
  await books.append('task-moved', move);
}

async function setPool(over: Partial<Pool>): Promise<void> {
  await books.append('pool-set', roomPool(over));
}

const outage = (unit: string | null, minutes: number, until: number) => ({
  id: outageId('burst-pipe'),
  unitId: unit === null ? null : unitId(unit),
  start: instant(inMinutes(minutes)),
  end: instant(inMinutes(until)),
  isPlanned: false,
});

async function excess(): Promise<readonly CapacityExcess[]> {
  const proof = await proveFile(books.path);
  expect(proof).toMatchObject({ structure: [] });
  expect(proof.chain?.faults).toEqual([]);
  return proof.excess ?? expect.unreachable('the excess was not told');
}

test('names the pool, the time, the amount, the tasks and the entries of an excess without explanation', async () => {
  const from = inMinutes(70);
  const first = await promise('t-1', 60, 'room-1');
  const second = await promise('t-2', 60, 'room-2');
  const third = await promise('t-3', 70, 'room-2', 10);
  const holds = [
    { taskId: 't-1', seq: first },
    { taskId: 't-2', seq: second },
    { taskId: 't-3', seq: third },
  ];
  const stretch = { poolId: ROOM, from, until: from + 600, excessMilli: 1000 };
  expect(await excess()).toEqual([
    { ...stretch, unitId: null, holds },
    { ...stretch, unitId: 'room-2', holds: holds.slice(1) },
  ]);
});

test('tells it in plain words, in both languages, and says that nothing is altered', async () => {
  await promise('t-1', 60, 'room-1');
  await promise('t-2', 70, 'room-1', 10);
  const verdict = accepted(await verifyLedger(books.path, {}, proveLedger));
  expect(verdict.isWhole).toBe(false);
  expect(verdictWords(verdict, 'en')).toBe(
    'Nothing altered or lost, but in 1 place more is promised than there is',
  );
  const [fault] = verdict.faults;
  expect(fault && faultWords(fault, 'en')).toBe(
    'room-1 (Ultrasound rooms), 2026-11-18 11:30 to 2026-11-18 11:40: promised twice, and no entry explains it: t-1 (entry 9) and t-2 (entry 12)',
  );
  expect(fault && faultWords(fault, 'zh')).toContain('没有任何记录能解释');
});

test('finds a promise outside opening hours', async () => {
  await setPool({
    weeklyHours: Array.from({ length: 7 }, () => [{ fromMinute: 8 * 60, toMinute: 12 * 60 }]),
  });
  await promise('t-1', 90, 'room-1'); // 11:50 to 12:20 of a day that ends at 12:00
  expect(await excess()).toMatchObject([{ from: inMinutes(100), until: inMinutes(120), excessMilli: 1000 }]);
});

test('finds a promise into an outage that was known', async () => {
  await setPool({ outages: [outage(null, 30, 120)] });
  await promise('t-1', 60, 'room-1');
  expect(await excess()).toHaveLength(1);
});

test('finds a promise beyond capacity also once it has been kept', async () => {
  await promise('t-1', 5, 'room-1');
  await promise('t-2', 5, 'room-2');
  await promise('t-3', 5, 'room-3');
  books.clock.passSeconds(5 * MINUTE);
  for (const [index, id] of ['t-1', 't-2', 't-3'].entries()) await start(id, `room-${index + 1}`);
  books.clock.passSeconds(30 * MINUTE);
  for (const id of ['t-1', 't-2', 't-3']) {
    await books.append('task-moved', moved(id, ['running', 'finish', 'finished'], books.clock.now));
  }
  expect(await excess()).toMatchObject([{ excessMilli: 1000 }]);
});

const explained: Readonly<Record<string, () => Promise<void>>> = {
  'an outage entered after the promises': async () => {
    await promise('t-1', 60, 'room-1');
    await promise('t-2', 60, 'room-2');
    await setPool({ outages: [outage('room-2', 30, 120)] });
  },
  'a unit given up after the promises': async () => {
    await promise('t-1', 60, 'room-1');
    await promise('t-2', 60, 'room-2');
    const { units, capacityMilli } = roomPool();
    await setPool({ units: units.slice(1), capacityMilli: (capacityMilli / 2) as typeof capacityMilli });
  },
  'shorter hours entered after the promise': async () => {
    await promise('t-1', 90, 'room-1');
    await setPool({ weeklyHours: Array.from({ length: 7 }, () => [{ fromMinute: 480, toMinute: 720 }]) });
  },
  'another time zone entered after the promise': async () => {
    await setPool({ weeklyHours: Array.from({ length: 7 }, () => [{ fromMinute: 480, toMinute: 720 }]) });
    await promise('t-1', 20, 'room-1');
    await books.append('clinic-set', {
      name: { en: 'Riverside Clinic', zh: '河畔诊所' },
      timeZone: 'Asia/Tokyo',
      language: 'zh',
      triagePreset: 'china',
      isSample: false,
    });
    books.clock.passSeconds(60 * MINUTE);
  },
  'work that ran past its plan': async () => {
    await promise('t-1', 5, 'room-1');
    await promise('t-2', 35, 'room-1');
    books.clock.passSeconds(5 * MINUTE);
    await start('t-1', 'room-1');
    books.clock.passSeconds(55 * MINUTE);
    await books.append('task-moved', moved('t-1', ['running', 'finish', 'finished'], books.clock.now));
  },
  'work that began later than promised': async () => {
    await promise('t-1', 5, 'room-1');
    await promise('t-2', 35, 'room-1');
    books.clock.passSeconds(25 * MINUTE);
    await start('t-1', 'room-1');
  },
  'work that began earlier than promised, in another room': async () => {
    await promise('t-1', 60, 'room-1');
    await promise('t-2', 10, 'room-2');
    await promise('t-3', 10, 'room-1');
    books.clock.passSeconds(5 * MINUTE);
    await start('t-1', 'room-2');
  },
  'running work that a person gave another end': async () => {
    await promise('t-1', 5, 'room-1');
    await promise('t-2', 35, 'room-1');
    books.clock.passSeconds(5 * MINUTE);
    await start('t-1', 'room-1');
    const allocation = roomFor('t-1', books.clock.now, 60 * MINUTE);
    const task = scanTask('t-1', { state: 'running', startedAt: books.clock.now });
    const before = { ...task, durationSeconds: seconds(1800) };
    await books.append('task-amended', { task, before, note: null, allocation });
  },
  'a promise taken back to after the room was given up': async () => {
    await promise('t-1', 60, 'room-1');
    await promise('t-2', 60, 'room-2');
    const { units, capacityMilli } = roomPool();
    await setPool({ units: units.slice(1), capacityMilli: (capacityMilli / 2) as typeof capacityMilli });
    const stand = findTaskStand(books.ledger.db, taskId('t-1'));
    const seq = await books.append(
      'task-moved',
      moved('t-1', ['confirmed', 'cancel', 'cancelled'], inMinutes(0)),
    );
    await books.append('task-reversed', { taskId: taskId('t-1'), reverses: seq, stand });
  },
  'a room given back a little later than the next promise of it': async () => {
    await promise('t-1', 0, 'room-1');
    await books.append('task-moved', moved('t-1', ['confirmed', 'release', 'released'], inMinutes(2)));
    await promise('t-2', 0, 'room-1');
  },
  'imported history': async () => {
    const at = { start: instant(inMinutes(-90)), end: instant(inMinutes(-60)) };
    for (const id of ['h-1', 'h-2', 'h-3']) {
      const state = { state: 'finished' as const, startedAt: at.start, endedAt: at.end };
      await books.append('task-imported', {
        task: scanTask(id, state),
        note: null,
        sourceDigest: books.keys.digest(id),
        windows: [{ booked: at, actual: at, unitIds: [unitId('room-1')] }],
        isOpenEnded: false,
      });
    }
  },
  'tentative work, which is no promise': async () => {
    for (const id of ['t-1', 't-2', 't-3']) {
      await enter(id);
      await adopt(books, [roomFor(id, inMinutes(60))]);
    }
  },
};

test.each(Object.entries(explained))('takes %s as the explanation', async (_, happen) => {
  await happen();
  expect(await excess()).toEqual([]);
});

test('a place that was promised to another is not taken back', async () => {
  await promise('t-1', 60, 'room-1');
  const stand = findTaskStand(books.ledger.db, taskId('t-1'));
  const move = moved('t-1', ['confirmed', 'cancel', 'cancelled'], inMinutes(0));
  const seq = await books.append('task-moved', move);
  await promise('t-2', 60, 'room-1');
  await books.append('task-reversed', { taskId: taskId('t-1'), reverses: seq, stand });
  expect(await excess()).toMatchObject([{ unitId: 'room-1', excessMilli: 1000 }]);
});

test('a promise made after the outage was entered is not explained by it', async () => {
  await promise('t-1', 60, 'room-1');
  await setPool({ outages: [outage('room-2', 30, 120)] });
  await promise('t-2', 60, 'room-2');
  expect(await excess()).toMatchObject([{ unitId: null, holds: [{ taskId: 't-1' }, { taskId: 't-2' }] }]);
});
