/** Day close on Today: one choice per task, "as planned" unless somebody says otherwise. */
import { expect, it } from 'vitest';
import { DayCloseState } from '../../../src/renderer/screens/today/day-close.svelte.ts';
import { accept } from '../../../src/shared/result.ts';
import { TODAY } from '../gallery/fixtures.ts';
import { ScriptedApi } from '../workspace/scripted-api.ts';

const rows = [TODAY.running[0], TODAY.next[0]].flatMap((row, index) =>
  row
    ? [
        {
          row,
          missing: index === 0 ? ('end' as const) : ('start' as const),
          start: TODAY.now,
          end: TODAY.now,
        },
      ]
    : [],
);

function opened() {
  const done: string[] = [];
  const api = new ScriptedApi({
    'day.get': () => accept({ date: '2026-11-18', isClosed: false, rows }),
    'day.close': () => accept({ assumed: 1, missed: 1, left: [] }),
  });
  const state = new DayCloseState(api, {
    refuse: (refusal) => done.push(refusal.code),
    done: (words) => done.push(words()),
  });
  return { api, done, state };
}

it('sends every choice with one press, says what became of them and asks again', async () => {
  const { api, done, state } = opened();
  await state.load();
  expect(state.count).toBe(2);
  const [running, next] = rows.map(({ row }) => row.taskId);
  if (!running || !next) throw new Error('the fixture has running and next work');
  state.choose(next, 'missed');
  state.isOpen = true;
  await state.close();
  expect(api.calls.at(-2)).toMatchObject({
    channel: 'day.close',
    request: {
      choices: [
        { taskId: running, choice: 'as-planned' },
        { taskId: next, choice: 'missed' },
      ],
    },
  });
  expect(api.calls.at(-1)?.channel).toBe('day.get');
  expect(done).toEqual(['The day is closed: 1 as planned, 1 not come, 0 left open.']);
  expect(state.isOpen).toBe(false);
});
