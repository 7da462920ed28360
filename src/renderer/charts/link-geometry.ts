/**
 * The line from the end of one bar to the start of another, as a path of straight pieces: out of the earlier bar, down
 * or up to the later one's height, and into it with a head. Pure; pixels.
 */

/** A bar's box: its middle height, and from where to where it reaches. */
export interface LinkEnd {
  readonly left: number;
  readonly right: number;
  readonly middle: number;
  /** Half of the bar's height. */
  readonly half: number;
}

/** Out of a bar, and into the next, at least this far. */
const STUB = 8;
const HEAD = 4;

/** The line, without its head. A later bar that begins too close, or too early, is reached around it. */
export function linkPath(from: LinkEnd, to: LinkEnd): string {
  const [out, into] = [from.right + STUB, to.left - STUB];
  const start = `M${from.right} ${from.middle}`;
  const end = `H${to.left - HEAD}`;
  if (from.middle === to.middle && into >= from.right) return `${start} ${end}`;
  if (into >= out) return `${start} H${into} V${to.middle} ${end}`;
  const isBelow = to.middle >= from.middle;
  const between = isBelow ? from.middle + from.half + 3 : from.middle - from.half - 3;
  return `${start} H${out} V${between} H${into} V${to.middle} ${end}`;
}

/** The head, its point on the later bar's start. */
export function headPath({ left, middle }: LinkEnd): string {
  return `M${left} ${middle} l${-HEAD - 2} ${-HEAD} v${2 * HEAD} z`;
}
