/** Where work is entered and seen to: Today, the timeline, the five workspaces. */
import type { Page } from 'playwright-core';
import { choose, click, escape, see, type Place } from './place.ts';

/** The first task in the queue whose state is one of these, selected. */
async function selectTask(page: Page, ...states: readonly string[]): Promise<void> {
  // Opened anew at 200 %: the inspector lies over the rows, with the task still selected.
  if (await page.getByTestId('task-inspector').isVisible()) return;
  const rows = states.map((state) => `[data-testid^="task-row-"][data-state="${state}"]`).join(', ');
  await page
    .locator(rows)
    .first()
    .click({ position: { x: 40, y: 8 } }); // beside the links of why it waits
  await see(page, 'task-inspector');
}

async function selectBar(page: Page): Promise<void> {
  await page.locator('[data-bar].tentative').first().focus();
  await see(page, 'task-inspector');
}

async function openForm(page: Page): Promise<void> {
  if (await page.getByTestId('task-form').isVisible()) return;
  await click(page, 'new-task');
  await see(page, 'task-form');
}

export const TODAY: readonly Place[] = [
  { name: 'today', isShort: true, route: 'today' },
  {
    name: 'today, day close',
    isShort: true,
    route: 'today',
    open: async (page) => {
      await click(page, 'today-close');
      await see(page, 'day-close');
    },
  },
  {
    name: 'today, printed list',
    isShort: true,
    route: 'today?list=today',
    open: (page) => see(page, 'day-list'),
  },
  {
    name: 'today, true times with a mistake',
    route: 'today?list=today&enter=times',
    open: async (page) => {
      await page.locator('[data-testid^="time-end-"]').first().fill('2530');
      await page.keyboard.press('Enter');
      await page.locator('[data-testid^="time-end-"][aria-invalid="true"]').first().waitFor();
    },
    leave: async (page) => {
      await page.locator('[data-testid^="time-end-"]').first().fill('');
    },
  },
  {
    name: 'today, a day without a list',
    route: 'today?list=2027-08-01',
    open: (page) => see(page, 'day-list-empty'),
  },
];

export const TIMELINE: readonly Place[] = [
  { name: 'timeline', isShort: true, route: 'timeline', open: (page) => see(page, 'timeline-chart') },
  { name: 'timeline, a task selected', route: 'timeline', open: selectBar },
  {
    name: 'timeline, a task in the hand',
    isShort: true,
    route: 'timeline',
    open: async (page) => {
      await selectBar(page);
      await page.keyboard.press('Enter');
      await see(page, 'move-panel');
      await page.keyboard.press('ArrowRight');
      await see(page, 'verdict');
    },
    leave: escape,
  },
  {
    name: 'timeline, a task under the pointer',
    route: 'timeline',
    open: async (page) => {
      await page.locator('[data-bar].tentative').first().hover();
      await see(page, 'hover-card');
    },
  },
  {
    name: 'timeline, a month',
    route: 'timeline',
    open: (page) => choose(page, 'timeline-level-month'),
  },
  { name: 'timeline, a week', route: 'timeline', open: (page) => choose(page, 'timeline-level-week') },
  { name: 'timeline, an hour', route: 'timeline', open: (page) => choose(page, 'timeline-level-hour') },
  {
    name: 'timeline, how to read it',
    route: 'timeline',
    open: async (page) => {
      if (await page.getByTestId('timeline-key-panel').isVisible()) return;
      await click(page, 'timeline-key');
      await see(page, 'timeline-key-panel');
    },
    leave: (page) => click(page, 'inspector-close'),
  },
  {
    name: 'timeline, another day',
    isFloating: true,
    route: 'timeline',
    open: async (page) => {
      await click(page, 'timeline-date');
      await see(page, 'timeline-date-typed');
    },
    leave: escape,
  },
];

export const WORKSPACE: readonly Place[] = [
  { name: 'records', route: 'workspace/records' },
  {
    name: 'records, a waiting task',
    isShort: true,
    route: 'workspace/records',
    open: (page) => selectTask(page, 'tentative', 'waiting'),
  },
  { name: 'records, the form', route: 'workspace/records', open: openForm },
  {
    name: 'records, the form with mistakes',
    isShort: true,
    route: 'workspace/records',
    open: async (page) => {
      await openForm(page);
      await page.getByTestId('field-duration').fill('soon');
      await click(page, 'submit-task');
    },
  },
  {
    name: 'records, a menu',
    isFloating: true,
    isShort: true,
    route: 'workspace/records',
    open: async (page) => {
      await selectTask(page, 'tentative', 'waiting');
      await click(page, 'action');
      await page.getByRole('menu').waitFor();
    },
    leave: escape,
  },
  {
    name: 'records, a question',
    isShort: true,
    route: 'workspace/records',
    open: async (page) => {
      await selectTask(page, 'tentative', 'waiting');
      await click(page, 'action');
      await click(page, 'action-cancel');
      await see(page, 'confirm-dialog');
    },
    leave: escape,
  },
  {
    name: 'records, several tasks',
    isShort: true,
    route: 'workspace/records',
    open: async (page) => {
      await page.getByTestId('task-rows').focus();
      await page.keyboard.press('Control+a');
      await see(page, 'tasks-inspector');
    },
  },
  {
    name: 'records, saved views',
    isFloating: true,
    isShort: true,
    route: 'workspace/records',
    open: async (page) => {
      await click(page, 'views');
      await see(page, 'view-name');
    },
    leave: escape,
  },
  {
    name: 'records, nothing found',
    route: 'workspace/records',
    open: async (page) => {
      await page.getByTestId('queue-search').fill('zzzz');
      await see(page, 'queue-empty');
    },
  },
  {
    name: 'records, kinds of work offered',
    isFloating: true,
    route: 'workspace/records',
    open: async (page) => {
      await openForm(page);
      await click(page, 'field-kind');
      await page.getByRole('listbox').waitFor();
    },
    leave: escape,
  },
  {
    name: 'records, a task changed',
    route: 'workspace/records',
    open: async (page) => {
      await selectTask(page, 'tentative', 'waiting');
      await page.keyboard.press('e');
      await see(page, 'task-form');
    },
    leave: (page) => click(page, 'clear-task'),
  },
  {
    name: 'records, a series with its dates',
    route: 'workspace/records?form=new',
    open: async (page) => {
      await openForm(page);
      await click(page, 'field-kind');
      await page.getByRole('option').first().click();
      await choose(page, 'field-start-fixed');
      await page.getByTestId('field-start-at-date').fill('2026-11-19');
      await page.getByTestId('field-start-at-time').fill('14:10');
      await choose(page, 'field-series-weeks');
      await see(page, 'series-dates');
      await see(page, 'earliest-start');
    },
    leave: (page) => click(page, 'clear-task'),
  },
  {
    name: 'records, all pools unfolded',
    route: 'workspace/records',
    open: (page) => click(page, 'strips-more'),
  },
  {
    name: 'records, filtered',
    route: 'workspace/records',
    open: async (page) => {
      await click(page, 'filter-level');
      await click(page, 'filter-level-4');
      await see(page, 'filter-clear');
    },
    leave: (page) => click(page, 'filter-clear'),
  },
  {
    name: 'records, a question about several',
    route: 'workspace/records',
    open: async (page) => {
      await page.getByTestId('task-rows').focus();
      await page.keyboard.press('Control+a');
      await click(page, 'bulk-cancel');
      await see(page, 'confirm-dialog');
    },
    leave: escape,
  },
  { name: 'imaging', isShort: true, route: 'workspace/imaging' },
  {
    name: 'imaging, a running task',
    route: 'workspace/imaging',
    open: (page) => selectTask(page, 'running', 'confirmed'),
  },
  { name: 'insurance', isShort: true, route: 'workspace/insurance', open: openForm },
  { name: 'research', isShort: true, route: 'workspace/research', open: openForm },
  { name: 'monitoring', isShort: true, route: 'workspace/monitoring', open: openForm },
];
