/**
 * How a treap's nodes lie in one typed array, and the priorities they get. Shared layout, no behaviour.
 */

/** A node is eight cells side by side, one cache line; it is named by the index of its first cell. */
export const STRIDE = 8;
export const KEY = 0;
export const VALUE = 1;
export const ADD = 2;
export const LOW = 3;
export const HIGH = 4;
export const LEFT = 5;
export const RIGHT = 6;
export const PRIORITY = 7;
/** The node that stands for no node. */
export const NONE = 0;

/**
 * A bijective integer mixer (Wellons, "lowbias32", 2018): spreads a counter over 32 bits, the same on any machine.
 * @returns a whole number in [0, 2^32)
 */
export function mix(counter: number): number {
  let x = counter | 0;
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return (x ^ (x >>> 16)) >>> 0;
}
