import { describe, expect, it } from 'vitest';
import type { PlanPool, PlanSettings, PlanTask, Snapshot } from '../../src/main/allocator/index.ts';
import { compare, plan } from '../../src/main/allocator/index.ts';
import type { Plan } from '../../src/shared/domain/plan.ts';
import { poolId, unitId } from '../../src/shared/ids.ts';
import { DAY, HOUR, MINUTE, instant, milli, seconds } from '../../src/shared/units.ts';
import {
  T0,
  UNIT,
  aPool,
  aSnapshot,
  aTask,
  at,
  committed,
  settings,
  step,
  subsystems,
} from '../support/allocator/builders.ts';
import { violations } from '../support/allocator/feasibility.ts';

function planned(
  pools: readonly PlanPool[],
  tasks: readonly PlanTask[],
  more: Partial<Snapshot> = {},
  choices: Partial<PlanSettings> = {},
): Plan {
  const snapshot = aSnapshot(pools, tasks, more);
  const made = plan(snapshot, at(0), settings(choices));
  expect(violations(snapshot, made, T0 + 90 * DAY)).toEqual([]);
  return made;
}

const minutesOf = (time: number): number => (time - T0) / MINUTE;

/** Segments as [start minute, end minute, units of the first need]. */
function segments(made: Plan, id: string): number[][] {
  const allocation = made.allocations.find((row) => row.taskId === id);
  return (allocation?.segments ?? []).map(({ start, end, ratesMilli }) => [
    minutesOf(start),
    minutesOf(end),
    (ratesMilli[0] ?? 0) / UNIT,
  ]);
}

describe('elastic work', () => {
  const cores = aPool('cores', 8, { kind: 'divisible' });
  const elastic = (id: string, wish: number, minutes: number, share = 125): PlanTask =>
    aTask(id, {
      subsystem: 'research',
      needs: { cores: wish },
      minutes,
      elastic: { minimumShareMilli: share },
    });

  it('shares what is free by level and rises when another ends', () => {
    const made = planned([cores], [elastic('a', 8, 60), elastic('b', 8, 30)]);
    expect(segments(made, 'b')).toEqual([[0, 60, 4]]);
    expect(segments(made, 'a')).toEqual([
      [0, 60, 4],
      [60, 90, 8],
    ]);
  });

  it('weighs subsystems, and never goes above the wish or below the promise', () => {
    const rows = [elastic('a', 8, 60), { ...elastic('b', 8, 60), subsystem: 'insurance' as const }];
    const made = planned([cores], rows, { subsystems: subsystems({ research: { weight: 3 } }) });
    expect(segments(made, 'a')[0]).toEqual([0, 80, 6]);
    expect(segments(made, 'b')).toEqual([
      [0, 80, 2],
      [80, 120, 8],
    ]);
  });

  it('lets confirmed work be, and re-levels around it', () => {
    const fixed = committed(aTask('c', { needs: { cores: 6 } }), 10 * MINUTE, 20 * MINUTE);
    const made = planned([cores], [fixed, elastic('a', 8, 30)]);
    expect(segments(made, 'a')).toEqual([
      [0, 10, 8],
      [10, 20, 2],
      [20, 37.5, 8],
    ]);
  });

  it('gives the freed time to the work behind it', () => {
    const whole = aTask('z', { needs: { cores: 8 } });
    const made = planned([cores], [elastic('a', 8, 30, 500), whole]);
    expect(segments(made, 'a')).toEqual([[0, 30, 8]]);
    expect(segments(made, 'z')).toEqual([[30, 60, 8]]);
  });
});

describe('displaced work', () => {
  it('stays, is laid at the door of the lowest class, and gets a repair', () => {
    const pool = aPool('room', 2, { capacity: [step(0, 2), step(HOUR, 1, 'outage'), step(3 * HOUR, 2)] });
    const made = planned(
      [pool],
      [
        committed(aTask('a', { urgency: 2 }), HOUR, HOUR + 1800, [['room-1']]),
        committed(aTask('b', { urgency: 5 }), HOUR, HOUR + 1800, [['room-2']]),
      ],
    );
    expect(segments(made, 'b')).toEqual([[60, 90, 1]]);
    expect(made.displacements).toMatchObject([
      { taskId: 'b', poolId: 'room', from: at(HOUR), until: at(HOUR + 1800), excessMilli: 1000 },
    ]);
    expect(made.displacements[0]?.repair).toMatchObject({
      segments: [{ start: at(0) }],
      units: [['room-2']],
    });
  });

  it('of one class, is what has not begun rather than what runs; then the latest confirmed, then by id', () => {
    const cut = (left: number): PlanPool =>
      aPool('room', 3, {
        capacity: [step(0, 3), step(10 * MINUTE, left, 'outage'), step(60 * MINUTE, 3)],
      });
    const running = committed(
      { ...aTask('a'), confirmedAt: at(-60) },
      -10 * MINUTE,
      20 * MINUTE,
      [['room-1']],
      'running',
    );
    const [early, late] = [
      { id: 'b', unit: 'room-2', confirmedAt: at(-7200) },
      { id: 'c', unit: 'room-3', confirmedAt: at(-3600) },
    ].map(({ id, unit, confirmedAt }) =>
      committed({ ...aTask(id), confirmedAt }, 10 * MINUTE, 40 * MINUTE, [[unit]]),
    );
    if (!early || !late) throw new Error('two confirmed tasks');
    const displaced = (left: number, tasks: readonly PlanTask[]): [string, boolean][] =>
      planned([cut(left)], tasks).displacements.map((row) => [row.taskId, row.repair !== null]);
    // The running task was confirmed last of all, and has the first id.
    expect(displaced(1, [running, early])).toEqual([['b', true]]);
    expect(displaced(2, [running, early, late])).toEqual([['c', true]]);
    expect(displaced(2, [running, early, { ...late, confirmedAt: at(-7200) }])).toEqual([['b', true]]);
    // It is the last to be flagged, and cannot be repaired.
    expect(displaced(0, [running, early])).toEqual([
      ['a', false],
      ['b', true],
    ]);
    // A lower class gives way first, begun or not.
    expect(displaced(1, [running, { ...early, urgency: 3 }])).toEqual([['a', false]]);
  });

  it('moves to another unit at the same time when its own is gone', () => {
    const absences = [{ unitId: unitId('room-1'), from: at(HOUR), until: at(2 * HOUR) }];
    const pool = aPool('room', 3, {
      absences,
      capacity: [step(0, 3), step(HOUR, 2, 'outage'), step(2 * HOUR, 3)],
    });
    const made = planned([pool], [committed(aTask('a'), HOUR, HOUR + 1800, [['room-1']])]);
    expect(made.displacements).toMatchObject([
      { taskId: 'a', repair: { segments: [{ start: at(HOUR) }], units: [['room-2']] } },
    ]);
  });

  it('assumes that an overrun lasts five more minutes or a tenth, and repairs who comes next', () => {
    const over = committed(aTask('r', { minutes: 100 }), -100 * MINUTE, 0, [['room-1']], 'running');
    const next = committed(aTask('n'), 5 * MINUTE, 35 * MINUTE, [['room-1']]);
    const made = planned([aPool('room', 1)], [over, next]);
    expect(segments(made, 'r')).toEqual([[-100, 10, 1]]);
    expect(made.displacements.map((row) => [row.taskId, row.repair?.segments[0]?.start])).toEqual([
      ['n', at(10 * MINUTE)],
    ]);
  });
});

describe('preemption', () => {
  const pool = aPool('room', 2);
  const running = (id: string, begun: number, sketch: Parameters<typeof aTask>[1], unit: string): PlanTask =>
    committed(
      aTask(id, { minutes: 120, ...sketch }),
      -begun * MINUTE,
      (120 - begun) * MINUTE,
      [[unit]],
      'running',
    );

  it('proposes the lowest class, then the latest start, and only for urgent work that misses its target', () => {
    const tasks = [
      running('a', 30, { urgency: 4, preemptibility: 'resume' }, 'room-1'),
      running('b', 20, { urgency: 5, preemptibility: 'restart' }, 'room-2'),
      aTask('u', { urgency: 1 }),
      aTask('x', { urgency: 3 }),
    ];
    expect(planned([pool], tasks).preemptions).toEqual([
      { taskId: 'u', victims: ['b'], start: at(0), plannedStart: at(90 * MINUTE) },
    ]);
  });

  const spared: Record<string, PlanTask> = {
    'work that may never be preempted': running('b', 20, { urgency: 5, preemptibility: 'never' }, 'room-2'),
    'work that has only just begun': running('b', 5, { urgency: 5, preemptibility: 'resume' }, 'room-2'),
    'work that was preempted before': {
      ...running('b', 20, { urgency: 5, preemptibility: 'resume' }, 'room-2'),
      timesPreempted: 1,
    },
    'work of the same class': running('b', 20, { urgency: 2, preemptibility: 'resume' }, 'room-2'),
  };
  for (const [name, task] of Object.entries(spared)) {
    it(`spares ${name}`, () => {
      const blocker = running('a', 30, { urgency: 4, preemptibility: 'never' }, 'room-1');
      expect(
        planned([pool], [blocker, task, aTask('u', { urgency: 2, submitted: -HOUR })]).preemptions,
      ).toEqual([]);
    });
  }

  it('drops victims that turn out unneeded and promises a freed place once', () => {
    const tasks = [
      running('s', 20, { urgency: 5, preemptibility: 'resume', needs: { room: 1 } }, 'room-1'),
      running('t', 30, { urgency: 4, preemptibility: 'resume', needs: { room: 1 } }, 'room-2'),
      aTask('u', { urgency: 1 }),
      aTask('v', { urgency: 1 }),
    ];
    expect(planned([pool], tasks).preemptions.map((row) => [row.taskId, row.victims])).toEqual([
      ['u', ['s']],
      ['v', ['t']],
    ]);
  });

  it('cannot go round in circles: the one who made way has no right over the one it made way for', () => {
    const victim = {
      ...aTask('b', { urgency: 5, preemptibility: 'resume', minutes: 60 }),
      timesPreempted: 1,
    };
    const winner = committed(
      aTask('u', { urgency: 1, preemptibility: 'resume', minutes: 60 }),
      0,
      HOUR,
      [['room-1']],
      'running',
    );
    expect(planned([aPool('room', 1)], [victim, winner]).preemptions).toEqual([]);
  });
});

describe('waiting', () => {
  it('moves a task up at most to class 3, so that only a bounded number of later arrivals overtake it', () => {
    const arrivals = 200;
    const every = 30 * MINUTE;
    let overtaken = 0;
    let isStarted = false;
    const patient = aTask('patient', { subsystem: 'imaging', urgency: 5, submitted: 0 });
    for (let turn = 0; turn < arrivals && !isStarted; turn++) {
      const now = turn * every;
      const rival = aTask(`r${turn}`, { subsystem: 'imaging', urgency: 3, submitted: now, earliest: now });
      const made = plan(aSnapshot([aPool('room', 1)], [patient, rival]), at(now), settings());
      isStarted = made.allocations.find((row) => row.taskId === 'patient')?.segments[0]?.start === at(now);
      if (!isStarted) overtaken++;
    }
    expect(isStarted).toBe(true);
    expect(overtaken).toBeLessThanOrEqual(33); // twice two targets of 240 min, in half hours
  });

  it('never lets waiting alone preempt', () => {
    const old = aTask('old', { urgency: 5, submitted: -30 * DAY, earliest: -30 * DAY });
    const blocker = committed(
      aTask('b', { urgency: 5, preemptibility: 'resume' }),
      -HOUR,
      HOUR,
      [['room-1']],
      'running',
    );
    expect(planned([aPool('room', 1)], [old, blocker]).preemptions).toEqual([]);
  });
});

describe('a replan', () => {
  it('of an unchanged world changes nothing', () => {
    const tasks = Array.from({ length: 12 }, (_, n) =>
      aTask(`t${n}`, {
        subsystem: n % 2 ? 'records' : 'imaging',
        minutes: 10 + 5 * (n % 5),
        earliest: (n % 3) * HOUR,
      }),
    );
    const pools = [aPool('room', 2)];
    const first = planned(pools, tasks);
    const adopted = tasks.map((task): PlanTask => {
      const current = first.allocations.find((row) => row.taskId === task.id) ?? null;
      return { ...task, state: 'tentative', current };
    });
    expect(planned(pools, adopted).allocations).toEqual(first.allocations);
  });
});

describe('what-if', () => {
  it('puts variants side by side over one window', () => {
    const tasks = Array.from({ length: 6 }, (_, n) => aTask(`t${n}`, { minutes: 60 }));
    const snapshot = aSnapshot([aPool('room', 1)], tasks);
    const [base, more, out] = compare(
      snapshot,
      [
        { id: 'as is' },
        { id: 'one more room', units: [{ poolId: poolId('room'), changeMilli: milli(UNIT) }] },
        {
          id: 'outage',
          outages: [
            { poolId: poolId('room'), from: at(0), until: instant(T0 + 2 * HOUR), lostMilli: milli(UNIT) },
          ],
        },
      ],
      at(0),
      settings(),
      seconds(4 * HOUR),
    );
    expect(base?.unfinished).toEqual(['t4', 't5']);
    expect(base?.pools).toEqual([
      { poolId: 'room', load: 4 * UNIT * HOUR, capacity: 4 * UNIT * HOUR, unmet: 2 * UNIT * HOUR },
    ]);
    expect(more?.unfinished).toEqual([]);
    expect(more?.moves.map((row) => row.taskId)).toEqual(['t1', 't2', 't3', 't4', 't5']);
    expect(more?.waits[0]).toEqual({
      subsystem: 'records',
      tasks: 6,
      waitSecondsMedian: HOUR,
      waitSecondsP90: 2 * HOUR,
    });
    expect(out?.unfinished).toEqual(['t2', 't3', 't4', 't5']);
    expect(out?.pools[0]).toMatchObject({ load: 2 * UNIT * HOUR, capacity: 2 * UNIT * HOUR });
  });
});
