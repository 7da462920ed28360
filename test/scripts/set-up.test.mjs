/**
 * What the set-up decides by itself: when node_modules is as the lockfile says, and that an interrupted or doubled
 * set-up never leaves half a folder behind.
 */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { lockfilesAgree } from '../../scripts/lib/dependencies.mjs';
import { makeFolder, withLock } from '../../scripts/lib/safe-cache.mjs';

describe('whether node_modules is as the lockfile says', () => {
  const zod = { version: '4.6.7', integrity: 'sha512-a' };
  const other = { version: '1.0.0', integrity: 'sha512-b' };
  const macOnly = { version: '1.0.0', integrity: 'sha512-c', optional: true };
  const cases = [
    { name: 'the same packages', wanted: { zod }, installed: { zod }, want: true },
    {
      name: 'the root entry is no package',
      wanted: { '': { version: '9' }, zod },
      installed: { zod },
      want: true,
    },
    {
      name: 'another platform’s optional package is missing',
      wanted: { zod, macOnly },
      installed: { zod },
      want: true,
    },
    { name: 'a package is missing', wanted: { zod, other }, installed: { zod }, want: false },
    {
      name: 'another version',
      wanted: { zod },
      installed: { zod: { ...zod, version: '4.6.6' } },
      want: false,
    },
    {
      name: 'the same version with other contents',
      wanted: { zod },
      installed: { zod: { ...zod, integrity: 'x' } },
      want: false,
    },
    {
      name: 'a package that the lockfile no longer has',
      wanted: { zod },
      installed: { zod, other },
      want: false,
    },
  ];
  test.each(cases)('$name: $want', ({ wanted, installed, want }) => {
    expect(lockfilesAgree(wanted, installed)).toBe(want);
  });
});

describe('a cached folder', () => {
  let parent = '';
  beforeEach(() => {
    parent = mkdtempSync(join(tmpdir(), 'clinic-cache-'));
  });
  afterEach(() => {
    rmSync(parent, { recursive: true });
  });

  test('appears only when it is complete, and leaves nothing beside it', async () => {
    const target = join(parent, 'runtime');
    await makeFolder(target, async (temporary) => {
      writeFileSync(join(temporary, 'file'), 'whole');
      await sleep(5);
      expect(existsSync(target)).toBe(false);
    });
    expect(readFileSync(join(target, 'file'), 'utf8')).toBe('whole');
    expect(readdirSync(parent)).toEqual(['runtime']);
  });

  test('stays as it was when making it anew fails', async () => {
    const target = join(parent, 'runtime');
    mkdirSync(target);
    writeFileSync(join(target, 'file'), 'old');
    const failing = makeFolder(target, () => Promise.reject(new Error('the network went away')));
    await expect(failing).rejects.toThrow('the network went away');
    expect(readFileSync(join(target, 'file'), 'utf8')).toBe('old');
    expect(readdirSync(parent)).toEqual(['runtime']);
  });

  test('is made by one set-up at a time', async () => {
    const said = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    const lock = join(parent, 'lock');
    const order = [];
    const work = (name) => async () => {
      order.push(`${name} begins`);
      await sleep(20);
      order.push(`${name} ends`);
    };
    await Promise.all([withLock(lock, work('first')), withLock(lock, work('second'))]);
    expect(order).toEqual(['first begins', 'first ends', 'second begins', 'second ends']);
    expect(said.mock.calls.join('')).toContain('waiting for another set-up');
    said.mockRestore();
  });

  test('is not kept waiting by a set-up that was killed', async () => {
    const lock = join(parent, 'lock');
    const processThatIsGone = 2 ** 22 + 1;
    writeFileSync(lock, String(processThatIsGone));
    await expect(withLock(lock, () => Promise.resolve('done'))).resolves.toBe('done');
    expect(existsSync(lock)).toBe(false);
  });
});
