/**
 * From an import to files: what the files say is recomputed second by second from the ledger's own entries, without the
 * reports, the calendar or the projections. The real export is used where the machine has it, a small one always.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { parse } from 'csv-parse/sync';
import { readSheet } from 'read-excel-file/node';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { sameText } from '../../src/shared/domain/local-text.ts';
import type { ExportFormat } from '../../src/shared/domain/report.ts';
import { reportFileField } from '../../src/main/reports/writers/json.ts';
import {
  REAL_EXPORT,
  REAL_EXPORT_SKIP,
  exportCopy,
  removeExportCopies,
} from '../support/intake/export-folder.ts';
import { TestApplication } from '../support/usecases/application.ts';

const HOUR_WORK = 3_600_000;

const stretch = z.object({ start: z.int(), end: z.int() });
const importedEntry = z.object({
  task: z.object({
    subsystem: z.string(),
    needs: z.array(z.object({ poolId: z.string(), rateMilli: z.int() })),
  }),
  windows: z.array(z.object({ actual: stretch.nullable() })),
});
const poolEntry = z.object({
  id: z.string(),
  capacityMilli: z.int(),
  weeklyHours: z.null(),
  outages: z.array(z.never()),
});

interface Recomputed {
  used: number;
  overcommitted: number;
  actual: number;
  bySubsystem: Map<string, number>;
}

function payloadsOf<T>(ledgerPath: string, kind: string, schema: z.ZodType<T>): T[] {
  const db = new Database(ledgerPath, { readonly: true });
  try {
    const rows = db.prepare('SELECT payload FROM entries WHERE kind = ?').pluck().all(kind);
    return rows.map((row) => schema.parse(JSON.parse(String(row))));
  } finally {
    db.close();
  }
}

/** One number per second and pool; pools of imports are open around the clock, which the schema above insists on. */
function recompute(ledgerPath: string, from: number, until: number): Map<string, Recomputed> {
  const pools = payloadsOf(ledgerPath, 'pool-set', poolEntry);
  const capacity = new Map(pools.map(({ id, capacityMilli }) => [id, capacityMilli]));
  const loads = new Map([...capacity.keys()].map((id) => [id, new Float64Array(until - from)]));
  const figures = new Map<string, Recomputed>(
    [...capacity.keys()].map((id) => [id, { used: 0, overcommitted: 0, actual: 0, bySubsystem: new Map() }]),
  );
  for (const { task, windows } of payloadsOf(ledgerPath, 'task-imported', importedEntry)) {
    windows.forEach(({ actual }, position) => {
      const need = task.needs[position];
      const load = need && loads.get(need.poolId);
      const figure = need && figures.get(need.poolId);
      if (!actual || !load || !figure) return;
      let work = 0;
      for (let at = Math.max(from, actual.start); at < Math.min(until, actual.end); at += 1) {
        load[at - from] = (load[at - from] ?? 0) + need.rateMilli;
        work += need.rateMilli;
      }
      figure.bySubsystem.set(task.subsystem, (figure.bySubsystem.get(task.subsystem) ?? 0) + work);
    });
  }
  for (const [id, figure] of figures) {
    const units = capacity.get(id) ?? 0;
    for (const load of loads.get(id) ?? []) {
      figure.used += Math.min(load, units);
      figure.overcommitted += Math.max(0, load - units);
      figure.actual += load;
    }
  }
  return figures;
}

describe('exported numbers', () => {
  let app: TestApplication;
  beforeEach(async () => {
    app = await new TestApplication().open();
    await app.get('clinic.create', {
      name: sameText('Harbour Clinic'),
      timeZone: 'America/New_York',
      language: 'en',
      person: { name: 'Ann', jobTitle: { en: 'Manager', zh: '经理' } },
      pools: [],
      defaults: [],
    });
  });
  afterEach(async () => {
    await app.close();
    removeExportCopies();
  });

  async function exported(format: ExportFormat): Promise<string> {
    const { opensOn } = await app.get('report.periods', {});
    const path = join(app.folder, `report.${format}`);
    const filters = { poolIds: null, subsystems: null };
    await app.get('report.export', {
      period: { kind: 'month', from: opensOn },
      ...filters,
      format,
      locale: 'en',
      path,
    });
    return path;
  }

  async function expectFilesToAgree(folder: string): Promise<void> {
    const { mappings } = await app.get('import.preview', { folder, mode: 'history', mappings: null });
    await app.get('import.commit', { folder, mode: 'history', mappings });

    const records: Record<string, string>[] = parse(await readFile(await exported('csv'), 'utf8'), {
      columns: true,
      bom: true,
      record_delimiter: '\r\n',
    });
    const about = (id: string): string =>
      records.find((row) => row['Section'] === 'about' && row['Indicator id'] === id)?.['Value'] ?? '';
    const from = Date.parse(about('period-from')) / 1000;
    const until = Date.parse(about('period-until')) / 1000;
    const want = recompute(app.ledgerPath, from, until);
    expect([...want.values()].some(({ used }) => used > 0)).toBe(true);

    const json = reportFileField.parse(JSON.parse(await readFile(await exported('json'), 'utf8')));
    const [header, ...rows] = await readSheet(await exported('xlsx'), 'Pools');
    for (const [poolId, figure] of want) {
      const fact = (indicator: string): number =>
        Number(
          records.find(
            (row) =>
              row['Section'] === 'pools' && row['Pool id'] === poolId && row['Indicator id'] === indicator,
          )?.['Numerator'],
        );
      expect([poolId, fact('used')]).toEqual([poolId, figure.used]);
      expect([poolId, fact('overcommitted')]).toEqual([poolId, figure.overcommitted]);
      expect([poolId, fact('actual')]).toEqual([poolId, figure.actual]);
      const pool = json.report.pools.find((one) => one.poolId === poolId);
      expect(pool?.states.used).toBe(figure.used);
      for (const row of pool?.formulas ?? []) {
        expect([poolId, row.symbol, row.actualWork]).toEqual([
          poolId,
          row.symbol,
          figure.bySubsystem.get(row.subsystem) ?? 0,
        ]);
      }
      const cells = rows.find((row) => row[0] === poolId);
      expect(cells?.[header?.indexOf('used') ?? -1]).toBeCloseTo(figure.used / HOUR_WORK, 9);
    }
  }

  it('are what the ledger’s entries add up to, for a small import', async () => {
    await expectFilesToAgree(exportCopy());
  });

  it('are what the ledger’s entries add up to, for a real system’s export', async (context) => {
    if (REAL_EXPORT_SKIP !== null) context.skip(REAL_EXPORT_SKIP);
    await expectFilesToAgree(REAL_EXPORT);
  }, 60_000);
});
