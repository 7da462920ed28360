/** A care pathway in the real window: a template made in Settings, started for a patient, seen and cut short as a chain. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { root } from '../../scripts/lib/project.mjs';
import { goTo, resizeWindow, takeScreenshot, withWindow } from '../support/electron-app.ts';

const pictures = join(root, 'test-results', 'pathways');

it('makes a template, starts it, shows the chain, and cancels from one step on', async () => {
  mkdirSync(pictures, { recursive: true });
  await withWindow({ language: 'en', extra: ['--demo'] }, async ({ electronApp, page }) => {
    await resizeWindow(electronApp, 1366, 768);
    await goTo(page, 'settings');
    await page.getByTestId('template-add').click();
    await page.getByTestId('template-save').click();
    await page.getByText('Give it a name.').waitFor();
    await page.getByTestId('template-name').fill('Knee check');
    await page.getByTestId('template-add-step').click();
    for (const [at, kind] of ['Outpatient visit', 'Chest X-ray', 'Insurance quote'].entries()) {
      await page.getByTestId(`template-step-${at}`).fill(kind);
      await page.getByRole('option').first().click();
    }
    await page.getByTestId('template-urgency-1').click();
    await page.getByTestId('template-urgency-1-2').click();
    await page.getByTestId('template-delay-1').fill('soon');
    await page.getByTestId('template-within-1').fill('8 h');
    await page.getByTestId('template-save').click();
    await page.getByText('Enter a time such as').waitFor();
    await page.getByTestId('template-delay-1').fill('2 h');
    await takeScreenshot(page, join(pictures, 'template.png'));
    await page.getByTestId('template-save').click();
    await page.getByTestId('settings-pathways').getByText('Knee check').waitFor();

    await goTo(page, 'pathways');
    await page.getByTestId('pathways-table').getByText('Knee check').click();
    await expect.poll(() => page.getByTestId('pathway-steps').locator('li').count()).toBe(3);
    await page.getByText(/not before 2\sh after the step above · due/).waitFor();
    await page.getByTestId('start-pathway').click();
    await page.getByText('Enter whom it is for.').waitFor();
    await page.getByTestId('field-patient-name').fill('Petra Lindholm');
    await page.getByTestId('field-birth-date').fill('1968-04-02');
    await takeScreenshot(page, join(pictures, 'start.png'));
    await page.getByTestId('start-pathway').click();

    const chain = page.getByTestId('pathway-chain');
    await chain.waitFor();
    expect(await chain.locator('li').count()).toBe(3);
    await takeScreenshot(page, join(pictures, 'chain.png'));
    await chain.getByRole('link').first().click();
    await page.getByTestId('workspace-imaging-screen').waitFor();
    await chain.waitFor();
    await page
      .getByTestId('why-waiting')
      .getByText(/2\sh to pass after Petra Lindholm/)
      .waitFor();
    await page.getByTestId('task-inspector').locator('.level-2').first().waitFor();
    await takeScreenshot(page, join(pictures, 'delay.png'));
    await page.getByTestId('action').click();
    await page.getByTestId('action-cancel').click();
    await page.getByTestId('confirm-following').waitFor();
    await takeScreenshot(page, join(pictures, 'cancel.png'));
    await page.getByTestId('confirm-all').click();
    await expect.poll(() => chain.getByText('cancelled').count(), { timeout: 15_000 }).toBe(2);
  });
});
