/**
 * Exact non-negative fractions of whole numbers. The smallest form keeps its loads in them, so that taking away what
 * was added gives zero and not 1e-17. Owns parsing and the few operations it needs; never rounds and never sees a
 * float's drift, because a decimal number is read by its shortest decimal text.
 */

/** numerator ÷ denominator in lowest terms; the denominator is positive. */
export interface ExactRatio {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

export const ZERO: ExactRatio = { numerator: 0n, denominator: 1n };

function greatestCommonDivisor(left: bigint, right: bigint): bigint {
  let [a, b] = [left < 0n ? -left : left, right];
  while (b !== 0n) [a, b] = [b, a % b];
  return a;
}

/** @throws RangeError when the denominator is not positive */
export function ratio(numerator: bigint, denominator: bigint): ExactRatio {
  if (denominator <= 0n) throw new RangeError('a denominator must be positive');
  const divisor = greatestCommonDivisor(numerator, denominator);
  if (divisor <= 1n) return { numerator, denominator };
  return { numerator: numerator / divisor, denominator: denominator / divisor };
}

const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/;

/**
 * The exact fraction that a finite number is written as: 0.1 is one tenth, not its binary neighbour.
 * @returns null for a number that is not finite
 */
export function ratioOfNumber(value: number): ExactRatio | null {
  const parts = DECIMAL.exec(String(value));
  if (!parts) return null;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = parts;
  const shift = Number(exponent) - fraction.length;
  const digits = BigInt(`${sign}${whole}${fraction}`);
  return shift >= 0 ? ratio(digits * 10n ** BigInt(shift), 1n) : ratio(digits, 10n ** BigInt(-shift));
}

export function sum(left: ExactRatio, right: ExactRatio): ExactRatio {
  return ratio(
    left.numerator * right.denominator + right.numerator * left.denominator,
    left.denominator * right.denominator,
  );
}

export function difference(left: ExactRatio, right: ExactRatio): ExactRatio {
  return sum(left, { numerator: -right.numerator, denominator: right.denominator });
}

export function product(left: ExactRatio, right: ExactRatio): ExactRatio {
  return ratio(left.numerator * right.numerator, left.denominator * right.denominator);
}

/** @throws RangeError when the divisor is not positive */
export function quotient(left: ExactRatio, right: ExactRatio): ExactRatio {
  return ratio(left.numerator * right.denominator, left.denominator * right.numerator);
}

/** Negative, zero or positive, as `left` is smaller than, equal to or larger than `right`. */
export function compareRatios(left: ExactRatio, right: ExactRatio): number {
  const gap = left.numerator * right.denominator - right.numerator * left.denominator;
  return gap < 0n ? -1 : gap > 0n ? 1 : 0;
}

/** The nearest float, for screens; never to be added up. */
export function toFloat(value: ExactRatio): number {
  const whole = value.numerator / value.denominator;
  const rest = value.numerator % value.denominator;
  return Number(whole) + Number((rest * 10n ** 18n) / value.denominator) / 1e18;
}
