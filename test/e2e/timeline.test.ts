/**
 * The timeline in the real window, on the sample clinic at its demonstration hour: seen at four scales, a task moved by
 * keyboard with the verdict before the drop and taken back, one dragged by mouse, a page printed.
 */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { root } from '../../scripts/lib/project.mjs';
import {
  inMain,
  resizeWindow,
  takeScreenshot,
  temporaryLedger,
  whenReady,
  withWindow,
} from '../support/electron-app.ts';

const pictures = join(root, 'test-results', 'timeline');

/** A bar that may be moved and stands in the future, with its accessible name. */
async function firstTentative(page: Page) {
  const bar = page.locator('[data-bar].tentative').first();
  return { bar, testId: (await bar.getAttribute('data-testid')) ?? '' };
}

const nameOf = (page: Page, testId: string): Promise<string | null> =>
  page.getByTestId(testId).first().getAttribute('aria-label');

async function focusIsOn(page: Page, testId: string): Promise<boolean> {
  return page.evaluate(
    (id) => (document.activeElement as HTMLElement | null)?.dataset['testid'] === id,
    testId,
  );
}

it('shows pools over time, moves a task by key with the verdict first, and takes it back', async () => {
  mkdirSync(pictures, { recursive: true });
  const ledger = temporaryLedger();
  const pdf = join(ledger.folder, 'timeline.pdf');
  try {
    const options = { ledger: ledger.path, language: 'en', theme: 'light', extra: ['--demo'] } as const;
    await withWindow(options, async ({ electronApp, page }) => {
      await resizeWindow(electronApp, 1366, 768);
      await page.getByTestId('rail-timeline').click();
      await page.getByTestId('timeline-chart').waitFor();
      await whenReady(page);
      await takeScreenshot(page, join(pictures, 'day.png'));

      for (const level of ['week', 'month', 'hour', 'day']) {
        await page.getByTestId(`timeline-level-${level}`).check({ force: true });
        await takeScreenshot(page, join(pictures, `${level}.png`));
      }

      const { bar, testId } = await firstTentative(page);
      const before = await nameOf(page, testId);
      await bar.focus();
      await page.getByTestId('task-inspector').waitFor();
      expect(await page.getByTestId('task-inspector').textContent()).toMatch(/\d{4}-\d{2}-\d{2}/); // the second identifier
      await page.keyboard.press('Enter');
      await page.getByTestId('move-panel').waitFor();

      // Into the past: refused, and nothing happens.
      for (let hours = 0; hours < 3; hours += 1) await page.keyboard.press('PageUp');
      await page.getByText('That time has passed.').waitFor();
      await takeScreenshot(page, join(pictures, 'refused.png'));
      for (let hours = 0; hours < 3; hours += 1) await page.keyboard.press('PageDown');

      // Some steps later, wherever it fits first.
      for (let steps = 0; steps < 48; steps += 1) {
        await page.keyboard.press('ArrowRight');
        await page.getByTestId('verdict').waitFor();
        if ((await page.getByTestId('verdict').textContent())?.startsWith('It fits')) break;
      }
      await takeScreenshot(page, join(pictures, 'verdict.png'));
      await page.keyboard.press('Enter');
      await page.getByTestId('undo-line').waitFor();
      await expect.poll(() => nameOf(page, testId)).toMatch(/, confirmed, /);
      await takeScreenshot(page, join(pictures, 'moved.png'));
      expect(await focusIsOn(page, testId)).toBe(true);

      await page.getByTestId('undo').click();
      await expect.poll(() => nameOf(page, testId)).toBe(before);

      // By mouse: half an hour to the right of where it is, then what the card beside the pointer says.
      await page.keyboard.press('Escape');
      const confirmed = page.locator('[data-bar].confirmed').last();
      await confirmed.scrollIntoViewIfNeeded();
      const box = await confirmed.boundingBox();
      if (!box) throw new Error('the bar is in sight');
      await page.mouse.move(box.x + 6, box.y + box.height / 2);
      await page.mouse.down();
      await page.mouse.move(box.x + 60, box.y + box.height / 2, { steps: 6 });
      await page.getByTestId('verdict-card').waitFor();
      await takeScreenshot(page, join(pictures, 'drag.png'));
      await page.keyboard.press('Escape');
      await page.mouse.up();

      await inMain(
        electronApp,
        ({ dialog }, filePath) => {
          dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
        },
        pdf,
      );
      await page.keyboard.press('Control+p');
      await page.getByTestId('notice-printed').waitFor({ timeout: 60_000 });
      expect(readFileSync(pdf).subarray(0, 5).toString('latin1')).toBe('%PDF-');
    });
  } finally {
    ledger.remove();
  }
});
