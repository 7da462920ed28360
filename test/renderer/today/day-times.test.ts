/** True times typed from the paper list: read as they are written by hand, kept as a draft, named where wrong. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { DayTimes } from '../../../src/renderer/screens/today/day-times.svelte.ts';
import { format } from '../../../src/renderer/format/format.svelte.ts';
import { locale } from '../../../src/renderer/locale.svelte.ts';
import { errorWords } from '../../../src/shared/messages/error-words.ts';
import { accept } from '../../../src/shared/result.ts';
import { poolId } from '../../../src/shared/ids.ts';
import { sameText } from '../../../src/shared/domain/local-text.ts';
import type { TaskId } from '../../../src/shared/ids.ts';
import { TODAY } from '../gallery/fixtures.ts';
import { Drafts, ScriptedApi } from '../workspace/scripted-api.ts';

const [running] = TODAY.running;
const [next] = TODAY.next;
if (!running || !next) throw new Error('the fixture has running and next work');
const lines = [running, next].map((row) => ({ row, start: TODAY.now, end: TODAY.now }));

beforeEach(() => {
  vi.useFakeTimers();
  format.timeZone = 'Asia/Shanghai';
});
afterEach(() => vi.useRealTimers());

function opened(drafts = new Drafts(), refuses: TaskId | null = null) {
  const script: ConstructorParameters<typeof ScriptedApi>[0] = {
    'day.list': () =>
      accept({
        date: '2026-11-18',
        clinicName: sameText('Harbour Clinic'),
        groups: [
          { poolId: poolId('rooms'), poolName: sameText('Rooms'), unitId: null, unitName: null, rows: lines },
        ],
      }),
    'day.enter-times': ({ times }) =>
      accept({
        done: times.map(({ taskId }) => taskId).filter((id) => id !== refuses),
        refused: refuses === null ? [] : [{ taskId: refuses, code: 'unit-still-in-use' as const }],
      }),
  };
  const api = new ScriptedApi(script, drafts);
  const times = new DayTimes(api, (refusal) => {
    throw new Error(refusal.code);
  });
  return { api, times };
}
const local = (clock: string, day = '18') => Date.parse(`2026-11-${day}T${clock}:00+08:00`) / 1000;

it('reads 0905 as five past nine of that day, and an end before its start as after midnight', async () => {
  const { api, times } = opened();
  await times.open('2026-11-18');
  times.type(next.taskId, 'start', '2340');
  times.type(next.taskId, 'end', '0:15');
  expect(await times.save()).toBe(true);
  expect(api.requestsOf('day.enter-times')).toEqual([
    { times: [{ taskId: next.taskId, start: local('23:40'), end: local('00:15', '19') }] },
  ]);
});

it('keeps what is typed for another start of the application, and forgets it once it is entered', async () => {
  const drafts = new Drafts();
  const first = opened(drafts);
  await first.times.open('2026-11-18');
  first.times.type(next.taskId, 'start', '0905');
  first.times.draft.keep();
  vi.advanceTimersByTime(500);
  const again = opened(drafts);
  await again.times.open('2026-11-18');
  expect(again.times.typed[next.taskId]?.start).toBe('0905');
  expect(again.times.draft.broughtBack?.savedAt).toBe(drafts.now);
  await again.times.save();
  expect([...drafts.keys()]).toEqual([]);
});

it('names a time that cannot be read and a missing start at the field, and sends nothing', async () => {
  const { api, times } = opened();
  await times.open('2026-11-18');
  times.type(next.taskId, 'end', '930');
  expect(times.problem(next, 'start')).toBe(null);
  expect(await times.save()).toBe(false);
  expect(times.problem(next, 'start')).toBe('When did it begin?');
  times.type(next.taskId, 'start', 'nine');
  expect(times.problem(next, 'start')).toBe('Type a time such as 0905.');
  expect(api.requestsOf('day.enter-times')).toEqual([]);
});

it('says at the task why its times were not taken, and keeps them', async () => {
  const { times } = opened(new Drafts(), next.taskId);
  await times.open('2026-11-18');
  times.type(next.taskId, 'start', '0905');
  expect(await times.save()).toBe(false);
  expect(times.problem(next, 'end')).toMatch(/still in use|first/i);
  locale.set('zh');
  expect(times.problem(next, 'end')).toBe(errorWords({ code: 'unit-still-in-use', params: {} }));
  expect(times.problem(next, 'end')).toMatch(/[\u4e00-\u9fff]/);
  locale.set('en');
  expect(times.typed[next.taskId]?.start).toBe('0905');
});

it('sends an end alone for work that runs', async () => {
  const { api, times } = opened();
  await times.open('2026-11-18');
  times.type(running.taskId, 'end', '1130');
  await times.save();
  expect(api.requestsOf('day.enter-times')[0]?.times[0]).toEqual({
    taskId: running.taskId,
    start: null,
    end: local('11:30'),
  });
});
