/**
 * Finding bookings that overlap a window with plain index searches. Bookings are sorted into classes by length, each
 * four times as long as the one before; a booking of a class whose longest is L overlaps [from, to) only if it starts
 * in (from − L, to), which one index range answers. Nothing long makes searching the short ones slower.
 * (A B-tree form of interval lists; an R*Tree keeps 32-bit coordinates, which instants outgrow.)
 */

/** Longest length of each class in seconds, class 1 first: 17 minutes to 136 years. Class 0 has no end yet. */
export const SPAN_CLASS_SECONDS: readonly number[] = Array.from(
  { length: 12 },
  (_, index) => 4 ** (index + 5),
);

/** Class 0 is searched from here back: longer than any ledger. */
const UNBOUNDED_SECONDS = 10 ** 11;

/** Rows `(class, seconds)` for a `VALUES` list, class 0 included. */
export const SPAN_CLASS_VALUES = [UNBOUNDED_SECONDS, ...SPAN_CLASS_SECONDS]
  .map((seconds, index) => `(${index}, ${seconds})`)
  .join(', ');

export interface Span {
  readonly start: number;
  /** Null while it runs. */
  readonly end: number | null;
  readonly spanClass: number;
}

/** @throws RangeError when it is longer than the longest class */
function classOf(lengthSeconds: number): number {
  const index = SPAN_CLASS_SECONDS.findIndex((longest) => lengthSeconds <= longest);
  if (index < 0) throw new RangeError(`a booking of ${lengthSeconds} seconds is longer than any class`);
  return index + 1;
}

export interface Windows {
  readonly plannedStart: number | null;
  readonly plannedEnd: number | null;
  readonly actualStart: number | null;
  readonly actualEnd: number | null;
}

/** The hull of the planned and the actual window. @throws RangeError when there is neither */
export function spanOf(windows: Windows): Span {
  const starts = [windows.plannedStart, windows.actualStart].filter((value) => value !== null);
  const start = Math.min(...starts);
  if (!Number.isSafeInteger(start)) throw new RangeError('a booking has a planned or an actual window');
  if (windows.actualStart !== null && windows.actualEnd === null) return { start, end: null, spanClass: 0 };
  const end = Math.max(...[windows.plannedEnd, windows.actualEnd].filter((value) => value !== null));
  return { start, end, spanClass: classOf(end - start) };
}
