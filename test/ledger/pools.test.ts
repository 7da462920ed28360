import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  findClinic,
  findPersonAtDesk,
  findPool,
  findSetting,
  findStaff,
  findWorkKind,
  isDayClosed,
  listPools,
  listPoolVersions,
  listStaff,
  listSubsystemSettings,
  listWorkKinds,
} from '../../src/main/ledger/index.ts';
import { poolId, staffId, workKindId } from '../../src/shared/ids.ts';
import { instant, milli } from '../../src/shared/units.ts';
import {
  ROOM,
  roomPool,
  scanKind,
  serverPool,
  setUpClinic,
  staffMember,
} from '../support/ledger/clinic-rows.ts';
import { TemporaryLedger } from '../support/ledger/temporary-ledger.ts';

const DAY = 86_400;

let books: TemporaryLedger;
let now: number;

beforeEach(async () => {
  books = await TemporaryLedger.open();
  await setUpClinic(books);
  now = books.clock.now;
});

afterEach(() => books.dispose());

function serverOf(cores: number) {
  return serverPool({ capacityMilli: milli(cores * 1000) });
}

function coresBetween(fromDays: number, toDays: number): [effectiveDays: number, cores: number][] {
  const window = { from: instant(now + fromDays * DAY), to: instant(now + toDays * DAY) };
  return listPoolVersions(books.ledger.db, window)
    .filter((version) => version.pool.kind === 'divisible')
    .map(({ pool, effectiveFrom }) => [(effectiveFrom - now) / DAY, pool.capacityMilli / 1000]);
}

test('keeps every version of a pool from its effective time on, future ones included', async () => {
  await books.append('pool-set', serverOf(48), instant(now + 7 * DAY));
  await books.append('pool-set', serverOf(40), instant(now + 3 * DAY));
  await books.append('pool-set', serverOf(44), instant(now + 3 * DAY));
  const { db } = books.ledger;
  const capacityAt = (days: number) =>
    listPools(db, instant(now + days * DAY)).map((pool) => pool.capacityMilli / 1000);
  expect([0, 3, 8].map(capacityAt)).toEqual([
    [2, 32],
    [2, 44],
    [2, 48],
  ]);
  expect(coresBetween(-1, 10)).toEqual([
    [0, 32],
    [3, 44],
    [7, 48],
  ]);
  expect(coresBetween(4, 7)).toEqual([[3, 44]]);
  expect(coresBetween(3, 8)).toEqual([
    [3, 44],
    [7, 48],
  ]);
});

test('a pool younger than the window comes with its first version', () => {
  expect(coresBetween(-400, -300)).toEqual([[0, 32]]);
});

test('a pool does not exist before its first version, or at all', () => {
  const { db } = books.ledger;
  expect(findPool(db, ROOM, instant(now - 1))).toBeNull();
  expect(listPools(db, instant(now - 1))).toEqual([]);
  expect(findPool(db, ROOM, instant(now))).toEqual(roomPool());
  expect(findPool(db, poolId('nowhere'), instant(now))).toBeNull();
});

test('refuses a countable pool whose capacity is not its units', async () => {
  const odd = books.append('pool-set', roomPool({ capacityMilli: milli(1500) }));
  await expect(odd).rejects.toThrow('one thousand thousandths per named unit');
});

test('reads back the clinic, staff, subsystems, settings and kinds of work as they were last set', async () => {
  const { db } = books.ledger;
  await books.append('subsystem-set', { subsystem: 'insurance', policy: 'priority', weight: 1.5 });
  await books.append('settings-changed', { key: 'grace-minutes', value: 15 });
  await books.append('settings-changed', { key: 'grace-minutes', value: 20 });
  const left = staffMember({ id: staffId('wu'), isActive: false, role: 'manager' });
  await books.append('staff-set', left);
  await books.append('work-kind-set', scanKind({ urgency: 2 }));
  expect(findClinic(db)).toMatchObject({ timeZone: 'Asia/Shanghai', triagePreset: 'china', isSample: false });
  expect(listStaff(db)).toEqual([staffMember(), left]);
  expect(findStaff(db, staffId('nobody'))).toBeNull();
  expect(listSubsystemSettings(db).map((row) => [row.subsystem, row.policy, row.weight])).toEqual([
    ['records', 'demand', 1],
    ['imaging', 'priority', 1],
    ['insurance', 'priority', 1.5],
    ['research', 'demand', 1],
    ['monitoring', 'priority', 1],
  ]);
  expect(findSetting(db, 'grace-minutes')).toBe(20);
  expect(findSetting(db, 'theme')).toBeNull();
  expect(listWorkKinds(db)).toEqual([scanKind({ urgency: 2 })]);
  expect(findWorkKind(db, workKindId('other'))).toBeNull();
});

test('knows who sits at the desk and which days are closed', async () => {
  const { db } = books.ledger;
  expect(findPersonAtDesk(db)).toBeNull();
  await books.append('person-changed', { staffId: staffMember().id });
  await books.append('day-closed', { date: '2026-11-17', assumed: [] });
  expect(findPersonAtDesk(db)).toEqual({ staffId: 'li-na', since: now });
  expect(isDayClosed(db, '2026-11-17')).toBe(true);
  expect(isDayClosed(db, '2026-11-18')).toBe(false);
});
