/**
 * Which counts of persons are too few to be told, alone and among others: so that no difference of what a file shows
 * gives one of them back. Decisions 0151 and 0320.
 */
import type { Ratio } from '../../shared/domain/report.ts';
import { isTold, toldRows } from './told-sums.ts';

/** Fewer persons than this are not told. */
export const SMALLEST_COUNT = 5;

/** What a file shows or hides as one: a count, or the parts of one (those in time, and the rest). */
export interface CountCell {
  readonly counts: readonly number[];
  /** Whether it may be hidden, and has to be where it is small. */
  readonly isOfPersons: boolean;
  /** It has to go for another reason. */
  readonly hasToGo?: boolean;
}

/**
 * Cells, by their places, that add up to as much as others do: a row of a table to its total, a table to another one.
 * Without others their total may be known from elsewhere, and is taken to be.
 */
export interface Balance {
  readonly parts: readonly number[];
  readonly wholes: readonly number[];
}

/**
 * Which cells have to go so that none of one to four can be told: all of those, and then, where they are told by a
 * balance or by several together, the smallest others until at least two are gone and they hide at least five together.
 * Wholes go first: they tell least.
 */
export function hiddenAmong(cells: readonly CountCell[], balances: readonly Balance[]): boolean[] {
  const hidden = cells.map(
    ({ counts, isOfPersons, hasToGo = false }) => hasToGo || (isOfPersons && counts.some(isSmall)),
  );
  const smallestOf = (places: readonly number[]): number | undefined =>
    places
      .filter((place) => cells[place]?.isOfPersons && !hidden[place] && sizeOf(cells[place]) > 0)
      .sort((left, right) => sizeOf(cells[left]) - sizeOf(cells[right]) || left - right)[0];
  const hideOne = (among: readonly Balance[]): boolean => {
    const place =
      smallestOf(among.flatMap(({ wholes }) => wholes)) ?? smallestOf(among.flatMap(({ parts }) => parts));
    if (place !== undefined) hidden[place] = true;
    return place !== undefined;
  };
  for (const balance of balances) while (tellsAlone(cells, hidden, balance) && hideOne([balance]));
  for (;;) {
    const told = toldTogether(cells, hidden, balances);
    const touching = balances.filter(({ parts, wholes }) =>
      [...parts, ...wholes].some((place) => told.has(place)),
    );
    if (told.size === 0 || !hideOne(touching)) return hidden;
    for (const balance of balances) while (tellsAlone(cells, hidden, balance) && hideOne([balance]));
  }
}

/**
 * The same for the cells of one group.
 * @param hasToGo  cells that have to go for another reason, in the same order
 */
export function hiddenCells(counts: readonly number[], hasToGo: readonly boolean[] = []): boolean[] {
  const cells = counts.map((count, place) => ({
    counts: [count],
    isOfPersons: true,
    hasToGo: hasToGo[place] ?? false,
  }));
  return hiddenAmong(cells, [{ parts: [...counts.keys()], wholes: [] }]);
}

function sizeOf(cell: CountCell | undefined): number {
  return cell?.counts.reduce((sum, count) => sum + count, 0) ?? 0;
}

/** Whether one side of a balance is all that it hides, and too little. */
function tellsAlone(
  cells: readonly CountCell[],
  hidden: readonly boolean[],
  { parts, wholes }: Balance,
): boolean {
  const [ofParts, ofWholes] = [parts, wholes].map((places) => places.filter((place) => hidden[place]));
  if (!ofParts || !ofWholes || ofParts.length > 0 === ofWholes.length > 0) return false;
  return hidesTooLittle(cells, ofParts.length > 0 ? ofParts : ofWholes);
}

function hidesTooLittle(cells: readonly CountCell[], places: readonly number[]): boolean {
  const own = places.map((place) => cells[place]?.counts ?? []);
  const holding = own.filter((counts) => counts.some((count) => count > 0));
  if (holding.length < 2) return holding.length > 0;
  return (own[0] ?? []).some((_, at) => isSmall(own.reduce((sum, counts) => sum + (counts[at] ?? 0), 0)));
}

/** Hidden cells that all balances together tell, each or as a sum of too few. */
function toldTogether(
  cells: readonly CountCell[],
  hidden: readonly boolean[],
  balances: readonly Balance[],
): ReadonlySet<number> {
  const rows = balances.map(({ parts, wholes }) => {
    const row = new Map<number, number>();
    for (const place of parts) if (hidden[place]) row.set(place, 1);
    for (const place of wholes) if (hidden[place]) row.set(place, -1);
    return row;
  });
  const told = toldRows(rows).filter((row) => isTold(row) && hidesTooLittle(cells, [...row.keys()]));
  return new Set(told.flatMap((row) => [...row.keys()]));
}

export function isSmall(count: number): boolean {
  return count > 0 && count < SMALLEST_COUNT;
}

/** A part of so few, the rest of so few, or both together of so few. */
export function tellsFew({ numerator, denominator }: Ratio): boolean {
  return isSmall(numerator) || isSmall(denominator - numerator) || isSmall(denominator);
}

export function withoutFew(ratio: Ratio | null): Ratio | null {
  return ratio && tellsFew(ratio) ? null : ratio;
}
