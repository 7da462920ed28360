/**
 * The units every figure of the product is kept in: thousandths of a pool's unit, seconds, and their product.
 * Owns the branded number types and their checking constructors. Never rounds silently: a value that is not a
 * safe integer is a fault of the caller and throws. Floats exist only on screens.
 */

declare const milliBrand: unique symbol;
declare const secondsBrand: unique symbol;
declare const instantBrand: unique symbol;
declare const workBrand: unique symbol;

/** Thousandths of a pool's unit: a rate, a load or a capacity. 1500 is one and a half rooms. */
export type Milli = number & { readonly [milliBrand]: true };
/** A duration in whole seconds. */
export type Seconds = number & { readonly [secondsBrand]: true };
/** An instant in whole seconds since the Unix epoch, UTC. */
export type Instant = number & { readonly [instantBrand]: true };
/** Work: thousandth-unit · seconds. One room for an hour is 3 600 000. */
export type Work = number & { readonly [workBrand]: true };

function checkedInteger(value: number, name: string): number {
  if (!Number.isSafeInteger(value)) throw new RangeError(`${name} must be a safe integer, got ${value}`);
  return value;
}

/** @throws RangeError unless `value` is a safe integer */
export function milli(value: number): Milli {
  return checkedInteger(value, 'milli') as Milli; // checked on this line
}

/** @throws RangeError unless `value` is a safe integer */
export function seconds(value: number): Seconds {
  return checkedInteger(value, 'seconds') as Seconds; // checked on this line
}

/** @throws RangeError unless `value` is a safe integer */
export function instant(value: number): Instant {
  return checkedInteger(value, 'instant') as Instant; // checked on this line
}

/** @throws RangeError unless `value` is a safe integer */
export function work(value: number): Work {
  return checkedInteger(value, 'work') as Work; // checked on this line
}

/** Rate held for a duration, exactly. */
export function workOf(rate: Milli, duration: Seconds): Work {
  return work(rate * duration);
}

/** The instant `duration` after `start`. */
export function after(start: Instant, duration: Seconds): Instant {
  return instant(start + duration);
}

/** Seconds from `start` to `end`; negative when `end` comes first. */
export function between(start: Instant, end: Instant): Seconds {
  return seconds(end - start);
}

/**
 * The rate that does `amountMilli` (thousandths of a unit) of work over a divisible pool within `duration`, where the
 * amount is counted in unit·hours per hour: amount / time, rounded **up** to the next thousandth, so that the books
 * never under-reserve.
 * @param amountMilliSeconds  work in thousandth-unit·seconds
 * @throws RangeError when the duration is not positive
 */
export function rateOfAmount(amountMilliSeconds: Work, duration: Seconds): Milli {
  if (duration <= 0) throw new RangeError('duration must be positive');
  return milli(Math.ceil(amountMilliSeconds / duration));
}

export const MINUTE = 60;
export const HOUR = 3600;
export const DAY = 86_400;
