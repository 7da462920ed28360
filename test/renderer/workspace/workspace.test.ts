import { describe, expect, test } from 'vitest';
import type { TaskState } from '../../../src/shared/domain/lifecycle.ts';
import { format } from '../../../src/renderer/format/format.svelte.ts';
import { WorkspaceState } from '../../../src/renderer/screens/workspace/workspace.svelte.ts';
import { undoing } from '../../../src/renderer/shell/undoing.svelte.ts';
import { taskId } from '../../../src/shared/ids.ts';
import { accept, refuse } from '../../../src/shared/result.ts';
import { ZONE, carotid, clock, queueView, taskDetail, taskRow, workspaceView } from './samples.ts';
import { ScriptedApi, answers } from './scripted-api.ts';

const running = taskRow('t-1', { state: 'running', primaryAction: 'finish', actions: ['finish'] });
const planned = taskRow('t-2');
const waiting = taskRow('t-3', { state: 'waiting', primaryAction: null, actions: ['hold', 'cancel'] });

function scripted(given: ConstructorParameters<typeof ScriptedApi>[0] = {}): ScriptedApi {
  const rows = [running, planned, waiting];
  return new ScriptedApi({
    'workspace.get': answers(workspaceView()),
    'queue.get': answers(queueView({ running: [running], next: [planned], waiting: [waiting] })),
    'queue.ids': ({ offset, limit }) =>
      accept({
        tasks: rows.slice(offset, offset + limit).map(({ taskId: id, state }) => ({ taskId: id, state })),
      }),
    'queue.find': answers({ index: null }),
    'task.get': ({ taskId: id }) => {
      const row = rows.find((candidate) => candidate.taskId === id);
      return row ? accept(taskDetail(row)) : refuse('unknown-task');
    },
    'pathway.chain': answers({ chain: null }),
    'task.act': ({ taskId: id }) => accept({ taskId: id, state: 'finished' }),
    ...given,
  });
}

async function loaded(api: ScriptedApi): Promise<WorkspaceState> {
  const state = new WorkspaceState(api, 'imaging');
  await state.load();
  return state;
}

describe('a workspace', () => {
  test('lists the groups that have tasks, each under its heading', async () => {
    const state = await loaded(scripted());
    const lines = Array.from({ length: state.queue.lineCount }, (_, line) => state.queue.lineAt(line)?.key);
    expect(lines).toEqual(['group-running', 't-1', 'group-next', 't-2', 'group-waiting', 't-3']);
  });

  test('moves the selection over headings and stops at both ends', async () => {
    const state = await loaded(scripted());
    const visited = [];
    for (const by of [1, 1, 1, 1, -1] as const) visited.push(await state.move(by));
    expect(visited).toEqual(['t-1', 't-2', 't-3', 't-3', 't-2']);
    expect(state.detail?.row.taskId).toBe('t-2');
  });

  test('asks again after an action, with the time it truly happened', async () => {
    const api = scripted();
    const state = await loaded(api);
    expect(await state.act(taskId('t-1'), 'finish', clock('10:05'))).toBe(true);
    expect(api.requestsOf('task.act')).toEqual([{ taskId: 't-1', action: 'finish', at: clock('10:05') }]);
    expect(api.requestsOf('workspace.get')).toHaveLength(2);
  });

  test('says a refused action beside its task and changes nothing', async () => {
    const state = await loaded(scripted({ 'task.act': () => refuse('unit-still-in-use') }));
    expect(await state.act(taskId('t-2'), 'start')).toBe(false);
    expect(state.actRefusal?.code).toBe('unit-still-in-use');
    expect(state.selectedId).toBe('t-2');
    expect(state.queue.rows).toHaveLength(3);
  });

  test('does only what the task allows', async () => {
    const api = scripted();
    const state = await loaded(api);
    expect(await state.request(waiting, 'start')).toBe(false);
    expect(await state.request(waiting, 'hold')).toBe(true);
    expect(api.requestsOf('task.act')).toHaveLength(1);
  });

  test('asks before a task is cancelled, and leaves it alone on a no', async () => {
    const api = scripted();
    const state = await loaded(api);
    await state.request(waiting, 'cancel');
    expect(state.pending).toEqual({ row: waiting, action: 'cancel', following: 0 });
    await state.answerPending(false);
    expect(api.requestsOf('task.act')).toEqual([]);
    await state.request(waiting, 'cancel');
    await state.answerPending(true);
    expect(api.requestsOf('task.act')).toMatchObject([{ taskId: 't-3', action: 'cancel' }]);
  });

  test('asks about those of its pathway after it, and cancels them together if wished', async () => {
    const link = { subsystem: 'imaging', workKind: carotid.name, state: 'tentative', start: null } as const;
    const tasks = ['t-3', 't-8', 't-9'].map((id) => ({
      ...link,
      taskId: taskId(id),
      mayCancel: id !== 't-9',
    }));
    const api = scripted({
      'pathway.chain': answers({ chain: { name: carotid.name, tasks } }),
      'pathway.cancel': answers({ cancelled: [taskId('t-3'), taskId('t-8')] }),
    });
    const state = await loaded(api);
    await state.request(waiting, 'cancel');
    expect(state.pending?.following).toBe(1);
    await state.answerPending(true, true);
    expect(api.requestsOf('pathway.cancel')).toEqual([{ taskId: 't-3' }]);
    expect(api.requestsOf('task.act')).toEqual([]);
  });

  test('takes a typed time for the selected task only, and refuses one it cannot read', async () => {
    format.timeZone = ZONE;
    const api = scripted();
    const state = await loaded(api);
    await state.select(taskId('t-2'));
    state.atTyped = 'soon';
    expect(await state.request(planned, 'start')).toBe(false);
    expect(state.isAtUnreadable).toBe(true);
    state.atTyped = '10:05';
    await state.request(running, 'finish');
    await state.select(taskId('t-2'));
    state.atTyped = '10:05';
    await state.request(planned, 'start');
    expect(api.requestsOf('task.act').map((request) => request.at)).toEqual([null, clock('10:05')]);
  });

  const alone = { toggles: false, extends: false };

  test('passes a heading on in the direction it was reached from', async () => {
    const state = await loaded(scripted());
    await state.select(taskId('t-2'));
    await state.pick({ index: 4, ...alone });
    expect(state.selectedId).toBe('t-3');
    await state.pick({ index: 2, ...alone });
    expect(state.selectedId).toBe('t-1');
  });

  test('picks several rows with Ctrl, with Shift and all at once, and goes back to one', async () => {
    const state = await loaded(scripted());
    await state.pick({ index: 1, ...alone });
    await state.pick({ index: 5, toggles: true, extends: false });
    expect([...state.picked.keys()]).toEqual(['t-1', 't-3']);
    expect(state.inspected).toBe('tasks');
    expect(state.bulkActions).toContainEqual({ action: 'finish', count: 1 });
    await state.pick({ index: 3, ...alone });
    expect(state.inspected).toBe('task');
    await state.pick({ index: 5, toggles: false, extends: true });
    expect([...state.picked.keys()]).toEqual(['t-2', 't-3']);
    await state.pickAll();
    expect(state.picked.size).toBe(3);
    state.close();
    expect(state.inspected).toBe('task');
  });

  test('picks what is not ended when all are asked for, and the ended where there is nothing else', async () => {
    const states = { 't-1': 'finished', 't-2': 'confirmed', 't-3': 'waiting' } as const;
    const tasksIn = (wanted: Readonly<Record<string, TaskState>>) =>
      answers<'queue.ids'>({
        tasks: Object.entries(wanted).map(([id, state]) => ({ taskId: taskId(id), state })),
      });
    const mixed = await loaded(scripted({ 'queue.ids': tasksIn(states) }));
    await mixed.pickAll();
    expect([...mixed.picked.keys()]).toEqual(['t-2', 't-3']);
    const past = await loaded(scripted({ 'queue.ids': tasksIn({ 't-1': 'finished', 't-2': 'finished' }) }));
    await past.pickAll();
    expect([...past.picked.keys()]).toEqual(['t-1', 't-2']);
  });

  test('does one action over all that are picked, and names those that did not allow it', async () => {
    const api = scripted({
      'task.act-many': answers({
        done: [taskId('t-2')],
        refused: [{ taskId: taskId('t-1'), code: 'action-not-possible' }],
      }),
    });
    const state = await loaded(api);
    await state.pickAll();
    expect(await state.requestAll('hold')).toBe(true);
    expect(api.requestsOf('task.act-many')).toEqual([
      { taskIds: ['t-1', 't-2', 't-3'], action: 'hold', at: null },
    ]);
    expect(undoing.told?.words()).toBe(
      '1 task: put on hold. Not possible for 1 task: Carotid ultrasound, Jing Chen.',
    );
    expect(undoing.told?.commandId).not.toBeNull();
  });

  test('sorts by a column, the other way round, and then in groups again', async () => {
    const { queue } = await loaded(scripted());
    const seen = [];
    for (let press = 0; press < 3; press += 1) {
      queue.sortBy('patient');
      seen.push(queue.sort);
    }
    expect(seen).toEqual([
      { by: 'patient', isDescending: false },
      { by: 'patient', isDescending: true },
      null,
    ]);
  });

  test('keeps views by name, without what was searched for', async () => {
    const api = scripted({ 'views.set': answers({}) });
    const { queue } = await loaded(api);
    queue.text = 'Jing';
    queue.filter = { ...queue.filter, urgencies: [2] };
    await queue.saveView('Urgent');
    await queue.saveView('Urgent');
    const view = { name: 'Urgent', subsystem: 'imaging', filter: queue.filter, sort: null };
    expect(api.requestsOf('views.set').at(-1)).toEqual({ views: [view] });
    await queue.deleteView('Urgent');
    expect(queue.views).toEqual([]);
  });

  test('lets go of a task that is no longer there', async () => {
    const state = await loaded(scripted());
    await state.select(taskId('t-gone'));
    expect(state.selectedId).toBeNull();
  });

  test('keeps the list it has when the ledger cannot be asked', async () => {
    const api = scripted();
    const state = await loaded(api);
    const failing = new WorkspaceState(scripted({ 'workspace.get': () => refuse('ledger-io') }), 'imaging');
    await failing.load();
    expect(failing.refusal?.code).toBe('ledger-io');
    expect(state.refusal).toBeNull();
  });
});
