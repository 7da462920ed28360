import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sameText } from '../../src/shared/domain/local-text.ts';
import { batchId } from '../../src/shared/ids.ts';
import {
  exportCopy,
  REAL_EXPORT,
  REAL_EXPORT_SKIP,
  removeExportCopies,
} from '../support/intake/export-folder.ts';
import { listQueue, NO_FILTER } from '../support/usecases/queue.ts';
import { TestApplication } from '../support/usecases/application.ts';

async function openEmptyClinic(app: TestApplication): Promise<void> {
  await app.open();
  await app.get('clinic.create', {
    name: sameText('Harbour Clinic'),
    timeZone: 'America/New_York',
    language: 'en',
    person: { name: 'Ann', jobTitle: { en: 'Manager', zh: '经理' } },
    pools: [],
    defaults: [],
  });
}

async function lengthOf(app: TestApplication): Promise<number> {
  return (await app.get('app.state', {})).head?.length ?? 0;
}

describe('an import', () => {
  let app: TestApplication;
  beforeEach(async () => {
    app = new TestApplication();
    await openEmptyClinic(app);
  });
  afterEach(async () => {
    await app.close();
    removeExportCopies();
  });

  it('writes what the preview promised, and nothing before it is asked to', async () => {
    const folder = exportCopy();
    const before = await lengthOf(app);
    const preview = await app.get('import.preview', { folder, mode: 'history', mappings: null });
    expect(await lengthOf(app)).toBe(before);
    const done = await app.get('import.commit', { folder, mode: 'history', mappings: preview.mappings });
    const promised = preview.tables.reduce((sum, table) => sum + table.taken, 0);
    expect(promised).toBeGreaterThan(0);
    const { batches } = await app.get('import.list', {});
    expect(batches).toMatchObject([
      { batchId: done.batchId, taken: done.taken, actorName: 'Ann', isReversed: false },
    ]);
  });

  it('takes nothing twice', async () => {
    const folder = exportCopy();
    const { mappings } = await app.get('import.preview', { folder, mode: 'history', mappings: null });
    await app.get('import.commit', { folder, mode: 'history', mappings });
    const again = await app.get('import.preview', { folder, mode: 'history', mappings });
    expect(again.tables.every((table) => table.taken === 0)).toBe(true);
    expect(again.problems.every((problem) => problem.code !== 'unknown-patient' || problem.line > 1)).toBe(
      true,
    );
    const reply = await app.ask('import.commit', { folder, mode: 'history', mappings });
    expect(reply).toMatchObject({ ok: false, error: { code: 'nothing-to-import' } });
  });

  it('is taken back as a whole, once, and may then be made again', async () => {
    const folder = exportCopy();
    const { mappings } = await app.get('import.preview', { folder, mode: 'history', mappings: null });
    const { batchId: batch, taken } = await app.get('import.commit', { folder, mode: 'history', mappings });
    expect((await app.get('report.periods', {})).opensOn < '2026-11-01').toBe(true);
    await app.get('import.reverse', { batchId: batch });
    expect((await app.get('report.periods', {})).opensOn).toBe('2026-11-01');
    const twice = await app.ask('import.reverse', { batchId: batch });
    expect(twice).toMatchObject({ ok: false, error: { code: 'already-reversed' } });
    const again = await app.get('import.commit', { folder, mode: 'history', mappings });
    expect(again.taken).toBe(taken);
    const unknown = await app.ask('import.reverse', { batchId: batchId('b-none') });
    expect(unknown).toMatchObject({ ok: false, error: { code: 'unknown-batch' } });
  });

  it('leaves nothing behind when it is stopped while writing', async () => {
    const folder = exportCopy();
    const { mappings } = await app.get('import.preview', { folder, mode: 'history', mappings: null });
    const before = await lengthOf(app);
    app.onEvent = (name, payload) => {
      const isWriting = typeof payload === 'object' && payload !== null && 'phase' in payload;
      if (name === 'import.progress' && isWriting && payload.phase === 'writing') {
        void app.ask('import.cancel', {});
      }
    };
    const reply = await app.ask('import.commit', { folder, mode: 'history', mappings });
    expect(reply).toMatchObject({ ok: false, error: { code: 'cancelled' } });
    expect(await lengthOf(app)).toBe(before);
    expect((await app.get('pool.list', {})).pools).toHaveLength(0);
  });

  it('puts a backlog into the queue, and is not taken back once staff have promised some of it', async () => {
    const folder = exportCopy();
    const { mappings } = await app.get('import.preview', { folder, mode: 'backlog', mappings: null });
    const { batchId: batch } = await app.get('import.commit', { folder, mode: 'backlog', mappings });
    const { rows } = await listQueue(app, 'records', { filter: { ...NO_FILTER, states: ['tentative'] } });
    const planned = rows.find((row) => row.state === 'tentative');
    if (!planned) throw new Error('the backlog has planned visits');
    await app.get('task.act', { taskId: planned.taskId, action: 'confirm', at: null });
    const reply = await app.ask('import.reverse', { batchId: batch });
    expect(reply).toMatchObject({ ok: false, error: { code: 'batch-in-use' } });
  });

  it('refuses a folder that is none, and one that holds something else', async () => {
    const other = join(app.folder, 'other');
    mkdirSync(other);
    const missing = await app.ask('import.preview', {
      folder: join(other, 'x'),
      mode: 'history',
      mappings: null,
    });
    expect(missing).toMatchObject({ ok: false, error: { code: 'folder-missing' } });
    const foreign = await app.ask('import.preview', { folder: other, mode: 'history', mappings: null });
    expect(foreign).toMatchObject({ ok: false, error: { code: 'not-an-export' } });
  });
});

/** Data rows of a CSV file whose cells hold no line feed. */
function rowsIn(file: string): number {
  return readFileSync(join(REAL_EXPORT, file), 'utf8').trimEnd().split('\n').length - 1;
}

describe("a real system's export", () => {
  let app: TestApplication;
  beforeEach(async (context) => {
    if (REAL_EXPORT_SKIP !== null) context.skip(REAL_EXPORT_SKIP);
    app = new TestApplication();
    await openEmptyClinic(app);
  });
  afterEach(() => app?.close());

  it('comes in with the counts of its files, and no name of a patient is readable on disk', async () => {
    const request = { folder: REAL_EXPORT, mode: 'history' as const };
    const preview = await app.get('import.preview', { ...request, mappings: null });
    const rows = Object.fromEntries(preview.tables.map((table) => [table.table, table.rows]));
    expect(rows).toEqual({
      encounters: rowsIn('encounters.csv'),
      imaging_studies: rowsIn('imaging_studies.csv'),
      claims: rowsIn('claims.csv'),
      procedures: rowsIn('procedures.csv'),
      devices: rowsIn('devices.csv'),
    });
    expect(preview.patients).toBe(rowsIn('patients.csv'));
    const done = await app.get('import.commit', { ...request, mappings: preview.mappings });
    expect(done.leftOut).toBe(preview.problemCount);

    const names = readFileSync(join(REAL_EXPORT, 'patients.csv'), 'utf8')
      .trimEnd()
      .split('\n')
      .slice(1)
      .flatMap((line) => [line.split(',')[0], line.split(',')[7], line.split(',')[9]])
      .filter((name): name is string => name !== undefined && name.length > 5)
      .slice(0, 30);
    expect(names).toHaveLength(30);
    const copies = join(app.folder, 'copies');
    mkdirSync(copies);
    for (const file of readdirSync(app.folder).filter((name) => name.startsWith('clinic.ledger'))) {
      cpSync(join(app.folder, file), join(copies, file));
      const bytes = readFileSync(join(copies, file)).toString('latin1');
      expect(names.filter((name) => bytes.includes(name))).toEqual([]);
    }
    rmSync(copies, { recursive: true });
  });
});
