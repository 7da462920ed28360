// @vitest-environment node
/** Today's state: what is listed where, one action at a time, asking again afterwards. */
import { describe, expect, it } from 'vitest';
import { alertLines } from '../../../src/renderer/screens/today/alert-words.ts';
import { TodayState, type TodayView } from '../../../src/renderer/screens/today/today.svelte.ts';
import { format } from '../../../src/renderer/format/format.svelte.ts';
import { locale } from '../../../src/renderer/locale.svelte.ts';
import { stuckWords } from '../../../src/renderer/screens/today/stuck-words.ts';
import { DAY, instant, seconds } from '../../../src/shared/units.ts';
import { taskId } from '../../../src/shared/ids.ts';
import { accept, refuse, type Refusal } from '../../../src/shared/result.ts';
import { TODAY } from '../gallery/fixtures.ts';
import { ScriptedApi } from '../workspace/scripted-api.ts';

function shown(view: TodayView) {
  const refusals: Refusal[] = [];
  const api = new ScriptedApi({
    'today.get': () => accept(view),
    'task.act': ({ taskId }) =>
      taskId === view.running[0]?.taskId
        ? accept({ taskId, state: 'finished' })
        : refuse('action-not-possible'),
  });
  return { api, refusals, today: new TodayState(api, (refusal) => refusals.push(refusal)) };
}

describe('what is late', () => {
  const row = TODAY.running[0];
  if (!row) throw new Error('the fixture has running work');
  const late = { ...row, isEndAssumed: true };

  it.each([
    ['en', 'should have ended yesterday 00:20'],
    ['zh', '应于 昨日 00:20 结束'],
  ] as const)('names the day on which it should have ended (%s)', (language, want) => {
    format.timeZone = 'UTC';
    locale.current = language;
    const at = instant(Date.UTC(2026, 10, 18, 0, 20) / 1000);
    expect(stuckWords({ ...late, plannedEnd: at }, instant(at + DAY))).toBe(want);
  });

  it.each([
    [59, 'just past target'],
    [60, '1\u00a0min past target'],
  ])('does not say that %i seconds are no minutes', (over, want) => {
    locale.current = 'en';
    const waiting = { ...row, state: 'waiting', reason: null, targetSeconds: seconds(600) } as const;
    expect(stuckWords({ ...waiting, waitedSeconds: seconds(600 + over) }, instant(0))).toBe(want);
  });
});

describe('today', () => {
  it('lists a stuck task once, under what is stuck', async () => {
    const running = TODAY.running[0];
    if (!running) throw new Error('the fixture has running work');
    const { today } = shown({ ...TODAY, stuck: [running] });
    await today.load();
    expect(today.groups.map(({ group, rows }) => [group, rows.length])).toEqual([
      ['stuck', 1],
      ['running', TODAY.running.length - 1],
      ['next', TODAY.next.length],
    ]);
  });

  it('folds a long list of stuck tasks until it is asked for', async () => {
    const { today } = shown({ ...TODAY, stuck: [...TODAY.stuck, ...TODAY.running, ...TODAY.next] });
    await today.load();
    const stuck = today.groups[0]?.rows ?? [];
    expect(today.shownRows('stuck', stuck)).toHaveLength(6);
    expect(today.foldedCount).toBe(stuck.length - 6);
    today.isStuckOpen = true;
    expect(today.shownRows('stuck', stuck)).toHaveLength(stuck.length);
  });

  it('does a row’s action as of now and asks again', async () => {
    const { api, today } = shown(TODAY);
    const row = TODAY.running[0];
    if (!row) throw new Error('the fixture has running work');
    await today.act(row);
    expect(api.calls.map((call) => call.channel)).toEqual(['task.act', 'today.get']);
    expect(api.calls[0]?.request).toEqual({ taskId: row.taskId, action: 'finish', at: null });
    expect(today.actingOn).toBeNull();
  });

  it('tells a refusal and still asks again', async () => {
    const { api, refusals, today } = shown(TODAY);
    const row = TODAY.next[0];
    if (!row) throw new Error('the fixture has next work');
    await today.act(row);
    expect(refusals.map((refusal) => refusal.code)).toEqual(['action-not-possible']);
    expect(api.calls.at(-1)?.channel).toBe('today.get');
  });

  it('is empty only when it is known that nothing is there', async () => {
    const { today } = shown({ ...TODAY, running: [], next: [], stuck: [] });
    expect(today.isEmpty).toBe(false);
    await today.load();
    expect(today.isEmpty).toBe(true);
  });
});

describe('alerts', () => {
  it('lead from what lost its place to the task in the timeline', () => {
    const alert = { poolId: null, poolName: null, since: null, until: null, count: 1 };
    const [line] = alertLines([{ ...alert, code: 'displaced', taskId: taskId('t-1') }] as never, 0); // all that is read of one
    expect(line).toMatchObject({ id: 'displaced', href: '#/timeline?task=t-1' });
  });
});
