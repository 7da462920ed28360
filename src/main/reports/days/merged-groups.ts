/** Groups of several neighbouring days as one: the same sums and the very same seconds, in a thirtieth of the cells. */
import type { KeptSums } from '../indicators/account-sums.ts';
import { joinRow } from '../indicators/account-sums.ts';
import type { GroupedSeconds, GroupFigures, KeptGrouping } from './group-figures.ts';
import { cellSize } from './group-figures.ts';
import type { SecondsList } from './day-figures.ts';

/**
 * @param figures  ascending, of days without a gap and of the same pools, not empty
 * @returns their groups' ids in the order of text, as measuring gives them
 */
export function mergedGroups(by: KeptGrouping, figures: readonly GroupFigures[]): GroupFigures {
  const groupIds = [...new Set(figures.flatMap((each) => each.groupIds))].sort();
  const poolIds = figures[0]?.poolIds ?? [];
  return {
    days: figures.flatMap(({ days }) => days),
    poolIds,
    groupIds,
    cells: mergedCells(by, figures, groupIds, poolIds.length),
    tasks: mergedSeconds(figures),
  };
}

function mergedCells(
  by: KeptGrouping,
  figures: readonly GroupFigures[],
  groupIds: readonly string[],
  pools: number,
): Float64Array {
  const size = cellSize(by);
  const count = pools * groupIds.length;
  const sums = new Float64Array(count * size);
  const isThere = new Uint8Array(count);
  for (const figure of figures) {
    const places = figure.groupIds.map((id) => groupIds.indexOf(id));
    for (let at = 0; at < figure.cells.length; at += size + 1) {
      const cell = figure.cells[at] ?? 0;
      const pool = Math.floor(cell / places.length);
      const to = pool * groupIds.length + (places[cell % places.length] ?? 0);
      isThere[to] = 1;
      if (by === 'hour') joinRow(sums, to * size, figure.cells, at + 1, size);
      else addNumbers(sums, to * size, figure.cells, at + 1, size);
    }
  }
  return packedCells(sums, isThere, size);
}

function addNumbers(to: Float64Array, row: number, from: KeptSums, at: number, size: number): void {
  for (let index = 0; index < size; index += 1) {
    to[row + index] = (to[row + index] ?? 0) + (from[at + index] ?? 0);
  }
}

/** Without the cells that no day has. */
function packedCells(sums: Float64Array, isThere: Uint8Array, size: number): Float64Array {
  const cells = new Float64Array(isThere.reduce((sum, each) => sum + each, 0) * (size + 1));
  let at = 0;
  for (let cell = 0; cell < isThere.length; cell += 1) {
    if (isThere[cell] !== 1) continue;
    cells[at] = cell;
    cells.set(sums.subarray(cell * size, (cell + 1) * size), at + 1);
    at += size + 1;
  }
  return cells;
}

/** One list per group and kind of list. */
function mergedSeconds(figures: readonly GroupFigures[]): GroupedSeconds[] {
  const lists = Map.groupBy(
    figures.flatMap(({ tasks }) => tasks),
    ({ groupId, list }) => `${groupId} ${list}`,
  );
  return Array.from(lists.values(), (parts): GroupedSeconds[] => {
    const [first] = parts;
    if (!first) return [];
    const count = parts.reduce((sum, part) => sum + part.count, 0);
    return [{ ...first, count, seconds: oneList(parts.map(({ seconds }) => seconds)) }];
  }).flat();
}

/** In 32 bits, as those of kept days are. */
function oneList(lists: readonly SecondsList[]): Uint32Array {
  const values = new Uint32Array(lists.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const list of lists) {
    values.set(list, at);
    at += list.length;
  }
  return values;
}
