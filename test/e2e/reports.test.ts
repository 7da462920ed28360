/** Reports in the real window: a period, a grouping, a figure down to its entries, and two files read back. */
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import readXlsxFile from 'read-excel-file/node';
import type { ElectronApplication } from 'playwright-core';
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

it('groups a report, drills to the ledger, and saves a workbook and the raw list', async () => {
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

      await page.getByTestId('drill-ct-used').click();
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
