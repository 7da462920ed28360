/** A change tried beside today's plan, committed as shown; and a pool's change that says what it does before it is saved. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { root } from '../../scripts/lib/project.mjs';
import { goTo, resizeWindow, takeScreenshot, withWindow } from '../support/electron-app.ts';

const losesPlace = /promised tasks? loses? (its|their) place/;
const pictures = join(root, 'test-results', 'whatif');

it('compares changes in plain words, commits one as shown, and previews a pool', async () => {
  mkdirSync(pictures, { recursive: true });
  await withWindow({ language: 'en', extra: ['--demo'] }, async ({ electronApp, page }) => {
    await resizeWindow(electronApp, 1366, 768);
    await page.getByTestId('rail-whatif').click();
    await page.getByTestId('whatif-figures').getByText("Today's plan").waitFor(); // before anything is tried
    await page.getByTestId('add-first').click();
    await page.getByTestId('add-first-units').click();
    await page.getByTestId('change-0-by').fill('0');
    await page.getByText('Enter how many').waitFor();
    await page.getByTestId('change-0-by').fill('1');
    await page
      .getByTestId('variant-A-says')
      .getByText(/starts? earlier/)
      .waitFor();
    await page.getByTestId('variant-done').click();

    await page.getByTestId('add-variant').click();
    await page.getByTestId('add-variant-outage').click();
    await page.getByTestId('variant-B-says').getByText(losesPlace).waitFor();
    await page.getByTestId('variant-done').click();
    await page.locator('[data-testid^="displaced-"]').first().waitFor();
    await takeScreenshot(page, join(pictures, 'compared.png'));

    // What was put together is still there after a look elsewhere.
    await goTo(page, 'today');
    await goTo(page, 'whatif');
    await page.getByTestId('variant-B').waitFor();

    const commit = page.getByTestId('commit-A');
    await expect.poll(() => commit.isEnabled(), { timeout: 15_000 }).toBe(true);
    await commit.click();
    await page.getByTestId('commit-leave').click();
    await page.getByTestId('commit-A').click();
    await takeScreenshot(page, join(pictures, 'commit.png'));
    await page.getByTestId('commit-do').click();
    await page.getByText('The change is made').waitFor();
    await page.getByTestId('variant-B').waitFor({ state: 'detached' });

    await goTo(page, 'pools?pool=exam-rooms');
    const effect = page.getByTestId('pool-effect');
    await effect.getByText('Nothing is changed yet').waitFor();
    expect(await page.getByTestId('field-unit-2').inputValue()).not.toBe('');
    await page.getByTestId('pool-part-outages').check({ force: true });
    await page.getByTestId('add-outage').click();
    await effect.getByText(losesPlace).waitFor();
    await takeScreenshot(page, join(pictures, 'pool-preview.png'));
    await page.getByTestId('save-pool').click();
    await page.getByTestId('pool-form').waitFor({ state: 'detached' });
  });
});
