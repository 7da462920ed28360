import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FlatProblem } from '../../src/main/allocator/search/flat-problem.ts';
import { flatLists } from '../../src/main/allocator/search/flat-problem.ts';
import { FlatScheduler } from '../../src/main/allocator/search/flat-scheduler.ts';

const HORIZON = 1000;

interface FlatTask {
  readonly duration: number;
  readonly rate: number;
  readonly release?: number;
  readonly step?: number;
  readonly after?: readonly number[];
  /** Seconds to let pass after each of those. */
  readonly delay?: number;
}

/** One row; `free` says from when on how much is free. */
function problemOf(tasks: readonly FlatTask[], free: readonly (readonly [number, number])[]): FlatProblem {
  const ints = (value: (task: FlatTask) => number): Int32Array => Int32Array.from(tasks, value);
  const after = tasks.map((task) => task.after ?? []);
  const behind = tasks.map((_, index) => [...tasks.keys()].filter((other) => after[other]?.includes(index)));
  const hasDelays = tasks.some(({ delay }) => delay !== undefined);
  return {
    count: tasks.length,
    durations: ints((task) => task.duration),
    releases: ints((task) => task.release ?? 0),
    gridSteps: ints((task) => task.step ?? 1),
    gridOffsets: new Int32Array(tasks.length),
    needRows: flatLists(tasks.map(() => [0])),
    needRates: ints((task) => task.rate),
    predecessors: flatLists(after),
    predecessorDelays: hasDelays
      ? Int32Array.from(tasks.flatMap(({ delay = 0 }, index) => (after[index] ?? []).map(() => delay)))
      : null,
    successorDelays: hasDelays
      ? Int32Array.from(behind.flatMap((list) => list.map((next) => tasks[next]?.delay ?? 0)))
      : null,
    successors: flatLists(behind),
    rows: 1,
    eventTimes: Int32Array.from(free, ([time]) => time),
    eventFree: Int32Array.from(free, ([, value]) => value),
    horizon: HORIZON,
  };
}

/** The serial scheme second by second: the first start at which every second of the task has room. */
function bySeconds(tasks: readonly FlatTask[], free: readonly (readonly [number, number])[]): number[] {
  const room = Array.from({ length: 3 * HORIZON }, (_, second) =>
    free.reduce((value, [time, next]) => (time <= second ? next : value), 0),
  );
  const starts: number[] = [];
  for (const { duration, rate, release = 0, step = 1, after = [], delay = 0 } of tasks) {
    let start = Math.max(
      release,
      ...after.map((other) => (starts[other] ?? 0) + (tasks[other]?.duration ?? 0) + delay),
    );
    const fits = (): boolean =>
      start % step === 0 && room.slice(start, start + duration).every((value) => value >= rate);
    while (start < HORIZON && !fits()) start++;
    if (start >= HORIZON) return [];
    for (let second = start; second < start + duration; second++) room[second] = (room[second] ?? 0) - rate;
    starts.push(start);
  }
  return starts;
}

const aFlatTask = fc.record({
  duration: fc.integer({ min: 1, max: 12 }),
  rate: fc.integer({ min: 1, max: 4 }),
  release: fc.integer({ min: 0, max: 30 }),
  step: fc.constantFrom(1, 1, 5),
  back: fc.integer({ min: 0, max: 3 }),
});
const aDelayedTask = aFlatTask.chain((task) =>
  fc.integer({ min: 0, max: 25 }).map((delay) => ({ ...task, delay })),
);

const hours = fc
  .array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 5 })
  .map((values) => [
    ...values.map((value, index): [number, number] => [index * 20, value]),
    [values.length * 20, 4] as [number, number],
  ]);

const flatTasks: fc.Arbitrary<(FlatTask & { readonly back: number })[]> = fc.oneof(
  fc.array(aFlatTask, { minLength: 1, maxLength: 14 }),
  fc.array(aDelayedTask, { minLength: 1, maxLength: 14 }),
);

describe('the flat scheduler', () => {
  it('starts every task where a search second by second would', () => {
    fc.assert(
      fc.property(flatTasks, hours, (drawn, free) => {
        const tasks = drawn.map(({ back, ...task }, index) => ({
          ...task,
          after: back > 0 && index >= back ? [index - back] : [],
        }));
        const scheduler = new FlatScheduler(problemOf(tasks, free));
        const length = scheduler.schedule(Float64Array.from(tasks.keys()), 0);
        const want = bySeconds(tasks, free);
        if (want.length === 0) expect(length).toBe(Infinity);
        else expect([...scheduler.starts]).toEqual(want);
      }),
      { numRuns: 800 },
    );
  });

  it('with a lookahead lets the task go first that can start first, if its key is near enough', () => {
    const tasks = [
      { duration: 10, rate: 2, release: 5 },
      { duration: 5, rate: 1 },
    ];
    const scheduler = new FlatScheduler(problemOf(tasks, [[0, 2]]));
    const keys = Float64Array.of(1, 3);
    scheduler.schedule(keys, 0);
    expect([...scheduler.starts]).toEqual([5, 0]);
    const inARow = [
      { duration: 4, rate: 2, release: 3 },
      { duration: 4, rate: 2 },
    ];
    const row = new FlatScheduler(problemOf(inARow, [[0, 2]]));
    row.schedule(keys, 1);
    expect([...row.starts]).toEqual([3, 7]);
    row.schedule(keys, 2);
    expect([...row.starts]).toEqual([4, 0]);
  });
});
