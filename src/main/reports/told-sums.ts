/**
 * What sums of unknown numbers tell of them: linear equations brought into reduced row echelon form (Gauss and Jordan).
 * An unknown is told for certain exactly where a row of that form holds nothing else.
 */

/** Coefficients of the unknowns that are not zero, by the unknown; what it adds up to is known. */
export type Equation = ReadonlyMap<number, number>;

/** Coefficients are small whole numbers and their quotients; what is smaller is a rounding error. */
const NOTHING = 1e-9;

/** @returns rows that tell as much as the equations do, each with an unknown that no other row holds */
export function toldRows(equations: readonly Equation[]): Equation[] {
  const rows: { readonly pivot: number; row: Equation }[] = [];
  for (const equation of equations) {
    let left = equation;
    for (const { pivot, row } of rows) left = without(left, pivot, row);
    const first = [...left][0];
    if (!first) continue;
    const [pivot, factor] = first;
    const reduced = new Map(Array.from(left, ([unknown, by]) => [unknown, by / factor]));
    for (const known of rows) known.row = without(known.row, pivot, reduced);
    rows.push({ pivot, row: reduced });
  }
  return rows.map(({ row }) => row);
}

/** Whether a row is a sum without differences: it bounds each of its unknowns. */
export function isTold(row: Equation): boolean {
  const factors = [...row.values()];
  return factors.length > 0 && (factors.every((by) => by > 0) || factors.every((by) => by < 0));
}

/** The same row without an unknown, by taking away another row that holds it once. */
function without(row: Equation, pivot: number, other: Equation): Equation {
  const factor = row.get(pivot);
  if (factor === undefined) return row;
  const left = new Map(row);
  for (const [unknown, by] of other) {
    const rest = (left.get(unknown) ?? 0) - factor * by;
    if (Math.abs(rest) < NOTHING) left.delete(unknown);
    else left.set(unknown, rest);
  }
  return left;
}
