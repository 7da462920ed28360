import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sameText } from '../../src/shared/domain/local-text.ts';
import { TestApplication } from '../support/usecases/application.ts';

describe('a ledger that cannot be opened', () => {
  let app: TestApplication;
  beforeEach(() => {
    app = new TestApplication();
  });
  afterEach(() => app.close());

  it('is told as a problem, leaves a foreign file as it is, and opens once the way is free', async () => {
    writeFileSync(app.ledgerPath, 'Dear diary, today the scanner broke again.\n');
    await app.open();
    expect((await app.get('app.state', {})).problem).toBe('not-a-ledger');
    expect(await app.ask('today.get', {})).toMatchObject({
      ok: false,
      error: { code: 'ledger-unavailable' },
    });
    renameSync(app.ledgerPath, `${app.ledgerPath}.diary`);
    expect((await app.get('app.state', {})).problem).toBeNull();
  });

  it('keeps a second copy out until the first is closed', async () => {
    await app.open();
    const second = new TestApplication();
    const path = app.ledgerPath;
    await second.open({ ledgerPath: path });
    expect((await second.get('app.state', {})).problem).toBe('ledger-busy');
    await app.application.close();
    expect((await second.get('app.state', {})).problem).toBeNull();
    await second.close();
  });
});

describe('a first run with a backup at hand', () => {
  it('brings the clinic back with its people, and does so only into an empty ledger', async () => {
    const old = await new TestApplication().open();
    await old.get('clinic.create', {
      name: sameText('Harbour Clinic'),
      timeZone: 'Europe/Berlin',
      language: 'en',
      person: { name: 'Ann', jobTitle: sameText('manager') },
      pools: [],
      defaults: [],
    });
    const stick = join(old.folder, 'stick');
    mkdirSync(stick);
    old.answers.folder = stick;
    await old.get('backup.make', {});
    old.clock.forward(1);

    const fresh = new TestApplication('2026-11-18T03:00:00Z');
    await fresh.open();
    fresh.answers.folder = stick;
    const { preview } = await fresh.get('recovery.choose-backup', {});
    expect(preview).toMatchObject({ lostEntries: 0, isSameLedger: true });
    await fresh.get('recovery.restore', {});
    const state = await fresh.get('app.state', {});
    expect(state.clinic?.name.en).toBe('Harbour Clinic');
    expect(state.person?.name).toBe('Ann');
    const again = await fresh.ask('recovery.restore', {});
    expect(again).toMatchObject({ ok: false, error: { code: 'not-damaged' } });
    await fresh.close();
    await old.close();
  });
});
