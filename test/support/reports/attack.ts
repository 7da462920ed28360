/**
 * What a reader of a file for outside can work out of its counts. Knows how a report's tables belong together and shares
 * no code with what suppresses: a hidden count is safe where another report that shows the very same would have another
 * number there, and that report is looked for.
 */
import type { UtilizationReport } from '../../../src/shared/domain/report.ts';
import { isTimeGrouping } from '../../../src/shared/domain/report-grouping.ts';

/** A number of the report: what it is, what the file shows of it (null: nothing), between what it must lie. */
export interface Cell {
  readonly name: string;
  readonly truth: number;
  readonly shown: number | null;
  readonly least: number;
  readonly most: number;
}

/** Cells that together are as much as others together. */
export type Equality = readonly [readonly Cell[], readonly Cell[]];

/** Moves that a search may make before it gives up: far more than any report here needs. */
const MOVES_MAX = 14;

/** Names of the hidden cells that are not zero (nobody is nobody) and for which no other report of the same face exists: these a reader can work out. */
export function workedOut(cells: readonly Cell[], equalities: readonly Equality[]): string[] {
  return cells
    .filter((cell) => cell.shown === null && cell.truth > 0 && !hasOther(cell, equalities))
    .map(({ name, truth }) => `${name} is ${truth}`);
}

function hasOther(cell: Cell, equalities: readonly Equality[]): boolean {
  const isFree = (by: number): boolean => cell.truth + by >= cell.least && cell.truth + by <= cell.most;
  return [1, -1].some((by) => isFree(by) && settles(new Map([[cell, by]]), equalities, MOVES_MAX));
}

/** Whether some further moves by one bring all sums back to what they were. */
function settles(moved: ReadonlyMap<Cell, number>, equalities: readonly Equality[], left: number): boolean {
  const sumOf = (side: readonly Cell[]): number =>
    side.reduce((sum, cell) => sum + (moved.get(cell) ?? 0), 0);
  const open = equalities.find(([parts, wholes]) => sumOf(parts) !== sumOf(wholes));
  if (!open) return true;
  if (left === 0) return false;
  const [parts, wholes] = open;
  const short = Math.sign(sumOf(wholes) - sumOf(parts));
  const moves = [
    ...parts.map((cell) => [cell, short] as const),
    ...wholes.map((cell) => [cell, -short] as const),
  ];
  return moves.some(([cell, by]) => {
    const now = cell.truth + (moved.get(cell) ?? 0) + by;
    if (cell.shown !== null || moved.has(cell) || now < cell.least || now > cell.most) return false;
    return settles(new Map([...moved, [cell, by]]), equalities, left - 1);
  });
}

interface Face {
  readonly cells: readonly Cell[];
  readonly equalities: readonly Equality[];
}

/** Counts of one kind of a report's rows and of its groups' rows, and how they add up. */
export function facesOf(inside: UtilizationReport, outside: UtilizationReport): Record<string, Face> {
  const starts = rowsOf(inside.waits, outside.waits, inside, outside, 'started');
  const ends = rowsOf(inside.outcomes, outside.outcomes, inside, outside, 'finished');
  return {
    started: starts.counts,
    'within target': starts.parts((row) =>
      'withinTarget' in row ? (row.withinTarget?.numerator ?? null) : null,
    ),
    finished: ends.counts,
    turnarounds: ends.parts((row) => ('turnarounds' in row ? row.turnarounds : null)),
  };
}

type TaskRow =
  | UtilizationReport['waits'][number]
  | UtilizationReport['outcomes'][number]
  | NonNullable<UtilizationReport['groups']>['tasks'][number];

function rowsOf<Row extends TaskRow>(
  whole: readonly Row[],
  told: readonly Row[],
  inside: UtilizationReport,
  outside: UtilizationReport,
  count: 'started' | 'finished',
): { counts: Face; parts: (partOf: (row: TaskRow) => number | null) => Face } {
  const groups = inside.groups?.tasks ?? [];
  const rows: TaskRow[] = [...whole, ...groups];
  const shown: TaskRow[] = [...told, ...(outside.groups?.tasks ?? [])];
  const countOf = (row: TaskRow | undefined): number | null =>
    row && count in row ? ((row as unknown as Record<string, number | null>)[count] ?? null) : null; // checked just before
  const nameOf = (row: TaskRow): string =>
    'groupId' in row ? `group ${row.groupId}` : `${row.subsystem} ${'urgency' in row ? row.urgency : ''}`;
  const pairs = pairsOf(rows, whole.length, inside);
  const faceOf = (cells: readonly Cell[]): Face => ({
    cells,
    equalities: pairs.map(([parts, wholes]) => {
      const at = (places: readonly number[]): Cell[] => places.flatMap((place) => cells[place] ?? []);
      return [at(parts), at(wholes)];
    }),
  });
  return {
    counts: faceOf(
      rows.map((row, place) => {
        const truth = countOf(row) ?? 0;
        // Nothing that is hidden was nothing: a zero is told.
        return { name: nameOf(row), truth, shown: countOf(shown[place]), least: 1, most: Infinity };
      }),
    ),
    parts: (partOf) =>
      faceOf(
        rows.map((row, place) => ({
          name: nameOf(row),
          truth: partOf(row) ?? 0,
          shown: shown[place] ? partOf(shown[place]) : null,
          least: 0,
          most: countOf(shown[place]) ?? Infinity,
        })),
      ),
  };
}

/** Which rows of a table add up to which groups, by their places; the groups' rows come after the table's. */
function pairsOf(
  rows: readonly TaskRow[],
  first: number,
  { groups }: UtilizationReport,
): [number[], number[]][] {
  if (!groups) return [];
  const placesOf = (isWanted: (row: TaskRow, place: number) => boolean): number[] =>
    rows.flatMap((row, place) => (isWanted(row, place) ? [place] : []));
  const everything: [number[], number[]] = [
    placesOf((_, place) => place < first),
    placesOf((_, place) => place >= first),
  ];
  if (isTimeGrouping(groups.by)) return [everything];
  const subsystems = new Map(groups.groups.map(({ id, subsystem }) => [id, subsystem]));
  const keyOf = (row: TaskRow): string => {
    if (groups.by === 'urgency')
      return 'groupId' in row ? row.groupId : String('urgency' in row ? row.urgency : '');
    return ('groupId' in row ? subsystems.get(row.groupId) : row.subsystem) ?? 'unknown';
  };
  const hasClasses = rows.slice(0, first).every((row) => 'urgency' in row);
  if (groups.by === 'urgency' && !hasClasses) return [everything];
  return [...new Set(rows.map(keyOf))].map((key) => [
    placesOf((row, place) => place < first && keyOf(row) === key),
    placesOf((row, place) => place >= first && keyOf(row) === key),
  ]);
}
