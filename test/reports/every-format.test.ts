/**
 * What every format has to do alike: say where its figures come from, tell readers outside nothing of few persons, and
 * leave no half file on a full disk or a vanished stick. Paper and the HTML page are printed by the window and are not
 * judged by their words here.
 */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import readXlsxFile from 'read-excel-file/node';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { errorWords } from '../../src/shared/messages/error-words.ts';
import type { ExportMapping } from '../../src/shared/domain/export-mapping.ts';
import { LOCALES, sameText } from '../../src/shared/domain/local-text.ts';
import type { ExportFormat, UtilizationReport } from '../../src/shared/domain/report.ts';
import { EXPORT_FORMATS } from '../../src/shared/domain/report.ts';
import { ACCOUNTING_STATES } from '../../src/shared/domain/capacity.ts';
import { taskId, workKindId } from '../../src/shared/ids.ts';
import { exportReport } from '../../src/main/reports/export.ts';
import type { ExportJob } from '../../src/main/reports/export.ts';
import { utilizationReport } from '../../src/main/reports/report.ts';
import { forOutside } from '../../src/main/reports/suppression.ts';
import { mappableFigures } from '../../src/main/reports/writers/dhis2.ts';
import { SmallDisk } from '../support/ledger/small-disk.ts';
import { at, makeInput, makePool, makeTask } from '../support/reports/clinics.ts';

const WRITTEN = ['csv', 'xlsx', 'json', 'fhir', 'dhis2', 'allocations'] as const;

/** Seven records tasks and two imaging tasks of 29 March: the two must never be told. */
function crowd(): UtilizationReport {
  const many = (count: number, subsystem: 'records' | 'imaging' | 'insurance') =>
    Array.from({ length: count }, (_, index) =>
      makeTask({
        id: taskId(`person-${subsystem}-${index}`),
        subsystem,
        state: 'finished',
        startedAt: at('2026-03-29T08:00Z'),
        endedAt: at('2026-03-29T09:00Z'),
      }),
    );
  const input = makeInput({
    pools: [makePool('a', 2), makePool('b', 1)],
    tasks: [...many(7, 'records'), ...many(2, 'imaging'), ...many(23, 'insurance')],
  });
  const traits = new Map(
    input.tasks.map(({ id, subsystem, urgency }) => [
      id,
      { subsystem, urgency, workKindId: workKindId(`kind-${subsystem}`) },
    ]),
  );
  const kinds = ['records', 'imaging', 'insurance'].map((id) => ({
    id: workKindId(`kind-${id}`),
    name: sameText(`Kind of ${id}`),
  }));
  const grouping = { by: 'work-kind' as const, traits, workKinds: kinds, settled: new Map() };
  const report = utilizationReport(input, grouping);
  return { ...report, period: { ...report.period, kind: 'month' } };
}

function mappingOf(report: UtilizationReport): ExportMapping {
  return {
    organisation: { system: 'urn:oid:1', value: 'C-42' },
    orgUnit: 'DiszpKrYNg8',
    dataSet: null,
    dataElements: mappableFigures(report, 'en').map(({ key }, index) => ({
      figure: key,
      dataElement: `e${String(index).padStart(10, '0')}`,
      categoryOptionCombo: null,
    })),
  };
}

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

describe('a disk that fills up', () => {
  it.for(EXPORT_FORMATS)('leaves no half file of %s and says so', async (format, { skip }) => {
    const disk = SmallDisk.mount(8);
    if (!disk) return skip('mounting a small file system needs root on Linux');
    try {
      const path = join(disk.folder, 'report');
      writeFileSync(path, 'older');
      const written = await exportReport(job(format, crowd(), { path, ...long(format) }));
      expect(written).toMatchObject({ ok: false, error: { code: 'disk-full' } });
      expect(readdirSync(disk.folder)).toEqual(['report']);
      expect(readFileSync(path, 'utf8')).toBe('older');
      if (written.ok) return;
      for (const locale of LOCALES) expect(errorWords(written.error, locale)).not.toContain('disk-full');
    } finally {
      disk.unmount();
    }
  });

  it('a stick that is pulled out half-way leaves nothing where it was', async ({ skip }) => {
    const disk = SmallDisk.mount(4096);
    if (!disk) return skip('mounting a small file system needs root on Linux');
    const path = join(disk.folder, 'report.csv');
    function* stretches(): Generator<never[]> {
      yield [];
      disk?.detach();
      yield [];
    }
    const bookings = { count: 2, stretches: stretches(), workKinds: new Map() };
    try {
      const written = await exportReport(job('allocations', crowd(), { path, bookings }));
      expect(written).toMatchObject({ ok: false, error: { code: 'folder-missing' } });
      expect(readdirSync(disk.folder)).toEqual([]);
    } finally {
      rmSyncFolder(disk.folder);
    }
  });
});

/** The raw list is as long as its bookings; everything else is long enough as it is. */
function long(format: ExportFormat): Partial<ExportJob> {
  if (format !== 'allocations') return {};
  const workKinds = new Map();
  const provenance = { ...crowd().provenance, authorName: 'x'.repeat(20_000) };
  return { report: { ...crowd(), provenance }, bookings: { count: 0, stretches: [], workKinds } };
}

function rmSyncFolder(path: string): void {
  void rm(path, { recursive: true, force: true });
}
