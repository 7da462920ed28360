/** A file on its way: how far it is, stopping it, and a folder that is no longer there. Nothing half done is left. */
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ExportFormat } from '../../src/shared/domain/report.ts';
import { errorWords } from '../../src/shared/messages/error-words.ts';
import { TestApplication } from '../support/usecases/application.ts';

const PERIOD = { kind: 'year', from: '2026-01-01' } as const;
const app = new TestApplication();
let folder = '';

beforeAll(async () => {
  await app.open({ opensSample: true });
});
afterAll(() => app.close());
beforeEach(() => {
  app.onEvent = null;
  app.events.length = 0;
  folder = join(app.folder, 'files');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
});

const request = (format: ExportFormat, path: string) =>
  ({
    period: PERIOD,
    poolIds: null,
    subsystems: null,
    grouping: 'day',
    format,
    locale: 'en',
    path,
    isForOutside: format !== 'allocations',
  }) as const;

async function headOf(): Promise<number> {
  return (await app.get('app.state', {})).head?.length ?? 0;
}

describe.each(['csv', 'xlsx', 'allocations'] as const)('%s', (format) => {
  it('tells how far it is, ends at the end, and is recorded', async () => {
    const path = join(folder, 'report');
    const { bytes, rows } = await app.get('report.export', request(format, path));
    const steps = app.events.flatMap(({ name, payload }) =>
      name === 'export.progress' ? [payload as { done: number; total: number }] : [],
    );
    expect(steps.length).toBeGreaterThan(1);
    expect(steps.every(({ done }, index) => done >= (steps[index - 1]?.done ?? 0))).toBe(true);
    expect(steps.at(-1)?.done).toBe(steps.at(-1)?.total);
    expect(readFileSync(path)).toHaveLength(bytes);
    expect(rows).toBeGreaterThan(100);
  });

  it('stopped on its way leaves the older file as it was, nothing beside it, and no entry', async () => {
    const path = join(folder, 'report');
    writeFileSync(path, 'older');
    const before = await headOf();
    app.onEvent = (name) => {
      if (name === 'export.progress') void app.ask('report.cancel-export', {});
    };
    const reply = await app.ask('report.export', request(format, path));
    expect(reply).toMatchObject({ ok: false, error: { code: 'cancelled' } });
    expect(readdirSync(folder)).toEqual(['report']);
    expect(readFileSync(path, 'utf8')).toBe('older');
    expect(await headOf()).toBe(before);
  });
});

it('says in words that the folder is gone, as a stick that was pulled out', async () => {
  const reply = await app.ask('report.export', request('csv', join(folder, 'stick', 'report.csv')));
  expect(reply).toMatchObject({ ok: false, error: { code: 'folder-missing' } });
  if (reply.ok) return;
  for (const locale of ['en', 'zh'] as const)
    expect(errorWords(reply.error, locale)).not.toContain('-missing');
  expect(readdirSync(folder)).toEqual([]);
});
