import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { format } from '../../../src/renderer/format/format.svelte.ts';
import { locale } from '../../../src/renderer/locale.svelte.ts';
import WorkspaceScreen from '../../../src/renderer/screens/workspace/WorkspaceScreen.svelte';
import type { TaskRow } from '../../../src/shared/contract/tasks.ts';
import { taskId } from '../../../src/shared/ids.ts';
import { accept, refuse } from '../../../src/shared/result.ts';
import { fillJsdomGaps } from './jsdom-gaps.ts';
import ScreenFrame from './ScreenFrame.svelte';
import {
  NOW,
  ZONE,
  carotid,
  clock,
  compute,
  queueView,
  taskDetail,
  taskRow,
  ultrasound,
  workspaceView,
  thyroid,
} from './samples.ts';
import { ScriptedApi, answers } from './scripted-api.ts';

const running: TaskRow = taskRow('t-1', {
  state: 'running',
  start: clock('10:05'),
  primaryAction: 'finish',
  actions: ['finish'],
});
const planned: TaskRow = taskRow('t-2', {
  reason: {
    segments: [
      {
        from: NOW,
        until: clock('10:40'),
        rule: 'capacity',
        poolId: ultrasound.id,
        poolName: ultrasound.name,
        blockers: [],
        ties: [],
      },
    ],
    refusal: null,
  },
});

function scripted(given: ConstructorParameters<typeof ScriptedApi>[0] = {}): ScriptedApi {
  const rows = [running, planned];
  return new ScriptedApi({
    'workspace.get': answers(workspaceView()),
    'queue.get': answers(queueView({ running: [running], next: [planned] })),
    'queue.find': answers({ index: null }),
    'views.get': answers({ views: [] }),
    'task.get': ({ taskId: id }) =>
      accept(taskDetail(rows.find((candidate) => candidate.taskId === id) ?? planned)),
    'pathway.chain': answers({ chain: null }),
    'task.act': ({ taskId: id }) => accept({ taskId: id, state: 'running' }),
    'work-kind.list': answers({ workKinds: [carotid, thyroid], defaults: {} }),
    'pool.list': answers({ pools: [ultrasound, compute], strips: [] }),
    'task.quote': answers({
      starts: [{ start: clock('10:40'), units: [] }],
      reason: null,
      displaces: [],
      warnings: [],
      history: null,
    }),
    'task.submit': answers({ taskId: taskId('t-2'), start: clock('10:40') }),
    'patient.search': answers({ patients: [] }),
    ...given,
  });
}

async function shown(api: ScriptedApi, params: Record<string, string> = {}): Promise<void> {
  render(ScreenFrame, {
    props: {
      screen: WorkspaceScreen as never,
      api,
      route: { name: 'workspace', subsystem: 'imaging', params },
    }, // the frame passes on what it is given
  });
  await screen.findByTestId('task-row-t-1');
}

const press = (key: string, more: KeyboardEventInit = {}) => fireEvent.keyDown(window, { key, ...more });

beforeAll(fillJsdomGaps);
afterEach(cleanup);

beforeEach(() => {
  locale.set('en');
  format.timeZone = ZONE;
});

describe('a workspace in the window', () => {
  test('answers with the earliest start while the form is filled in, and enters the task', async () => {
    const api = scripted();
    await shown(api, { form: 'new' });
    await fireEvent.input(screen.getByTestId('field-kind'), { target: { value: 'Carotid ultrasound' } });
    expect((await screen.findByTestId('earliest-start')).textContent).toBe('today 10:40');
    await fireEvent.input(screen.getByTestId('field-patient-name'), { target: { value: 'Jing Chen' } });
    await fireEvent.click(screen.getByTestId('submit-task'));
    await screen.findByTestId('why-waiting');
    expect(api.requestsOf('task.submit')[0]?.draft).toMatchObject({
      workKindId: 'carotid',
      patient: { identity: { name: 'Jing Chen' } },
    });
  });

  test('leaves the focus in the search when the filters are cleared', async () => {
    await shown(scripted());
    const search = screen.getByTestId('queue-search');
    await fireEvent.input(search, { target: { value: 'Chen' } });
    await fireEvent.click(await screen.findByTestId('filter-clear'));
    await waitFor(() => expect(screen.queryByTestId('filter-clear')).toBeNull());
    expect(document.activeElement).toBe(search);
  });

  test('says what is wrong at the field and loses nothing', async () => {
    await shown(scripted(), { form: 'new' });
    await fireEvent.input(screen.getByTestId('field-patient-name'), { target: { value: 'Jing Chen' } });
    await fireEvent.click(screen.getByTestId('submit-task'));
    await waitFor(() => expect(screen.getByTestId('field-kind').getAttribute('aria-invalid')).toBe('true'));
    expect(screen.getByTestId<HTMLInputElement>('field-patient-name').value).toBe('Jing Chen');
  });

  test('is worked with keys alone: new, move, the action of a key, the row’s own action', async () => {
    const api = scripted();
    await shown(api);
    await press('n');
    await screen.findByTestId('task-form');
    await press('j');
    await press('j');
    expect((await screen.findByTestId('why-waiting')).textContent).toContain('Waits until 10:40');
    await press('s');
    await waitFor(() =>
      expect(api.requestsOf('task.act')).toEqual([{ taskId: 't-2', action: 'start', at: null }]),
    );
    await press('k');
    await press('Enter', { shiftKey: true });
    await waitFor(() => expect(api.requestsOf('task.act').at(-1)?.action).toBe('finish'));
  });

  test('takes the time at which it truly happened', async () => {
    const api = scripted();
    await shown(api, { task: 't-2' });
    await fireEvent.input(await screen.findByTestId('field-at'), { target: { value: 'soon' } });
    await fireEvent.click(screen.getByTestId('action-start'));
    await screen.findByText('Write a time such as 10:05.');
    expect(api.requestsOf('task.act')).toEqual([]);
    await fireEvent.input(screen.getByTestId('field-at'), { target: { value: '1005' } });
    await fireEvent.click(screen.getByTestId('action-start'));
    await waitFor(() => expect(api.requestsOf('task.act')[0]?.at).toBe(clock('10:05')));
  });

  test('asks before a task leaves the queue for good', async () => {
    const api = scripted();
    await shown(api, { task: 't-2' });
    await screen.findByTestId('action-confirm');
    await press('x');
    await fireEvent.click(await screen.findByTestId('confirm-action'));
    await waitFor(() => expect(api.requestsOf('task.act')[0]?.action).toBe('cancel'));
  });

  test('offers what to do about a task that comes after one to which nobody came', async () => {
    const missed = {
      taskId: taskId('t-0'),
      subsystem: 'imaging',
      workKind: carotid.name,
      patientName: 'Li Na',
    } as const;
    const refusal = {
      code: 'unknown-predecessor',
      poolId: null,
      poolName: null,
      blockers: [missed],
    } as const;
    const stranded = taskRow('t-2', {
      ...{ state: 'waiting', start: null, end: null, primaryAction: null },
      ...{ actions: ['hold', 'cancel'], reason: { segments: [], refusal } },
    });
    await shown(scripted({ 'task.get': () => accept(taskDetail(stranded)) }), { task: 't-2' });
    expect((await screen.findByTestId('why-waiting')).textContent).toBe(
      'It cannot be planned: it comes after Li Na (Carotid ultrasound), and nobody came to that.',
    );
    await fireEvent.click(screen.getByTestId('give-up-task'));
    await screen.findByText('Cancel this task?');
    await fireEvent.click(screen.getByRole('button', { name: 'Keep it' }));
    await fireEvent.click(screen.getByTestId('relink-task'));
    await screen.findByTestId('field-after-add');
  });

  test('tells a refused action in words beside the task', async () => {
    await shown(scripted({ 'task.act': () => refuse('unit-still-in-use') }), { task: 't-2' });
    await fireEvent.click(await screen.findByTestId('action-start'));
    expect((await screen.findByTestId('act-refused')).textContent).toMatch(/still in use/);
  });

  test('speaks Chinese as soon as the window does', async () => {
    await shown(scripted(), { task: 't-2' });
    await screen.findByTestId('why-waiting');
    locale.set('zh');
    await waitFor(() => expect(screen.getByTestId('why-waiting').textContent).toContain('要等到 10:40'));
  });
});
