/**
 * Peak crossover (Valls, Ballestín & Quintanilla 2008): of a few random stretches of the father's schedule the busiest
 * is kept together; the mother decides what comes before and what comes after it.
 */
/* eslint-disable @typescript-eslint/no-non-null-assertion -- typed arrays read inside their bounds only */
import type { FlatProblem } from './flat-problem.ts';
import type { Random } from './random.ts';
import type { Individual } from './population.ts';

const TRIES = 6;
/** A stretch is between a tenth and four tenths of the father's schedule. */
const SHORTEST_PERCENT = 10;
const VARIED_PERCENT = 30;
/** Moves a key past every other one. */
const FAR = 1e9;

interface Peak {
  readonly from: number;
  readonly until: number;
}

/** Per task, the sum over its rows of rate ÷ the most that is ever free: how much it fills a stretch it runs in. */
export function workDensity(problem: FlatProblem): Float64Array {
  const most = new Float64Array(problem.rows).fill(1);
  for (const [index, free] of problem.eventFree.entries()) {
    const row = index % problem.rows;
    if (free > most[row]!) most[row] = free;
  }
  const density = new Float64Array(problem.count);
  for (let task = 0; task < problem.count; task++) {
    for (let need = problem.needRows.first[task]!; need < problem.needRows.first[task + 1]!; need++) {
      density[task]! += problem.needRates[need]! / most[problem.needRows.items[need]!]!;
    }
  }
  return density;
}

/** Writes the child's keys, for scheduling in the direction opposite to its parents': last ends first. */
export function peakCrossover(
  father: Individual,
  mother: Individual,
  density: Float64Array,
  random: Random,
  keys: Float64Array,
): void {
  const { from, until } = peakOf(father, density, random);
  for (let task = 0; task < keys.length; task++) {
    const own = father.ends[task]!;
    if (own > from && own <= until) {
      keys[task] = -own;
      continue;
    }
    const hers = mother.ends[task]!;
    const isBefore = hers <= from || (hers <= until && own <= from);
    keys[task] = isBefore ? FAR - hers : -FAR - hers;
  }
}

function peakOf({ starts, ends }: Individual, density: Float64Array, random: Random): Peak {
  let first = Infinity;
  let last = 0;
  for (let task = 0; task < starts.length; task++) {
    first = Math.min(first, starts[task]!);
    last = Math.max(last, ends[task]!);
  }
  const span = last - first;
  const part = (percent: number): number => Math.max(1, Math.floor((span * percent) / 100));
  const length = Math.floor((span * SHORTEST_PERCENT) / 100) + random.below(part(VARIED_PERCENT)) || 1;
  let best: Peak = { from: first, until: first + length };
  let most = -1;
  for (let tries = 0; tries < TRIES; tries++) {
    const from = first + random.below(Math.max(1, span - length));
    const until = from + length;
    let work = 0;
    for (let task = 0; task < starts.length; task++) {
      const overlap = Math.min(until, ends[task]!) - Math.max(from, starts[task]!);
      if (overlap > 0) work += overlap * density[task]!;
    }
    if (work > most) [best, most] = [{ from, until }, work];
  }
  return best;
}
