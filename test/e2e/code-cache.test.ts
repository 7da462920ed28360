/** The build's caches of compiled code: V8 takes them in the runtime that made them, and refuses another's. */
import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeCodeCache } from '../../scripts/lib/code-cache.mjs';
import { root } from '../../scripts/lib/project.mjs';

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'code-cache-'));
  for (const name of readdirSync(join(root, 'out', 'main')).filter((file) => file.endsWith('.cjs'))) {
    cpSync(join(root, 'out', 'main', name), join(folder, name));
  }
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
});

describe('the code cache', () => {
  it('is made for every bundle, and taken', async () => {
    expect(await makeCodeCache(folder)).toBe(true);
    const names = readdirSync(folder);
    const bundles = names.filter((name) => name.endsWith('.cjs'));
    expect(names.filter((name) => name.endsWith('.cache'))).toEqual(bundles.map((name) => `${name}.cache`));
    expect(await makeCodeCache(folder, { isCheck: true })).toBe(true);
  });

  it('holds the functions that a start has called, where the application can be started', async () => {
    const built = mkdtempSync(join(tmpdir(), 'code-cache-started-'));
    const size = (place: string) => {
      const name = readdirSync(place).find((file) => /^composition-.*\.cache$/.test(file)) ?? '';
      return statSync(join(place, name)).size;
    };
    try {
      cpSync(join(root, 'out'), join(built, 'out'), { recursive: true });
      symlinkSync(join(root, 'node_modules'), join(built, 'node_modules'));
      expect(await makeCodeCache(join(built, 'out', 'main'))).toBe(true);
      expect(await makeCodeCache(join(built, 'out', 'main'), { isCheck: true })).toBe(true);
      expect(size(join(built, 'out', 'main'))).toBeGreaterThan(1.1 * size(folder));
    } finally {
      rmSync(built, { recursive: true, force: true, maxRetries: 3 });
    }
  });

  it('is refused when another V8 has made it', async () => {
    const file = join(folder, 'index.cjs.cache');
    const bytes = readFileSync(file);
    bytes[4] = (bytes[4] ?? 0) ^ 0xff; // the version's hash follows the four bytes that say what it is
    writeFileSync(file, bytes);
    expect(await makeCodeCache(folder, { isCheck: true })).toBe(false);
  });
});
