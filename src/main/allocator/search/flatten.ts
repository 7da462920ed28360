/**
 * Makes the flat problem of some tasks out of the books of a plan from which those tasks have been taken. Every rule
 * that bounds them (capacity, limit, guarantee) becomes a row; predecessors outside the set become releases.
 */
import type { FitRequest } from '../earliest-fit.ts';
import type { Placements } from '../placements.ts';
import type { PlanTask } from '../snapshot.ts';
import { delayAfter, readyAfter } from '../precedence.ts';
import type { World } from '../world.ts';
import type { FlatProblem } from './flat-problem.ts';
import { flatLists } from './flat-problem.ts';

interface Row {
  readonly index: number;
  readonly stretches: readonly { readonly from: number; readonly value: number }[];
}

/**
 * @param span  seconds from now within which everything should find its place
 */
export function flatten(
  world: World,
  placements: Placements,
  tasks: readonly PlanTask[],
  span: number,
): FlatProblem {
  const requests = tasks.map((task) => placements.requestOf(task));
  const rows = new Map<string, Row>();
  const horizon = Math.min(span, world.horizonEnd - world.now);
  const needs = requests.map((request) => rowsOf(request, rows, world.now, horizon));
  const indexes = new Map(tasks.map((task, index) => [task.id, index]));
  const inside = tasks.map((task) => [...new Set(task.after)].flatMap((id) => indexes.get(id) ?? []));
  const after = tasks.map((): number[] => []);
  for (const [index, list] of inside.entries()) for (const before of list) after[before]?.push(index);
  const { eventTimes, eventFree } = eventsOf([...rows.values()], world.now);
  const ints = (value: (task: PlanTask, request: FitRequest) => number): Int32Array =>
    Int32Array.from(requests, (request, index) => {
      const task = tasks[index];
      return task ? value(task, request) : 0;
    });
  return {
    count: tasks.length,
    durations: ints((_, request) => request.duration),
    releases: ints((task) => releaseOf(world, placements, task)),
    gridSteps: ints((_, request) => request.grid.step),
    gridOffsets: ints((_, { grid }) => (grid.offset - world.now) % grid.step),
    needRows: flatLists(needs.map((list) => list.map((need) => need.row))),
    needRates: Int32Array.from(needs.flatMap((list) => list.map((need) => need.rate))),
    predecessors: flatLists(inside),
    successors: flatLists(after),
    predecessorDelays: delaysOf(tasks, (index) => inside[index] ?? [], delayBehind),
    successorDelays: delaysOf(
      tasks,
      (index) => after[index] ?? [],
      (before, next) => delayBehind(next, before),
    ),
    rows: rows.size,
    eventTimes,
    eventFree,
    horizon,
  };
}

function releaseOf(world: World, placements: Placements, task: PlanTask): number {
  const ready = readyAfter(task, (id) => placements.endOf(id) ?? -Infinity);
  return Math.max(world.now, task.earliestStart, ready) - world.now;
}

function delayBehind(task: PlanTask, before: PlanTask): number {
  return delayAfter(task, before.id);
}

/** In the places of the lists that `listed` gives; null where no task has a delay. */
function delaysOf(
  tasks: readonly PlanTask[],
  listed: (index: number) => readonly number[],
  delayBetween: (task: PlanTask, other: PlanTask) => number,
): Int32Array | null {
  if (tasks.every((task) => task.delays === undefined)) return null;
  return Int32Array.from(
    tasks.flatMap((task, index) =>
      listed(index).map((at) => {
        const other = tasks[at];
        return other ? delayBetween(task, other) : 0;
      }),
    ),
  );
}

function rowsOf(
  request: FitRequest,
  rows: Map<string, Row>,
  now: number,
  horizon: number,
): { row: number; rate: number }[] {
  return request.needs.flatMap(({ book, rate }) =>
    book.boundsOf(request.subsystem, request.mayBorrow).map(({ rule, profile }) => {
      const key = `${book.pool.id} ${rule}`;
      const known = rows.get(key);
      if (known) return { row: known.index, rate };
      rows.set(key, { index: rows.size, stretches: profile.stretches(now, now + horizon) });
      return { row: rows.size - 1, rate };
    }),
  );
}

function eventsOf(rows: readonly Row[], now: number): Pick<FlatProblem, 'eventTimes' | 'eventFree'> {
  const times = [...new Set(rows.flatMap((row) => row.stretches.map((stretch) => stretch.from - now)))];
  const eventTimes = Int32Array.from(times).sort();
  const eventFree = new Int32Array(eventTimes.length * rows.length);
  for (const { index, stretches } of rows) {
    let at = 0;
    for (const [event, time] of eventTimes.entries()) {
      while ((stretches[at + 1]?.from ?? Infinity) - now <= time) at++;
      eventFree[event * rows.length + index] = stretches[at]?.value ?? 0;
    }
  }
  return { eventTimes, eventFree };
}
