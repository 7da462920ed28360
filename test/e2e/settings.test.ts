/**
 * What a clinic sets and what it decides, on the sample clinic: language and colours of the window, triage levels and
 * their names, time zone, policies and weights, defaults, staff, backups, where the ledger is; and urgent work that
 * another task makes way for, decided by the person at the desk, whose name the record keeps.
 */
import type { Page } from 'playwright-core';
import { beforeAll, beforeEach, expect, it } from 'vitest';
import { goTo, inMain } from '../support/electron-app.ts';
import { demoWindow } from '../support/test-window.ts';

const desk = demoWindow('settings');
const { at, picture, says } = desk;
let page: Page;
beforeAll(() => {
  ({ page } = desk);
});

beforeEach(() => goTo(page, 'settings'));

async function pick(testid: string, value: string): Promise<void> {
  await at(testid).click();
  await at(`${testid}-${value}`).click();
}

/** Takes back what was saved last, once it can be. */
async function takeBack(): Promise<void> {
  await at('undo').click();
  await at('undo').waitFor({ state: 'detached' });
}

it('speaks the language and wears the colours that are chosen', async () => {
  await at('settings-language-zh').check({ force: true });
  await page.locator('html[lang^="zh"]').waitFor();
  await at('settings-screen').getByRole('heading', { name: '设置', exact: true }).waitFor();
  for (const theme of ['contrast', 'dark', 'light']) {
    await at(`settings-theme-${theme}`).check({ force: true });
    await page.locator(`html[data-theme="${theme}"]`).waitFor();
    await picture(`window-${theme}`);
  }
  await at('settings-language-en').check({ force: true });
  await page.locator('html[lang^="en"]').waitFor();
});

it('names triage levels by another preset and by the clinic’s own words, and takes that back', async () => {
  await pick('settings-triage', 'china');
  await at('settings-clinic').getByText('within 10 min').waitFor();
  await at('settings-clinic-save').click();
  await at('undo-line').waitFor();
  await takeBack();
  await at('settings-triage').getByText('Manchester').waitFor();

  await pick('settings-triage', 'own');
  await at('level-en-0').fill('');
  await at('level-zh-0').fill('');
  await at('settings-clinic-save').click();
  await page.locator('[aria-invalid="true"]').first().waitFor();
  await at('level-en-0').fill('Code red');
  await at('level-zh-0').fill('红色');
  await picture('own-levels');
  await at('settings-clinic-save').click();
  await at('settings-clinic-save').waitFor({ state: 'detached' }); // nothing is left to save
  await goTo(page, 'workspace/imaging?form=new');
  await at('field-urgency').getByText('1', { exact: true }).click();
  await at('task-form').getByText('Code red').waitFor();
  await picture('own-levels-in-the-form');
});

it('keeps its clock by another time zone', async () => {
  await at('settings-zone').fill('Tokyo');
  await page.getByRole('option').first().click();
  await at('settings-clinic-save').click();
  await at('undo-line').waitFor();
  await goTo(page, 'today');
  await at('today-running').waitFor();
  await goTo(page, 'settings');
  expect(await at('settings-zone').inputValue()).toContain('Tokyo');
  await takeBack();
  await expect.poll(() => at('settings-zone').inputValue()).not.toContain('Tokyo');
});

it('orders a queue by another policy and weight, which the workspace says at once', async () => {
  await pick('settings-policy-imaging', 'utilization');
  await at('undo-line').waitFor();
  await pick('settings-weight-imaging', '3');
  await at('settings-weight-imaging').getByText('3', { exact: true }).waitFor();
  await picture('policies');
  await goTo(page, 'workspace/imaging');
  await at('workspace-imaging-screen').getByText('by utilization').waitFor();
  await goTo(page, 'settings');
  await page.locator('a[href="#/pools"]').last().click(); // guarantees and limits are set per pool
  await at('pools-screen').waitFor();
});

it('begins a new task with the default that is chosen for its subsystem', async () => {
  await at('settings-default-records').click();
  const other = page.getByRole('option').last();
  const name = ((await other.textContent()) ?? '').trim();
  await other.click();
  await at('settings-default-records').getByText(name).waitFor();
  await picture('defaults');
  await goTo(page, 'workspace/records?form=new');
  await expect.poll(() => at('field-kind').inputValue()).toBe(name);
});

it('takes on a person, and says at the field what is missing', async () => {
  await at('staff-add').click();
  await at('member-save').click();
  await page.locator('[data-testid="member-name"][aria-invalid="true"]').waitFor();
  await at('member-name').fill('Ada Novak');
  await at('member-job').fill('radiographer');
  await picture('person');
  await at('member-save').click();
  await at('settings-staff').getByText('Ada Novak').waitFor();
});

it('says where the ledger is, and backs it up into a folder that is chosen', async () => {
  expect(await says('ledger-facts')).toContain(desk.ledger.folder);
  await inMain(
    desk.window.electronApp,
    ({ dialog }, folder) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [folder] });
    },
    desk.ledger.folder,
  );
  await at('backup-choose').click();
  await at('backup-now').click();
  await page.locator('[data-testid^="restore-clinic"]').first().waitFor();
  await picture('backup');
});

it('lets a person decide that a task makes way for urgent work, with what it changes, and keeps who did', async () => {
  await goTo(page, 'workspace/imaging?form=new');
  await at('field-kind').fill('Image reading');
  await page.keyboard.press('Enter');
  await at('field-patient-name').fill('Petra Lindholm');
  await at('field-urgency').getByText('1', { exact: true }).click();
  await at('earliest-start').waitFor();
  await at('submit-task').click();
  await at('task-inspector').waitFor();
  await goTo(page, 'today');
  const take = page.locator('[data-testid^="decision-preemption-"][data-testid$="-take"]');
  await take.waitFor();
  const sentence = (await at('today-decisions').locator('li').first().textContent()) ?? '';
  expect(sentence).toMatch(
    /Petra Lindholm would begin .+ instead of .+ if this made way: Bone age assessment, (\w+ \w+)/,
  );
  const victim = /Bone age assessment, (\w+ \w+)/.exec(sentence)?.[1] ?? '';
  await picture('decision');
  await take.click();
  await take.waitFor({ state: 'detached' });
  await goTo(page, 'workspace/imaging');
  await at('queue-search').fill(victim);
  const row = page.locator('[data-testid^="task-row-"]').filter({ hasText: 'Bone age assessment' });
  await row.first().locator('.start').click();
  await at('task-record').waitFor();
  expect(await says('task-record')).toMatch(/Jing Zhao/);
  await picture('decided');
});
