/**
 * Walks one pool over time, O(n log n): where more is held than there is, and where one named unit is held twice. Says
 * only that it is so; whether entries explain it is for `prove-capacity.ts`.
 */
import type { Held } from './held.ts';

/** Capacity from `at` on, ascending; the first step at or before everything held. */
export interface Step {
  readonly at: number;
  readonly capacityMilli: number;
}

/** A stretch of one set of holds, [from, until). */
export interface Clash {
  readonly from: number;
  readonly until: number;
  /** Thousandths too much; a whole unit where one is held twice. */
  readonly excessMilli: number;
  /** The unit that is held twice; null where it is the pool. */
  readonly unitId: string | null;
  readonly holds: readonly Held[];
}

export function* findClashes(holds: readonly Held[], capacity: readonly Step[]): Generator<Clash> {
  yield* aboveCapacity(holds, capacity);
  yield* heldTwice(holds);
}

function* aboveCapacity(holds: readonly Held[], capacity: readonly Step[]): Generator<Clash> {
  const starts = holds.toSorted((left, right) => left.start - right.start);
  const ends = holds.toSorted((left, right) => left.end - right.end);
  const active = new Set<Held>();
  let load = 0;
  let [nextStart, nextEnd, nextStep] = [0, 0, 0];
  let capacityMilli = 0;
  while (nextEnd < ends.length) {
    const at = Math.min(
      starts[nextStart]?.start ?? Infinity,
      ends[nextEnd]?.end ?? Infinity,
      capacity[nextStep]?.at ?? Infinity,
    );
    for (let one = ends[nextEnd]; one?.end === at; one = ends[(nextEnd += 1)]) {
      active.delete(one);
      load -= one.rateMilli;
    }
    for (let one = starts[nextStart]; one?.start === at; one = starts[(nextStart += 1)]) {
      active.add(one);
      load += one.rateMilli;
    }
    for (let step = capacity[nextStep]; step?.at === at; step = capacity[(nextStep += 1)]) {
      ({ capacityMilli } = step);
    }
    if (load <= capacityMilli) continue;
    const until = Math.min(
      starts[nextStart]?.start ?? Infinity,
      ends[nextEnd]?.end ?? Infinity,
      capacity[nextStep]?.at ?? Infinity,
    );
    yield { from: at, until, excessMilli: load - capacityMilli, unitId: null, holds: [...active] };
  }
}

function* heldTwice(holds: readonly Held[]): Generator<Clash> {
  for (const [unitId, own] of byUnit(holds)) {
    let longest: Held | null = null;
    for (const hold of own.toSorted((left, right) => left.start - right.start)) {
      if (longest !== null && hold.start < longest.end && hold.taskKey !== longest.taskKey) {
        const until = Math.min(hold.end, longest.end);
        yield { from: hold.start, until, excessMilli: 1000, unitId, holds: [longest, hold] };
      }
      if (longest === null || hold.end > longest.end) longest = hold;
    }
  }
}

const NO_UNITS = '[]';

function byUnit(holds: readonly Held[]): Map<string, Held[]> {
  const units = new Map<string, Held[]>();
  const known = new Map<string, readonly string[]>();
  for (const hold of holds) {
    if (hold.unitIds === NO_UNITS) continue;
    const ids = known.get(hold.unitIds) ?? (JSON.parse(hold.unitIds) as string[]); // written from a checked payload
    known.set(hold.unitIds, ids);
    for (const id of ids) {
      const own = units.get(id);
      if (own) own.push(hold);
      else units.set(id, [hold]);
    }
  }
  return units;
}
