/** What a task comes after: found by typing, given a delay, taken out; shown beside the task with links both ways. */
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { format } from '../../../src/renderer/format/format.svelte.ts';
import { locale } from '../../../src/renderer/locale.svelte.ts';
import TaskForm from '../../../src/renderer/screens/workspace/TaskForm.svelte';
import { TaskFormState } from '../../../src/renderer/screens/workspace/task-form.svelte.ts';
import TaskLinks from '../../../src/renderer/screens/workspace/TaskLinks.svelte';
import type { LinkedTask } from '../../../src/shared/contract/tasks.ts';
import type { TaskId } from '../../../src/shared/ids.ts';
import { taskId } from '../../../src/shared/ids.ts';
import { accept } from '../../../src/shared/result.ts';
import { HOUR, seconds } from '../../../src/shared/units.ts';
import WithTooltips from '../ui/WithTooltips.svelte';
import { fillJsdomGaps } from './jsdom-gaps.ts';
import { NOW, ZONE, carotid, clock, taskDetail, taskRow, ultrasound } from './samples.ts';
import { ScriptedApi, answers } from './scripted-api.ts';

beforeAll(fillJsdomGaps);
beforeEach(() => {
  locale.set('en');
  format.timeZone = ZONE;
});
afterEach(cleanup);

const rows = [
  taskRow('t-1'),
  taskRow('t-2', { state: 'running', patient: { name: 'Li Na', birthDate: null, number: '7' } }),
  taskRow('t-gone', { state: 'cancelled' }),
];

function scripted(): ScriptedApi {
  return new ScriptedApi({
    'work-kind.list': answers({ workKinds: [carotid], defaults: {} }),
    'pool.list': answers({ pools: [ultrasound], strips: [] }),
    'task.quote': answers({ starts: [], reason: null, displaces: [], warnings: [], history: null }),
    'task.quote-series': answers({ occurrences: [] }),
    'task.find': answers({ rows }),
    'task.amend': ({ taskId: id }) => accept({ taskId: id, state: 'tentative', start: null }),
  });
}

async function shown(api: ScriptedApi, id: TaskId): Promise<TaskFormState> {
  const form = new TaskFormState(api, 'imaging');
  await form.load();
  await form.openAmendment(taskDetail(taskRow(id)), NOW);
  const props = { form, now: NOW, onsubmit: () => void form.submit(), onclose: () => undefined };
  render(WithTooltips, { props: { part: TaskForm as never, given: props } }); // any component, with its own properties
  return form;
}

async function found(typed: string): Promise<void> {
  await fireEvent.input(screen.getByTestId('field-after-add'), { target: { value: typed } });
}

describe('the tasks that one is put after', () => {
  test('are found by what is typed, but for itself and what was given up; one is chosen once', async () => {
    const api = scripted();
    const form = await shown(api, taskId('t-1'));
    await found('na');
    await screen.findByTestId('field-after-add-t-2');
    expect(screen.queryByTestId('field-after-add-t-1')).toBeNull();
    expect(screen.queryByTestId('field-after-add-t-gone')).toBeNull();
    form.values.after.push({
      ...{ taskId: taskId('t-2'), subsystem: 'imaging', workKind: carotid.name, patientName: 'Li Na' },
      ...{ delaySeconds: null, isUnreadable: false },
    });
    await screen.findByTestId('after-t-2');
    expect(screen.getByTestId('after-t-2').textContent).toContain('Li Na (Carotid ultrasound)');
    await found('na');
    await screen.findByText('Nothing found');
    expect(screen.queryByTestId('field-after-add-t-2')).toBeNull();
  });

  test('are chosen out of what was found, and stand there with a time between', async () => {
    const form = await shown(scripted(), taskId('t-1'));
    await found('na');
    const option = await screen.findByTestId('field-after-add-t-2');
    await fireEvent.pointerDown(option);
    await fireEvent.pointerUp(option);
    await screen.findByTestId('after-delay-t-2');
    expect(form.values.after).toMatchObject([{ taskId: 't-2', patientName: 'Li Na', delaySeconds: null }]);
    expect(screen.getByTestId<HTMLInputElement>('field-after-add').value).toBe('');
  });

  test('travel with their delays, and can be taken out again', async () => {
    const api = scripted();
    const form = await shown(api, taskId('t-1'));
    for (const id of ['t-2', 't-3'])
      form.values.after.push({
        ...{ taskId: taskId(id), subsystem: 'imaging', workKind: carotid.name, patientName: id },
        ...{ delaySeconds: null, isUnreadable: false },
      });
    await fireEvent.click(await screen.findByTestId('remove-after-t-3'));
    const delay = screen.getByTestId('after-delay-t-2');
    await fireEvent.input(delay, { target: { value: 'soon' } });
    expect(await form.submit()).toBeNull();
    await waitFor(() => expect(screen.getByTestId('field-after').textContent).toContain('at most 366 days'));
    expect((delay as HTMLInputElement).value).toBe('soon');
    locale.set('zh');
    await waitFor(() => expect(screen.getByTestId('field-after').textContent).toContain('最多 366 天'));
    await fireEvent.input(delay, { target: { value: '1:00' } });
    await form.submit();
    expect(api.calls.findLast((call) => call.channel === 'task.amend')?.request).toMatchObject({
      changes: { after: [{ taskId: 't-2', delaySeconds: HOUR }] },
    });
  });

  test('are in the form of a task that has some, and not in that of one like it', async () => {
    const linked: LinkedTask = {
      ...{ taskId: taskId('t-2'), subsystem: 'imaging', workKind: carotid.name, patientName: 'Li Na' },
      ...{ state: 'running', start: clock('10:00'), end: clock('10:30'), delaySeconds: seconds(0) },
    };
    const detail = { ...taskDetail(taskRow('t-1')), links: { before: [linked], after: [] } };
    const form = new TaskFormState(scripted(), 'imaging');
    await form.load();
    await form.openAmendment(detail, NOW);
    expect(form.values.after.map((row) => row.taskId)).toEqual(['t-2']);
    form.openCopy(detail, NOW);
    expect(form.values.after).toEqual([]);
  });
});

describe('what stands beside a task', () => {
  const before: LinkedTask = {
    ...{ taskId: taskId('t-2'), subsystem: 'imaging', workKind: carotid.name, patientName: 'Li Na' },
    ...{
      state: 'running',
      start: clock('10:00'),
      end: clock('23:30', '2026-11-17'),
      delaySeconds: seconds(HOUR),
    },
  };
  const after: LinkedTask = { ...before, taskId: taskId('t-3'), state: 'tentative', start: clock('12:00') };

  test.each([
    ['en', 'Comes after', 'Comes before', '1 h between', 'about 12:00', 'Tue 23:30'],
    ['zh', '排在以下任务之后', '排在以下任务之前', '间隔 1 小时', '约 12:00', '周二 23:30'],
  ] as const)('is linked both ways, with state, delay and time (%s)', (language, ...words) => {
    locale.set(language);
    const opened: TaskId[] = [];
    const ontask = (id: TaskId) => opened.push(id) > 0;
    render(TaskLinks, { props: { before: [before], after: [after], now: NOW, ontask } });
    const said = document.body.textContent.replaceAll('\u00a0', ' ');
    for (const word of words) expect(said).toContain(word);
    const link = screen.getByTestId('link-t-2');
    expect(link.getAttribute('href')).toBe('#/workspace/imaging?task=t-2');
    link.click();
    expect(opened).toEqual(['t-2']);
  });
});
