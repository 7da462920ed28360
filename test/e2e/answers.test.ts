/**
 * What the window answers before anything is done, on the sample clinic at its demonstration hour: the form while it is
 * typed, why tasks wait with the way to what they wait for, every kind of change of a pool with what it would do, and
 * all of it kept through a change of language and theme.
 */
import type { Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import { goTo } from '../support/electron-app.ts';
import { demoWindow } from '../support/test-window.ts';

const desk = demoWindow('answers');
const { at, picture, says } = desk;
let page: Page;
beforeAll(() => {
  ({ page } = desk);
});

it('answers while a task is typed: next starts, a chosen day, what is moved, a series and its clashes', async () => {
  await goTo(page, 'workspace/imaging?form=new');
  await at('field-kind').fill('Fetal ultrasound');
  await page.keyboard.press('Enter');
  await at('field-patient-name').fill('Ada Novak');
  await at('earliest-start').waitFor();
  expect(await says('earliest-start')).toMatch(/^(today|tomorrow) \d\d:\d\d$/);
  await at('take-start-4').waitFor(); // the first and four more
  expect(await says('quote-why')).toMatch(/^Waits until .+\.$/);
  expect(await says('duration-history')).toMatch(/\d+ (cases|tasks|times)/);
  await picture('next-starts');

  await at('field-urgency').getByText('1', { exact: true }).click();
  await expect.poll(() => at('displaces').count()).toBeGreaterThan(0);
  expect(await at('displaces').first().textContent()).toMatch(/would (move|lose)/);
  await picture('displaces');

  await at('field-quote-day').fill('2026-11-20');
  await expect.poll(() => says('earliest-start')).toMatch(/^Fri 20 Nov/);
  await at('field-quote-day').fill('a Friday');
  await at('field-quote-day').blur();
  await page.getByText('A day is written YYYY-MM-DD.').waitFor();
  await at('field-quote-day').fill('');

  await at('take-start-1').click();
  expect(await at('field-start-at-date').inputValue()).toMatch(/^2026-11-\d\d$/);
  await at('field-series-weeks').check({ force: true });
  await at('field-series-count').fill('3');
  const dates = at('series-dates').locator('li');
  await expect.poll(() => dates.count()).toBe(3);
  await dates.last().locator('input').uncheck();
  await expect.poll(() => says('submit-task')).toContain('2 tasks');
  await dates.last().locator('input').check();
  // In a moment every technician is still at work: that date clashes and is skipped, the same hour in a week does not.
  await at('field-start-at-date').fill('2026-11-18');
  await at('field-start-at-time').fill('10:25');
  await dates.first().locator('.clash').waitFor();
  expect(await dates.first().textContent()).toMatch(/10:25.*not free, next/s);
  expect(await dates.first().locator('input').isChecked()).toBe(false);
  expect(await at('series-dates').locator('.clash').count()).toBe(1);
  expect(await says('earliest-start-missing')).toMatch(/see what is marked/);
  await page.getByText('Not free then: the series leaves this date out.').waitFor(); // at the start field
  await expect.poll(() => says('submit-task')).toContain('2 tasks');
  await picture('series');
});

it('keeps what is typed when the language and the theme change, and says it in the other language', async () => {
  await at('language-switch').click();
  await page.locator('html[lang^="zh"]').waitFor();
  expect(await at('field-patient-name').inputValue()).toBe('Ada Novak');
  expect(await at('field-series-count').inputValue()).toBe('3');
  expect(await says('submit-task')).toContain('2');
  await at('theme-switch').click();
  await expect.poll(() => page.evaluate(() => document.documentElement.dataset['theme'])).toBe('dark');
  expect(await at('field-patient-name').inputValue()).toBe('Ada Novak');
  await picture('chinese-dark');
  await goTo(page, 'today');
  await page.getByText('2026年11月18日星期三').waitFor();
  await at('language-switch').click();
  await page.getByText('Wednesday 18 November 2026').waitFor();
  await at('theme-switch').click();
});

it('says why a task waits in its row, on Today and in the inspector, with the way to what it waits for', async () => {
  await goTo(page, 'today');
  const onToday = page.locator('[data-testid^="why-"]').first();
  expect(await onToday.textContent()).toMatch(/^(Waits|It cannot be planned).+\.$/);
  await goTo(page, 'workspace/imaging');
  const inRow = page.locator('[data-testid^="why-"]').first();
  await inRow.waitFor();
  const taskId = ((await inRow.getAttribute('data-testid')) ?? '').slice('why-'.length);
  await at(`task-row-${taskId}`).locator('.start').click();
  await at('why-waiting').waitFor();
  expect(await says('why-waiting')).toMatch(/^Waits until .+ for .+\.$/);
  await picture('why-it-waits');
  const links = at('why-waiting').getByRole('link');
  const task = (await links.last().textContent()) ?? '';
  await links.last().click();
  await expect.poll(() => says('task-inspector')).toContain(task.split(' (')[0]);
  await at(`task-row-${taskId}`).locator('.start').click();
  await expect.poll(() => says('why-waiting')).toContain(task);
  const pool = (await links.first().textContent()) ?? '';
  await links.first().click();
  await at('pool-form').waitFor();
  expect(await says('pool-form')).toContain(pool);
});

/** Each kind of change, and how it is made in the form of the exam rooms. */
const CHANGES: readonly { readonly name: string; readonly part: string; make(): Promise<void> }[] = [
  { name: 'one unit more', part: 'units', make: () => at('add-unit').click() },
  { name: 'shorter hours', part: 'hours', make: () => at('field-hours-2').fill('08:00–11:00') },
  {
    name: 'a day that differs',
    part: 'hours',
    make: async () => {
      await at('add-exception').click();
      await page.locator('[data-testid^="field-exception-"][data-testid$="-date"]').last().fill('2026-11-18');
    },
  },
  { name: 'an unplanned outage', part: 'outages', make: () => at('add-outage').click() },
  {
    name: 'a planned outage',
    part: 'outages',
    make: async () => {
      await at('add-outage').click();
      await page.locator('[data-testid$="-planned"]').last().check();
    },
  },
  { name: 'another share', part: 'shares', make: () => at('field-limit-records').fill('1') },
];

it('shows what every kind of change of a pool would do to the plan before it is made', async () => {
  await goTo(page, 'pools');
  for (const { name, part, make } of CHANGES) {
    await at('pool-row-exam-rooms').click();
    await at('pool-effect').getByText('Nothing is changed yet').waitFor();
    await at(`pool-part-${part}`).check({ force: true });
    await make();
    await at('pool-effect')
      .getByText(/No task moves|starts? (later|earlier)|loses? (its|their) place|finds? no time/)
      .first()
      .waitFor();
    await picture(`pool-${name.replaceAll(' ', '-')}`);
    await at('cancel-pool').click();
    await at('pool-form').waitFor({ state: 'detached' });
  }
  // Leaving changed nothing; saving does, and can be taken back.
  await at('pool-row-exam-rooms').click();
  await at('field-unit-1').waitFor();
  expect(await page.locator('[data-testid^="field-unit-"]:not([data-testid*="word"])').count()).toBe(2);
  await at('add-unit').click();
  await at('save-pool').click();
  await at('pool-form').waitFor({ state: 'detached' });
  await at('pool-row-exam-rooms').getByText('3 rooms').waitFor();
  await page.keyboard.press('Control+z');
  await at('pool-row-exam-rooms').getByText('2 rooms').waitFor();
});
