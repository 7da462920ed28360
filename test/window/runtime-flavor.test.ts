/** Which runtime About and every exported file say they were made on. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runtimeFlavor } from '../../src/main/window/runtime-flavor.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'clinic-allocator-flavor-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe('runtimeFlavor', () => {
  const pinned = { devDependencies: { electron: '45.4.1' } };
  const cases = [
    { name: 'the pinned version', manifest: pinned, version: '45.4.1', want: 'pinned' },
    { name: 'another version', manifest: pinned, version: '33.2.1', want: 'testruntime' },
    {
      name: 'a package that says so',
      manifest: { runtimeFlavor: 'testruntime' },
      version: '45.4.1',
      want: 'testruntime',
    },
    { name: 'a released package', manifest: { runtimeFlavor: 'pinned' }, version: '45.4.1', want: 'pinned' },
    { name: 'a package that says nothing', manifest: {}, version: '45.4.1', want: 'testruntime' },
  ];
  it.each(cases)('$name: $want', ({ manifest, version, want }) => {
    writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
    expect(runtimeFlavor(folder, version)).toBe(want);
  });
});
