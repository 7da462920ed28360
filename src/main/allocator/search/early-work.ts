/**
 * The utilization objective on flat schedules: the more work is done in the next 24 open hours, the less capacity is
 * idle while work waits; then makespan, then the sum of starts. With the objective `makespan` the first two change
 * places. A stand-in for `scorePlan`, which has the last word.
 */
import { DAY } from '../../../shared/units.ts';
import type { World } from '../world.ts';
import type { FlatProblem } from './flat-problem.ts';
import { listOf, tailLengths } from './flat-problem.ts';
import type { Measure } from './population.ts';

/** How a schedule of the problem is judged under the world's objective. */
export function earlyWork(world: World, problem: FlatProblem): Measure {
  const rates = Float64Array.from({ length: problem.count }, (_, task) => {
    const first = problem.needRows.first[task] ?? 0;
    return listOf(problem.needRows, task).reduce(
      (sum, _row, at) => sum + (problem.needRates[first + at] ?? 0),
      0,
    );
  });
  const end = dayEnd(problem);
  const isMakespanFirst = world.settings.objective === 'makespan';
  return (starts, ends) => {
    let makespan = 0;
    let sum = 0;
    let done = 0;
    for (let task = 0; task < problem.count; task++) {
      const start = starts[task] ?? 0;
      const finish = ends[task] ?? 0;
      if (finish > makespan) makespan = finish;
      sum += start;
      if (start < end) done += (rates[task] ?? 0) * (Math.min(end, finish) - start);
    }
    return isMakespanFirst ? [makespan, -done, sum] : [-done, makespan, sum];
  };
}

/** A makespan that no schedule can beat (release plus longest chain), or −Infinity under another objective. */
export function boundOf(world: World, problem: FlatProblem): number {
  if (world.settings.objective !== 'makespan') return -Infinity;
  const tails = tailLengths(problem);
  return tails.reduce((bound, tail, task) => Math.max(bound, (problem.releases[task] ?? 0) + tail), 0);
}

/** When 24 hours with anything free at all are over, in seconds from now. */
function dayEnd(problem: FlatProblem): number {
  let rest = DAY;
  for (const [event, from] of problem.eventTimes.entries()) {
    const until = problem.eventTimes[event + 1] ?? Infinity;
    const free = problem.eventFree.subarray(event * problem.rows, (event + 1) * problem.rows);
    if (!free.some((value) => value > 0)) continue;
    if (until - from >= rest) return from + rest;
    rest -= until - from;
  }
  return Infinity;
}
