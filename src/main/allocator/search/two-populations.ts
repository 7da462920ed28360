/**
 * Search for short schedules: a genetic algorithm over two populations (Debels & Vanhoucke 2005), one of schedules made
 * forwards and one of schedules made backwards. Every child is made in the direction opposite to its parents', so that
 * each generation is at once crossover and forward-backward improvement (Tormos & Lova 2001) at one schedule a child.
 * Crossover keeps one parent's busiest stretch (peak crossover, Valls, Ballestín & Quintanilla 2008). A child takes the
 * place of the worst, unless one like it is there already. Deterministic for a seed; the best forward schedule so far
 * can be had at any time.
 */
/* eslint-disable @typescript-eslint/no-non-null-assertion -- typed arrays read inside their bounds only */
import type { Budget } from './control.ts';
import type { FlatProblem } from './flat-problem.ts';
import { mirrored, tailLengths } from './flat-problem.ts';
import { FlatScheduler } from './flat-scheduler.ts';
import { peakCrossover, workDensity } from './peak-crossover.ts';
import type { Individual, Measure, Score } from './population.ts';
import { admit, compare } from './population.ts';
import type { Random } from './random.ts';
import { sampleKeys } from './sampling.ts';

const POPULATION_MIN = 16;
const POPULATION_MAX = 200;
/** A gene changes places with a random other one in (this ÷ genes²) of 1000 cases: the larger, the more it upsets. */
const MUTATION_FACTOR = 20_000;
const MUTATION_PER_MILLE_MAX = 60;
/** A parent beside the one whose turn it is: the best of so many at random. */
const CONTENDERS = 2;
/** Lookaheads are drawn in this many steps up to the widest, … */
const LOOKAHEAD_STEPS = 1000;
/** … which is the mean duration where keys are times, and so many places where they are places of a list. */
const LOOKAHEAD_PLACES = 5;

function sumOf(values: Int32Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}

/** Two thirds of the root of the budget: more generations than individuals. */
function populationFor(budget: number): number {
  let root = 1;
  while ((root + 1) * (root + 1) <= budget) root++;
  return Math.max(POPULATION_MIN, Math.min(POPULATION_MAX, Math.floor((root * 2) / 3)));
}

export class TwoPopulations {
  readonly #problem: FlatProblem;
  readonly #measure: Measure;
  readonly #random: Random;
  readonly #forward: FlatScheduler;
  readonly #backward: FlatScheduler;
  readonly #keys: Float64Array;
  readonly #density: Float64Array;
  readonly #mutationPerMille: number;
  readonly #bound: number;
  readonly #meanDuration: number;
  #best: Individual | null = null;

  /** @param bound  no schedule's first score is below it; search ends when it is reached. −Infinity for none */
  constructor(problem: FlatProblem, measure: Measure, random: Random, bound: number) {
    this.#bound = bound;
    const perMille = Math.floor(MUTATION_FACTOR / (problem.count * problem.count));
    this.#mutationPerMille = Math.max(1, Math.min(MUTATION_PER_MILLE_MAX, perMille));
    this.#problem = problem;
    this.#measure = measure;
    this.#random = random;
    this.#forward = new FlatScheduler(problem);
    this.#backward = new FlatScheduler(mirrored(problem));
    this.#keys = new Float64Array(problem.count);
    this.#density = workDensity(problem);
    this.#meanDuration = sumOf(problem.durations) / Math.max(1, problem.count);
  }

  /** Searches until the grant is used up; returns the best starts so far, or null when no schedule was complete. */
  run(budget: Budget): Int32Array | null {
    const forwards: Individual[] = [];
    const backwards: Individual[] = [];
    this.#found(forwards, budget, populationFor(budget.granted));
    for (const individual of forwards) {
      for (let task = 0; task < this.#problem.count; task++) this.#keys[task] = -individual.ends[task]!;
      const child = this.#make(false, budget);
      if (child) backwards.push(child);
    }
    while (this.#breed(backwards, forwards, true, budget) && this.#breed(forwards, backwards, false, budget));
    return this.#best?.starts ?? null;
  }

  /** The first population: the critical-path rule itself, then samples biased by it; best first. */
  #found(population: Individual[], budget: Budget, size: number): void {
    const tails = tailLengths(this.#problem);
    for (let tries = 0; population.length < size && tries < 2 * size; tries++) {
      if (tries === 0) this.#keys.set(tails.map((tail) => -tail));
      else sampleKeys(this.#problem, tails, this.#random, this.#keys);
      const individual = this.#make(true, budget, tries === 0 ? this.#meanDuration : LOOKAHEAD_PLACES);
      if (individual) population.push(individual);
    }
    population.sort(compare);
  }

  /** One child for each individual of `from`; false when the budget is used up. */
  #breed(from: readonly Individual[], into: Individual[], isForward: boolean, budget: Budget): boolean {
    const size = Math.min(from.length, into.length);
    if (size < 2) return false;
    for (let place = 0; place < size; place++) {
      const one = from[place]!;
      const other = from[this.#partner(from, place)]!;
      const isSwapped = this.#random.below(2) === 0;
      const [father, mother] = isSwapped ? [other, one] : [one, other];
      peakCrossover(father, mother, this.#density, this.#random, this.#keys);
      this.#mutate();
      const child = this.#make(isForward, budget);
      if (child) admit(child, into);
      else if (this.#isOptimal() || !budget.isOpen) return false;
    }
    return true;
  }

  /** The best of a few at random, never the one at `place` itself. */
  #partner(from: readonly Individual[], place: number): number {
    let better = this.#random.below(from.length);
    for (let drawn = 1; drawn < CONTENDERS; drawn++) {
      const next = this.#random.below(from.length);
      if (compare(from[next]!, from[better]!) < 0) better = next;
    }
    return better === place ? (better + 1) % from.length : better;
  }

  #mutate(): void {
    const { count } = this.#problem;
    for (let task = 0; task < count; task++) {
      if (this.#random.below(1000) >= this.#mutationPerMille) continue;
      const other = this.#random.below(count);
      const key = this.#keys[task]!;
      this.#keys[task] = this.#keys[other]!;
      this.#keys[other] = key;
    }
  }

  #isOptimal(): boolean {
    return this.#best !== null && this.#best.score[0] <= this.#bound;
  }

  /** One schedule from the keys; null when the optimum is found, the budget is used up or a task found no place. */
  #make(isForward: boolean, budget: Budget, widest = this.#meanDuration): Individual | null {
    if (this.#isOptimal() || !budget.take(1)) return null;
    const scheduler = isForward ? this.#forward : this.#backward;
    const lookahead = (this.#random.below(LOOKAHEAD_STEPS + 1) * widest) / LOOKAHEAD_STEPS;
    const length = scheduler.schedule(this.#keys, lookahead);
    if (length === Infinity) return null;
    const { starts, ends } = scheduler;
    const score: Score = isForward ? this.#measure(starts, ends) : [length, sumOf(starts), 0];
    const individual: Individual = { starts: starts.slice(), ends: ends.slice(), score };
    if (isForward && (this.#best === null || compare(individual, this.#best) < 0)) this.#best = individual;
    return individual;
  }
}
