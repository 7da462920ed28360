/**
 * How a treap of chunks lies in typed arrays, and the priorities its nodes get. Shared layout, no behaviour.
 */

/**
 * Breakpoints that one node holds at most, ascending: neighbours in time are neighbours in memory. Fewer make a single
 * change a little cheaper and the growth from 1,000 to 100,000 steeper, because a deeper tree leaves the caches.
 */
export const CHUNK = 512;
/** A node is so many cells side by side; node i begins at i × STRIDE, its breakpoints at i × CHUNK. */
export const STRIDE = 11;
/** Time of the node's first breakpoint. */
export const KEY = 0;
/** Breakpoints held. */
export const COUNT = 1;
/** Added to the whole subtree, its own breakpoints included, but not yet passed on. */
export const ADD = 2;
/** Smallest and largest value of the subtree, what is not yet passed on included. */
export const LOW = 3;
export const HIGH = 4;
/** Smallest and largest of the node's own values as they stand in the array. */
export const OWN_LOW = 5;
export const OWN_HIGH = 6;
export const LEFT = 7;
export const RIGHT = 8;
export const PRIORITY = 9;
/** Time of the node's last breakpoint. */
export const LAST = 10;
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
