/** Backups by themselves: daily at a time, made up for, verified, pruned, and plain about a stick that is gone. */
import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keyStorePath } from '../../src/main/ledger/index.ts';
import { openKeyStore } from '../../src/main/security/index.ts';
import { keepErasures, pruneBackups, writeNote } from '../../src/main/usecases/backup/backup-folder.ts';
import { keptDates } from '../../src/main/usecases/backup/kept-days.ts';
import { restoreCare } from '../../src/main/usecases/care/restore-ledger.ts';
import { dateOfDayNumber, dayNumberOf } from '../../src/shared/local-time.ts';
import { instant } from '../../src/shared/units.ts';
import { TestApplication } from '../support/usecases/application.ts';
import { foundClinic } from '../support/usecases/own-clinic.ts';

const DAY = 24 * 60;

let app: TestApplication;
let usb: string;
beforeEach(async () => {
  app = new TestApplication(); // Wednesday, 10:20 in Shanghai
  await foundClinic(app);
  usb = join(app.folder, 'usb');
  mkdirSync(usb);
  app.answers.folder = usb;
});
afterEach(() => app.close());

const made = (): string[] =>
  readdirSync(usb)
    .filter((name) => name.endsWith('.backup'))
    .map((name) => name.slice('clinic.ledger.'.length, -'.backup'.length));

async function tickAfter(minutes: number): Promise<void> {
  app.clock.forward(minutes);
  await app.application.tick();
}

async function planned(): Promise<void> {
  await app.get('backup.choose-folder', {});
  await app.get('backup.make', {}); // today's is made: the next one is due tomorrow at 12:30
}

describe('a planned backup', () => {
  it('is made at its time, once a day, and listed as verified', async () => {
    await app.get('backup.choose-folder', {});
    await app.get('backup.set-time', { atMinute: 12 * 60 + 30, atClosing: false });
    await app.get('backup.make', {});
    await tickAfter(129);
    expect((await app.get('backup.plan', {})).last?.at).toBe(app.clock.seconds - 129 * 60);
    await tickAfter(1);
    await tickAfter(1);
    const { plan, last, files } = await app.get('backup.plan', {});
    expect(last?.at).toBe(app.clock.seconds - 60);
    expect(plan).toEqual({ folder: usb, atMinute: 750, atClosing: false, failure: null });
    const { head } = await app.get('app.state', {});
    expect(files).toMatchObject([
      { name: 'clinic.ledger.2026-11-18.backup', verified: { length: head?.length, at: last?.at } },
    ]);
  });

  it('is made up for when the computer was off at its time', async () => {
    await planned();
    app.clock.forward(2 * DAY - 60);
    await app.restart();
    await app.application.tick();
    expect(made()).toEqual(['2026-11-18', '2026-11-20']);
  });

  it('is made on closing when something was entered since, and not otherwise', async () => {
    await planned();
    app.clock.forward(DAY - 60);
    await app.application.beforeClosing();
    expect(made()).toEqual(['2026-11-18']);
    const { person } = await app.get('app.state', {});
    if (!person) throw new Error('somebody is at the desk');
    await app.get('person.switch', { staffId: person.id });
    await app.application.beforeClosing();
    expect(made()).toEqual(['2026-11-18', '2026-11-19']);
  });

  it('says plainly that the stick is gone, and tries again until it is back', async () => {
    await planned();
    renameSync(usb, `${usb}-away`);
    await tickAfter(DAY + 130);
    const failedAt = app.clock.seconds;
    const away = await app.get('backup.plan', {});
    expect(away).toMatchObject({ files: null, plan: { failure: { at: failedAt, code: 'folder-missing' } } });
    const { alerts } = await app.get('today.get', {});
    expect(alerts).toMatchObject([{ code: 'backup-failed', since: failedAt }]);
    expect(await app.ask('backup.now', {})).toMatchObject({ error: { code: 'folder-missing' } });
    renameSync(`${usb}-away`, usb);
    await tickAfter(5);
    expect(made()).toEqual(['2026-11-18']);
    await tickAfter(15);
    expect(made()).toEqual(['2026-11-18', '2026-11-19']);
    expect((await app.get('today.get', {})).alerts).toEqual([]);
  });

  it('ends when it is stopped; what was made stays', async () => {
    await planned();
    await app.get('backup.stop', {});
    await tickAfter(3 * DAY);
    expect(made()).toEqual(['2026-11-18']);
    expect(await app.ask('backup.now', {})).toMatchObject({ error: { code: 'no-backup-plan' } });
  });
});

it('prunes its own old backups and nothing else', () => {
  const put = (date: string, chain: string): void => {
    const path = join(usb, `clinic.ledger.${date}.backup`);
    for (const each of [path, keyStorePath(path)]) writeFileSync(each, 'x');
    writeNote(path, { at: instant(0), length: 1, head: 'h', chain, bytes: 1 });
  };
  for (const date of datesFrom('2026-11-18', 10)) put(date, 'mine');
  put('2020-01-01', 'another clinic');
  writeFileSync(join(usb, 'clinic.ledger.2019-01-01.backup'), 'somebody else put this here');
  pruneBackups(usb, app.ledgerPath, 'mine');
  // Seven days from the 27th back; the days before are the last of no week and no month.
  expect(made()).toEqual(['2019-01-01', '2020-01-01', ...datesFrom('2026-11-21', 7)]);
  expect(existsSync(keyStorePath(join(usb, 'clinic.ledger.2026-11-18.backup')))).toBe(false);
});

it('leaves a backup of another ledger with the same name alone', async () => {
  const other = new TestApplication();
  await foundClinic(other);
  other.answers.folder = usb;
  await other.get('backup.make', {});
  await other.close();
  expect(await app.ask('backup.make', {})).toMatchObject({ error: { code: 'backup-of-another' } });
});

it('a file that was changed after it was verified is no longer called verified', async () => {
  await app.get('backup.choose-folder', {});
  await app.get('backup.now', {});
  writeFileSync(join(usb, 'clinic.ledger.2026-11-18.backup'), 'cut short');
  const { files } = await app.get('backup.plan', {});
  expect(files).toMatchObject([{ verified: null }]);
});

it('a restore forgets again whom the list beside the backup names', async () => {
  const clock = { nowMs: () => app.clock.ms };
  await app.close();
  app = new TestApplication();
  await app.open();
  const keys = openKeyStore({ ledgerPath: app.ledgerPath, clock, mayCreate: false });
  if (!keys.ok) throw new Error(keys.error.code);
  const patient = keys.value.newPatient();
  keys.value.close();
  mkdirSync(join(app.folder, 'usb'), { recursive: true });
  const backup = join(app.folder, 'usb', 'clinic.ledger.2026-11-18.backup');
  await app.application.close();
  copyFileSync(app.ledgerPath, backup);
  copyFileSync(keyStorePath(app.ledgerPath), keyStorePath(backup));
  keepErasures(join(app.folder, 'usb'), app.ledgerPath, [patient]);
  const elsewhere = join(app.folder, 'new.ledger');
  expect(await restoreCare({ backup, ledgerPath: elsewhere, clock })).toMatchObject({ ok: true });
  const restored = openKeyStore({ ledgerPath: elsewhere, clock, mayCreate: false });
  if (!restored.ok) throw new Error(restored.error.code);
  expect(restored.value.listErased()).toEqual([patient]);
  restored.value.close();
});

function datesFrom(first: string, count: number): string[] {
  return Array.from({ length: count }, (_, day) => dateOfDayNumber(dayNumberOf(first) + day));
}

describe('which backups are kept', () => {
  it('of two years of daily ones: seven days, the last of five weeks and of twelve months', () => {
    const kept = keptDates(datesFrom('2024-11-20', 731)); // until 2026-11-20, a Friday
    expect(kept.slice(0, 7)).toEqual(datesFrom('2026-11-14', 7).reverse());
    expect(kept).toEqual(expect.arrayContaining(['2026-11-08', '2026-11-01', '2026-10-25']));
    expect(kept).toEqual(expect.arrayContaining(['2026-10-31', '2026-06-30', '2025-12-31']));
    expect(kept).not.toContain('2025-11-30');
    expect(kept.length).toBeLessThanOrEqual(24);
  });

  it('of a few, all', () => {
    const few = datesFrom('2026-11-14', 7);
    expect(keptDates(few).toReversed()).toEqual(few);
  });
});
