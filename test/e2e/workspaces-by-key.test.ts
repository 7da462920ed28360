/**
 * The five workspaces with the keyboard alone, in the real window on the sample clinic at its demonstration hour: each
 * with its own words and formula, a task from entering to finishing; then every row of the lifecycle table that staff
 * may take, each taken back; true times, several at once, search, filter, order and a view of one's own.
 */
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { TaskAction, TaskState } from '../../src/shared/domain/lifecycle.ts';
import { TRANSITIONS } from '../../src/shared/domain/lifecycle.ts';
import { focused, goByPalette, press, seeFocus, tabTo } from '../support/keyboard.ts';
import { WORKSPACES, type Workspace } from '../support/workspaces.ts';
import { demoWindow } from '../support/test-window.ts';

/** The letter of each action that has one; the others stand in the menu. */
const KEYS: Readonly<Partial<Record<TaskAction, string>>> = {
  hold: 'h',
  resume: 'r',
  confirm: 'c',
  start: 's',
  finish: 'f',
  release: 'l',
  miss: 'm',
  'undo-miss': 'u',
  cancel: 'x',
};

const desk = demoWindow('workspaces-by-key');
const { picture } = desk;
let page: Page;
beforeAll(() => {
  ({ page } = desk);
});

/** The id of the task that the inspector shows, by the row that is selected in the list. */
const selectedTask = (): Promise<string | null> =>
  page.evaluate(
    () =>
      document.querySelector<HTMLElement>('[role="row"][aria-selected="true"] [data-testid^="task-row-"]')
        ?.dataset['testid'] ?? null,
  );

/** What the inspector calls a state. */
const STATE_WORDS: Readonly<Record<TaskState, string>> = {
  waiting: 'waiting',
  held: 'on hold',
  tentative: 'planned',
  confirmed: 'confirmed',
  running: 'running',
  finished: 'finished',
  released: 'released',
  missed: 'did not come',
  cancelled: 'cancelled',
};

async function seeState(state: TaskState): Promise<void> {
  await expect
    .poll(() => page.getByTestId('task-state').textContent(), { timeout: 10_000 })
    .toBe(STATE_WORDS[state]);
}

/** By its letter, or from the menu where it has none; a question before what is lost is answered with yes. */
async function act(action: TaskAction): Promise<void> {
  const key = KEYS[action];
  if (key === undefined) {
    await press(page, 'Enter');
    await tabTo(page, 'action');
    await press(page, 'Enter');
    await page.getByTestId(`action-${action}`).waitFor();
    while ((await focused(page)) !== `action-${action}`) await press(page, 'ArrowDown');
    await press(page, 'Enter');
  } else await press(page, key);
  if (action === 'cancel' || action === 'release') {
    await page.getByTestId('confirm-dialog').waitFor();
    await tabTo(page, 'confirm-action');
    await press(page, 'Enter');
    await page.getByTestId('confirm-dialog').waitFor({ state: 'detached' });
  }
}

/** Types the form of `workspace`, which is open, and sends it. @returns the new task's row */
async function enter(workspace: Workspace, name: string, notBefore?: string): Promise<string> {
  const before = await selectedTask();
  await seeFocus(page, 'field-kind');
  expect(await page.getByTestId('field-kind').inputValue()).toBe(''); // nothing of the task before comes back
  await page.keyboard.type(workspace.typed);
  await page.getByRole('option').first().waitFor();
  await press(page, 'ArrowDown', 'Enter');
  if (workspace.isAboutPatient) {
    await tabTo(page, 'field-patient-name');
    await page.keyboard.type(name);
    await press(page, 'Tab');
    await page.keyboard.type('1971-03-05');
  }
  if (notBefore !== undefined) {
    await tabTo(page, 'field-start-soon');
    await press(page, 'ArrowRight');
    await tabTo(page, 'field-start-at-date');
    await press(page, 'Control+a');
    await page.keyboard.type(notBefore);
  }
  await page.getByTestId('earliest-start').waitFor();
  await press(page, 'Control+Enter');
  await page.getByTestId('task-inspector').waitFor();
  await expect.poll(selectedTask).not.toBe(before);
  return (await selectedTask()) ?? '';
}

describe('the five workspaces without a mouse', () => {
  for (const workspace of WORKSPACES) {
    it(`${workspace.id}: its own words and formula, and a task from entering to finishing`, async () => {
      await goByPalette(page, workspace.title, `workspace-${workspace.id}`);
      const screen = page.getByTestId(`workspace-${workspace.id}-screen`);
      await screen.waitFor();
      await expect.poll(() => page.locator('h1').textContent()).toBe(workspace.title);

      const chips = screen.getByTestId('formula-chips');
      await expect
        .poll(() => chips.textContent())
        .toMatch(new RegExp(String.raw`${workspace.symbol}.*\d.*%`, 's'));
      for (const group of ['running', 'next']) await screen.getByTestId(`group-${group}`).waitFor();

      if (workspace.isFull) {
        await tabTo(page, 'task-rows');
        await press(page, 'Home');
        await seeState('running');
        await press(page, 'f');
        await seeState('finished');
      }
      await press(page, 'n');
      const form = page.getByTestId('task-form');
      await form.waitFor();
      expect(await form.getAttribute('aria-label')).toBe(workspace.form);
      for (const word of workspace.words) expect(await form.textContent()).toContain(word);
      const row = await enter(workspace, `Key ${workspace.id}`);
      await seeState('tentative');
      const said = await page.getByTestId(row).textContent();
      expect(said).toContain(workspace.kind);
      if (workspace.isAboutPatient) expect(said).toMatch(/Key \w+\s+1971-03-05/);
      await picture(`${workspace.id}-entered`);

      await press(page, 'Shift+Enter'); // whatever its primary action is
      await seeState('confirmed');
      await press(page, 's');
      await seeState('running');
      await expect.poll(() => chips.textContent()).toMatch(/\d/);
      await press(page, 'Shift+Enter');
      await seeState('finished');
    });
  }

  it('takes every step of the table that staff may take, and takes it back', async () => {
    await goByPalette(page, 'Device monitoring', 'workspace-monitoring');
    const monitoring = WORKSPACES.find(({ id }) => id === 'monitoring');
    if (!monitoring) throw new Error('it is one of the five');
    const walked = new Set<string>();
    /** Does it, sees it, takes it back, sees that; `stays` leaves it done. */
    const walk = async (from: TaskState, action: TaskAction, stays = false): Promise<void> => {
      const step = TRANSITIONS.find((each) => each.from === from && each.action === action);
      await seeState(from);
      await act(action);
      await seeState(step?.to === 'waiting' ? backInQueue : (step?.to ?? from));
      walked.add(`${from} ${action}`);
      if (stays) return;
      await press(page, 'Control+z');
      await seeState(from);
    };
    /** What goes back to the queue is planned again at once, where there is room. */
    let backInQueue: TaskState = 'tentative';

    await press(page, 'n');
    await enter(monitoring, 'Step Walker');
    for (const action of ['hold', 'cancel', 'start'] as const) await walk('tentative', action);
    await walk('tentative', 'confirm', true);
    for (const action of ['release', 'miss', 'cancel', 'preempt'] as const) await walk('confirmed', action);
    await walk('confirmed', 'miss', true);
    await walk('missed', 'undo-miss', true);
    await walk('tentative', 'confirm', true);
    await walk('confirmed', 'start', true);
    await walk('running', 'preempt');
    await walk('running', 'finish', true);
    await picture('walked');

    backInQueue = 'waiting';
    await press(page, 'n');
    await enter(monitoring, 'Far Ahead', '2027-06-01');
    await walk('waiting', 'cancel');
    await walk('waiting', 'hold', true);
    await walk('held', 'cancel');
    await walk('held', 'resume');

    const wanted = TRANSITIONS.filter(({ by }) => by === 'staff').map(
      (each) => `${each.from} ${each.action}`,
    );
    expect([...walked].sort()).toEqual(wanted.sort());
  });

  it('writes true times that were not pressed in time, and says what cannot be', async () => {
    await goByPalette(page, 'Medical records', 'workspace-records');
    await seeFocus(page, 'H1');
    await press(page, '/');
    await page.keyboard.type('Infusion');
    await page.getByTestId('filter-clear').waitFor();
    await tabTo(page, 'task-rows');
    await press(page, 'Home');
    await seeState('running');
    await press(page, 'Enter');
    await tabTo(page, 'field-at');
    for (const [typed, says] of [
      ['quarter past', 'Write a time'],
      ['09:00', 'before'],
    ] as const) {
      await press(page, 'Control+a');
      await page.keyboard.type(typed);
      await press(page, 'Enter');
      await page.getByTestId('task-inspector').getByText(says).waitFor();
    }
    await picture('true-time');
    expect(await page.getByTestId('field-at').inputValue()).toBe('09:00'); // nothing typed is lost
    await press(page, 'Control+a');
    await page.keyboard.type('10:05');
    await press(page, 'Enter');
    await seeState('finished');
    await expect.poll(() => page.getByTestId('task-record').textContent()).toContain('finished 10:05');
  });

  it('acts on several at once, filters, orders, searches, and keeps a view', async () => {
    await goByPalette(page, 'Imaging', 'workspace-imaging');
    await tabTo(page, 'filter-state');
    await press(page, 'Enter');
    await page.getByTestId('filter-state-tentative').waitFor();
    await page.keyboard.type('planned');
    await press(page, 'Enter');
    const rows = page.locator('[data-testid^="task-row-"]');
    await expect
      .poll(() => rows.evaluateAll((all) => all.every((each) => each.dataset['state'] === 'tentative')))
      .toBe(true);
    const planned = await rows.count();
    expect(planned).toBeGreaterThan(3);

    await tabTo(page, 'sort-start');
    await press(page, 'Enter', 'Enter');
    await expect.poll(() => page.locator('[aria-sort="descending"]').count()).toBe(1);
    await tabTo(page, 'views', 'Shift+Tab');
    await press(page, 'Enter');
    await tabTo(page, 'view-name');
    await page.keyboard.type('Planned, latest first');
    await press(page, 'Enter');
    await page.getByTestId('view-name').waitFor({ state: 'detached' });

    await tabTo(page, 'task-rows');
    await press(page, 'Home', 'Shift+ArrowDown', 'Shift+ArrowDown');
    await page.getByTestId('tasks-inspector').waitFor();
    await press(page, 'h');
    await expect.poll(() => rows.count()).toBe(planned - 3);
    await press(page, 'Control+z');
    await expect.poll(() => rows.count()).toBe(planned);
    await picture('several');

    await tabTo(page, 'filter-clear', 'Shift+Tab');
    await press(page, 'Enter');
    await expect
      .poll(() => rows.evaluateAll((all) => all.some((each) => each.dataset['state'] !== 'tentative')))
      .toBe(true);
    await tabTo(page, 'views');
    await press(page, 'Enter');
    await tabTo(page, 'view-Planned, latest first');
    await press(page, 'Enter');
    await expect.poll(() => rows.count()).toBe(planned);
    await expect.poll(() => page.locator('[aria-sort="descending"]').count()).toBe(1);

    await press(page, 'd'); // nothing is selected: nothing happens
    await tabTo(page, 'task-rows');
    await press(page, 'Home', 'd');
    await page.getByTestId('task-form').waitFor();
    await tabTo(page, 'field-reference');
    await page.keyboard.type('ACC-7731');
    await page.getByTestId('earliest-start').waitFor();
    await press(page, 'Control+Enter');
    await expect.poll(() => page.getByTestId('task-reference').textContent()).toBe('ACC-7731');
    await press(page, 'e');
    await tabTo(page, 'field-note');
    await page.keyboard.type('left side');
    await press(page, 'Control+Enter');
    await page.getByTestId('task-inspector').getByText('left side').waitFor();
    await picture('changed');
    await press(page, '/');
    await page.keyboard.type('acc-7731');
    await expect.poll(() => rows.count()).toBe(1);
  });
});
