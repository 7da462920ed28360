/**
 * Exports that nobody presses a button for, with the built application: figures mapped on the screen and sent to DHIS2 and
 * FHIR from the command line, and a report every Monday, under a clock that is turned, by an application that sleeps.
 */
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import FhirValidator from '@asymmetrik/fhir-json-schema-validator';
import { parse } from 'csv-parse/sync';
import type { Page } from 'playwright-core';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { root } from '../../scripts/lib/project.mjs';
import { EXIT_CODES } from '../../src/main/cli/exit-codes.ts';
import { sameText } from '../../src/shared/domain/local-text.ts';
import { milli } from '../../src/shared/units.ts';
import { runCommand } from '../support/electron-command.ts';
import {
  goTo,
  resizeWindow,
  sleepUntil,
  takeScreenshot,
  temporaryLedger,
  withWindow,
  type TemporaryLedger,
} from '../support/electron-app.ts';
import { roomPool } from '../support/ledger/clinic-rows.ts';
import { documentedDataValueSet } from '../support/reports/dhis2-shape.ts';
import { TestApplication } from '../support/usecases/application.ts';

const pictures = join(root, 'test-results', 'exports');
let ledger: TemporaryLedger;
beforeEach(() => {
  mkdirSync(pictures, { recursive: true });
  ledger = temporaryLedger();
});
afterEach(() => {
  ledger.remove();
});

/** Maps one figure, found by words of it. */
async function mapFigure(page: Page, words: string, element: string, at: number): Promise<void> {
  await page.getByTestId('dhis2-add').fill(words);
  await page.getByRole('option').first().click();
  await page.getByTestId(`dhis2-element-${at}`).fill(element);
}

it('sends what was mapped on the screen to DHIS2 and FHIR from the command line', async () => {
  const out = (format: string): string => join(ledger.folder, `october.${format}.json`);
  const exported = async (format: string) => {
    const args = ['--ledger', ledger.path, '--demo', '--language', 'en', 'export', '--period', '2026-10'];
    const more = ['--format', format, '--out', out(format)];
    return runCommand([...args, ...more], join(ledger.folder, 'profile'));
  };
  await withWindow(
    { ledger: ledger.path, language: 'en', extra: ['--demo'] },
    async ({ electronApp, page }) => {
      await resizeWindow(electronApp, 1366, 768);
      await goTo(page, 'settings');
      await page.getByTestId('fhir-system').fill('urn:oid:2.16.156.112536');
      await page.getByTestId('fhir-value').fill('PDY00017X');
      await page.getByTestId('dhis2-org-unit').fill('DiszpKrYNg8');
      await mapFigure(page, 'Exam rooms Utilization', 'f7n9E0hX8qk', 0);
      await mapFigure(page, 'Outcomes Image processing Finished', 'Ix2HsbDMLea', 1);
      await page.getByTestId('dhis2-save').scrollIntoViewIfNeeded();
      await takeScreenshot(page, join(pictures, 'mapping.png'));
      await page.getByTestId('dhis2-save').click();
      await page.getByText('Saved.').waitFor();
    },
  );

  for (const format of ['dhis2', 'fhir'] as const) {
    expect(await exported(format)).toMatchObject({ code: EXIT_CODES.done, stderr: '' });
  }
  const set = documentedDataValueSet.parse(JSON.parse(readFileSync(out('dhis2'), 'utf8')));
  expect(set).toMatchObject({ orgUnit: 'DiszpKrYNg8', period: '202610', completeDate: '2026-11-01' });
  expect(set.dataValues.map(({ dataElement }) => dataElement)).toEqual(['f7n9E0hX8qk', 'Ix2HsbDMLea']);
  const [utilization, finished] = set.dataValues.map(({ value }) => Number(value));
  expect(utilization).toBeGreaterThan(20);
  expect(utilization).toBeLessThan(100);
  expect(finished).toBeGreaterThan(100);
  for (const word of ['Asia/Shanghai', 'Ledger head: ', 'Tasks still open: ', 'Made by: ']) {
    expect(set.dataValues[0]?.comment).toContain(word);
  }
  const bundle: unknown = JSON.parse(readFileSync(out('fhir'), 'utf8'));
  expect(new FhirValidator().validate(bundle)).toEqual([]);
  expect(JSON.stringify(bundle)).toContain('PDY00017X');
});

/** A clinic in Berlin with one pool that never closes: as many hours in a week as the week has. */
async function foundInBerlin(at: string): Promise<void> {
  const app = await new TestApplication(at, ledger.folder).open();
  await app.get('clinic.create', {
    name: { en: 'Harbour Clinic', zh: '海港诊所' },
    timeZone: 'Europe/Berlin',
    language: 'en',
    person: { name: 'Ann', jobTitle: sameText('Manager') },
    pools: [roomPool({ units: [], kind: 'divisible', capacityMilli: milli(1000), weeklyHours: null })],
    defaults: [],
  });
  await app.application.close();
}

/** The weeks of a folder's files by their own words, with the hours of the pool. */
function weeksIn(folder: string): string[] {
  return readdirSync(folder)
    .sort()
    .map((name) => {
      const text = readFileSync(join(folder, name), 'utf8');
      const rows: Record<string, string>[] = parse(text, { columns: true, bom: true });
      const value = (id: string): string => rows.find((row) => row['Indicator id'] === id)?.['Value'] ?? '';
      return `${value('period')}: ${value('capacity')} h`;
    });
}

const WEEKS = [
  '2026-10-19 – 2026-10-25: 169 h', // the clock is put back
  '2026-10-26 – 2026-11-01: 168 h',
  '2026-11-02 – 2026-11-08: 168 h',
];

it('saves every Monday what is due: two that the computer was off, and one once its stick is there again', async () => {
  const at = (iso: string): number => Date.parse(iso);
  await foundInBerlin('2026-10-21T08:00:00Z');
  const stick = join(ledger.folder, 'stick');
  mkdirSync(stick);
  const options = { ledger: ledger.path, language: 'en' } as const;
  await withWindow({ ...options, clockMs: at('2026-10-21T09:00:00Z') }, async ({ page }) => {
    await goTo(page, 'settings');
    await page.getByTestId('schedule-new').click();
    await page.getByTestId('schedule-format').click();
    await page.getByTestId('schedule-format-csv').click();
    await page.getByTestId('schedule-folder').fill(stick);
    await page.getByTestId('schedule-save').click();
    await page.getByTestId('schedules').getByText('2026-10-26').waitFor();
  });
  expect(readdirSync(stick)).toEqual([]);

  await withWindow({ ...options, clockMs: at('2026-11-04T08:00:00Z') }, async ({ electronApp, page }) => {
    await resizeWindow(electronApp, 1366, 768);
    await sleepUntil(electronApp, at('2026-11-04T08:05:00Z'));
    await expect.poll(() => weeksIn(stick), { timeout: 20_000 }).toEqual(WEEKS.slice(0, 2));

    const away = join(ledger.folder, 'pocket');
    renameSync(stick, away);
    await sleepUntil(electronApp, at('2026-11-09T08:00:00Z'));
    await goTo(page, 'today');
    await page.getByText('scheduled export could not be saved').waitFor();
    await takeScreenshot(page, join(pictures, 'failed-today.png'));
    await goTo(page, 'reports');
    await page.getByText('Plug in the drive').waitFor();
    await takeScreenshot(page, join(pictures, 'failed-reports.png'));
    await goTo(page, 'settings');
    await page.getByTestId('schedules').getByText('2026-11-09: ').scrollIntoViewIfNeeded();
    await takeScreenshot(page, join(pictures, 'failed-settings.png'));
    await page.getByTestId('settings-language-zh').check({ force: true });
    await goTo(page, 'reports');
    await page.getByText('请插入其所在的磁盘或 U 盘').waitFor();
    await takeScreenshot(page, join(pictures, 'failed-reports-zh.png'));
    expect(existsSync(stick)).toBe(false); // nobody made a folder in its place

    renameSync(away, stick);
    await sleepUntil(electronApp, at('2026-11-09T08:30:00Z'));
    await expect.poll(() => weeksIn(stick), { timeout: 20_000 }).toEqual(WEEKS);
    await page.getByText('请插入其所在的磁盘或 U 盘').waitFor({ state: 'detached' });
  });
});
