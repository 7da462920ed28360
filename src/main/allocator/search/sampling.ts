/**
 * Regret-based biased random sampling (Drexl 1991; Kolisch 1995) by latest finish: at every step one of the tasks whose
 * predecessors are done is drawn, the likelier the longer the chain of work behind it.
 */
/* eslint-disable @typescript-eslint/no-non-null-assertion -- typed arrays read inside their bounds only */
import type { FlatProblem } from './flat-problem.ts';
import type { Random } from './random.ts';

/** Draws are made among at most this many shares, so that their sum stays a small whole number. */
const SHARES_MAX = 1_000_000;

/** Writes a sampled list's positions as keys. @param tails  per task, the longest chain from its start */
export function sampleKeys(
  problem: FlatProblem,
  tails: Int32Array,
  random: Random,
  keys: Float64Array,
): void {
  const { count, predecessors, successors, durations } = problem;
  const missing = new Int32Array(count);
  const eligible: number[] = [];
  for (let task = 0; task < count; task++) {
    missing[task] = predecessors.first[task + 1]! - predecessors.first[task]!;
    if (missing[task] === 0) eligible.push(task);
  }
  const behind = durations.map((duration, task) => tails[task]! - duration);
  const scale = Math.max(
    1,
    Math.ceil((behind.reduce((most, value) => Math.max(most, value), 0) * count) / SHARES_MAX),
  );
  for (let position = 0; position < count; position++) {
    const at = draw(eligible, behind, scale, random);
    const task = eligible[at]!;
    eligible[at] = eligible.at(-1)!;
    eligible.pop();
    keys[task] = position;
    for (let index = successors.first[task]!; index < successors.first[task + 1]!; index++) {
      const next = successors.items[index]!;
      if (--missing[next]! === 0) eligible.push(next);
    }
  }
}

function draw(eligible: readonly number[], behind: Int32Array, scale: number, random: Random): number {
  let least = Infinity;
  for (const task of eligible) least = Math.min(least, behind[task]!);
  const share = (task: number): number => Math.floor((behind[task]! - least) / scale) + 1;
  let total = 0;
  for (const task of eligible) total += share(task);
  let drawn = random.below(total);
  for (const [at, task] of eligible.entries()) {
    drawn -= share(task);
    if (drawn < 0) return at;
  }
  return eligible.length - 1;
}
