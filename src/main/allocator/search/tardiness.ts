/**
 * Search for the priority policy: Σ weight × tardiness, class by class, the more urgent class first. A task without a
 * due date counts as due when it would end after starting at its class's target. Work that runs one after the other
 * goes to dynasearch; everything else to a random walk over lists (swaps and shifts, never worse) with the flat
 * scheduler. Only the order inside the queue is searched; classes are compared first and never traded.
 */
import type { PlanTask } from '../snapshot.ts';
import type { Budget } from './control.ts';
import { Dynasearch } from './dynasearch.ts';
import type { FlatProblem } from './flat-problem.ts';
import { listOf } from './flat-problem.ts';
import { FlatScheduler } from './flat-scheduler.ts';
import type { Random } from './random.ts';

export interface TardinessTask {
  readonly task: PlanTask;
  /** Effective class: 3 to 5. */
  readonly group: number;
  /** Seconds from now. */
  readonly due: number;
}

/** Weighted tardiness of classes 3, 4 and 5. */
export type TardinessScore = readonly [number, number, number];

const FIRST_GROUP = 3;

/** Σ weight × tardiness per class. @param endOf  seconds from now at which a task ends, by index */
export function tardinessOf(
  tasks: readonly TardinessTask[],
  endOf: (index: number) => number,
): TardinessScore {
  const sums: [number, number, number] = [0, 0, 0];
  for (const [index, { task, group, due }] of tasks.entries()) {
    const place = Math.max(0, Math.min(2, group - FIRST_GROUP));
    sums[place] = (sums[place] ?? 0) + task.weight * Math.max(0, endOf(index) - due);
  }
  return sums;
}

/** Negative when `left` is better. */
export function compareTardiness(left: TardinessScore, right: TardinessScore): number {
  return left[0] - right[0] || left[1] - right[1] || left[2] - right[2];
}

/**
 * The best starts found (seconds from now, by index), or null when nothing better than `starts` was found.
 * @param starts  where the tasks are now
 */
export function searchTardiness(
  problem: FlatProblem,
  tasks: readonly TardinessTask[],
  starts: Int32Array,
  budget: Budget,
  random: Random,
): Int32Array | null {
  return isSequence(problem)
    ? searchSequences(problem, tasks, starts, budget, random)
    : walkLists(problem, tasks, starts, budget, random);
}

/** Whether any two tasks exclude each other and nothing but each other ever stands in their way. */
function isSequence(problem: FlatProblem): boolean {
  const { releases, gridSteps, eventTimes, predecessors } = problem;
  if (eventTimes.length !== 1 || predecessors.items.length > 0) return false;
  if (releases.some((release) => release > 0) || gridSteps.some((step) => step !== gridSteps[0]))
    return false;
  const step = gridSteps[0] ?? 1;
  const total = problem.durations.reduce((sum, duration) => sum + Math.ceil(duration / step) * step, 0);
  if (total > problem.horizon) return false;
  for (let row = 0; row < problem.rows; row++) if (excludesAll(problem, row)) return true;
  return false;
}

/** Whether the two smallest rates in a row exceed what is free, and everybody uses it. */
function excludesAll(problem: FlatProblem, row: number): boolean {
  const rates: number[] = [];
  for (let task = 0; task < problem.count; task++) {
    const at = listOf(problem.needRows, task).indexOf(row);
    if (at < 0) return false;
    rates.push(problem.needRates[(problem.needRows.first[task] ?? 0) + at] ?? 0);
  }
  rates.sort((left, right) => left - right);
  return (rates[0] ?? 0) + (rates[1] ?? 0) > (problem.eventFree[row] ?? 0);
}

function searchSequences(
  problem: FlatProblem,
  tasks: readonly TardinessTask[],
  starts: Int32Array,
  budget: Budget,
  random: Random,
): Int32Array {
  const step = problem.gridSteps[0] ?? 1;
  const offset = ((problem.gridOffsets[0] ?? 0) % step) + step;
  let time = offset % step;
  const found = starts.slice();
  const groups = [...new Set(tasks.map((row) => row.group))].sort((left, right) => left - right);
  for (const group of groups) {
    const members = [...tasks.keys()].filter((index) => tasks[index]?.group === group);
    members.sort((left, right) => (starts[left] ?? 0) - (starts[right] ?? 0));
    const order = sequenceOf(problem, tasks, members, time, {
      budget,
      random,
      share: members.length / tasks.length,
    });
    for (const index of order) {
      found[index] = time;
      time += Math.ceil((problem.durations[index] ?? 0) / step) * step;
    }
  }
  return found;
}

/** The members of one class in the best order found, from `time` on. */
function sequenceOf(
  problem: FlatProblem,
  tasks: readonly TardinessTask[],
  members: readonly number[],
  time: number,
  search: { readonly budget: Budget; readonly random: Random; readonly share: number },
): number[] {
  const step = problem.gridSteps[0] ?? 1;
  const duration = (index: number): number => problem.durations[index] ?? 0;
  const held = (index: number): number => Math.ceil(duration(index) / step) * step;
  const dynasearch = new Dynasearch(
    {
      times: Float64Array.from(members, held),
      weights: Float64Array.from(members, (index) => tasks[index]?.task.weight ?? 1),
      dues: Float64Array.from(
        members,
        (index) => (tasks[index]?.due ?? 0) - time + held(index) - duration(index),
      ),
    },
    search.random,
  );
  const sequence = Int32Array.from(members.keys());
  const best = iterate(dynasearch, sequence, search.budget, Math.floor(search.budget.granted * search.share));
  return [...best].map((position) => members[position] ?? 0);
}

/** Kicks are made from the current local optimum; after this many without a new best, from the best. */
const PATIENCE = 25;

/** One pass counts as many schedules as there are tasks: its n² / 2 moves cost as much as n full evaluations. */
function iterate(dynasearch: Dynasearch, sequence: Int32Array, budget: Budget, most: number): Int32Array {
  const cost = sequence.length;
  const until = budget.used + most;
  let best = sequence.slice();
  let bestCost = dynasearch.cost(best);
  let since = 0;
  while (bestCost > 0 && budget.used < until && budget.take(cost)) {
    const passes = dynasearch.descend(sequence, 1 + Math.floor(budget.granted / Math.max(1, cost)));
    for (let pass = 1; pass < passes; pass++) budget.take(cost);
    const now = dynasearch.cost(sequence);
    if (now < bestCost) {
      best = sequence.slice();
      bestCost = now;
      since = 0;
    } else if (++since >= PATIENCE) {
      sequence.set(best);
      since = 0;
    }
    dynasearch.kick(sequence);
  }
  return best;
}

/** A random walk over lists: move one task to another place, keep it unless it is worse. */
function walkLists(
  problem: FlatProblem,
  tasks: readonly TardinessTask[],
  starts: Int32Array,
  budget: Budget,
  random: Random,
): Int32Array | null {
  const scheduler = new FlatScheduler(problem);
  const score = (): TardinessScore => tardinessOf(tasks, (index) => scheduler.ends[index] ?? 0);
  const order = [...tasks.keys()].sort(
    (left, right) => (starts[left] ?? 0) - (starts[right] ?? 0) || left - right,
  );
  const keys = new Float64Array(tasks.length);
  const schedule = (list: readonly number[]): boolean => {
    for (const [position, index] of list.entries()) keys[index] = position;
    return scheduler.schedule(keys, 0) !== Infinity;
  };
  if (!budget.take(1) || !schedule(order)) return null;
  let list = order;
  let current = score();
  let best = scheduler.starts.slice();
  while (current.some((sum) => sum > 0) && budget.take(1)) {
    const trial = [...list];
    const [moved] = trial.splice(random.below(trial.length), 1);
    if (moved !== undefined) trial.splice(random.below(trial.length + 1), 0, moved);
    if (!schedule(trial)) continue;
    const next = score();
    if (compareTardiness(next, current) > 0) continue;
    if (compareTardiness(next, current) < 0) best = scheduler.starts.slice();
    list = trial;
    current = next;
  }
  return best;
}
