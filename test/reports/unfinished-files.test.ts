/**
 * A file that does not come to its end leaves no half file, in any format: the disk fills up, the stick is pulled out,
 * somebody stops it, the process is killed.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Refusal } from '../../src/shared/result.ts';
import { errorWords } from '../../src/shared/messages/error-words.ts';
import { LOCALES } from '../../src/shared/domain/local-text.ts';
import { EXPORT_FORMATS } from '../../src/shared/domain/report.ts';
import { exportReport } from '../../src/main/reports/export.ts';
import { removeLeftOvers, temporaryPath } from '../../src/main/reports/writers/left-overs.ts';
import { SmallDisk } from '../support/ledger/small-disk.ts';
import { formatJob } from '../support/reports/format-jobs.ts';
import { whileSyncing } from '../support/reports/while-syncing.ts';

const NO_DISK = 'mounting a small file system needs root on Linux';
const KILLED = join(import.meta.dirname, '../support/reports/killed-export.ts');
/** Hidden, and of no format. */
const UNFINISHED = /^\.report\..+\.part$/;

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clinic-unfinished-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function expectWords(refusal: Refusal): void {
  const words = LOCALES.map((locale) => errorWords(refusal, locale));
  expect(new Set(words).size).toBe(LOCALES.length);
  for (const text of words) expect(text).not.toContain(refusal.code);
}

describe.each(EXPORT_FORMATS)('%s', (format) => {
  it('on a disk that fills up leaves the older file and nothing else, and says so', async ({ skip }) => {
    const disk = SmallDisk.mount(8);
    if (!disk) return skip(NO_DISK);
    try {
      const path = join(disk.folder, 'report');
      writeFileSync(path, 'older');
      const written = await exportReport(formatJob(format, path));
      if (written.ok) throw new Error('written, though there is no room');
      expect(written.error.code).toBe('disk-full');
      expect(readdirSync(disk.folder)).toEqual(['report']);
      expect(readFileSync(path, 'utf8')).toBe('older');
      expectWords(written.error);
    } finally {
      disk.unmount();
    }
  });

  it('on a stick that is pulled out meanwhile leaves nothing where the stick was, and says so', async ({
    skip,
  }) => {
    const disk = SmallDisk.mount(8192);
    if (!disk) return skip(NO_DISK);
    const restore = await whileSyncing(() => {
      disk.detach();
    });
    try {
      const written = await exportReport(formatJob(format, join(disk.folder, 'report')));
      if (written.ok) throw new Error('written, though the stick is gone');
      expect(written.error.code).toBe('folder-missing');
      expect(readdirSync(disk.folder)).toEqual([]);
      expectWords(written.error);
    } finally {
      restore();
      rmSync(disk.folder, { recursive: true, force: true });
    }
  });

  it('stopped when all of it is written leaves the older file and nothing else', async () => {
    const path = join(folder, 'report');
    writeFileSync(path, 'older');
    const stop = new AbortController();
    let during: string[] = [];
    const restore = await whileSyncing(() => {
      during = readdirSync(folder);
      stop.abort();
    });
    const written = await exportReport(formatJob(format, path, stop.signal));
    restore();
    expect(written).toMatchObject({ ok: false, error: { code: 'cancelled' } });
    expect(during).toEqual([expect.stringMatching(UNFINISHED), 'report']);
    expect(readdirSync(folder)).toEqual(['report']);
    expect(readFileSync(path, 'utf8')).toBe('older');
  });

  it('killed meanwhile leaves the older file and what nobody takes for it, and the next one takes that away', async () => {
    const path = join(folder, 'report');
    writeFileSync(path, 'older');
    const killed = spawnSync(process.execPath, [KILLED, format, path], { encoding: 'utf8' });
    expect({ signal: killed.signal, said: killed.stderr }).toEqual({ signal: 'SIGKILL', said: '' });
    expect(readdirSync(folder)).toEqual([expect.stringMatching(UNFINISHED), 'report']);
    expect(readFileSync(path, 'utf8')).toBe('older');
    const written = await exportReport(formatJob(format, path));
    expect(written.ok).toBe(true);
    expect(readdirSync(folder)).toEqual(['report']);
    expect(readFileSync(path, 'utf8')).not.toBe('older');
  });
});

describe('what is left of unfinished files', () => {
  const DAY_MS = 86_400_000;
  const elsewhere = '.report.0badcafe-7-00000000-0000-4000-8000-000000000000.part';
  const made = (name: string, ageMs: number): string => {
    const path = join(folder, name);
    writeFileSync(path, 'half');
    const then = new Date(Date.now() - ageMs);
    utimesSync(path, then, then);
    return name;
  };

  it('stays while somebody may write it: this process, another one, another computer', async () => {
    const own = temporaryPath(join(folder, 'report')).slice(folder.length + 1);
    const names = [
      made(own, 3 * DAY_MS),
      made(own.replace(`-${process.pid}-`, `-${process.ppid}-`), 0),
      made(elsewhere, DAY_MS / 2),
    ];
    await removeLeftOvers(folder);
    expect(readdirSync(folder).sort()).toEqual(names.sort());
  });

  it('goes from another computer after a day, and nothing else ever goes', async () => {
    made(elsewhere, 2 * DAY_MS);
    const others = ['.report.part', 'report.part', '.report.x-7-0.part', 'report.csv'].map((name) =>
      made(name, 300 * DAY_MS),
    );
    await removeLeftOvers(folder);
    expect(readdirSync(folder).sort()).toEqual(others.sort());
  });
});
