import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findSetting, isProven, proveLedger } from '../../src/main/ledger/index.ts';
import { storageFailureOf } from '../../src/main/ledger/sqlite-failure.ts';
import { accept } from '../../src/shared/result.ts';
import { SmallDisk } from '../support/ledger/small-disk.ts';
import { accepted, codeOf, TemporaryLedger } from '../support/ledger/temporary-ledger.ts';

test('a full disk stops writing, loses nothing acknowledged, and writing goes on once there is room', async ({
  skip,
}) => {
  const disk = SmallDisk.mount(3072);
  if (!disk) return skip('mounting a small file system needs root on Linux');
  const filler = join(disk.folder, 'filler');
  const books = await TemporaryLedger.open(disk.folder);
  try {
    writeFileSync(filler, Buffer.alloc(1024 * 1024));
    let acknowledged = 0;
    let code: string | null = null;
    while (code === null && acknowledged < 2000) {
      const value = `${acknowledged} `.repeat(1500);
      const reply = await books.ledger.write(books.command(), (tx) =>
        accept(tx.append('settings-changed', { key: `k-${acknowledged}`, value })),
      );
      code = codeOf(reply);
      if (reply.ok) acknowledged += 1;
    }
    expect(code).toBe('disk-full');
    expect(books.ledger.state).toEqual({ status: 'failed', failure: 'disk-full' });
    writeFileSync(filler, '');
    const tooSoon = await books.ledger.write(books.command(), () => accept(null));
    expect(codeOf(tooSoon)).toBe('disk-full');
    const head = accepted(await books.ledger.reopen());
    expect(head.seq).toBe(1 + acknowledged);
    for (let index = 0; index < acknowledged; index += 1) {
      expect(findSetting(books.ledger.db, `k-${index}`)).not.toBeNull();
    }
    await books.append('settings-changed', { key: 'theme', value: 'dark' });
    expect(isProven(await proveLedger(books.path))).toBe(true);
  } finally {
    await books.close();
    disk.unmount();
  }
});

test('a disk that is full in the middle of an import takes all of it back', async ({ skip }) => {
  const disk = SmallDisk.mount(2048);
  if (!disk) return skip('mounting a small file system needs root on Linux');
  const books = await TemporaryLedger.open(disk.folder);
  try {
    const reply = await books.ledger.write(books.command(), async (tx) => {
      for (let index = 0; index < 20_000; index += 1) {
        tx.append('settings-changed', { key: `k-${index}`, value: 'x'.repeat(400) });
        if (index % 500 === 0) await new Promise((resolve) => setImmediate(resolve));
      }
      return accept(null);
    });
    expect(codeOf(reply)).toBe('disk-full');
    expect(accepted(await books.ledger.reopen()).seq).toBe(1);
    expect(await books.append('settings-changed', { key: 'theme', value: 'dark' })).toBe(2);
  } finally {
    await books.close();
    disk.unmount();
  }
});

test('names system errors by what a person can do about them, and nothing else', () => {
  const systemError = (code: string): Error => Object.assign(new Error(code), { code });
  expect(['ENOSPC', 'EROFS', 'EIO', 'ENOTDIR'].map((code) => storageFailureOf(systemError(code)))).toEqual([
    'disk-full',
    'ledger-read-only',
    'ledger-io',
    null,
  ]);
  expect(storageFailureOf(new Error('a bug'))).toBeNull();
});
