/**
 * The CSV export of a clinic system as files and folders: encodings, quotes, progress, cancelling, and folders that
 * are refused as a whole.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { readClinicExport } from '../../src/main/intake/index.ts';
import { SOURCE_TABLES } from '../../src/shared/domain/intake.ts';
import { seconds } from '../../src/shared/units.ts';
import {
  countsOf,
  exportCopy,
  problemsOf,
  readDrafts as read,
  readOptions,
  removeExportCopies,
} from '../support/intake/export-folder.ts';

afterAll(removeExportCopies);

describe('the text of a file', () => {
  const ROWS = [
    'Id,START,STOP,PATIENT,CODE,DESCRIPTION',
    'e-1,2026-03-02T08:00:00Z,,p-001,1,"Check, ""yearly"""',
  ];

  it.each([
    ['CRLF and a byte order mark', `\uFEFF${ROWS.join('\r\n')}\r\n`, 2],
    ['no line break at the end', ROWS.join('\n'), 2],
    ['blank lines', `\n${ROWS.join('\n\n\n')}\n\n`, 5],
    [
      'columns in another order',
      'PATIENT,CODE,DESCRIPTION,Id,STOP,START\np-001,1,"Check, ""yearly""",e-1,,2026-03-02T08:00:00Z',
      2,
    ],
  ])('%s', async (_name, text, line) => {
    const drafts = await read(exportCopy({ 'encounters.csv': text }));
    expect(countsOf(drafts)[0]).toEqual(['encounters', 1, 1, 0]);
    expect(drafts.tasks[0]?.line).toBe(line);
    expect(drafts.workKinds[0]?.name.en).toBe('Check, "yearly"');
  });

  it('counts lines as an editor does, also after line breaks inside quotes', async () => {
    const text = [ROWS[0], 'e-1,2026-03-02T08:00:00Z,,p-001,1,"two\r\nlines"', 'e-2,never,,p-001,1,x'].join(
      '\r\n',
    );
    const drafts = await read(exportCopy({ 'encounters.csv': text }));
    expect(problemsOf(drafts)).toEqual([['encounters.csv', 4, 'unreadable-time', 'START']]);
  });

  it('may hold nothing but its header', async () => {
    const drafts = await read(exportCopy({ 'encounters.csv': `${ROWS[0]}\n` }));
    expect(countsOf(drafts)[0]).toEqual(['encounters', 0, 0, 0]);
  });
});

describe('folders that are refused as a whole', () => {
  it.each<[string, Record<string, string | Buffer | null>, string, Record<string, string>]>([
    ['no patients', { 'patients.csv': null }, 'not-an-export', {}],
    ['an empty file', { 'claims.csv': '' }, 'missing-column', { file: 'claims.csv', column: 'Id' }],
    [
      'a missing column',
      { 'devices.csv': 'START,STOP,CODE,DESCRIPTION,UDI\n' },
      'missing-column',
      { file: 'devices.csv', column: 'PATIENT' },
    ],
    [
      'another encoding',
      { 'patients.csv': Buffer.from('4964a3ac42495254484441544520b9fec0fe', 'hex') },
      'file-unreadable',
      { file: 'patients.csv', cause: 'encoding' },
    ],
    [
      'a quote that never closes',
      {
        'devices.csv':
          'START,STOP,PATIENT,CODE,DESCRIPTION,UDI\n2026-03-02,,p-001,1,"x,1\n2026-03-02,,p-001,1,y,2\n',
      },
      'file-unreadable',
      { file: 'devices.csv', cause: 'quotes' },
    ],
  ])('%s', async (_name, files, code, params) => {
    const result = await readClinicExport(readOptions(exportCopy(files)));
    expect(result).toEqual({ ok: false, error: { code, params, retryable: false } });
  });

  it.each([
    ['a folder of something else', { 'notes.txt': 'hello' }],
    ['an empty folder', {}],
    ['patients without any table', { 'patients.csv': 'Id,BIRTHDATE,FIRST,LAST\n' }],
  ])('%s', async (_name, files) => {
    const folder = mkdtempSync(join(tmpdir(), 'clinic-export-'));
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    const result = await readClinicExport(readOptions(folder));
    rmSync(folder, { recursive: true });
    expect(result).toMatchObject({ ok: false, error: { code: 'not-an-export' } });
  });

  it('a folder that is not there', async () => {
    const result = await readClinicExport(readOptions('/nowhere/at/all'));
    expect(result).toMatchObject({ ok: false, error: { code: 'folder-missing', params: {} } });
  });

  it('a file that is a folder', async () => {
    const folder = exportCopy({ 'devices.csv': null });
    mkdirSync(join(folder, 'devices.csv'));
    const result = await readClinicExport(readOptions(folder));
    expect(result).toMatchObject({ ok: false, error: { params: { file: 'devices.csv', cause: 'disk' } } });
  });
});

describe('reading', () => {
  it('passes over tables that are not wanted and says which ones the folder lacks', async () => {
    const mappings = SOURCE_TABLES.map((table) => ({
      table,
      isIncluded: table !== 'claims',
      defaultDurationSeconds: seconds(600),
    }));
    const drafts = await read(exportCopy({ 'devices.csv': null }), { mappings });
    expect(drafts.counts.map((count) => count.table)).toEqual([
      'encounters',
      'imaging_studies',
      'procedures',
    ]);
    expect(drafts.absentTables).toEqual(['devices']);
    expect(drafts.tasks.find((task) => task.table === 'imaging_studies')?.durationSeconds).toBe(600);
  });

  it('tells how far it is, up to all bytes', async () => {
    const progress: number[] = [];
    await read(exportCopy(), {
      onProgress: ({ bytesRead, bytesTotal }) => progress.push(bytesRead / bytesTotal),
    });
    expect(progress.at(-1)).toBe(1);
    expect(progress).toEqual([...progress].sort((left, right) => left - right));
  });

  it('stops when it is cancelled, before it begins and in its midst', async () => {
    const folder = exportCopy();
    const before = await readClinicExport(readOptions(folder, { signal: AbortSignal.abort() }));
    const controller = new AbortController();
    const midst = await readClinicExport(
      readOptions(folder, { signal: controller.signal, onProgress: () => controller.abort() }),
    );
    for (const result of [before, midst]) {
      expect(result).toEqual({ ok: false, error: { code: 'cancelled', params: {}, retryable: true } });
    }
  });

  it('never loses a row, whatever the rows hold', async () => {
    const cell = fc.constantFrom(
      '',
      'e-1',
      'e-2',
      'p-001',
      'p-9',
      '2026-03-02T08:00:00Z',
      '2026-03-02',
      '7',
      'é 王',
    );
    const rows = fc.array(fc.array(cell, { minLength: 2, maxLength: 8 }), { maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(rows, async (table) => {
        const text = ['Id,START,STOP,PATIENT,CODE,DESCRIPTION', ...table.map((row) => row.join(','))].join(
          '\n',
        );
        const drafts = await read(exportCopy({ 'encounters.csv': text }));
        const [count] = drafts.counts;
        expect(count?.rows).toBe(table.length);
        expect((count?.taken ?? 0) + (count?.leftOut ?? 0)).toBe(table.length);
        expect(drafts.tasks.filter((task) => task.table === 'encounters')).toHaveLength(count?.taken ?? 0);
        removeExportCopies();
      }),
      { numRuns: 40 },
    );
  });
});
