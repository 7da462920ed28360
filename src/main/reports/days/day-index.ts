/** Finding the day of an instant among ascending days without a gap, by bisection. */
import type { LocalDay } from '../../../shared/local-time.ts';
import type { Span } from '../indicators/booked-spans.ts';

type Days = readonly Pick<LocalDay, 'start' | 'end'>[];

/** Index of the day that an instant lies in; −1 for one before or after all of them. */
export function dayIndexOf(days: Days, at: number): number {
  const index = lastStartedBy(days, at);
  return at < (days[index]?.end ?? -Infinity) ? index : -1;
}

/** The first day that a span touches and the one after the last; both the same for none. */
export function daysTouched(days: Days, { from, until }: Span): readonly [first: number, end: number] {
  const end = lastStartedBy(days, until - 1) + 1;
  const first = lastStartedBy(days, from);
  const isOver = first >= 0 && from >= (days[first]?.end ?? -Infinity);
  return [Math.min(end, Math.max(0, isOver ? first + 1 : first)), end];
}

/** −1 before the first. */
function lastStartedBy(days: Days, at: number): number {
  let [low, high] = [0, days.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((days[middle]?.start ?? Infinity) <= at) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
