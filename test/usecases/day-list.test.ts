/** The day's list by itself: once a day at opening, silently or as a file, and what fails is told and tried again. */
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { DaySheet } from '../../src/shared/contract/day.ts';
import type { Request } from '../../src/shared/contract/index.ts';
import { TestApplication } from '../support/usecases/application.ts';
import { openClinic, rooms, ROOMS, visit } from '../support/usecases/rooms.ts';
import { unitId } from '../../src/shared/ids.ts';

let app: TestApplication;
let folder: string;

/** 07:30 in Berlin; the rooms are open from 8 to 18. */
beforeEach(async () => {
  app = new TestApplication('2026-11-18T06:30:00Z');
  await openClinic(app, 2);
  const week = Array.from({ length: 7 }, () => [{ fromMinute: 480, toMinute: 1080 }]);
  await app.get('pool.set', { pool: { ...rooms(2), weeklyHours: week } });
  folder = join(app.folder, 'lists');
  mkdirSync(folder);
  app.print = () => Promise.resolve(new TextEncoder().encode('%PDF-1.7'));
  await app.get('task.submit', visit('Mia Berg'));
  await app.get('task.submit', visit('Noah Lind'));
});
afterEach(() => app.close());

type Setting = Request<'day-list.set'>;
const set = (overrides: Partial<Setting> = {}) =>
  app.get('day-list.set', {
    isOn: true,
    lists: null,
    way: 'file',
    printer: null,
    folder,
    locale: 'en',
    ...overrides,
  });
const tick = async (minutes: number) => {
  app.clock.forward(minutes);
  app.application.wake();
  await app.application.tick();
};
const alerts = async () => (await app.get('today.get', {})).alerts.map(({ code }) => code);
const sheetOf = (index: number) => app.printed[index]?.job.report as DaySheet;

it('prints once a day, and not before the clinic opens', async () => {
  await set();
  await tick(1);
  expect(readdirSync(folder)).toEqual([]);
  await tick(40); // 8:11
  await tick(1);
  expect(readdirSync(folder)).toEqual(['day-list-2026-11-18.pdf']);
  expect((await app.get('day-list.get', {})).last).toEqual({ date: '2026-11-18', code: 'done' });
  await app.get('task.submit', visit('Lena Roth'));
  await app.restart();
  await tick(24 * 60);
  expect(readdirSync(folder)).toEqual(['day-list-2026-11-18.pdf', 'day-list-2026-11-19.pdf']);
  expect(await app.get('ledger.verify', {})).toMatchObject({ isWhole: true });
});

it('prints on the printer without asking, the lists that were chosen, by the two identifiers of the clinic', async () => {
  app.printers = ['Desk'];
  await app.get('identifiers.set', { identifiers: { first: 'number', second: 'name' } });
  await set({
    way: 'printer',
    printer: 'Desk',
    folder: null,
    lists: [{ poolId: ROOMS, unitId: unitId('room-2') }],
  });
  await tick(45);
  expect(app.printed.map(({ printer }) => printer)).toEqual(['Desk']);
  expect(sheetOf(0).identifiers).toEqual({ first: 'number', second: 'name' });
  expect(sheetOf(0).day.groups.map(({ unitName }) => unitName?.en)).toEqual(['Room 2']);
});

it('goes into the folder where the printer is not there', async () => {
  await set({ way: 'printer', printer: 'Desk' });
  await tick(45);
  expect(app.printed).toEqual([]);
  expect(existsSync(join(folder, 'day-list-2026-11-18.pdf'))).toBe(true);
});

it('tells on Today what fails, tries again, and is silent once it is done', async () => {
  await set({ way: 'printer', printer: null, folder: null });
  await tick(45);
  expect(await alerts()).toContain('day-list-failed');
  expect((await app.get('day-list.get', {})).last).toEqual({ date: '2026-11-18', code: 'no-printer' });
  app.printers = ['Desk'];
  await tick(2);
  expect(app.printed).toEqual([]);
  await tick(9);
  expect(app.printed).toHaveLength(1);
  expect(await alerts()).not.toContain('day-list-failed');
});

it('says at the setting what is missing, and does nothing while it is off', async () => {
  const request: Setting = {
    isOn: true,
    lists: null,
    way: 'file',
    printer: null,
    folder: null,
    locale: 'en',
  };
  expect(await app.ask('day-list.set', request)).toMatchObject({
    ok: false,
    error: { code: 'folder-needed' },
  });
  expect(await app.ask('day-list.set', { ...request, folder: 'lists' })).toMatchObject({
    ok: false,
    error: { code: 'folder-not-absolute' },
  });
  await set({ isOn: false });
  await tick(45);
  expect(readdirSync(folder)).toEqual([]);
});
