import { copyFileSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { keyStorePath } from '../../src/main/ledger/index.ts';
import { openCheckpointKey } from '../../src/main/security/index.ts';
import type { SystemEncryption } from '../../src/main/security/index.ts';
import { DAY } from '../../src/shared/units.ts';
import { TestApplication } from '../support/usecases/application.ts';
import { foundClinic } from '../support/usecases/own-clinic.ts';

const app = { current: new TestApplication() };

beforeEach(() => {
  app.current = new TestApplication();
});

afterEach(() => app.current.close());

const keyPath = (): string => join(app.current.folder, 'settings', 'checkpoint-key.json');

/** A key ring of the system, as far as a file can tell. */
const ring: SystemEncryption = {
  encrypt: (text) => Buffer.from(text, 'utf8').reverse(),
  decrypt: (bytes) => Buffer.from(bytes).reverse().toString('utf8'),
};

async function checkpoints(): Promise<number> {
  const asked = {
    staffId: null,
    taskId: null,
    day: null,
    kind: 'checkpoint-signed',
    beforeSeq: null,
  } as const;
  return (await app.current.get('ledger.history', asked)).entries.length;
}

test('keeps the key in a file of this account alone, and finds it again', () => {
  const made = openCheckpointKey(keyPath(), null);
  expect(made?.keptBy).toBe('file');
  if (process.platform !== 'win32') expect(statSync(keyPath()).mode & 0o777).toBe(0o600);
  expect(openCheckpointKey(keyPath(), null)?.signer.keyId).toBe(made?.signer.keyId);
  expect(readdirSync(join(keyPath(), '..'))).toEqual(['checkpoint-key.json']);
});

test('has the system encrypt the key, and signs nothing while the system cannot be asked', () => {
  const made = openCheckpointKey(keyPath(), ring);
  expect(made?.keptBy).toBe('system');
  const { key } = JSON.parse(readFileSync(keyPath(), 'utf8')) as { key: string };
  expect(Buffer.from(key, 'base64').toString('utf8')).not.toContain('PRIVATE KEY');
  expect(openCheckpointKey(keyPath(), ring)?.signer.keyId).toBe(made?.signer.keyId);
  expect(openCheckpointKey(keyPath(), null)).toBeNull();
  writeFileSync(keyPath(), 'not a key');
  expect(openCheckpointKey(keyPath(), ring)).toBeNull();
});

test('signs soon after the start, daily and at closing, but never the same head twice', async () => {
  await foundClinic(app.current);
  app.current.checkpointKey = openCheckpointKey(keyPath(), null);
  await app.current.application.tick();
  await app.current.application.tick();
  expect(await checkpoints()).toBe(1);
  await app.current.application.beforeClosing();
  expect(await checkpoints()).toBe(1);
  await app.current.get('subsystem.set', {
    setting: { subsystem: 'imaging', policy: 'priority', weight: 2 },
  });
  await app.current.application.tick();
  expect(await checkpoints()).toBe(1);
  app.current.clock.forward(24 * 60);
  await app.current.application.tick();
  expect(await checkpoints()).toBe(2);
  const verdict = await app.current.get('ledger.verify', {});
  expect(verdict).toMatchObject({
    isWhole: true,
    at: app.current.clock.seconds,
    checkpoints: { matching: 2, own: { count: 2, keptBy: 'file' } },
  });
  const { last, own } = verdict.checkpoints;
  expect(last.map(({ at }) => at)).toEqual([app.current.clock.seconds - DAY, app.current.clock.seconds]);
  expect(last.every(({ keyId, seq, length }) => keyId === own?.keyId && length === seq - 1)).toBe(true);
});

test('signs before a backup, and compares the note beside it with the chain', async () => {
  await foundClinic(app.current);
  app.current.checkpointKey = openCheckpointKey(keyPath(), null);
  const folder = join(app.current.folder, 'stick');
  mkdirSync(folder);
  app.current.answers = { folder, savePath: null };
  await app.current.get('backup.make', {});
  expect(await checkpoints()).toBe(1);
  expect(await app.current.get('ledger.verify', {})).toMatchObject({ isWhole: true });
  const [name] = readdirSync(folder).filter((file) => file.endsWith('.verified'));
  const path = join(folder, name ?? '');
  const note = JSON.parse(readFileSync(path, 'utf8')) as { length: number; head: string };
  writeFileSync(path, JSON.stringify({ ...note, head: 'ab'.repeat(32) }));
  expect(await app.current.get('ledger.verify', {})).toMatchObject({
    isWhole: false,
    faults: [{ kind: 'entry', seq: note.length, code: 'backup-head-wrong', entryKind: 'checkpoint-signed' }],
  });
});

test('notices a cloned machine where both go on and back up into one folder', async () => {
  await foundClinic(app.current);
  const folder = join(app.current.folder, 'share');
  mkdirSync(folder);
  await app.current.application.close();
  const clone = new TestApplication();
  for (const path of [app.current.ledgerPath, keyStorePath(app.current.ledgerPath)])
    copyFileSync(path, path.replace(app.current.folder, clone.folder)); // its ids are the same: nobody is asked
  await app.current.open();
  await clone.open();
  try {
    for (const one of [app.current, clone]) {
      one.answers = { folder, savePath: null };
      const setting = { subsystem: 'imaging', policy: 'priority', weight: one === clone ? 2 : 3 } as const;
      await one.get('subsystem.set', { setting }, `set-${setting.weight}`);
    }
    await app.current.get('backup.make', {});
    clone.clock.forward(24 * 60);
    await clone.get('backup.make', {}, 'clone-backup');
    for (const one of [app.current, clone]) {
      const { isWhole, faults } = await one.get('ledger.verify', {});
      expect({ isWhole, code: faults[0]?.kind === 'entry' && faults[0].code }).toEqual({
        isWhole: false,
        code: 'backup-head-wrong',
      });
    }
  } finally {
    await clone.close();
  }
});
