/**
 * Files are read back by something else than what wrote them, and their numbers compared with a recomputation that does
 * not use the report code.
 */
import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import readExcelFile, { readSheet } from 'read-excel-file/node';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Locale } from '../../src/shared/domain/local-text.ts';
import type { ExportFormat } from '../../src/shared/domain/report.ts';
import type { ExportJob } from '../../src/main/reports/export.ts';
import { exportReport, suggestedFileName } from '../../src/main/reports/export.ts';
import { countRows, reportTables } from '../../src/main/reports/tables/report-tables.ts';
import { writeAtomically } from '../../src/main/reports/writers/atomic-file.ts';
import { xlsxChunks } from '../../src/main/reports/writers/xlsx.ts';
import { publishedSchema, reportFileField } from '../../src/main/reports/writers/json.ts';
import type { BruteFigures } from '../support/reports/brute-force.ts';
import { bruteFigures } from '../support/reports/brute-force.ts';
import { DEFAULT_SECONDS, WINDOW, ZONE } from '../support/reports/clinics.ts';
import { AWKWARD_NAME, samplePools, sampleInput, sampleReport } from '../support/reports/sample-report.ts';

const HOUR_WORK = 3_600_000;

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clinic-report-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

function job(format: ExportFormat, locale: Locale = 'en', changes: Partial<ExportJob> = {}): ExportJob {
  return {
    report: sampleReport(),
    format,
    locale,
    path: join(folder, `report.${format}`),
    printReport: () => Promise.resolve(new TextEncoder().encode('%PDF-1.7 stand-in')),
    bookings: { count: 0, stretches: [], workKinds: new Map() },
    signal: new AbortController().signal,
    onProgress: () => undefined,
    ...changes,
  };
}

async function exported(
  format: ExportFormat,
  locale: Locale = 'en',
): Promise<{ path: string; rows: number }> {
  const result = await exportReport(job(format, locale));
  if (!result.ok) throw new Error(result.error.code);
  expect((await readFile(result.value.path)).byteLength).toBe(result.value.bytes);
  return result.value;
}

/** What the files must say, minute by minute from the clinic's own words. */
function wanted(): Map<string, BruteFigures> {
  const { bookings, tasks, waitCauses, asOf } = sampleInput();
  const pools = samplePools();
  return bruteFigures({
    pools,
    bookings,
    tasks,
    waitCauses,
    asOf,
    ...WINDOW,
    zone: ZONE,
    defaultSeconds: DEFAULT_SECONDS,
  });
}

const FIGURE_OF_INDICATOR: Readonly<
  Record<string, Exclude<keyof BruteFigures, 'bySubsystem' | 'openBySubsystem'>>
> = {
  capacity: 'capacity',
  used: 'used',
  'reserved-unused': 'reservedUnused',
  'idle-while-waited': 'idleWhileWaited',
  idle: 'idle',
  down: 'down',
  closed: 'closed',
  offered: 'offered',
  overcommitted: 'overcommitted',
  unmet: 'unmet',
  planned: 'planned',
  reserved: 'reserved',
  actual: 'actual',
};

describe('CSV', () => {
  async function records(locale: Locale): Promise<Record<string, string>[]> {
    const text = await readFile((await exported('csv', locale)).path, 'utf8');
    return parse(text, { columns: true, bom: true, record_delimiter: '\r\n', relax_column_count: false });
  }

  it('begins with a byte-order mark and has the same columns on every line', async () => {
    const text = await readFile((await exported('csv')).path, 'utf8');
    expect(text.startsWith('\uFEFFSection,Pool id,Pool,')).toBe(true);
    const rows: string[][] = parse(text, { bom: true, record_delimiter: '\r\n' });
    expect(new Set(rows.map((row) => row.length))).toEqual(new Set([18]));
  });

  it('says what a recomputation says, exactly', async () => {
    const want = wanted();
    const facts = (await records('en')).filter((row) => row['Section'] === 'pools');
    for (const [poolId, figures] of want) {
      for (const [indicator, figure] of Object.entries(FIGURE_OF_INDICATOR)) {
        const row = facts.find((one) => one['Pool id'] === poolId && one['Indicator id'] === indicator);
        expect([poolId, indicator, Number(row?.['Numerator'])]).toEqual([poolId, indicator, figures[figure]]);
        expect(Number(row?.['Value'])).toBeCloseTo(figures[figure] / HOUR_WORK, 6);
      }
    }
  });

  it('carries period, filters, author, ledger, completeness and every definition', async () => {
    const rows = await records('zh');
    const about = new Map(
      rows.filter((row) => row['部分'] === 'about').map((row) => [row['指标编号'], row['数值']]),
    );
    expect(about.get('period')).toBe('2026-03-29 – 2026-03-30');
    expect(about.get('period-from')).toBe('2026-03-29T00:00+01:00');
    expect(about.get('period-until')).toBe('2026-03-31T00:00+02:00');
    expect(about.get('time-zone')).toBe(ZONE);
    expect(about.get('author')).toBe('Min Li (min-li)');
    expect(about.get('ledger-head')).toBe('9f3c'.repeat(16));
    expect(about.get('open-tasks')).toBe('1');
    expect(about.get('filter-pools')).toBe('全部');
    const defined = rows.filter((row) => row['部分'] === 'definition').map((row) => row['指标编号']);
    expect(defined).toEqual(sampleReport().definitions.map(({ id }) => id));
  });

  it('never lets a name become a formula', async () => {
    const names = new Set((await records('en')).map((row) => row['Pool']));
    expect(names).toContain(`'${AWKWARD_NAME}`);
    expect(names).not.toContain(AWKWARD_NAME);
  });
});

describe('XLSX', () => {
  it('holds one sheet per table and one that explains them', async () => {
    const sheets = await readExcelFile((await exported('xlsx')).path);
    expect(sheets.map(({ sheet }) => sheet)).toEqual([
      'Pools',
      'Load by subsystem',
      'By hour',
      'Period before',
      'Waits',
      'Outcomes',
      'Fairness between subsystems',
      'About this report',
    ]);
  });

  it('says of every row what it is about, of the index of fairness too', async () => {
    const sheets = await readExcelFile((await exported('xlsx', 'zh')).path);
    for (const { sheet, data } of sheets.slice(0, -1)) {
      expect(
        data.filter(([first]) => (first ?? null) === null),
        sheet,
      ).toEqual([]);
    }
    const fairness = sheets.find(({ sheet }) => sheet === '子系统间公平性');
    expect(fairness?.data.at(-1)?.[0]).toBe('全部子系统');
  });

  it('holds numbers that a recomputation agrees with', async () => {
    const want = wanted();
    const [header, ...rows] = await readSheet((await exported('xlsx')).path, 'Pools');
    const column = (label: string): number => header?.indexOf(label) ?? -1;
    for (const row of rows) {
      const figures = want.get(String(row[column('Pool id')]));
      expect(row[column('used')]).toBeCloseTo((figures?.used ?? NaN) / HOUR_WORK, 9);
      expect(row[column('idle, someone waited')]).toBeCloseTo(
        (figures?.idleWhileWaited ?? NaN) / HOUR_WORK,
        9,
      );
      expect(row[column('down')]).toBeCloseTo((figures?.down ?? NaN) / HOUR_WORK, 9);
      expect(row[column('Utilization')]).toBeCloseTo(
        (figures?.actual ?? NaN) / (figures?.offeredElapsed ?? NaN),
        9,
      );
    }
  });

  it('keeps local wall time in date cells across the change of the clock', async () => {
    const [header, first, second, third] = await readSheet((await exported('xlsx')).path, 'By hour');
    const from = header?.indexOf('From') ?? -1;
    const shown = [first, second, third].map((row) => {
      const cell: unknown = row?.[from]; // the library types a date cell as its constructor
      return cell instanceof Date ? cell.toISOString() : cell;
    });
    expect(shown).toEqual([
      '2026-03-29T00:00:00.000Z',
      '2026-03-29T01:00:00.000Z',
      '2026-03-29T03:00:00.000Z',
    ]);
  });

  it('speaks the language of the export', async () => {
    const sheets = await readExcelFile((await exported('xlsx', 'zh')).path);
    expect(sheets[0]?.sheet).toBe('资源池');
    expect(sheets[0]?.data[1]?.[1]).toBe('超声室\n"二楼"');
  });
});

describe('JSON', () => {
  it('fits its published schema and loses nothing', async () => {
    const file = reportFileField.parse(
      JSON.parse(await readFile((await exported('json', 'zh')).path, 'utf8')),
    );
    const want = wanted();
    expect(file.locale).toBe('zh');
    expect(file.report.pools.map(({ name }) => name)).toEqual(['超声室\n"二楼"', '理赔专员']);
    for (const pool of file.report.pools) {
      expect(pool.states.used).toBe(want.get(pool.poolId)?.used);
      expect(pool.states['reserved-unused']).toBe(want.get(pool.poolId)?.reservedUnused);
    }
  });

  it('is described by the schema in docs', async () => {
    const path = join(import.meta.dirname, '../../docs/schemas/utilization-report.schema.json');
    const published: unknown = JSON.parse(await readFile(path, 'utf8'));
    const remedy = 'write JSON.stringify(publishedSchema()) to docs/schemas and run prettier over it';
    expect(published, remedy).toEqual(publishedSchema());
  });
});

/** A writer whose disk has room for one piece. */
function* untilFull(): Generator<string> {
  yield 'first piece';
  throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
}

describe('a file is written whole or not at all', () => {
  it('tells how far it is and ends at the total', async () => {
    const seen: [number, number][] = [];
    await exportReport(job('csv', 'en', { onProgress: (done, total) => seen.push([done, total]) }));
    expect(seen[0]?.[0]).toBe(0);
    expect(seen.at(-1)?.[0]).toBe(seen.at(-1)?.[1]);
    expect(seen.map(([done]) => done)).toEqual(seen.map(([done]) => done).sort((a, b) => a - b));
  });

  it('leaves nothing behind when cancelled half-way', async () => {
    const stop = new AbortController();
    const onProgress = (done: number): void => {
      if (done >= 5) stop.abort();
    };
    const result = await exportReport(job('csv', 'en', { signal: stop.signal, onProgress }));
    expect(result).toMatchObject({ ok: false, error: { code: 'cancelled' } });
    expect(await readdir(folder)).toEqual([]);
  });

  it('stops writing a workbook when cancelled half-way', async () => {
    const stop = new AbortController();
    const tables = reportTables(sampleReport(), 'en').map((table) => ({
      ...table,
      rows: Array.from({ length: 600 }, (_, index) => table.rows[index % table.rows.length]).flatMap(
        (row) => row ?? [],
      ),
    }));
    let rows = 0;
    const chunks = xlsxChunks(sampleReport(), tables, 'en', () => {
      rows += 1;
      if (rows === 700) stop.abort();
    });
    const result = await writeAtomically(join(folder, 'report.xlsx'), chunks, stop.signal);
    expect(result).toMatchObject({ ok: false, error: { code: 'cancelled' } });
    expect(rows).toBeLessThan(countRows(tables));
    expect(await readdir(folder)).toEqual([]);
  });

  it('says so when the folder has gone', async () => {
    const result = await exportReport(job('xlsx', 'en', { path: join(folder, 'gone', 'report.xlsx') }));
    expect(result).toMatchObject({ ok: false, error: { code: 'folder-missing', retryable: true } });
  });

  it('keeps the older file when the disk fills up half-way', async () => {
    const path = join(folder, 'report.csv');
    await writeFile(path, 'older');
    const result = await writeAtomically(path, untilFull(), new AbortController().signal);
    expect(result).toMatchObject({ ok: false, error: { code: 'disk-full', retryable: true } });
    expect(await readFile(path, 'utf8')).toBe('older');
    expect(await readdir(folder)).toEqual(['report.csv']);
  });

  it('refuses to replace a folder', async () => {
    const result = await exportReport(job('json', 'en', { path: folder }));
    expect(result).toMatchObject({ ok: false, error: { code: 'file-not-writable' } });
  });

  it('does not wait for a page that is being laid out when cancelled', async () => {
    const stop = new AbortController();
    const printReport = (): Promise<Uint8Array> => {
      queueMicrotask(() => {
        stop.abort();
      });
      return new Promise(() => undefined); // never laid out
    };
    const result = await exportReport(job('pdf', 'en', { signal: stop.signal, printReport }));
    expect(result).toMatchObject({ ok: false, error: { code: 'cancelled' } });
    expect(await readdir(folder)).toEqual([]);
  });

  it('refuses to take the place of a pipe or a device', async () => {
    const path = join(folder, 'pipe');
    execFileSync('mkfifo', [path]);
    const result = await exportReport(job('json', 'en', { path }));
    expect(result).toMatchObject({ ok: false, error: { code: 'file-not-writable' } });
    expect((await stat(path)).isFIFO()).toBe(true);
    expect(await readdir(folder)).toEqual(['pipe']);
  });

  it('says so when the page cannot be printed', async () => {
    const result = await exportReport(
      job('pdf', 'en', { printReport: () => Promise.reject(new Error('no page')) }),
    );
    expect(result).toMatchObject({ ok: false, error: { code: 'print-failed' } });
    expect(await readdir(folder)).toEqual([]);
  });

  it('names a file by its period', () => {
    expect(suggestedFileName(sampleReport(), 'xlsx', 'en')).toBe('utilization-2026-03-29-2026-03-30.xlsx');
    expect(suggestedFileName(sampleReport(), 'pdf', 'zh')).toBe('利用率-2026-03-29-2026-03-30.pdf');
  });
});
