/** A disk that fills up and one that is write-protected, under the real window: read on, nothing typed lost, written again. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { root } from '../../scripts/lib/project.mjs';
import { enterTask, setUpClinic } from '../support/desk.ts';
import { goTo, resizeWindow, takeScreenshot, withWindow } from '../support/electron-app.ts';
import { SmallDisk } from '../support/ledger/small-disk.ts';

const pictures = join(root, 'test-results', 'read-only');

it('is read while its disk is full or protected, and written again without a restart', async ({ skip }) => {
  const disk = SmallDisk.mount(16_384);
  if (!disk) return skip('mounting a small file system needs root on Linux');
  mkdirSync(pictures, { recursive: true });
  const ledger = join(disk.folder, 'clinic.ledger');
  try {
    await withWindow({ ledger, language: 'en', theme: 'light' }, async ({ electronApp, page }) => {
      await resizeWindow(electronApp, 1366, 768);
      await setUpClinic(page);
      await goTo(page, 'workspace/records');
      await enterTask(page, 'Grace Okafor');
      await fillForm(page, 'Visit', 'Ravi Patel');
      const filler = fill(join(disk.folder, 'filler'));
      await page.getByTestId('submit-task').click();
      const banner = page.getByTestId('read-only-banner');
      await banner.waitFor();
      expect(await banner.textContent()).toContain('disk of the ledger is full');
      expect(await page.getByTestId('field-patient-name').inputValue()).toBe('Ravi Patel');
      await takeScreenshot(page, join(pictures, 'full-en.png'));
      rmSync(filler);
      await page.getByTestId('read-only-again').click();
      await banner.waitFor({ state: 'detached' });
      expect(await page.getByTestId('field-patient-name').inputValue()).toBe('Ravi Patel');
      await page.getByTestId('submit-task').click();
      await page.getByRole('row').filter({ hasText: 'Ravi Patel' }).first().waitFor();
    });
    disk.setReadOnly(true);
    await withWindow({ ledger, language: 'zh', theme: 'dark' }, async ({ electronApp, page }) => {
      await resizeWindow(electronApp, 1366, 768);
      await page.getByTestId('read-only-banner').waitFor();
      await goTo(page, 'workspace/records');
      await page.getByText('Ravi Patel').first().waitFor();
      await fillForm(page, '就诊', 'Lea Novak');
      await page.getByTestId('submit-task').click();
      await page.getByText('台账暂时不能写入').first().waitFor();
      expect(await page.getByTestId('field-patient-name').inputValue()).toBe('Lea Novak');
      await page.getByTestId('read-only-again').click();
      await page.getByTestId('read-only-still').waitFor();
      await takeScreenshot(page, join(pictures, 'protected-zh.png'));
      disk.setReadOnly(false);
      await page.getByTestId('read-only-again').click();
      await page.getByTestId('read-only-banner').waitFor({ state: 'detached' });
      await page.getByTestId('submit-task').click();
      await page.getByRole('row').filter({ hasText: 'Lea Novak' }).first().waitFor();
    });
  } finally {
    disk.unmount();
  }
});

async function fillForm(page: Page, kind: string, patientName: string): Promise<void> {
  await page.getByTestId('new-task').click();
  await page.getByTestId('field-kind').fill(kind);
  await page.getByTestId('field-patient-name').fill(patientName);
  await page.getByTestId('earliest-start').waitFor();
}

/** Writes until there is no room at all. */
function fill(path: string): string {
  try {
    for (;;) writeFileSync(path, Buffer.alloc(4096), { flag: 'a' });
  } catch {
    return path;
  }
}
