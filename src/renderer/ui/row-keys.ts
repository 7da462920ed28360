/** Keyboard movement between the rows of a table; pure, so that it serves the plain and the virtual table alike. */

const PAGE_ROWS = 10;

/**
 * The row a key moves to.
 * @param index  the current row, −1 when none is
 * @returns the new index, or null when the key moves nothing
 */
export function movedIndex(key: string, index: number, count: number): number | null {
  if (count === 0) return null;
  const held = (wanted: number): number => Math.min(count - 1, Math.max(0, wanted));
  switch (key) {
    case 'ArrowDown':
      return held(index + 1);
    case 'ArrowUp':
      return held(index - 1);
    case 'PageDown':
      return held(index + PAGE_ROWS);
    case 'PageUp':
      return held(index - PAGE_ROWS);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}

/** True where a key or press belongs to a control inside the row, not to the row. */
export function belongsToControl(target: EventTarget | null, row: Element | null): boolean {
  if (!(target instanceof Element) || target === row) return false;
  return target.closest('button, a, input, select, textarea, [role="menuitem"]') !== null;
}
