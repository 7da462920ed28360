/** Which rows of a long list are in sight: arithmetic over a fixed row height, so that 100,000 rows cost as much as 40. */

export interface Sight {
  readonly scrollTop: number;
  readonly viewHeight: number;
  readonly rowHeight: number;
  readonly count: number;
}

/** @returns first row and the row after the last, both within the list */
export function rowsInSight(sight: Sight): { readonly first: number; readonly end: number } {
  const { scrollTop, viewHeight, rowHeight, count } = sight;
  const shown = Math.ceil(viewHeight / rowHeight) + 1;
  const top = Math.min(Math.floor(Math.max(0, scrollTop) / rowHeight), Math.max(0, count - shown));
  return { first: top, end: Math.min(count, top + shown) };
}

/** The scroll position that brings a row fully into sight, or the present one when it already is. */
export function scrolledTo(
  index: number,
  sight: Pick<Sight, 'scrollTop' | 'viewHeight' | 'rowHeight'>,
): number {
  const top = index * sight.rowHeight;
  if (top < sight.scrollTop) return top;
  return Math.max(sight.scrollTop, top + sight.rowHeight - sight.viewHeight);
}
