/** A person's move of one task: what is promised stands in the way, what is tentative makes way, and nothing is changed. */
import { describe, expect, test } from 'vitest';
import { RescheduleBook } from '../../src/main/allocator/index.ts';
import type {
  PlanTask,
  RescheduleVerdict,
  RescheduleWish,
  Snapshot,
} from '../../src/main/allocator/index.ts';
import { poolId, taskId, unitId } from '../../src/shared/ids.ts';
import { HOUR, MINUTE, seconds } from '../../src/shared/units.ts';
import { aPool, aSnapshot, aTask, aWindow, at, settings, step } from '../support/allocator/builders.ts';

const NOW = at(8 * HOUR);
const HALF = 30 * MINUTE;

/** A task that holds `unit` of the room from `start` on, in hours after midnight. */
function held(
  id: string,
  state: 'tentative' | 'confirmed' | 'running',
  start: number,
  unit: string,
  more = {},
): PlanTask {
  const task = aTask(id, { state, ...more });
  return { ...task, current: aWindow(task, start * HOUR, start * HOUR + task.durationSeconds, [[unit]]) };
}

function verdictOf(snapshot: Snapshot, wish: Partial<RescheduleWish> & { hour: number }): RescheduleVerdict {
  const book = new RescheduleBook(snapshot, NOW, settings());
  const { hour, ...rest } = wish;
  const asked = { taskId: taskId('a'), durationSeconds: seconds(HALF), unit: null, ...rest };
  const first = book.attempt({ ...asked, start: at(hour * HOUR) });
  expect(book.attempt({ ...asked, start: at(hour * HOUR) })).toEqual(first); // a trial leaves no trace
  return first;
}

const room = (count: number) => aPool('room', count);

describe('a move that fits', () => {
  test('keeps its unit where that is free, and moves nobody', () => {
    const tasks = [held('a', 'tentative', 9, 'room-2'), held('b', 'confirmed', 10, 'room-1')];
    const verdict = verdictOf(aSnapshot([room(2)], tasks), { hour: 10 });
    expect(verdict).toMatchObject({
      fits: true,
      allocation: { segments: [{ start: at(10 * HOUR), end: at(10.5 * HOUR) }], units: [['room-2']] },
      moves: [],
    });
  });

  test('takes another unit where its own is promised', () => {
    const tasks = [held('a', 'confirmed', 9, 'room-1'), held('b', 'confirmed', 10, 'room-1')];
    const verdict = verdictOf(aSnapshot([room(2)], tasks), { hour: 10 });
    expect(verdict).toMatchObject({ fits: true, allocation: { units: [['room-2']] } });
  });

  test('says who makes way and where that work goes then', () => {
    const tasks = [
      held('a', 'tentative', 9, 'room-1'),
      held('b', 'tentative', 10, 'room-1', { earliest: 10 * HOUR }),
    ];
    const verdict = verdictOf(aSnapshot([room(1)], tasks), { hour: 10 });
    expect(verdict).toMatchObject({
      fits: true,
      moves: [{ taskId: 'b', from: at(10 * HOUR), to: at(10.5 * HOUR) }],
    });
  });

  test('ends running work later in the unit it holds', () => {
    const tasks = [held('a', 'running', 7.75, 'room-1')];
    const verdict = verdictOf(aSnapshot([room(1)], tasks), {
      hour: 7.75,
      durationSeconds: seconds(HOUR),
    });
    expect(verdict).toMatchObject({
      fits: true,
      allocation: { segments: [{ start: at(7.75 * HOUR), end: at(8.75 * HOUR) }], units: [['room-1']] },
    });
  });
});

const ROOM = poolId('room');
const refusals: Record<
  string,
  {
    readonly tasks: readonly PlanTask[];
    readonly wish: Partial<RescheduleWish> & { hour: number };
    readonly wantObstacle: object;
    readonly pools?: Snapshot['pools'];
  }
> = {
  'promised work in every unit': {
    tasks: [held('a', 'tentative', 9, 'room-1'), held('b', 'confirmed', 10, 'room-1')],
    wish: { hour: 10 },
    wantObstacle: { rule: 'capacity', poolId: ROOM, blockers: ['b'], until: at(10.5 * HOUR) },
  },
  'promised work in the unit that was asked for': {
    pools: [room(2)],
    tasks: [held('a', 'tentative', 9, 'room-2'), held('b', 'confirmed', 10, 'room-1')],
    wish: { hour: 10, unit: { poolId: ROOM, unitId: unitId('room-1') } },
    wantObstacle: { rule: 'capacity', unitId: 'room-1', blockers: ['b'] },
  },
  'closing time': {
    pools: [aPool('room', 1, { capacity: [step(0, 1), step(12 * HOUR, 0, 'closed')] })],
    tasks: [held('a', 'tentative', 9, 'room-1')],
    wish: { hour: 11.75 },
    wantObstacle: { rule: 'closed', poolId: ROOM, blockers: [] },
  },
  'the past': {
    tasks: [held('a', 'tentative', 9, 'room-1')],
    wish: { hour: 7 },
    wantObstacle: { rule: 'past', until: NOW },
  },
  'a length of nothing': {
    tasks: [held('a', 'tentative', 9, 'room-1')],
    wish: { hour: 9, durationSeconds: seconds(0) },
    wantObstacle: { rule: 'too-short' },
  },
  'the earliest start that was asked for': {
    tasks: [held('a', 'tentative', 10, 'room-1', { earliest: 10 * HOUR })],
    wish: { hour: 9 },
    wantObstacle: { rule: 'earliest-start', until: at(10 * HOUR) },
  },
  'work that it comes after': {
    pools: [room(2)],
    tasks: [held('a', 'tentative', 10, 'room-1', { after: ['b'] }), held('b', 'confirmed', 9, 'room-2')],
    wish: { hour: 9.25 },
    wantObstacle: { rule: 'precedence', blockers: ['b'], until: at(9.5 * HOUR) },
  },
  'promised work that comes after it': {
    pools: [room(2)],
    tasks: [held('a', 'confirmed', 9, 'room-1'), held('b', 'confirmed', 10, 'room-2', { after: ['a'] })],
    wish: { hour: 9.75 },
    wantObstacle: { rule: 'successor', blockers: ['b'] },
  },
  'a promise behind running work that would last longer': {
    tasks: [held('a', 'running', 7.75, 'room-1'), held('b', 'confirmed', 9, 'room-1')],
    wish: { hour: 7.75, durationSeconds: seconds(2 * HOUR) },
    wantObstacle: { rule: 'capacity', blockers: ['b'] },
  },
  'an end of running work that has passed': {
    tasks: [held('a', 'running', 7.75, 'room-1')],
    wish: { hour: 7.75, durationSeconds: seconds(10 * MINUTE) },
    wantObstacle: { rule: 'past' },
  },
};

describe('a move is refused by', () => {
  for (const [name, { tasks, wish, wantObstacle, pools = [room(1)] }] of Object.entries(refusals)) {
    test(name, () => {
      const verdict = verdictOf(aSnapshot(pools, tasks), wish);
      expect(verdict).toMatchObject({ fits: false, obstacle: wantObstacle });
    });
  }
});

test('a fixed start gives way to the new wish', () => {
  const tasks = [held('a', 'confirmed', 10, 'room-1', { fixed: 10 * HOUR, earliest: 10 * HOUR })];
  expect(verdictOf(aSnapshot([room(1)], tasks), { hour: 9 })).toMatchObject({ fits: true });
});
