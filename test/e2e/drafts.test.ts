/** A kill in the middle of typing, in the real window: three forms and a plan to compare bring back what stood in them, and say since when. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { root } from '../../scripts/lib/project.mjs';
import { setUpClinic } from '../support/desk.ts';
import {
  goTo,
  openWindow,
  resizeWindow,
  takeScreenshot,
  temporaryLedger,
  type OpenedWindow,
} from '../support/electron-app.ts';

const pictures = join(root, 'test-results', 'drafts');

/** What is kept of a form, as it is answered; nothing on the page tells that a draft lies on the disk. */
function keptOf(page: Page, form: string): Promise<string> {
  return page.evaluate((asked) => {
    const bridge = Reflect.get(globalThis, 'clinicAllocator') as {
      invoke: (channel: string, request: unknown) => Promise<string>;
    };
    return bridge.invoke('draft.get', { body: { form: asked } });
  }, form);
}

async function kill({ electronApp }: OpenedWindow): Promise<void> {
  const child = electronApp.process();
  const gone = new Promise((done) => child.once('exit', done));
  child.kill('SIGKILL');
  await gone;
}

it('brings back what was typed into three forms when the window was killed', async () => {
  mkdirSync(pictures, { recursive: true });
  const ledger = temporaryLedger();
  const first = await openWindow({ language: 'en', ledger: ledger.path });
  let pool = '';
  let hours = '';
  try {
    const { page } = first;
    await setUpClinic(page);
    await goTo(page, 'pools');
    const row = page.getByTestId('pools-table').locator('[data-testid^="pool-row-"]').first();
    pool = (await row.getAttribute('data-testid')) ?? '';
    await row.click();
    await page.getByTestId('field-pool-name').fill('Echo room');
    await page.getByTestId('pool-part-hours').check({ force: true });
    await page.getByTestId('field-hours-0').fill('7-12, 13-18');
    await page.getByTestId('field-hours-0').press('Tab');
    hours = await page.getByTestId('field-hours-0').inputValue();
    expect(hours).toContain('18:00');
    await goTo(page, 'settings');
    await page.getByTestId('template-add').click();
    await page.getByTestId('template-name').fill('Knee check');
    await page.getByTestId('template-delay-1').fill('2 h');
    await goTo(page, 'whatif');
    await page.getByTestId('add-first').click();
    await page.getByTestId('add-first-outage').click();
    await page.getByTestId('change-0-end-date').fill('2026-1');
    await expect.poll(() => keptOf(page, 'what-if')).toContain(String.raw`2026-1\"`);
    await goTo(page, 'workspace/records');
    await page.getByTestId('new-task').click();
    await page.getByTestId('field-patient-name').fill('Petra Lindholm');
    await page.getByTestId('field-note').fill('brings her own scans');
    await page.getByTestId('field-duration').fill('half of');
    await page.getByTestId('field-due-date').fill('2026-12');
    await expect.poll(() => keptOf(page, 'task-records')).toContain('2026-12'); // typed last
    await kill(first);
  } finally {
    await first.close();
  }
  const again = await openWindow({ language: 'en', ledger: ledger.path });
  try {
    const { page, electronApp } = again;
    await resizeWindow(electronApp, 1366, 768);
    const line = page.getByTestId('draft-line');
    await goTo(page, 'workspace/records');
    await page.getByTestId('new-task').click();
    await line.getByText('Brought back').waitFor();
    expect(await page.getByTestId('field-patient-name').inputValue()).toBe('Petra Lindholm');
    expect(await page.getByTestId('field-note').inputValue()).toBe('brings her own scans');
    expect(await page.getByTestId('field-duration').inputValue()).toBe('half of'); // no value yet, and not lost
    expect(await page.getByTestId('field-due-date').inputValue()).toBe('2026-12');
    await takeScreenshot(page, join(pictures, 'task.png'));

    await goTo(page, 'whatif');
    await page.getByTestId('edit-A').click();
    expect(await page.getByTestId('change-0-end-date').inputValue()).toBe('2026-1');
    await takeScreenshot(page, join(pictures, 'whatif.png'));

    await goTo(page, 'pools');
    await page.getByTestId(pool).click();
    await line.waitFor();
    expect(await page.getByTestId('field-pool-name').inputValue()).toBe('Echo room');
    await page.getByTestId('pool-part-hours').check({ force: true });
    expect(await page.getByTestId('field-hours-0').inputValue()).toBe(hours);
    await takeScreenshot(page, join(pictures, 'pool.png'));
    await page.getByTestId('draft-discard').click();
    await expect.poll(() => page.getByTestId('field-pool-name').inputValue()).not.toBe('Echo room');

    await goTo(page, 'settings');
    await page.getByTestId('template-add').click();
    await line.waitFor();
    expect(await page.getByTestId('template-name').inputValue()).toBe('Knee check');
    expect(await page.getByTestId('template-delay-1').inputValue()).toMatch(/^2\sh$/);
    await takeScreenshot(page, join(pictures, 'template.png'));
  } finally {
    await again.close();
    ledger.remove();
  }
});
