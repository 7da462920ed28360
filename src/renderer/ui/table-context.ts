/**
 * What rows of a table need to know of it. A table with `onselect` is a grid: one row is selected, arrow keys move the
 * selection, Enter does the row's main thing.
 */
import { getContext, setContext } from 'svelte';

export interface Column {
  readonly id: string;
  readonly label: string;
  /** The unit of the figures below, shown after the label. */
  readonly unit?: string;
  /** Figures stand right, words left. */
  readonly align?: 'start' | 'end';
  /** A CSS width; columns without one share what is left. */
  readonly width?: string;
  /** Says a column's purpose to assistive technology only, where it needs no heading for the eye. */
  readonly isLabelHidden?: boolean;
  /** Its head is a button that sorts by it. */
  readonly isSortable?: boolean;
}

/** By which column rows are sorted, and which way. */
export interface Sorting {
  readonly by: string;
  readonly isDescending: boolean;
}

/** How a row is picked: alone, besides others, or with all between it and the one picked before. */
export interface Picking {
  readonly index: number;
  readonly toggles: boolean;
  readonly extends: boolean;
}

export interface TableContext {
  readonly isSelectable: boolean;
  readonly selectedId: string | null;
  readonly columnCount: number;
  select(id: string): void;
}

const KEY = Symbol('table');

export function provideTable(table: TableContext): void {
  setContext(KEY, table);
}

export function tableContext(): TableContext {
  return getContext<TableContext>(KEY);
}
