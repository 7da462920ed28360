/** Exports by schedule on a real ledger under a turned clock: due, caught up, failed and told, tried again. */
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sameText } from '../../src/shared/domain/local-text.ts';
import { dueDates, duePeriod } from '../../src/main/reports/schedule.ts';
import { milli } from '../../src/shared/units.ts';
import { roomPool } from '../support/ledger/clinic-rows.ts';
import { TestApplication } from '../support/usecases/application.ts';

const DAY_MINUTES = 24 * 60;

let app: TestApplication;
let folder: string;
const schedule = () =>
  ({
    id: 'weekly',
    cadence: { kind: 'weekly', weekday: 0 },
    format: 'csv',
    locale: 'en',
    folder,
    poolIds: null,
    subsystems: null,
    isForOutside: true,
  }) as const;

beforeEach(async () => {
  app = await new TestApplication('2026-11-18T02:20:00Z').open(); // a Wednesday
  folder = join(app.folder, 'reports');
  mkdirSync(folder);
  await app.get('clinic.create', {
    name: sameText('Harbour Clinic'),
    timeZone: 'Asia/Shanghai',
    language: 'en',
    person: { name: 'Ann', jobTitle: { en: 'Manager', zh: '经理' } },
    pools: [],
    defaults: [],
  });
});
afterEach(() => app.close());

/** Days pass while the computer sleeps. */
function sleep(days: number): void {
  app.clock.forward(days * DAY_MINUTES);
  app.application.wake();
}

const state = async () => (await app.get('report.schedules', {})).schedules[0];
const alerts = async () =>
  (await app.get('today.get', {})).alerts.filter(({ code }) => code === 'export-failed');
const entries = async () => {
  const filter = {
    staffId: null,
    taskId: null,
    day: null,
    kind: 'export-scheduled' as const,
    beforeSeq: null,
  };
  return (await app.get('ledger.history', filter)).entries.map(({ detail }) => detail);
};

describe('every Monday', () => {
  it('writes the week before once, on the day and not earlier', async () => {
    await app.get('report.set-schedule', schedule());
    expect(await state()).toMatchObject({ nextDue: '2026-11-23', last: null, failed: 0 });
    await app.application.tick();
    expect(readdirSync(folder)).toEqual([]);
    sleep(5); // until Monday
    await app.application.tick();
    await app.application.tick();
    expect(readdirSync(folder)).toEqual(['utilization-2026-11-16-2026-11-22.csv']);
    expect(await state()).toMatchObject({ nextDue: '2026-11-30', last: { due: '2026-11-23', code: 'done' } });
    expect(await entries()).toEqual(['done']);
  });

  it('catches up every week that the computer was off, and replaces nothing that is there', async () => {
    await app.get('report.set-schedule', schedule());
    writeFileSync(join(folder, 'utilization-2026-11-16-2026-11-22.csv'), 'somebody’s own');
    app.clock.forward(14 * DAY_MINUTES); // Wednesday in two weeks
    await app.restart();
    await app.application.tick();
    expect(readdirSync(folder).sort()).toEqual([
      'utilization-2026-11-16-2026-11-22 (2).csv',
      'utilization-2026-11-16-2026-11-22.csv',
      'utilization-2026-11-23-2026-11-29.csv',
    ]);
  });

  it('tells of a folder that is gone, once in the ledger, and tries again until it is there', async () => {
    await app.get('report.set-schedule', schedule());
    rmSync(folder, { recursive: true });
    sleep(5);
    for (let minute = 0; minute < 30; minute += 1) {
      await app.application.tick();
      app.clock.forward(1);
    }
    expect(await alerts()).toMatchObject([{ count: 1 }]);
    expect(await state()).toMatchObject({ failed: 1, last: { code: 'folder-missing' } });
    expect(await entries()).toEqual(['folder-missing']);
    expect(existsSync(folder)).toBe(false);
    mkdirSync(folder); // the stick is plugged in again
    app.clock.forward(10);
    await app.application.tick();
    expect(readdirSync(folder)).toHaveLength(1);
    expect(await alerts()).toEqual([]);
    expect(await entries()).toEqual(['done', 'folder-missing']);
  });

  it('stops when its maker may not export any more, and is gone when dropped', async () => {
    await app.get('report.set-schedule', schedule());
    await app.get('report.drop-schedule', { id: 'weekly' });
    sleep(5);
    await app.application.tick();
    expect(readdirSync(folder)).toEqual([]);
    expect(await app.ask('report.drop-schedule', { id: 'weekly' })).toMatchObject({ ok: false });
  });

  it('is refused for raw bookings for outside and for half a path', async () => {
    const raw = await app.ask('report.set-schedule', { ...schedule(), format: 'allocations' });
    expect(raw).toMatchObject({ error: { code: 'raw-stays-inside' } });
    const half = await app.ask('report.set-schedule', { ...schedule(), folder: 'reports' });
    expect(half).toMatchObject({ error: { code: 'folder-not-absolute' } });
  });
});

describe('the weeks of a zone', () => {
  /** A pool that never closes has as many unit-hours in a week as the week has hours. */
  const zones = [
    {
      zone: 'Europe/Berlin',
      made: '2026-10-14',
      opened: '2026-10-28',
      hours: [168, 169],
      offsets: ['+02:00', '+01:00'],
    },
    {
      zone: 'Europe/Berlin',
      made: '2027-03-17',
      opened: '2027-03-31',
      hours: [168, 167],
      offsets: ['+01:00', '+02:00'],
    },
    {
      zone: 'Asia/Shanghai',
      made: '2026-10-14',
      opened: '2026-10-28',
      hours: [168, 168],
      offsets: ['+08:00', '+08:00'],
    },
    {
      zone: 'Asia/Shanghai',
      made: '2027-03-17',
      opened: '2027-03-31',
      hours: [168, 168],
      offsets: ['+08:00', '+08:00'],
    },
  ];
  it.each(zones)(
    '$zone from $made: two Mondays off are caught up, the last of them over the change of the clock',
    async ({ zone, made, opened, hours, offsets }) => {
      const there = await inZone(zone, `${made}T09:00:00Z`);
      await there.get('report.set-schedule', { ...schedule(), folder: there.folder });
      there.clock.ms = Date.parse(`${opened}T09:00:00Z`);
      await there.restart();
      await there.application.tick();
      const files = weeksIn(there.folder);
      expect(files.map(({ capacity }) => capacity)).toEqual(hours);
      expect(files.map(({ from, until }) => [from.slice(11), until.slice(11)])).toEqual([
        [`00:00${offsets[0]}`, `00:00${offsets[0]}`],
        [`00:00${offsets[0]}`, `00:00${offsets[1]}`],
      ]);
      const [first, second] = files;
      expect(second?.from).toBe(first?.until);
      await there.close();
    },
  );

  const midnights = [
    { zone: 'Europe/Berlin', monday: '2026-10-25T23:00:00Z' }, // an hour later than on the Monday before
    { zone: 'Europe/Berlin', monday: '2027-03-28T22:00:00Z' },
    { zone: 'Asia/Shanghai', monday: '2026-10-25T16:00:00Z' },
  ];
  it.each(midnights)(
    '$zone: Monday begins at $monday, and not a minute earlier',
    async ({ zone, monday }) => {
      const midnight = Date.parse(monday);
      const there = await inZone(zone, new Date(midnight - 3 * 86_400_000).toISOString());
      await there.get('report.set-schedule', { ...schedule(), folder: there.folder });
      there.clock.ms = midnight - 60_000;
      there.application.wake();
      await there.application.tick();
      expect(weeksIn(there.folder)).toEqual([]);
      there.clock.ms = midnight;
      await there.application.tick();
      expect(weeksIn(there.folder)).toHaveLength(1);
      await there.close();
    },
  );
});

async function inZone(zone: string, at: string): Promise<TestApplication> {
  const there = await new TestApplication(at).open();
  await there.get('clinic.create', {
    name: sameText('Harbour Clinic'),
    timeZone: zone,
    language: 'en',
    person: { name: 'Ann', jobTitle: sameText('Manager') },
    pools: [roomPool({ units: [], kind: 'divisible', capacityMilli: milli(1000), weeklyHours: null })],
    defaults: [],
  });
  return there;
}

/** What the CSV files of a folder say of themselves, in the order of their weeks. */
function weeksIn(folderOfFiles: string): { from: string; until: string; capacity: number }[] {
  const names = readdirSync(folderOfFiles).filter((name) => name.endsWith('.csv'));
  return names.sort().map((name) => {
    const rows: Record<string, string>[] = parse(readFileSync(join(folderOfFiles, name)), {
      columns: true,
      bom: true,
    });
    const value = (id: string): string => rows.find((row) => row['Indicator id'] === id)?.['Value'] ?? '';
    return { from: value('period-from'), until: value('period-until'), capacity: Number(value('capacity')) };
  });
}

describe('due days', () => {
  const weekly = { kind: 'weekly', weekday: 0 } as const;
  const monthly = { kind: 'monthly', day: 5 } as const;
  it('are every chosen weekday or day of the month from the day it was made', () => {
    expect(dueDates({ cadence: weekly, since: '2026-11-16' }, '2026-12-01')).toEqual([
      '2026-11-16',
      '2026-11-23',
      '2026-11-30',
    ]);
    expect(dueDates({ cadence: monthly, since: '2026-11-06' }, '2027-02-05')).toEqual([
      '2026-12-05',
      '2027-01-05',
      '2027-02-05',
    ]);
  });

  it('cover the last whole week or month', () => {
    expect(duePeriod(weekly, '2026-11-23')).toEqual({ kind: 'week', from: '2026-11-16' });
    expect(duePeriod({ kind: 'weekly', weekday: 2 }, '2026-11-25')).toEqual({
      kind: 'week',
      from: '2026-11-16',
    });
    const [november] = [duePeriod(monthly, '2026-12-05')];
    expect(november).toEqual({ kind: 'month', from: '2026-11-30' });
  });
});

it('keeps the mapping in the ledger and exports by it', async () => {
  const { figures } = await app.get('report.mapping', { locale: 'zh' });
  expect(figures.length).toBeGreaterThan(0);
  const mapping = {
    organisation: null,
    orgUnit: 'DiszpKrYNg8',
    dataSet: null,
    dataElements: [
      { figure: 'outcomes/finished/imaging', dataElement: 'f7n9E0hX8qk', categoryOptionCombo: null },
    ],
  };
  await app.get('report.set-mapping', mapping);
  expect((await app.get('report.mapping', { locale: 'en' })).mapping).toEqual(mapping);
  const twice = [
    ...mapping.dataElements,
    { ...mapping.dataElements[0], figure: 'x' },
  ] as typeof mapping.dataElements;
  expect(await app.ask('report.set-mapping', { ...mapping, dataElements: twice })).toMatchObject({
    error: { code: 'mapped-twice' },
  });
});
