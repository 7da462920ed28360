/** Back up, enter a task, restore from Settings: the task is gone, the ledger verifies, the new chain epoch is shown. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { root } from '../../scripts/lib/project.mjs';
import { enterTask, setUpClinic } from '../support/desk.ts';
import {
  goTo,
  inMain,
  resizeWindow,
  takeScreenshot,
  temporaryLedger,
  withWindow,
} from '../support/electron-app.ts';

const pictures = join(root, 'test-results', 'restore');

it('restores a backup from the window', async () => {
  const ledger = temporaryLedger();
  const usb = join(ledger.folder, 'usb');
  mkdirSync(usb);
  mkdirSync(pictures, { recursive: true });
  try {
    await withWindow(
      { ledger: ledger.path, language: 'en', theme: 'light' },
      async ({ electronApp, page }) => {
        await resizeWindow(electronApp, 1366, 768);
        await inMain(
          electronApp,
          ({ dialog }, folder) => {
            dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [folder] });
          },
          usb,
        );
        await setUpClinic(page);
        await goTo(page, 'settings');
        await page.getByTestId('backup-choose').click();
        await page.getByTestId('backup-now').click();
        const restore = page.locator('[data-testid^="restore-clinic.ledger"]').first();
        await restore.waitFor();
        await goTo(page, 'workspace/records');
        await enterTask(page, 'Grace Okafor');
        await goTo(page, 'settings');
        await restore.click();
        await page.getByTestId('restore-lost').waitFor();
        expect(await page.getByTestId('restore-lost').textContent()).toMatch(
          /^\d+ entries .* would be lost\.$/,
        );
        await page.getByTestId('restore-run').click();
        await page.getByTestId('restore-why-wrong-entries').waitFor();
        await takeScreenshot(page, join(pictures, 'preview-en.png'));
        await page.getByTestId('restore-why-wrong-entries').check({ force: true });
        await page.getByTestId('restore-run').click();
        await page.getByTestId('notice-restore').waitFor();
        expect(await page.getByTestId('notice-restore').textContent()).toContain('chain epoch 2');
        await goTo(page, 'workspace/records');
        expect(await page.getByText('Grace Okafor').count()).toBe(0);
        await goTo(page, 'ledger');
        await page.getByTestId('ledger-verify').click();
        await page.getByTestId('ledger-verdict').waitFor();
        expect(await page.getByTestId('ledger-verdict').textContent()).toContain('Whole');
        await page.getByText('Ann Weber restored a backup').first().waitFor();
        await takeScreenshot(page, join(pictures, 'ledger-en.png'));
      },
    );
  } finally {
    ledger.remove();
  }
});
