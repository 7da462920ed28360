/**
 * While the window shows an earlier time: the whole window over the real application, its ledger and its refusals. What
 * would enter something is unavailable and says why; whatever can still be pressed is never refused for it.
 */
import { cleanup, configure, fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import type { Component } from 'svelte';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { Api } from '../../../src/renderer/api.ts';
import { notices } from '../../../src/renderer/shell/notices.svelte.ts';
import { hrefOf, PAGES, workspaceHref } from '../../../src/renderer/shell/route.ts';
import { router } from '../../../src/renderer/shell/router.svelte.ts';
import { ENTERING_REASON_ID } from '../../../src/renderer/ui/entering.svelte.ts';
import type { ChannelName } from '../../../src/shared/contract/index.ts';
import type { TaskId } from '../../../src/shared/ids.ts';
import { instant } from '../../../src/shared/units.ts';
import { TestApplication } from '../../support/usecases/application.ts';
import { openClinic, visit } from '../../support/usecases/rooms.ts';
import { fillJsdomGaps, useNodeBytes } from '../workspace/jsdom-gaps.ts';

const REASON = 'Nothing can be entered while the window shows an earlier time: press "Back to now" first.';

let App: Component<{ api: Api }>;
let clinic: TestApplication;
/** Commands that the page sent and that were refused because it shows an earlier time. */
let refused: ChannelName[];
let running: TaskId;

function realApi(): Api {
  return {
    query: (channel, request) => clinic.ask(channel, request),
    async command(channel, request) {
      const reply = await clinic.ask(channel, request);
      if (!reply.ok && reply.error.code === 'looking-back') refused.push(channel);
      return reply;
    },
    on: () => () => undefined,
  };
}

async function isReady(): Promise<void> {
  await waitFor(() => expect(document.documentElement.dataset['ready']).toBe('true'), {
    timeout: 30_000, // a machine under load is slow to read a screen's code
  });
}

async function show(href: string): Promise<void> {
  router.go(href);
  window.dispatchEvent(new HashChangeEvent('hashchange'));
  await isReady();
}

const unavailable = (): HTMLElement[] => [
  ...document.querySelectorAll<HTMLElement>(`main button[aria-describedby="${ENTERING_REASON_ID}"]`),
];

/** The way back to now, and what takes a form away before its buttons are tried. */
const LEFT = ['past-back', 'inspector-close', 'day-list-close'];

/** Presses whatever can be pressed, and what that brings. */
async function pressEverything(): Promise<number> {
  const pressed = new WeakSet<Element>();
  let count = 0;
  for (let round = 0; round < 4; round += 1) {
    for (const button of document.querySelectorAll<HTMLButtonElement>('main button')) {
      const { testid } = button.dataset;
      if (!button.isConnected || pressed.has(button) || LEFT.includes(testid ?? '')) continue;
      pressed.add(button);
      if (button.disabled || button.ariaDisabled === 'true') continue;
      await fireEvent.click(button);
      count += 1;
      await isReady();
    }
  }
  return count;
}

beforeAll(async () => {
  fillJsdomGaps();
  useNodeBytes();
  App = (await import('../../../src/renderer/App.svelte')).default; // it asks for the theme at once
  configure({ asyncUtilTimeout: 10_000 });
  vi.stubGlobal('print', () => undefined);
  vi.stubGlobal('requestIdleCallback', () => 0);
}, 120_000);

beforeEach(async () => {
  refused = [];
  clinic = new TestApplication();
  await openClinic(clinic, 2);
  running = (await clinic.get('task.submit', visit('Mia Berg'))).taskId;
  await clinic.get('task.act', { taskId: running, action: 'start', at: null });
  for (const name of ['Noah Lind', 'Ida Holm', 'Ole Dahl']) await clinic.get('task.submit', visit(name));
  clinic.clock.forward(90);
  await clinic.get('look-back.set', { to: { at: instant(clinic.clock.seconds), by: 'recorded' } });
  router.go(hrefOf('today'));
  render(App, { props: { api: realApi() } });
  await screen.findByTestId('past-banner');
  await isReady();
});

afterEach(async () => {
  cleanup();
  await clinic.close();
});

test('rows of the board offer nothing that would be refused, and say why', async () => {
  const finish = await screen.findByTestId(`act-${running}`);
  expect(finish.getAttribute('aria-disabled')).toBe('true');
  expect(finish.hasAttribute('disabled')).toBe(false); // the keyboard still reaches it
  expect(document.getElementById(ENTERING_REASON_ID)?.textContent).toBe(REASON);
  await fireEvent.click(finish);
  expect(refused).toEqual([]);
});

test('rows and inspector of a workspace offer nothing that would be refused, and say why', async () => {
  await show(workspaceHref('records', { task: running }));
  const finish = await screen.findByTestId('action-finish');
  expect((await screen.findByTestId('actions-paused')).textContent).toBe(REASON);
  expect(screen.queryByTestId('field-at')).toBeNull();
  const offered = [finish, screen.getByTestId('action'), screen.getByTestId('new-task')];
  for (const button of offered) {
    expect(button.getAttribute('aria-describedby')).toBe(ENTERING_REASON_ID);
    await fireEvent.click(button);
  }
  expect(unavailable().some(({ dataset }) => dataset['testid']?.startsWith('primary-'))).toBe(true);
  expect(screen.queryByTestId('task-form')).toBeNull();
  expect(refused).toEqual([]);
});

test('the focus on what is unavailable shows the reason beside it', async () => {
  await show(workspaceHref('records', { task: running }));
  const finish = await screen.findByTestId('action-finish');
  finish.focus();
  await waitFor(() => expect(document.querySelector('.tooltip')?.textContent).toContain(REASON));
});

test('a key that would enter something says why it does not; keys that only read go on', async () => {
  await show(workspaceHref('records', { task: running }));
  await screen.findByTestId('action-finish');
  for (const key of ['n', 'f', 'e']) {
    notices.clear();
    await fireEvent.keyDown(window, { key });
    await screen.findByTestId('notice-looking-back');
  }
  await fireEvent.keyDown(window, { key: 'j' });
  await waitFor(() => expect(document.querySelector('main aside')?.textContent).not.toContain('Mia Berg'));
  expect(refused).toEqual([]);
});

test('nothing that can be pressed on any screen is refused', async () => {
  const places = [...PAGES.map((page) => hrefOf(page)), workspaceHref('records', { task: running })];
  let count = 0;
  for (const href of places) {
    await show(href);
    const row = document.querySelector('main tbody tr');
    if (row) await fireEvent.click(row);
    count += await pressEverything();
    expect({ href, refused }).toEqual({ href, refused: [] });
  }
  expect(count).toBeGreaterThan(50);
}, 120_000);

test('back to now everything is offered again', async () => {
  await fireEvent.click(screen.getByTestId('past-back'));
  await waitFor(() => expect(unavailable()).toEqual([]));
  await fireEvent.click(await screen.findByTestId(`act-${running}`));
  await waitFor(async () => {
    const { row } = await clinic.get('task.get', { taskId: running });
    expect(row.state).toBe('finished');
  });
});
