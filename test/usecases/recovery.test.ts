/** A ledger whose file was damaged, on real files: what the window can do about it before anybody sits at the desk. */
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isProven, keyStorePath, proveLedger } from '../../src/main/ledger/index.ts';
import { sameText } from '../../src/shared/domain/local-text.ts';
import { staffId } from '../../src/shared/ids.ts';
import { TestApplication } from '../support/usecases/application.ts';
import { foundClinic } from '../support/usecases/own-clinic.ts';

let app: TestApplication;
let usb: string;

const member = (name: string) => ({
  member: { id: staffId('s-new'), name, jobTitle: sameText('Nurse'), role: 'staff' as const, isActive: true },
});

/** A clinic with a backup and one entry after it. */
beforeEach(async () => {
  app = new TestApplication();
  await foundClinic(app);
  usb = join(app.folder, 'usb');
  mkdirSync(usb);
  app.answers.folder = usb;
  await app.get('backup.make', {});
  await app.get('staff.set', member('Bertha'));
});
afterEach(() => app.close());

/** Changes the content of the newest entry, or the whole first page, while the application is closed. */
async function damage(what: 'newest-entry' | 'first-page'): Promise<Buffer> {
  await app.application.close();
  const bytes = readFileSync(app.ledgerPath);
  if (what === 'first-page') bytes.fill(0xaa, 100, 4096);
  else
    for (let at = bytes.indexOf('Bertha'); at >= 0; at = bytes.indexOf('Bertha', at))
      bytes.write('Martha', at);
  writeFileSync(app.ledgerPath, bytes);
  await app.open();
  return bytes;
}

const PAGE = 4096;
/** How a leaf of a table begins. */
const LEAF = 0x0d;

/** Where the first page begins that passes. */
function pageOf(bytes: Buffer, passes: (page: Buffer, at: number) => boolean): number {
  for (let at = 0; at < bytes.length; at += PAGE) if (passes(bytes.subarray(at, at + PAGE), at)) return at;
  throw new Error('no page passes');
}

/** So many entries that they fill several pages. @returns the numbers of the first and the last */
async function hireSixty(): Promise<{ from: number; until: number }> {
  const from = (await app.get('app.state', {})).head?.length ?? 0;
  for (let number = 1; number <= 60; number += 1) await app.get('staff.set', member(`Nurse ${number}`));
  return { from, until: from + 60 };
}

/** A page goes bad under the open ledger, which notices when it reads it. */
async function spoilWhileOpen(text: string): Promise<void> {
  await app.restart(); // so that the file holds what its log held, and no page is in memory
  const bytes = readFileSync(app.ledgerPath);
  const wanted = pageOf(bytes, (page) => page[0] === LEAF && page.includes(text));
  bytes.fill(0xaa, wanted, wanted + PAGE);
  writeFileSync(app.ledgerPath, bytes);
  await app.ask('ledger.history', { staffId: null, taskId: null, day: null, kind: null, beforeSeq: null });
}

const problem = async () => (await app.get('app.state', {})).problem;
const aside = (reason: string) => readdirSync(app.folder).filter((name) => name.includes(`.${reason}-`));

describe('the last backup', () => {
  it('is previewed with what would be lost, and restored into a new epoch', async () => {
    await damage('newest-entry');
    expect(await problem()).toBe('ledger-damaged');
    const { preview } = await app.get('recovery.choose-backup', {});
    expect(preview).toMatchObject({ lostEntries: 1, isSameLedger: true });
    const { length } = await app.get('recovery.restore', {});
    expect(length).toBe((preview?.length ?? 0) + 1);
    const state = await app.get('app.state', {});
    expect(state).toMatchObject({ problem: null, head: { epoch: 2, length } });
    expect(state.staff.map(({ name }) => name)).toEqual(['Ann']);
    expect(isProven(await proveLedger(app.ledgerPath))).toBe(true);
    expect(aside('replaced')).not.toEqual([]);
  });

  it('is restored over a file that cannot be read at all', async () => {
    await damage('first-page');
    expect((await app.get('recovery.choose-backup', {})).preview).toMatchObject({ lostEntries: null });
    await app.get('recovery.restore', {});
    expect(await problem()).toBeNull();
  });

  it('brings lost keys back', async () => {
    await app.get('patient.search', { text: 'nobody' });
    await app.application.close();
    writeFileSync(keyStorePath(app.ledgerPath), 'not keys');
    await app.open();
    expect(await problem()).toBe('keys-damaged');
    await app.get('recovery.choose-backup', {});
    await app.get('recovery.restore', {});
    expect(await problem()).toBeNull();
  });

  it('is the newest one that passes its check', async () => {
    const [good] = readdirSync(usb).filter((name) => name.endsWith('.backup'));
    const spoiled = readFileSync(join(usb, good ?? ''));
    spoiled.fill(0xaa, 4096, 8192);
    writeFileSync(join(usb, 'later.backup'), spoiled);
    copyFileSync(keyStorePath(join(usb, good ?? '')), keyStorePath(join(usb, 'later.backup')));
    await damage('newest-entry');
    expect((await app.get('recovery.choose-backup', {})).preview?.name).toBe(good);
  });

  it.each([
    {
      name: 'a folder without backups',
      spoil: () => readdirSync(usb).forEach((file) => rmSync(join(usb, file))),
      want: 'not-a-backup',
    },
    { name: 'a folder that is gone', spoil: () => rmSync(usb, { recursive: true }), want: 'folder-missing' },
    {
      name: 'a backup without its keys',
      spoil: () =>
        readdirSync(usb)
          .filter((file) => file.endsWith('.keys'))
          .forEach((file) => rmSync(join(usb, file))),
      want: 'backup-without-keys',
    },
  ])('is refused from $name', async ({ spoil, want }) => {
    const bytes = await damage('newest-entry');
    spoil();
    expect(await app.ask('recovery.choose-backup', {})).toMatchObject({ error: { code: want } });
    expect(await app.ask('recovery.restore', {})).toMatchObject({ error: { code: 'no-backup-chosen' } });
    expect(readFileSync(app.ledgerPath).equals(bytes)).toBe(true);
  });
});

describe('the longest valid chain', () => {
  it('is kept in a new epoch once what it leaves out was told', async () => {
    const before = (await app.get('app.state', {})).head?.length ?? 0;
    await damage('newest-entry');
    const { preview } = await app.get('recovery.preview-salvage', {});
    expect(preview).toMatchObject({
      keeps: before - 1,
      keptUntil: app.clock.seconds,
      lostEntries: 1,
      readableEntries: 1,
      kinds: [{ kind: 'staff-set', count: 1 }],
      told: [{ seq: before, said: null }], // its content was changed: it is not told
      lostUntil: null,
    });
    const { length } = await app.get('recovery.salvage', { keeps: preview.keeps });
    expect(length).toBe(before); // the new epoch's entry in the place of the one that was left out
    expect(await app.get('app.state', {})).toMatchObject({ problem: null, head: { epoch: 2 } });
    expect(isProven(await proveLedger(app.ledgerPath))).toBe(true);
    expect(aside('damaged')).not.toEqual([]);
  });

  it('tells what lies behind a page that cannot be read, when and by whom', async () => {
    const { from, until } = await hireSixty();
    app.clock.forward(15);
    await app.get('staff.set', member('Zoe'));
    const length = (await app.get('app.state', {})).head?.length ?? 0;
    await spoilWhileOpen('"name":"Nurse 30"');
    expect(await problem()).toBe('ledger-damaged');
    const { preview } = await app.get('recovery.preview-salvage', {});
    expect(preview.keeps).toBeGreaterThanOrEqual(from);
    expect(preview.keeps).toBeLessThan(until);
    expect(preview.lostEntries).toBe(length - preview.keeps);
    expect(preview.readableEntries).toBeGreaterThan(0);
    expect(preview.readableEntries).toBeLessThan(length - preview.keeps);
    expect(preview.told.at(-1)).toMatchObject({
      seq: length,
      said: { kind: 'staff-set', actorName: 'Ann', name: { en: 'Zoe' }, recordedAt: app.clock.seconds },
    });
    expect(preview.lostUntil).toBe(app.clock.seconds);

    // The ledger that failed while it was open gives its lock up for it.
    await app.get('recovery.salvage', { keeps: preview.keeps });
    expect(await app.get('app.state', {})).toMatchObject({
      problem: null,
      head: { length: preview.keeps + 1 },
    });
    expect(isProven(await proveLedger(app.ledgerPath))).toBe(true);
  });

  it('is not kept where it is another one than was shown', async () => {
    const bytes = await damage('newest-entry');
    const { preview } = await app.get('recovery.preview-salvage', {});
    const refused = await app.ask('recovery.salvage', { keeps: preview.keeps + 1 });
    expect(refused).toMatchObject({ error: { code: 'salvage-changed' } });
    expect(readFileSync(app.ledgerPath).equals(bytes)).toBe(true);
    expect(aside('damaged')).toEqual([]);
  });

  it('is told as nothing where not even the first entry can be read', async () => {
    await damage('first-page');
    const { preview } = await app.get('recovery.preview-salvage', {});
    expect(preview).toMatchObject({ keeps: 0, lostEntries: null, told: [] });
    expect(await app.ask('recovery.salvage', { keeps: 1 })).toMatchObject({
      error: { code: 'ledger-damaged' },
    });
  });
});

it('goes on telling the history where an entry further back was altered, and says which', async () => {
  const { from } = await hireSixty();
  await app.application.close();
  const bytes = readFileSync(app.ledgerPath);
  for (let at = bytes.indexOf('Nurse 7'); at >= 0; at = bytes.indexOf('Nurse 7', at))
    bytes.write('Nobody!', at);
  writeFileSync(app.ledgerPath, bytes);
  await app.open();
  expect(await problem()).toBeNull(); // the head is right
  const asked = { staffId: null, taskId: null, day: null, kind: null, beforeSeq: null };
  const { entries } = await app.get('ledger.history', asked);
  const altered = entries.filter(({ isAltered }) => isAltered);
  expect(altered).toMatchObject([{ seq: from + 7, kind: 'staff-set', name: null, detail: null, task: null }]);
  expect(entries).toHaveLength(from + 60);

  expect(await app.ask('recovery.save-copy', {})).toMatchObject({ error: { code: 'not-damaged' } });
  expect((await app.get('ledger.verify', {})).isWhole).toBe(false);
  const alerts = async () => (await app.get('today.get', {})).alerts.map(({ code }) => code);
  expect(await alerts()).toContain('ledger-unproven');
  for (let copy = 0; copy < 2; copy += 1) {
    const { path } = await app.get('recovery.save-copy', {}); // the ledger opens again behind it, and it can be saved again
    expect(readFileSync(path ?? '').includes('Nobody!')).toBe(true);
    expect(existsSync(keyStorePath(path ?? ''))).toBe(false);
    app.clock.forward(1);
  }
  expect((await app.get('ledger.history', asked)).entries).toHaveLength(from + 60);
});

it.each([
  { what: 'newest-entry', says: 'the ledger itself' },
  { what: 'first-page', says: 'its last backup' },
] as const)("tells the clinic's zone that $says still says", async ({ what }) => {
  const { clinic } = await app.get('app.state', {});
  if (clinic === null) throw new Error('no clinic');
  await app.get('clinic.set', { clinic: { ...clinic, timeZone: 'Europe/Berlin' } }); // not this computer's
  await app.get('backup.make', {});
  await app.get('staff.set', member('Bertha'));
  await damage(what);
  expect(await app.get('app.state', {})).toMatchObject({
    problem: 'ledger-damaged',
    foundTimeZone: 'Europe/Berlin',
  });
});

it('says that nobody knows the zone where neither can be read', async () => {
  for (const name of readdirSync(usb)) rmSync(join(usb, name));
  await damage('first-page');
  expect((await app.get('app.state', {})).foundTimeZone).toBeNull();
});

it('saves a copy for support as it is, without the keys', async () => {
  const bytes = await damage('newest-entry');
  const { path } = await app.get('recovery.save-copy', {});
  expect(readFileSync(path ?? '').equals(bytes)).toBe(true);
  expect(existsSync(keyStorePath(path ?? ''))).toBe(false);
  expect(readdirSync(usb)).toContain(basename(path ?? ''));
});

it('refuses every choice while the ledger opens', async () => {
  const channels = [
    'recovery.choose-backup',
    'recovery.restore',
    'recovery.preview-salvage',
    'recovery.save-copy',
  ] as const;
  for (const channel of channels) {
    expect(await app.ask(channel, {})).toMatchObject({ error: { code: 'not-damaged' } });
  }
  expect(await app.ask('recovery.salvage', { keeps: 1 })).toMatchObject({ error: { code: 'not-damaged' } });
});
