/**
 * A day on Today in the real window, in both languages: an outage entered with its effect seen before it is saved, the
 * repairs it calls for taken and turned down by the person at the desk, the day's list on paper, true times entered
 * back from it, and the day closed with one key.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { root } from '../../scripts/lib/project.mjs';
import type { OpenedWindow } from '../support/electron-app.ts';
import {
  goTo,
  inMain,
  resizeWindow,
  takeScreenshot,
  temporaryLedger,
  withWindow,
} from '../support/electron-app.ts';
import { press, tabTo } from '../support/keyboard.ts';

const LANGUAGES = ['en', 'zh'] as const;

/** Ids of the decisions that are offered, as their buttons carry them. */
function decisionsOf(page: Page): Promise<string[]> {
  return page
    .locator('[data-testid^="decision-"][data-testid$="-take"]')
    .evaluateAll((all) =>
      all.map((each) => (each.dataset['testid'] ?? '').slice('decision-'.length, -'-take'.length)),
    );
}

/** The ultrasound rooms are out from now until three: seen before it is saved, and what it breaks stands on Today. */
async function enterOutage(page: Page, picture: (name: string) => Promise<void>): Promise<void> {
  await goTo(page, 'pools?pool=ultrasound');
  await page.getByTestId('pool-form').waitFor();
  await page.getByTestId('pool-part-outages').check({ force: true });
  const at = await page.locator('[data-testid^="remove-outage-"]').count(); // those that are over stand there too
  await page.getByTestId('add-outage').click();
  await page.getByTestId(`field-outage-${at}-end-known`).check();
  await page.getByTestId(`field-outage-${at}-end-date`).fill('2026-11-18');
  await page.getByTestId(`field-outage-${at}-end-time`).fill('09:00');
  await page.getByTestId('save-pool').click();
  await page.locator('[aria-invalid="true"]').first().waitFor(); // it ends before it begins: said, and nothing is lost
  expect(await page.getByTestId(`field-outage-${at}-end-time`).inputValue()).toBe('09:00');
  await page.getByTestId(`field-outage-${at}-end-time`).fill('15:00');
  await page.getByTestId('pool-effect').getByRole('link').first().waitFor();
  await picture('outage');
  await page.getByTestId('save-pool').click();
  await page.getByTestId('pool-form').waitFor({ state: 'detached' });
}

/** One repair is taken, another turned down; both leave the list, and the ledger names who decided. */
async function decide(page: Page, picture: (name: string) => Promise<void>): Promise<void> {
  await goTo(page, 'today');
  await page.getByTestId('today-decisions').waitFor();
  const [taken, left] = await decisionsOf(page);
  if (taken === undefined || left === undefined) throw new Error('the outage calls for two repairs at least');
  await picture('decisions');
  await page.getByTestId(`decision-${taken}-take`).click();
  await page.getByTestId(`decision-${taken}`).waitFor({ state: 'detached' });
  await page.getByTestId(`decision-${left}-leave`).click();
  await page.getByTestId(`decision-${left}`).waitFor({ state: 'detached' });
  await picture('decided');
}

/** The list as paper would have it. */
async function printList({ electronApp, page }: OpenedWindow, pdf: string): Promise<string> {
  await page.getByTestId('today-list').click();
  await page.getByTestId('day-list').waitFor();
  const bytes = await inMain(electronApp, async ({ BrowserWindow }) => {
    const printed = await BrowserWindow.getAllWindows()[0]?.webContents.printToPDF({
      preferCSSPageSize: true,
    });
    return printed?.toString('base64') ?? '';
  });
  writeFileSync(pdf, Buffer.from(bytes, 'base64'));
  return execFileSync('pdftotext', ['-layout', pdf, '-'], { encoding: 'utf8' });
}

/** What runs in the first room ended as the paper says; a time that is none is said at its field first. */
async function enterTimes(page: Page, picture: (name: string) => Promise<void>): Promise<void> {
  await page.getByTestId('day-list-enter').click();
  const testId = (await page.locator('[data-testid^="time-end-"]').first().getAttribute('data-testid')) ?? '';
  const ended = page.getByTestId(testId).first(); // it stands under its room and under its nurse
  await ended.fill('2530');
  await press(page, 'Enter');
  await page.locator(`[data-testid="${testId}"][aria-invalid="true"]`).first().waitFor();
  await ended.fill('1019');
  await picture('times');
  await page.getByTestId('day-times-save').click();
  await ended.waitFor({ state: 'detached' });
  await picture('entered');
  await page.getByTestId('day-list-close').click();
}

describe('a day on Today', () => {
  for (const language of LANGUAGES) {
    it(`is worked through from an outage to closing (${language})`, async () => {
      const pictures = join(root, 'test-results', 'today', language);
      mkdirSync(pictures, { recursive: true });
      const ledger = temporaryLedger();
      try {
        await withWindow({ ledger: ledger.path, language, extra: ['--demo'] }, async (window) => {
          const { page, electronApp } = window;
          const picture = (name: string) => takeScreenshot(page, join(pictures, `${name}.png`));
          page.setDefaultTimeout(15_000);
          await resizeWindow(electronApp, 1366, 768);
          for (const group of ['stuck', 'running', 'next'])
            await page.getByTestId(`today-${group}`).waitFor();
          await picture('today');
          await enterOutage(page, picture);
          await decide(page, picture);

          const paper = await printList(window, join(pictures, 'list.pdf'));
          await picture('list');
          expect(paper).toMatch(/\d\d:\d\d–\d\d:\d\d/);
          expect(paper).toMatch(/\d{4}-\d\d-\d\d/); // the second identifier
          await enterTimes(page, picture);

          await tabTo(page, 'today-close');
          await press(page, 'Enter');
          await page.getByTestId('day-close').waitFor();
          await picture('day-close');
          await tabTo(page, 'day-close-confirm');
          await press(page, 'Enter');
          await page.getByTestId('day-close').waitFor({ state: 'detached' });
          await picture('closed');
        });
      } finally {
        ledger.remove();
      }
    });
  }
});
