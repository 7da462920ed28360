/**
 * What every format has to do alike: say where its figures come from, and tell readers outside nothing of few persons
 * (that none leaves a half file: `unfinished-files.test.ts`). Paper and the HTML page are printed by the window and are not
 * judged by their words here.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import readXlsxFile from 'read-excel-file/node';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { LOCALES } from '../../src/shared/domain/local-text.ts';
import type { ExportFormat, UtilizationReport } from '../../src/shared/domain/report.ts';
import { ACCOUNTING_STATES } from '../../src/shared/domain/capacity.ts';
import { exportReport } from '../../src/main/reports/export.ts';
import type { ExportJob } from '../../src/main/reports/export.ts';
import { forOutside } from '../../src/main/reports/suppression.ts';
import { crowd, mappingOf } from '../support/reports/crowd.ts';

const WRITTEN = ['csv', 'xlsx', 'json', 'fhir', 'dhis2', 'allocations'] as const;

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clinic-formats-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function job(format: ExportFormat, report: UtilizationReport, changes: Partial<ExportJob> = {}): ExportJob {
  return {
    report,
    format,
    locale: 'en',
    path: join(folder, `report.${format}`),
    printReport: () => Promise.resolve(new Uint8Array(100_000)),
    bookings: { count: 0, stretches: [], workKinds: new Map() },
    mapping: mappingOf(report),
    signal: new AbortController().signal,
    onProgress: () => undefined,
    ...changes,
  };
}

/** All words of a file, read by something else than what wrote it. */
async function wordsOf(
  format: (typeof WRITTEN)[number],
  report: UtilizationReport,
  locale: 'en' | 'zh' = 'en',
) {
  const written = await exportReport(job(format, report, { locale }));
  if (!written.ok) throw new Error(written.error.code);
  const { path } = written.value;
  if (format !== 'xlsx') return readFile(path, 'utf8');
  const sheets = await readXlsxFile(path);
  return JSON.stringify(sheets);
}

describe.each(WRITTEN)('%s', (format) => {
  it.each(LOCALES)(
    'carries definitions, filters, period, zone, author, head and completeness (%s)',
    async (locale) => {
      const report = crowd();
      const text = await wordsOf(format, report, locale);
      const { provenance, period, filters, completeness } = report;
      expect(filters).toEqual({ poolIds: null, subsystems: null });
      expect(completeness.openTasks).toBe(0);
      const isCode = format === 'json';
      const words = { en: ['Pools', 'Completeness', 'Grouped by'], zh: ['资源池', '完整', '分组方式'] }[
        locale
      ];
      const wanted = [
        provenance.authorName,
        provenance.timeZone,
        provenance.head.hash,
        period.fromDate,
        ...(isCode ? ['"filters"', '"completeness"', '"definitions"', '"by": "work-kind"'] : words),
        // A class by what the clinic calls it; the raw list of nothing names none.
        ...(['csv', 'xlsx', 'json', 'fhir'].includes(format) ? [{ en: 'standard', zh: '标准' }[locale]] : []),
        // A definition: the raw list has its own, of its columns.
        format === 'allocations' ? { en: 'units of the pool held', zh: '任务进行时' }[locale] : '∫',
      ];
      for (const item of wanted) expect(text.includes(item), `${format} ${locale} lacks ${item}`).toBe(true);
    },
  );
});

test.each(['csv', 'json', 'fhir', 'dhis2', 'xlsx'] as const)(
  '%s for outside tells no count below five, and the hours of pools whole',
  async (format) => {
    const inside = crowd();
    const outside = forOutside(inside);
    // Imaging's two are gone, and records' seven with them, which would tell the two.
    expect(outside.groups?.tasks.map(({ finished }) => finished)).toEqual([null, null, 23]);
    for (const pool of outside.pools) {
      const sum = ACCOUNTING_STATES.reduce((total, state) => total + pool.states[state], 0);
      expect(sum).toBe(pool.capacityWork);
    }
    const text = await wordsOf(format, outside);
    const whole = await wordsOf(format, inside);
    expect(text).not.toBe(whole);
    expect(text).not.toContain('person-'); // tasks' ids lead to persons
    if (format === 'fhir') expect(text).toContain('"masked"');
    if (format === 'csv') expect(text).toMatch(/finished,Finished,\*/);
  },
);
