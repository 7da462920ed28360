/**
 * Lengths of stacked parts on whole pixels: they always add up to the full length, and a part that exists is never
 * thinner than a hair, because "a little" and "none" are different statements.
 */

export interface BarPart<Key extends string = string> {
  readonly key: Key;
  /** Any common unit, not negative. */
  readonly value: number;
}

export interface BarPiece<Key extends string = string> extends BarPart<Key> {
  readonly start: number;
  readonly length: number;
}

const HAIR = 2;

/**
 * @param total   the value of the full length; at least the sum of the parts
 * @param length  pixels
 * @returns the parts that exist, in the order given, end to end
 */
export function barPieces<Key extends string>(
  parts: readonly BarPart<Key>[],
  total: number,
  length: number,
): BarPiece<Key>[] {
  const present = parts.filter((part) => part.value > 0);
  const wanted = present.map((part) => (total === 0 ? 0 : (part.value / total) * length));
  const widened = wanted.map((pixels) => Math.max(HAIR, pixels));
  const full = wanted.reduce((sum, pixels) => sum + pixels, 0);
  const over = widened.reduce((sum, pixels) => sum + pixels, 0) - full;
  const largest = wanted.indexOf(Math.max(...wanted));
  let position = 0;
  return present.map((part, index) => {
    const start = Math.round(position);
    position += (widened[index] ?? 0) - (index === largest ? over : 0);
    return { ...part, start, length: Math.round(position) - start };
  });
}
