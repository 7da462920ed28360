/**
 * Percentiles by nearest rank: the smallest value with at least that share of all values at or below it. Always a value
 * that was measured, never an interpolation (Hyndman and Fan 1996, definition 1).
 */

/**
 * @param ascending  sorted values
 * @param percent  above 0 and at most 100
 * @returns null when there are no values
 */
export function percentile(ascending: readonly number[], percent: number): number | null {
  const rank = Math.ceil((percent * ascending.length) / 100);
  return ascending[rank - 1] ?? null;
}

export const MEDIAN = 50;
export const P90 = 90;
