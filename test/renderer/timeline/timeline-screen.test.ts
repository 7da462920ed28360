/** The timeline's screen: bars that can be heard and walked over, moves by key with the verdict before the drop, undo. */
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { format } from '../../../src/renderer/format/format.svelte.ts';
import { locale } from '../../../src/renderer/locale.svelte.ts';
import TimelineScreen from '../../../src/renderer/screens/timeline/TimelineScreen.svelte';
import { undoing } from '../../../src/renderer/shell/undoing.svelte.ts';
import { notices } from '../../../src/renderer/shell/notices.svelte.ts';
import type { VerdictView } from '../../../src/shared/contract/timeline.ts';
import { sameText } from '../../../src/shared/domain/local-text.ts';
import { taskId, unitId } from '../../../src/shared/ids.ts';
import { accept } from '../../../src/shared/result.ts';
import { MINUTE, instant, seconds } from '../../../src/shared/units.ts';
import { fillJsdomGaps } from '../workspace/jsdom-gaps.ts';
import ScreenFrame from '../workspace/ScreenFrame.svelte';
import { queueView, taskDetail, taskRow, workspaceView } from '../workspace/samples.ts';
import { ScriptedApi, answers } from '../workspace/scripted-api.ts';
import { NOW, aBar, aTimeline, aTimelinePool } from './samples.ts';

const running = aBar('t-1', {
  state: 'running',
  start: instant(NOW - 20 * MINUTE),
  end: instant(NOW + 5 * MINUTE),
  isActual: true,
  mayMove: false,
});
const planned = aBar('t-2');
const other = aBar('t-3', { unitIds: [unitId('room-2')] });
const pool = aTimelinePool({ bars: [running, planned, other] });

const fits: VerdictView = {
  fits: true,
  start: instant(NOW + 20 * MINUTE),
  end: instant(NOW + 50 * MINUTE),
  unitIds: [unitId('room-1')],
  unitNames: [sameText('Room 1')],
  isPromised: true,
  moves: [],
  moveCount: 0,
};

function scripted(verdict: VerdictView = fits): ScriptedApi {
  return new ScriptedApi({
    'timeline.get': answers(aTimeline([pool])),
    'timeline.verdict': answers({ verdict }),
    'task.reschedule': ({ taskId: id, start, end }) =>
      accept({ taskId: id, seq: 40, state: 'confirmed', start, end, moved: 0 }),
    'task.undo': () => accept({ what: 'move', action: null, taskIds: [taskId('t-2')] }),
    'workspace.get': answers(workspaceView({})),
    'queue.get': answers(queueView({})),
    'views.get': answers({ views: [] }),
    'task.get': ({ taskId: id }) => accept(taskDetail(taskRow(id, {}))),
  });
}

async function shown(api: ScriptedApi): Promise<void> {
  render(ScreenFrame, {
    props: { screen: TimelineScreen as never, api, route: { name: 'timeline', params: {} } },
  });
  await screen.findByTestId('bar-t-2');
}

const press = (element: Element, key: string, more = {}) => fireEvent.keyDown(element, { key, ...more });

beforeAll(() => fillJsdomGaps());
beforeEach(() => {
  locale.set('en');
  format.timeZone = 'Europe/Berlin';
});
afterEach(() => {
  cleanup();
  notices.clear();
});

describe('the chart', () => {
  test('says of every bar what it shows', async () => {
    await shown(scripted());
    expect(screen.getByTestId('bar-t-1').getAttribute('aria-label')).toBe(
      'Urgency 3, Carotid ultrasound, running, 10:00–10:25, image processing, urgent',
    );
    expect(screen.getByTestId('bar-t-2').getAttribute('aria-label')).toContain('about 10:30–11:00');
    expect(screen.getAllByRole('row')).toHaveLength(3);
    expect(screen.getByText('Rooms: load 0 of 2 rooms')).toBeTruthy();
  });

  test('is walked over with the arrow keys, and only one bar at a time takes the Tab key', async () => {
    await shown(scripted());
    const bar = (id: string) => screen.getByTestId(`bar-${id}`);
    expect(['t-1', 't-2', 't-3'].map((id) => bar(id).tabIndex)).toEqual([0, -1, -1]);
    bar('t-1').focus();
    await press(bar('t-1'), 'ArrowRight');
    await waitFor(() => expect(document.activeElement).toBe(bar('t-2')));
    await press(bar('t-2'), 'ArrowDown');
    await waitFor(() => expect(document.activeElement).toBe(bar('t-3')));
    expect(bar('t-3').getAttribute('aria-selected')).toBe('true');
    expect(await screen.findByTestId('task-inspector')).toBeTruthy();
  });

  test('draws the selected task’s links, and lists them where they can be reached by key', async () => {
    const api = scripted();
    const linked = (id: string) => ({
      ...{ taskId: taskId(id), subsystem: 'imaging' as const, workKind: planned.workKind, patientName: null },
      ...{ state: 'tentative' as const, start: other.start, end: other.end, delaySeconds: seconds(0) },
    });
    const asked = api.query.bind(api);
    api.query = async (channel, request) => {
      const reply = await asked(channel, request);
      if (channel === 'task.get' && reply.ok)
        Object.assign(reply.value, { links: { before: [linked('t-1')], after: [linked('t-3')] } });
      return reply;
    };
    await shown(api);
    expect(screen.queryByTestId('timeline-links')).toBeNull();
    screen.getByTestId('bar-t-2').focus();
    await screen.findByTestId('timeline-link-t-1');
    expect(screen.getByTestId('timeline-link-t-3').getAttribute('d')).toMatch(/^M-?\d+ \d+ H/);
    const next = screen.getByTestId('link-t-3');
    await fireEvent.click(next);
    expect(screen.getByTestId('bar-t-3').getAttribute('aria-selected')).toBe('true');
  });

  test('folds a pool’s units away', async () => {
    await shown(scripted());
    await fireEvent.click(screen.getByTestId('fold-rooms'));
    expect(screen.queryByTestId('bar-t-2')).toBeNull();
    expect(screen.getAllByRole('row')).toHaveLength(1);
  });
});

describe('a move by key', () => {
  async function grabbed(api: ScriptedApi, id = 't-2'): Promise<HTMLElement> {
    await shown(api);
    const bar = screen.getByTestId(`bar-${id}`);
    bar.focus();
    await press(bar, 'Enter');
    expect(await screen.findByTestId('move-panel')).toBeTruthy();
    return bar;
  }

  test('tells the planner’s verdict, drops with Enter, and can be taken back', async () => {
    const api = scripted();
    const bar = await grabbed(api);
    await press(bar, 'ArrowRight');
    await press(bar, 'ArrowRight');
    expect((await screen.findByTestId('verdict')).textContent).toContain('It fits: Room 1 free');
    await press(bar, 'Enter');
    const wish = { taskId: 't-2', start: NOW + 20 * MINUTE, end: NOW + 50 * MINUTE, unit: null };
    await waitFor(() => expect(api.requestsOf('task.reschedule')).toEqual([wish]));
    await waitFor(() => expect(undoing.told?.commandId).toBeTruthy());
    const commandId = api.calls.find(({ channel }) => channel === 'task.reschedule')?.commandId;
    await undoing.undo(api);
    expect(api.requestsOf('task.undo')).toEqual([{ commandId }]);
  });

  test('another unit is asked for by name, another end leaves the start', async () => {
    const api = scripted();
    const bar = await grabbed(api);
    await press(bar, 'ArrowDown');
    await press(bar, 'ArrowRight', { shiftKey: true });
    await waitFor(() => expect(api.requestsOf('timeline.verdict')).toHaveLength(1));
    expect(api.requestsOf('timeline.verdict')[0]).toEqual({
      taskId: 't-2',
      start: planned.start,
      end: planned.end + 5 * MINUTE,
      unit: { poolId: 'rooms', unitId: 'room-2' },
    });
  });

  test('is put back with Escape, and asks for nothing to be done', async () => {
    const api = scripted();
    const bar = await grabbed(api);
    await press(bar, 'ArrowRight');
    await press(bar, 'Escape');
    await waitFor(() => expect(screen.queryByTestId('move-panel')).toBeNull());
    expect(api.requestsOf('task.reschedule')).toEqual([]);
  });

  test('does nothing where the planner says no, and says why', async () => {
    const api = scripted({
      fits: false,
      rule: 'closed',
      poolName: { en: 'Rooms', zh: '诊室' },
      unitName: null,
      until: null,
      blockers: [],
    });
    const bar = await grabbed(api);
    await press(bar, 'ArrowRight');
    expect((await screen.findByTestId('verdict')).textContent).toContain('Rooms: closed then');
    await press(bar, 'Enter');
    await waitFor(() => expect(notices.list.map((entry) => entry.id)).toEqual(['not-moved']));
    expect(api.requestsOf('task.reschedule')).toEqual([]);
  });

  test('of running work changes its end alone', async () => {
    const api = scripted();
    const bar = await grabbed(api, 't-1');
    await press(bar, 'ArrowRight');
    await waitFor(() => expect(api.requestsOf('timeline.verdict')).toHaveLength(1));
    expect(api.requestsOf('timeline.verdict')[0]).toMatchObject({
      start: running.start,
      end: running.end + 5 * MINUTE,
    });
  });
});
