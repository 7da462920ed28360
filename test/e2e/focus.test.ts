/**
 * The keyboard's place after what a person does: in the real window, after each primary action, the focus is on
 * something, never on the page's body.
 */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { goTo, withWindow } from '../support/electron-app.ts';

const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const { activeElement } = document;
    if (!activeElement || activeElement === document.body) return 'nothing';
    return activeElement.getAttribute('data-testid') ?? activeElement.tagName.toLowerCase();
  });

/** Two frames after all is done; the focus has then been placed. */
async function expectFocus(page: Page, what: string): Promise<void> {
  await page.waitForTimeout(250);
  await expect
    .poll(() => focused(page), { message: `focus after ${what}`, timeout: 5_000 })
    .not.toBe('nothing');
}

it('stays somewhere after every primary action', async () => {
  await withWindow({ language: 'en', extra: ['--demo'] }, async ({ page }) => {
    await expectFocus(page, 'the start');
    const finish = page.locator('[data-testid="today-running"] [data-testid^="act-"]').first();
    await finish.focus();
    await page.keyboard.press('Enter');
    await finish.waitFor();
    await expectFocus(page, 'finishing a task on Today');

    await page.getByTestId('today-close').press('Enter');
    await page.getByTestId('inspector-close').press('Enter');
    await page.getByTestId('day-close').waitFor({ state: 'detached' });
    await expectFocus(page, 'closing the day close');

    for (const [open, what] of [
      ['Control+k', 'palette'],
      ['?', 'keys-sheet'],
    ] as const) {
      await page.keyboard.press(open);
      await page.getByTestId(what).waitFor();
      await page.keyboard.press('Escape');
      await page.getByTestId(what).waitFor({ state: 'detached' });
      await expectFocus(page, what);
    }

    await goTo(page, 'workspace/records');
    await expectFocus(page, 'another screen');
    await page
      .locator('[data-testid^="task-row-"][data-state="tentative"]')
      .first()
      .locator('.start')
      .click();
    await page.getByTestId('action-confirm').press('Enter');
    await page.getByTestId('undo-line').waitFor();
    await expectFocus(page, 'confirming');
    await page.getByTestId('undo').press('Enter');
    await page.getByTestId('undo').waitFor({ state: 'detached' });
    await expectFocus(page, 'taking back');
    await page.getByTestId('inspector-close').press('Enter');
    await page.getByTestId('task-inspector').waitFor({ state: 'detached' });
    await expectFocus(page, 'closing the inspector');

    await goTo(page, 'pools?pool=exam-rooms');
    await page.getByTestId('pool-part-outages').check({ force: true });
    await page.getByTestId('add-outage').press('Enter');
    await page.getByTestId('remove-outage-0').press('Enter');
    await expectFocus(page, 'removing an outage');
    await page.getByTestId('inspector-close').press('Enter');
    await expectFocus(page, 'closing a pool');

    await goTo(page, 'whatif');
    await page.getByTestId('add-first').press('Enter');
    await page.getByTestId('add-first-units').press('Enter');
    await page.getByTestId('variant-A').waitFor();
    await expectFocus(page, 'adding a change');
    await page.getByTestId('remove-A').press('Enter');
    await expectFocus(page, 'removing a change');
  });
});
