/**
 * Step functions as shapes. Pure arithmetic from series in seconds and thousandths to pixels; components only draw what
 * it answers. A series is ascending; each step holds until the next one, the last until the end of the window, and
 * before the first the value is 0. Lines are stepped, never smoothed; edges stand on whole pixels.
 */

/** A value from `at` on: seconds and thousandths, in the same form as the bridge gives them. */
export interface Step {
  readonly at: number;
  readonly milli: number;
}

/** Maps a window of time to x and thousandths to y; both linear, y downwards. */
export interface Frame {
  readonly from: number;
  readonly until: number;
  readonly width: number;
  /** Thousandths drawn at `top`; 0 is drawn at `bottom`. */
  readonly topMilli: number;
  readonly top: number;
  readonly bottom: number;
}

/** A stretch of constant value, [from, until). */
export interface Stretch {
  readonly from: number;
  readonly until: number;
  readonly milli: number;
}

/** x of an instant, held within the frame. */
export function xOf(frame: Frame, at: number): number {
  const span = Math.max(1, frame.until - frame.from);
  return ((Math.min(frame.until, Math.max(frame.from, at)) - frame.from) / span) * frame.width;
}

export function yOf(frame: Frame, milli: number): number {
  const share = frame.topMilli === 0 ? 0 : milli / frame.topMilli;
  return frame.bottom - share * (frame.bottom - frame.top);
}

/** The instant under a pixel. */
export function instantAt(frame: Frame, x: number): number {
  const share = Math.min(1, Math.max(0, x / Math.max(1, frame.width)));
  return Math.round(frame.from + share * (frame.until - frame.from));
}

/** The value at an instant. */
export function valueAt(steps: readonly Step[], at: number): number {
  let milli = 0;
  for (const step of steps) {
    if (step.at > at) break;
    milli = step.milli;
  }
  return milli;
}

/** The stretches of a series within [from, until); equal neighbours are one. */
export function stretches(steps: readonly Step[], from: number, until: number): Stretch[] {
  const result: Stretch[] = [];
  let start = from;
  let milli = 0;
  for (const step of [...steps, { at: until, milli: Number.NaN }]) {
    if (step.milli === milli && step.at < until) continue;
    const end = Math.min(until, Math.max(from, step.at));
    if (start < end) result.push({ from: start, until: end, milli });
    start = end;
    milli = step.milli;
    if (step.at >= until) break;
  }
  return result;
}

/** Both series' values at every instant at which either steps; one pass. */
export function combined(
  left: readonly Step[],
  right: readonly Step[],
  combine: (left: number, right: number) => number,
): Step[] {
  const instants = [...new Set([...left, ...right].map((step) => step.at))].sort((a, b) => a - b);
  let leftIndex = -1;
  let rightIndex = -1;
  return instants.map((at) => {
    while ((left[leftIndex + 1]?.at ?? Infinity) <= at) leftIndex += 1;
    while ((right[rightIndex + 1]?.at ?? Infinity) <= at) rightIndex += 1;
    return { at, milli: combine(left[leftIndex]?.milli ?? 0, right[rightIndex]?.milli ?? 0) };
  });
}

/** The sum of two series. */
export const stacked = (lower: readonly Step[], upper: readonly Step[]): Step[] =>
  combined(lower, upper, (left, right) => left + right);

/** The smaller of two series. */
export const lesser = (left: readonly Step[], right: readonly Step[]): Step[] =>
  combined(left, right, Math.min);

/** The largest value within a window. */
export function peak(steps: readonly Step[], from: number, until: number): number {
  return stretches(steps, from, until).reduce((most, stretch) => Math.max(most, stretch.milli), 0);
}

/** A series up to an instant, where it drops to zero. */
export function before(steps: readonly Step[], at: number): Step[] {
  const kept = steps.filter((step) => step.at < at);
  return kept.length === 0 ? [] : [...kept, { at, milli: 0 }];
}

/** A series from an instant on, beginning with its value there. */
export function since(steps: readonly Step[], at: number): Step[] {
  return [{ at, milli: valueAt(steps, at) }, ...steps.filter((step) => step.at > at)];
}

/**
 * An open stepped line from the later of the frame's start and `from`. Half pixels keep a one-pixel stroke sharp.
 */
export function linePath(frame: Frame, steps: readonly Step[], from = frame.from): string {
  return stretches(steps, Math.max(from, frame.from), frame.until)
    .map((stretch, index) => {
      const y = Math.round(yOf(frame, stretch.milli)) + 0.5;
      const left = Math.round(xOf(frame, stretch.from));
      return `${index === 0 ? 'M' : 'L'}${left} ${y}H${Math.round(xOf(frame, stretch.until))}`;
    })
    .join('');
}

/**
 * A stepped line only where the series is above zero, coming up from the base line and going down to it: what is
 * closed or free has no line at all.
 */
export function outlinePath(frame: Frame, steps: readonly Step[], from = frame.from): string {
  const pieces = stretches(steps, Math.max(from, frame.from), frame.until);
  const base = Math.round(frame.bottom) + 0.5;
  return pieces
    .map((piece, index) => {
      if (piece.milli === 0) return '';
      const previous = pieces[index - 1];
      const y = Math.round(yOf(frame, piece.milli)) + 0.5;
      const left = Math.round(xOf(frame, piece.from));
      const start =
        previous === undefined ? `M${left} ${y}` : previous.milli === 0 ? `M${left} ${base}V${y}` : `V${y}`;
      const end = pieces[index + 1]?.milli === 0 ? `V${base}` : '';
      return `${start}H${Math.round(xOf(frame, piece.until))}${end}`;
    })
    .join('');
}

/** A stepped line above zero only, without the strokes down to the base: what stands beside a drawn ground. */
export function ceilingPath(frame: Frame, steps: readonly Step[]): string {
  const pieces = stretches(steps, frame.from, frame.until);
  return pieces
    .map((piece, index) => {
      if (piece.milli === 0) return '';
      const y = Math.round(yOf(frame, piece.milli)) + 0.5;
      const isJoined = (pieces[index - 1]?.milli ?? 0) > 0;
      const start = isJoined ? `V${y}` : `M${Math.round(xOf(frame, piece.from))} ${y}`;
      return `${start}H${Math.round(xOf(frame, piece.until))}`;
    })
    .join('');
}

/**
 * The area between two series, one rectangle per stretch, so that where the upper is not above the lower nothing is
 * drawn.
 * @param lower  what it stands on; the base line when omitted
 */
export function areaPath(frame: Frame, upper: readonly Step[], lower: readonly Step[] = []): string {
  const heights = combined(upper, lower, (top, bottom) => Math.max(0, top - bottom));
  const bases = combined(upper, lower, (_top, bottom) => bottom);
  let path = '';
  for (const [index, { at, milli }] of heights.entries()) {
    const left = Math.round(xOf(frame, at));
    const right = Math.round(xOf(frame, heights[index + 1]?.at ?? frame.until));
    if (milli === 0 || left === right) continue;
    const base = bases[index]?.milli ?? 0;
    const top = Math.round(yOf(frame, base + milli));
    path += `M${left} ${top}H${right}V${Math.round(yOf(frame, base))}H${left}Z`;
  }
  return path;
}
