/**
 * Exact answers to small questions, by a solver that shares nothing with the planner: linear and mixed-integer programs
 * in HiGHS (Huangfu & Hall 2018; a development dependency, WebAssembly, no network). Owns the models' text form only.
 */
import loadHighs from 'highs';

/** A sum of terms, `coefficient · variable`. */
export type Terms = readonly (readonly [coefficient: number, variable: string])[];

export interface Program {
  readonly sense: 'Maximize' | 'Minimize';
  readonly objective: Terms;
  readonly rows: readonly {
    readonly terms: Terms;
    readonly sign: '<=' | '>=' | '=';
    readonly right: number;
  }[];
  /** Variables are 0 or more; these are 0 or 1. */
  readonly binaries?: readonly string[];
}

export interface Solved {
  readonly objective: number;
  readonly valueOf: (variable: string) => number;
}

const highs = await loadHighs();

/** LP format puts at most 255 characters on a line; a line per term is always short enough. */
function textOf(terms: Terms): string {
  return terms
    .map(([coefficient, name]) => `${coefficient < 0 ? '-' : '+'} ${Math.abs(coefficient)} ${name}`)
    .join('\n ');
}

/**
 * Solves to optimality, without a gap.
 * @returns null when no solution exists
 * @throws Error when the solver stops for any other reason
 */
export function solveExactly({ sense, objective, rows, binaries = [] }: Program): Solved | null {
  const lines = [sense, ` obj: ${textOf(objective)}`, 'Subject To'];
  for (const [index, { terms, sign, right }] of rows.entries()) {
    lines.push(` r${index}: ${textOf(terms)} ${sign} ${right}`);
  }
  if (binaries.length > 0) lines.push('Binary', ...binaries.map((name) => ` ${name}`));
  const found = highs.solve([...lines, 'End'].join('\n'), {
    mip_rel_gap: 0,
    mip_abs_gap: 0,
    primal_feasibility_tolerance: 1e-9,
    dual_feasibility_tolerance: 1e-9,
  });
  if (found.Status === 'Infeasible') return null;
  if (found.Status !== 'Optimal') throw new Error(`the solver says ${found.Status}`);
  const columns: Readonly<Record<string, { readonly Primal?: number } | undefined>> = found.Columns;
  return { objective: found.ObjectiveValue, valueOf: (variable) => columns[variable]?.Primal ?? 0 };
}
