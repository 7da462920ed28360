/**
 * A ledger that cannot be written, on real small disks: everything is read, nothing is entered, files are made
 * elsewhere, and work goes on by itself once the disk can be written again.
 */
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isProven, keyStorePath, openLedger, proveLedger } from '../../src/main/ledger/index.ts';
import { sameText } from '../../src/shared/domain/local-text.ts';
import { staffId } from '../../src/shared/ids.ts';
import { SmallDisk } from '../support/ledger/small-disk.ts';
import { TestApplication } from '../support/usecases/application.ts';
import { foundClinic } from '../support/usecases/own-clinic.ts';

const probe = SmallDisk.mount(64);
probe?.unmount();
if (probe === null) console.log('skipped: mounting a small file system needs root on Linux');

const member = (name: string) => ({
  member: {
    id: staffId(`s-${name}`),
    name,
    jobTitle: sameText('Nurse'),
    role: 'staff' as const,
    isActive: true,
  },
});
const REFUSED = { ok: false, error: { code: 'ledger-read-only', retryable: true } };

describe.skipIf(probe === null)('a ledger that cannot be written', () => {
  let disk: SmallDisk;
  let app: TestApplication;
  let elsewhere: string;

  beforeEach(async () => {
    const mounted = SmallDisk.mount(8192);
    if (!mounted) throw new Error('it could be mounted a moment ago');
    disk = mounted;
    elsewhere = mkdtempSync(join(tmpdir(), 'elsewhere-'));
    app = new TestApplication(undefined, disk.folder);
    await foundClinic(app);
    await app.get('staff.set', member('Bertha'));
  });
  afterEach(async () => {
    await app.application.close();
    disk.unmount();
    rmSync(elsewhere, { recursive: true });
  });

  const state = () => app.get('app.state', {});
  const names = async () => (await state()).staff.map(({ name }) => name);

  /** The disk turned read-only with the application closed; opened again. */
  async function protect(): Promise<void> {
    await app.application.close();
    disk.setReadOnly(true);
    await app.open();
  }

  it('is opened with everything in it, and every writing command is refused with one code', async () => {
    const { head } = await state();
    await protect();
    expect(await state()).toMatchObject({ problem: null, readOnly: 'ledger-read-only', head });
    expect(await names()).toEqual(['Ann', 'Bertha']);
    expect(await app.ask('staff.set', member('Carl'))).toMatchObject(REFUSED);
    expect(await app.ask('backup.choose-folder', {})).toMatchObject(REFUSED);
    expect((await app.get('ledger.history', HISTORY)).entries.length).toBeGreaterThan(0);
    expect(await app.get('ledger.verify', {})).toMatchObject({ isWhole: true });
    expect(readdirSync(disk.folder).some((name) => name.includes('.room'))).toBe(false);
  });

  it('is written again without a restart, by itself, with what was typed meanwhile', async () => {
    await app.get('draft.set', { form: 'task-records', body: 'before' });
    await protect();
    expect((await app.get('draft.get', { form: 'task-records' })).body).toBe('before');
    await app.get('draft.set', { form: 'task-records', body: 'meanwhile' });
    await app.application.tick();
    expect((await state()).readOnly).toBe('ledger-read-only');
    disk.setReadOnly(false);
    await app.application.tick();
    expect(await state()).toMatchObject({ problem: null, readOnly: null });
    await app.get('staff.set', member('Carl'));
    await app.restart();
    expect((await app.get('draft.get', { form: 'task-records' })).body).toBe('meanwhile');
    expect(await names()).toEqual(['Ann', 'Bertha', 'Carl']);
  });

  it('shows what only its log holds, and leaves no copy behind', async () => {
    const crashed = join(disk.folder, 'crashed');
    mkdirSync(crashed);
    for (const name of readdirSync(disk.folder).filter((each) => each.startsWith('clinic.ledger')))
      if (!name.endsWith('-shm')) copyFileSync(join(disk.folder, name), join(crashed, name));
    expect(existsSync(join(crashed, 'clinic.ledger-wal'))).toBe(true);
    await app.application.close();
    disk.setReadOnly(true);
    const before = copies();
    await app.open({ ledgerPath: join(crashed, 'clinic.ledger') });
    expect(await names()).toEqual(['Ann', 'Bertha']);
    await app.application.close();
    expect(copies()).toEqual(before);
  });

  it('is saved and exported to another place', async () => {
    await protect();
    app.answers = { folder: elsewhere, savePath: join(elsewhere, 'report.csv') };
    const { path } = await app.get('backup.make', {});
    expect(isProven(await proveLedger(path ?? ''))).toBe(true);
    const exported = { ...REPORT, format: 'csv', locale: 'en', path: null } as const;
    expect((await app.get('report.export', exported)).bytes).toBeGreaterThan(0);
    const named = {
      ...exported,
      format: 'allocations',
      isForOutside: false,
      identities: 'internal-audit',
    } as const;
    expect(await app.ask('report.export', named)).toMatchObject(REFUSED);
    await app.application.close();
    await app.open({ ledgerPath: path ?? '' }); // the keys are beside it, and are its own
    expect(await names()).toEqual(['Ann', 'Bertha']);
    expect(existsSync(keyStorePath(path ?? ''))).toBe(true);
  });

  it('is read on when its disk fills up under a command', async () => {
    const filler = join(disk.folder, 'filler');
    fill(filler);
    const refused = await app.ask('staff.set', member('Carl'));
    expect(refused).toMatchObject({ ok: false, error: { code: 'disk-full' } });
    expect(await state()).toMatchObject({ problem: null, readOnly: 'disk-full' });
    expect(await names()).toEqual(['Ann', 'Bertha']);
    expect(await app.ask('staff.set', member('Carl'))).toMatchObject(REFUSED);
    rmSync(filler);
    expect(await state()).toMatchObject({ problem: null, readOnly: null });
    await app.get('staff.set', member('Carl'));
  });

  it('is opened for reading where the disk is full from the start', async () => {
    await app.application.close();
    fill(join(disk.folder, 'filler'));
    await app.open();
    expect(await state()).toMatchObject({ problem: null, readOnly: 'disk-full' });
    expect(await names()).toEqual(['Ann', 'Bertha']);
  });

  it('keeps a second copy out while it reads a full disk', async () => {
    fill(join(disk.folder, 'filler'));
    await app.ask('staff.set', member('Carl'));
    expect((await state()).readOnly).toBe('disk-full');
    const second = await openLedger({ path: app.ledgerPath, clock: { nowMs: () => app.clock.ms } });
    expect(second).toMatchObject({ ok: false, error: { code: 'ledger-busy' } });
  });

  it('stays a problem where there is nothing to read', async () => {
    await app.application.close();
    disk.setReadOnly(true);
    await app.open({ ledgerPath: join(disk.folder, 'none.ledger') });
    expect(await state()).toMatchObject({ problem: 'ledger-read-only', readOnly: null, clinic: null });
  });
});

const HISTORY = { staffId: null, taskId: null, day: null, kind: null, beforeSeq: null };
const REPORT = { period: { kind: 'month', from: '2026-11-01' }, poolIds: null, subsystems: null } as const;

function copies(): string[] {
  return readdirSync(tmpdir()).filter((name) => name.startsWith('clinic-allocator-'));
}

/** Writes until there is no room at all. */
function fill(path: string): void {
  try {
    for (let size = 4096; ; size += 4096) writeFileSync(path, Buffer.alloc(4096), { flag: 'a' });
  } catch {
    // full
  }
}
