import { renameSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
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
