/** The small file beside the ledger: what survives, and what a damaged one means. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PreferenceStore } from '../../src/main/window/preferences.ts';

const defaults = { locale: null, theme: 'system', opensSample: false, bounds: null };
const unexpected = (error: unknown): never => expect.unreachable(String(error));

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'clinic-allocator-preferences-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe('PreferenceStore', () => {
  it('starts with the defaults and writes nothing', () => {
    expect(new PreferenceStore(folder, unexpected).current).toEqual(defaults);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('remembers what was changed and leaves no other file', () => {
    const bounds = { x: -5, y: 10, width: 1366, height: 768, isMaximized: true };
    new PreferenceStore(folder, unexpected).change({ locale: 'zh', bounds });
    new PreferenceStore(folder, unexpected).change({ theme: 'dark' });
    expect(new PreferenceStore(folder, unexpected).current).toEqual({
      locale: 'zh',
      theme: 'dark',
      opensSample: false,
      bounds,
    });
    expect(readdirSync(folder)).toEqual(['preferences.json']);
  });

  const damaged = [
    { name: 'an empty file', text: '' },
    { name: 'half a file', text: '{"locale":"zh","the' },
    { name: 'another kind of file', text: '[1,2]' },
    { name: 'an unknown language', text: JSON.stringify({ ...defaults, locale: 'fr' }) },
    {
      name: 'a window without width',
      text: JSON.stringify({ ...defaults, bounds: { x: 1, y: 1, width: 0 } }),
    },
    { name: 'something that does not belong there', text: JSON.stringify({ ...defaults, patient: 'x' }) },
  ];
  it.each(damaged)('takes the defaults for $name and can be changed again', ({ text }) => {
    writeFileSync(join(folder, 'preferences.json'), text);
    const store = new PreferenceStore(folder, unexpected);
    expect(store.current).toEqual(defaults);
    store.change({ theme: 'light' });
    expect(JSON.parse(readFileSync(join(folder, 'preferences.json'), 'utf8'))).toEqual({
      ...defaults,
      theme: 'light',
    });
  });

  it('holds a choice for this run when it cannot be written, and says so', () => {
    const gone = join(folder, 'gone');
    const faults: unknown[] = [];
    const store = new PreferenceStore(gone, (fault) => faults.push(fault));
    store.change({ locale: 'en' });
    expect(store.current.locale).toBe('en');
    expect(faults).toHaveLength(1);
  });

  it('leaves nothing half-written when the file cannot be replaced', () => {
    mkdirSync(join(folder, 'preferences.json'));
    const faults: unknown[] = [];
    new PreferenceStore(folder, (fault) => faults.push(fault)).change({ locale: 'en' });
    expect(faults).toHaveLength(1);
    expect(readdirSync(folder)).toEqual(['preferences.json']);
  });
});
