/** Which counts of persons are too few to be told, alone and among others whose total may be known. Decision 0151. */
import type { Ratio } from '../../shared/domain/report.ts';

/** Fewer persons than this are not told. */
export const SMALLEST_COUNT = 5;

/**
 * Which cells of a group have to go so that none of one to four can be told, not from the group's total either: all of
 * those, and then the smallest others until at least two are gone and they hide at least five together.
 * @param counts  of the group's cells, whose total may be known
 * @param hasToGo  cells that have to go for another reason, in the same order
 */
export function hiddenCells(counts: readonly number[], hasToGo: readonly boolean[] = []): boolean[] {
  const isHidden = counts.map((count, index) => isSmall(count) || hasToGo[index] === true);
  if (!isHidden.includes(true)) return isHidden;
  const others = [...counts.keys()]
    .filter((index) => !isHidden[index] && (counts[index] ?? 0) > 0)
    .sort((left, right) => (counts[left] ?? 0) - (counts[right] ?? 0) || left - right);
  for (const index of others) {
    const hidden = counts.filter((_, at) => isHidden[at]);
    const sum = hidden.reduce((total, count) => total + count, 0);
    if (hidden.length >= 2 && sum >= SMALLEST_COUNT) break;
    isHidden[index] = true;
  }
  return isHidden;
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
