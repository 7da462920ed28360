/** The last good backup: remembered over a restart, warned of when it is old or was never made. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { backupRecordPath } from '../../src/main/ledger/index.ts';
import { TestApplication } from '../support/usecases/application.ts';
import { foundClinic } from '../support/usecases/own-clinic.ts';

const DAY_MINUTES = 24 * 60;

let app: TestApplication;
let usb: string;
beforeEach(async () => {
  app = new TestApplication();
  await foundClinic(app);
  usb = join(app.folder, 'usb');
  mkdirSync(usb);
  app.answers.folder = usb;
});
afterEach(() => app.close());

const warned = async () =>
  (await app.get('today.get', {})).alerts
    .filter(({ code }) => code === 'backup-old')
    .map(({ since }) => since);

it('is warned of until there is one, and again after a week', async () => {
  expect(await warned()).toEqual([null]);
  const madeAt = app.clock.seconds;
  await app.get('backup.make', {});
  expect(await warned()).toEqual([]);
  app.clock.forward(7 * DAY_MINUTES);
  expect(await warned()).toEqual([]);
  app.clock.forward(1);
  expect(await warned()).toEqual([madeAt]);
});

it('is remembered with its place over a restart', async () => {
  const at = app.clock.seconds;
  const { path } = await app.get('backup.make', {});
  await app.restart();
  expect(await app.get('backup.last', {})).toEqual({ last: { at, path } });
});

it('keeps the earlier one in mind when a backup fails or is cancelled', async () => {
  await app.get('backup.make', {});
  const { last } = await app.get('backup.last', {});
  app.clock.forward(60);
  app.answers.folder = null;
  await app.get('backup.make', {});
  app.answers.folder = join(app.folder, 'gone');
  expect((await app.ask('backup.make', {})).ok).toBe(false);
  expect(await app.get('backup.last', {})).toEqual({ last });
});

it('counts as never made when its record cannot be read', async () => {
  await app.get('backup.make', {});
  writeFileSync(backupRecordPath(app.ledgerPath), '{"at":');
  expect(await app.get('backup.last', {})).toEqual({ last: null });
  expect(await warned()).toEqual([null]);
});
