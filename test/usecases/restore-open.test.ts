/** A backup put in the place of a ledger that is whole, from the window: previewed, with a person and a reason. */
import { mkdirSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { isProven, openReader, proveLedger, readEntries } from '../../src/main/ledger/index.ts';
import { sameText } from '../../src/shared/domain/local-text.ts';
import { staffId } from '../../src/shared/ids.ts';
import { TestApplication } from '../support/usecases/application.ts';
import { foundClinic } from '../support/usecases/own-clinic.ts';

let app: TestApplication;
let usb: string;
let backup: string;

const member = {
  id: staffId('s-new'),
  name: 'Bertha',
  jobTitle: sameText('Nurse'),
  role: 'staff' as const,
  isActive: true,
};

/** A clinic with a planned backup and one entry after it. */
beforeEach(async () => {
  app = new TestApplication();
  await foundClinic(app);
  usb = join(app.folder, 'usb');
  mkdirSync(usb);
  app.answers.folder = usb;
  await app.get('backup.choose-folder', {});
  backup = (await app.get('backup.now', {})).path;
  await app.get('staff.set', { member });
});
afterEach(() => app.close());

const names = async () => (await app.get('app.state', {})).staff.map(({ name }) => name);
const nameOf = (path: string): string => path.slice(usb.length + 1);

it('shows what would be lost, and then loses just that, in a new epoch that says who and why', async () => {
  const { preview } = await app.get('restore.choose', { name: nameOf(backup) });
  expect(preview).toMatchObject({ name: nameOf(backup), lostEntries: 1, isSameLedger: true });
  expect(await names()).toEqual(['Ann', 'Bertha']);
  const restored = await app.get('restore.run', { why: 'wrong-entries' });
  expect(restored).toEqual({ length: (preview?.length ?? 0) + 1, epoch: 2 });
  expect(await names()).toEqual(['Ann']);
  expect(isProven(await proveLedger(app.ledgerPath))).toBe(true);
  const reader = openReader(app.ledgerPath);
  if (!reader.ok) throw new Error(reader.error.code);
  const [last] = readEntries(reader.value.db, restored.length - 1, 1);
  reader.value.close();
  expect(JSON.parse(last?.payload ?? '')).toMatchObject({
    reason: 'restored',
    by: { name: 'Ann', why: 'wrong-entries' },
  });
  const [newest] = (await app.get('ledger.history', HISTORY)).entries;
  expect(newest).toMatchObject({ kind: 'epoch-started', detail: 'restored', name: { en: 'Ann' } });
  expect(readdirSync(app.folder).some((name) => name.includes('.replaced-'))).toBe(true);
  await app.get('staff.set', { member });
});

it('takes a file from a dialog, and does nothing when that is cancelled', async () => {
  expect(await app.get('restore.choose', { name: null })).toEqual({ preview: null });
  app.answers.backup = backup;
  expect((await app.get('restore.choose', { name: null })).preview).toMatchObject({ lostEntries: 1 });
});

it.each([
  { name: 'without a choice', choose: null, want: 'no-backup-chosen' },
  { name: 'of a name that is not in the folder', choose: '../clinic.ledger', want: 'not-a-backup' },
])('is refused $name', async ({ choose, want }) => {
  const replies = [
    choose === null ? null : await app.ask('restore.choose', { name: choose }),
    await app.ask('restore.run', { why: 'other' }),
  ].filter((reply) => reply !== null);
  expect(replies[0]).toMatchObject({ ok: false, error: { code: want } });
  expect(await names()).toEqual(['Ann', 'Bertha']);
});

it('is refused from a newer version and without its keys', async () => {
  const newer = new Database(backup);
  newer.pragma('user_version = 9999');
  newer.close();
  expect(await app.ask('restore.choose', { name: nameOf(backup) })).toMatchObject({
    error: { code: 'backup-newer' },
  });
  const again = (await app.get('backup.now', {})).path;
  renameSync(`${again}.keys`, `${again}.away`);
  expect(await app.ask('restore.choose', { name: nameOf(again) })).toMatchObject({
    error: { code: 'backup-without-keys' },
  });
  expect(await app.ask('restore.run', { why: 'other' })).toMatchObject({
    error: { code: 'no-backup-chosen' },
  });
});

const HISTORY = { staffId: null, taskId: null, day: null, kind: null, beforeSeq: null };
