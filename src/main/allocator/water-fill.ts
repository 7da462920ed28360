/**
 * Weighted max-min filling, exactly. Every user's level rises together, in proportion to its weight and measured as
 * dominant share (Ghodsi et al. 2011), between its minimum and its maximum; when a resource is full, whoever uses it
 * stays where it is and the others rise on (progressive filling, Bertsekas & Gallager 1992). All in exact fractions.
 */
import type { ExactRatio } from './exact-ratio.ts';
import { ZERO, compareRatios, difference, product, quotient, ratio, sum } from './exact-ratio.ts';

export interface FillUser {
  /** What one whole unit of level takes of each resource: integers, 0 for what it does not use. */
  readonly demand: readonly number[];
  /** Bounds of its level; the maximum is null where nothing but capacity bounds it. */
  readonly minimum: ExactRatio;
  readonly maximum: ExactRatio | null;
  /** Positive. */
  readonly weight: ExactRatio;
  /** Its dominant share when its level is one whole unit; positive. The same figure for all compares plain levels. */
  readonly dominant: ExactRatio;
}

interface Riser {
  readonly user: FillUser;
  /** Level per unit of the common tide: weight ÷ dominant demand. */
  readonly slope: ExactRatio;
  level: ExactRatio;
  isFixed: boolean;
}

/**
 * Each user's level, in the order of `users`.
 * @param capacities  per resource, integers; the minima together must fit (a fault of the caller otherwise)
 */
export function waterFill(capacities: readonly number[], users: readonly FillUser[]): readonly ExactRatio[] {
  const risers = users.map((user) => startOf(user, capacities));
  while (risers.some((riser) => !riser.isFixed)) {
    const tides = capacities.map((capacity, resource) => fullAt(capacity, resource, risers));
    const lowest = tides.reduce(smaller, null);
    for (const riser of risers) {
      if (riser.isFixed) continue;
      riser.level = lowest === null ? (riser.user.maximum ?? riser.level) : levelAt(riser, lowest);
      const isStopped = tides.some(
        (tide, resource) =>
          tide !== null &&
          lowest !== null &&
          compareRatios(tide, lowest) === 0 &&
          demandOf(riser, resource) > 0,
      );
      const isFull = riser.user.maximum !== null && compareRatios(riser.level, riser.user.maximum) >= 0;
      riser.isFixed = isStopped || isFull || lowest === null;
    }
  }
  return risers.map((riser) => riser.level);
}

function startOf(user: FillUser, capacities: readonly number[]): Riser {
  const slope = quotient(user.weight, user.dominant);
  const used = [...capacities.keys()].filter((resource) => (user.demand[resource] ?? 0) > 0);
  const isStuck = used.some((resource) => (capacities[resource] ?? 0) <= 0);
  const isFree = used.length === 0;
  return {
    user,
    slope,
    level: isFree ? (user.maximum ?? user.minimum) : user.minimum,
    isFixed: isStuck || isFree,
  };
}

function demandOf(riser: Riser, resource: number): number {
  return riser.user.demand[resource] ?? 0;
}

/** The level of a user when the common tide stands at `tide`. */
function levelAt({ user, slope }: Riser, tide: ExactRatio): ExactRatio {
  const level = product(slope, tide);
  if (compareRatios(level, user.minimum) < 0) return user.minimum;
  return user.maximum !== null && compareRatios(level, user.maximum) > 0 ? user.maximum : level;
}

/** The tide at which a resource is full, or null when it never is. */
function fullAt(capacity: number, resource: number, risers: readonly Riser[]): ExactRatio | null {
  const rising = risers.filter((riser) => !riser.isFixed && demandOf(riser, resource) > 0);
  if (rising.length === 0) return null;
  const turns = rising
    .flatMap(({ user, slope }) => [
      quotient(user.minimum, slope),
      user.maximum && quotient(user.maximum, slope),
    ])
    .filter((turn) => turn !== null)
    .sort(compareRatios);
  const fits = (tide: ExactRatio): boolean =>
    compareRatios(loadAt(resource, risers, tide), { numerator: BigInt(capacity), denominator: 1n }) <= 0;
  let low = 0;
  let high = turns.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (fits(turns[middle] ?? ZERO)) low = middle + 1;
    else high = middle;
  }
  const below = turns[low - 1] ?? ZERO;
  const isUnbounded = low === turns.length && rising.every((riser) => riser.user.maximum !== null);
  return isUnbounded ? null : solve(capacity, resource, risers, below);
}

/** Between two turns the load is a straight line: where it meets the capacity. */
function solve(capacity: number, resource: number, risers: readonly Riser[], below: ExactRatio): ExactRatio {
  let slope = ZERO;
  for (const riser of risers) {
    const { user } = riser;
    if (riser.isFixed || demandOf(riser, resource) === 0) continue;
    const isAboveMinimum = compareRatios(product(riser.slope, below), user.minimum) >= 0;
    const isBelowMaximum =
      user.maximum === null || compareRatios(product(riser.slope, below), user.maximum) < 0;
    if (isAboveMinimum && isBelowMaximum)
      slope = sum(slope, scaledBy(riser.slope, demandOf(riser, resource)));
  }
  const room = difference({ numerator: BigInt(capacity), denominator: 1n }, loadAt(resource, risers, below));
  if (slope.numerator === 0n || room.numerator <= 0n) return below;
  return sum(below, quotient(room, slope));
}

function loadAt(resource: number, risers: readonly Riser[], tide: ExactRatio): ExactRatio {
  return risers.reduce((load, riser) => {
    const demand = demandOf(riser, resource);
    if (demand === 0) return load;
    return sum(load, scaledBy(riser.isFixed ? riser.level : levelAt(riser, tide), demand));
  }, ZERO);
}

function scaledBy(value: ExactRatio, factor: number): ExactRatio {
  return ratio(value.numerator * BigInt(factor), value.denominator);
}

function smaller(left: ExactRatio | null, right: ExactRatio | null): ExactRatio | null {
  if (left === null || right === null) return left ?? right;
  return compareRatios(right, left) < 0 ? right : left;
}
