/** Groups of a period added up: the same sums, whichever of its days were kept in the ledger and which measured now. */
import type { PoolId } from '../../../shared/ids.ts';
import type { KeptSums, Sums } from '../indicators/account-sums.ts';
import { joinRow } from '../indicators/account-sums.ts';
import type { ClaimedWork } from '../indicators/pool-parts.ts';
import { CLAIMED_FIGURES } from '../indicators/pool-parts.ts';
import type { ReportPool } from '../input.ts';
import type { GroupFigures, KeptGrouping } from './group-figures.ts';
import { cellSize, hourSums } from './group-figures.ts';
import type { LiveBooks } from './measure-days.ts';

/** Per pool and group `cellSize` numbers; groups that a pool has no part in are left out. */
export function sumsOfGroups(
  by: KeptGrouping,
  figures: readonly GroupFigures[],
  pools: readonly ReportPool[],
  books: LiveBooks,
): Map<PoolId, Map<string, Float64Array>> {
  const sums = new Map(pools.map(({ id }) => [id, new Map<string, Float64Array>()]));
  const size = cellSize(by);
  for (const figure of figures) {
    addCells(sums, figure, by, size);
    if (by !== 'hour') continue;
    // A pool that a day does not know was described later: nothing was booked in it, but it was open or closed.
    const known = new Set(figure.poolIds);
    for (const pool of pools) if (!known.has(pool.id)) addEmptyHours(sums, figure, pool, books);
  }
  return sums;
}

function addCells(
  sums: ReadonlyMap<PoolId, Map<string, Float64Array>>,
  { poolIds, groupIds, cells }: GroupFigures,
  by: KeptGrouping,
  size: number,
): void {
  const groups = poolIds.map((id) => sums.get(id));
  for (let at = 0; at < cells.length; at += size + 1) {
    const cell = cells[at] ?? 0;
    const own = groups[Math.floor(cell / groupIds.length)];
    const id = groupIds[cell % groupIds.length];
    if (!own || id === undefined) continue;
    addRow(rowOf(own, id, size), cells, at + 1, by);
  }
}

function addRow(row: Sums, cells: KeptSums, from: number, by: KeptGrouping): void {
  if (by === 'hour') joinRow(row, 0, cells, from, row.length);
  else
    for (let index = 0; index < row.length; index += 1)
      row[index] = (row[index] ?? 0) + (cells[from + index] ?? 0);
}

function addEmptyHours(
  sums: ReadonlyMap<PoolId, Map<string, Float64Array>>,
  { days }: GroupFigures,
  { id, steps }: ReportPool,
  { input: { asOf, zone } }: LiveBooks,
): void {
  const own = sums.get(id);
  const [first, last] = [days[0], days.at(-1)];
  if (!own || !first || !last) return;
  const window = { from: first.start, until: last.end };
  for (const [group, row] of hourSums({ steps, spans: [], waits: [], window, asOf }, zone)) {
    joinRow(rowOf(own, group, row.length), 0, row, 0, row.length);
  }
}

function rowOf(own: Map<string, Float64Array>, id: string, size: number): Float64Array {
  const row = own.get(id) ?? new Float64Array(size);
  own.set(id, row);
  return row;
}

/** The numbers of a group of work by their names. */
export function claimedOf(row: Sums): ClaimedWork {
  const at = (figure: (typeof CLAIMED_FIGURES)[number]): number => row[CLAIMED_FIGURES.indexOf(figure)] ?? 0;
  return {
    used: at('used'),
    overcommitted: at('overcommitted'),
    'reserved-unused': at('reserved-unused'),
    'idle-while-waited': at('idle-while-waited'),
  };
}
