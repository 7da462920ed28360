/** Reports in the real window: a period, a grouping, a figure down to its entries, two files read back, and one stopped. */
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import readXlsxFile from 'read-excel-file/node';
import type { ElectronApplication, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { root } from '../../scripts/lib/project.mjs';
import { goTo, inMain, resizeWindow, takeScreenshot, withWindow } from '../support/electron-app.ts';

const pictures = join(root, 'test-results', 'reports');

/** The next save dialog is answered with this path. */
async function answerSaveDialog(app: ElectronApplication, filePath: string): Promise<void> {
  await inMain(
    app,
    ({ dialog }, path) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: path });
    },
    filePath,
  );
}

/** Files are written as on a stick that has stopped taking anything, until `letWrite`. */
async function holdWriting(app: ElectronApplication): Promise<void> {
  await inMain(
    app,
    async (_, path) => {
      if ('letWrite' in globalThis) return; // asked a second time
      const { open } = process.getBuiltinModule('node:fs/promises');
      const handle = await open(path);
      const files = Object.getPrototypeOf(handle) as { write: (...given: unknown[]) => Promise<unknown> };
      await handle.close();
      const { write } = files;
      const held = new Promise<void>((resolve) => {
        Object.assign(globalThis, { letWrite: resolve });
      });
      files.write = async function (...given) {
        files.write = write;
        await held;
        return write.apply(this, given);
      };
    },
    process.execPath,
  );
}

async function letWrite(app: ElectronApplication): Promise<void> {
  await inMain(
    app,
    () => {
      (globalThis as unknown as { letWrite: () => void }).letWrite();
    },
    null,
  );
}

/** An export that is stopped leaves no file and says so, and the next one is saved. */
async function stopAnExport(app: ElectronApplication, page: Page): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'clinic-stopped-'));
  const path = join(folder, 'stopped.csv');
  try {
    await page.getByTestId('reports-format-csv').check({ force: true });
    await answerSaveDialog(app, path);
    await holdWriting(app);
    await page.getByTestId('reports-export-button').click();
    await page.getByTestId('reports-progress').waitFor();
    await expect.poll(() => readdirSync(folder).length).toBe(1); // begun, under another name
    await page.getByTestId('progress-cancel').click();
    await letWrite(app);
    await page.getByTestId('notice-report-export-stopped').waitFor();
    expect(readdirSync(folder)).toEqual([]);
    await page.getByTestId('reports-export-button').click();
    await page.getByText('stopped.csv').waitFor();
    expect(readdirSync(folder)).toEqual(['stopped.csv']);
    const lines = parse(readFileSync(path, 'utf8'), { bom: true, relax_column_count: true });
    expect(lines.length).toBeGreaterThan(20);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

it('groups a report, saves a workbook and the raw list, stops an export, and drills to the ledger', async () => {
  mkdirSync(pictures, { recursive: true });
  const folder = mkdtempSync(join(tmpdir(), 'clinic-reports-'));
  try {
    await withWindow({ language: 'en', extra: ['--demo'] }, async ({ electronApp, page }) => {
      await resizeWindow(electronApp, 1366, 768);
      await goTo(page, 'reports');
      await page.getByTestId('reports-kind-week').check({ force: true });
      await page.getByTestId('reports-previous').click();
      await page.getByTestId('reports-grouping').click();
      await page.getByTestId('reports-grouping-weekday').click();
      await page.getByTestId('reports-groups').waitFor();
      await takeScreenshot(page, join(pictures, 'grouped.png'));

      const utilization = await page.getByTestId('utilization-ct').innerText();
      const workbook = join(folder, 'week.xlsx');
      await answerSaveDialog(electronApp, workbook);
      await page.getByTestId('reports-export-button').click();
      await page.getByTestId('notice-report-exported').waitFor();
      const sheets = await readXlsxFile(workbook);
      const sheet = (name: string) => sheets.find((each) => each.sheet === name)?.data ?? [];
      const [head = [], ...rows] = sheet('Pools');
      const ct = rows.find(([id]) => id === 'ct') ?? [];
      const share = Number(ct[head.indexOf('Utilization')]);
      expect((100 * share).toFixed(1)).toBe(Number.parseFloat(utilization).toFixed(1));
      const [groupHead = [], ...groups] = sheet('Pool time by weekday');
      const used = groups.filter(([id]) => id === 'ct').map((row) => Number(row[groupHead.indexOf('used')]));
      expect(used).toHaveLength(7);
      expect(used.reduce((sum, hours) => sum + hours, 0)).toBeCloseTo(Number(ct[head.indexOf('used')]), 6);

      await page.getByTestId('reports-format-allocations').check({ force: true });
      const raw = join(folder, 'week.csv');
      await answerSaveDialog(electronApp, raw);
      await page.getByTestId('reports-export-button').click();
      await page.getByText('week.csv').waitFor();
      const lines: Record<string, string>[] = parse(readFileSync(raw, 'utf8'), { columns: true, bom: true });
      const bookings = lines.filter(({ Section }) => Section === 'booking');
      expect(bookings.length).toBeGreaterThan(100);
      expect(
        lines.some(({ Item, Value }) => Item === 'Ledger head' && /^[0-9a-f]{64}$/.test(Value ?? '')),
      ).toBe(true);
      expect(readdirSync(folder).sort()).toEqual(['week.csv', 'week.xlsx']); // nothing half done beside them

      await stopAnExport(electronApp, page);

      await page.getByTestId('drill-ct-actual').click();
      await page.getByTestId('reports-parts-rows').waitFor();
      await takeScreenshot(page, join(pictures, 'parts.png'));
      await page.getByTestId('reports-parts-rows').getByText('Ledger entries').first().click();
      await page.getByTestId('ledger-screen').waitFor();
      await takeScreenshot(page, join(pictures, 'entries.png'));
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
