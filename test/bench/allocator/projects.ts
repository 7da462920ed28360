/**
 * The PSPLIB part of the bench: every `.sm` file of a folder becomes a snapshot, `plan` makes its schedule under the
 * utilization policy with the objective makespan, and the independent judge looks at it.
 */
import { readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { plan } from '../../../src/main/allocator/index.ts';
import { seconds } from '../../../src/shared/units.ts';
import { T0, at, settings } from '../../support/allocator/builders.ts';
import { violations } from '../../support/allocator/feasibility.ts';
import type { ProjectInstance } from '../../support/allocator/psplib.ts';
import { parseProject, projectSnapshot } from '../../support/allocator/psplib.ts';
import type { BenchRow } from './results.ts';

export interface BestKnown {
  readonly criticalPath: number;
  readonly lowerBound: number;
  readonly makespan: number;
  readonly isProved: boolean;
}

/** Average deviations that must be reached, by set, number of instances and budget. */
const MUST: Readonly<Record<string, number>> = {
  'j30 480 1000': 0.4,
  'j30 480 5000': 0.15,
  'j120 200 1000': 33.5,
  'j120 200 5000': 32.0,
  'j120 600 1000': 34.5,
  'j120 600 5000': 32.8,
};

/** Rows `set,instance,critical_path,best_lower_bound,best_makespan,proved`, by instance file name. */
export function parseBestKnown(text: string): Map<string, BestKnown> {
  const rows = text.trim().split(/\r?\n/).slice(1);
  return new Map(
    rows.map((row) => {
      const [, file = '', criticalPath, lowerBound, makespan, proved] = row.split(',');
      const known = {
        criticalPath: Number(criticalPath),
        lowerBound: Number(lowerBound),
        makespan: Number(makespan),
      };
      return [file, { ...known, isProved: proved === '1' }];
    }),
  );
}

function criticalPath(project: ProjectInstance): number {
  const ends = project.durations.map(() => 0);
  for (const [job, duration] of project.durations.entries()) {
    const end = (ends[job] ?? 0) + duration;
    ends[job] = end;
    for (const next of project.successors[job] ?? []) ends[next] = Math.max(ends[next] ?? 0, end);
  }
  return Math.max(...ends);
}

interface Made {
  readonly deviation: number;
  readonly schedules: number;
  readonly milliseconds: number;
  readonly faults: readonly string[];
}

function makeOne(
  path: string,
  known: BestKnown | undefined,
  isFromOptimum: boolean,
  budget: number,
  seed: number,
): Made {
  const project = parseProject(readFileSync(path, 'utf8'));
  const snapshot = projectSnapshot(project);
  const horizonSeconds = seconds(project.durations.reduce((sum, duration) => sum + duration, 1));
  const began = performance.now();
  const made = plan(snapshot, at(0), settings({ objective: 'makespan', horizonSeconds, budget, seed }));
  const milliseconds = performance.now() - began;
  const makespan = Math.max(...made.allocations.map((row) => (row.segments.at(-1)?.end ?? T0) - T0));
  const path0 = criticalPath(project);
  const reference = isFromOptimum && known ? known.makespan : (known?.criticalPath ?? path0);
  const lowerBound = Math.max(path0, known?.lowerBound ?? 0);
  const faults = violations(snapshot, made, T0 + horizonSeconds).map((line) => `${basename(path)}: ${line}`);
  if (makespan < lowerBound)
    faults.push(`${basename(path)}: ${makespan} beats the lower bound ${lowerBound}`);
  if (made.budgetUsed > budget)
    faults.push(`${basename(path)}: used ${made.budgetUsed} schedules of ${budget}`);
  return {
    deviation: (100 * (makespan - reference)) / reference,
    schedules: made.budgetUsed,
    milliseconds,
    faults,
  };
}

/** Whether a `.sm` file is an instance: PSPLIB keeps lists of best values under the same ending. */
export function isProject(path: string): boolean {
  const text = readFileSync(path, 'utf8');
  return text.includes('PRECEDENCE RELATIONS') && text.includes('RESOURCEAVAILABILITIES');
}

/** One row per set (the folder a file lies in) and budget. */
export function benchProjects(
  paths: readonly string[],
  known: ReadonlyMap<string, BestKnown>,
  budgets: readonly number[],
  seed: number,
): BenchRow[] {
  const sets = new Map<string, string[]>();
  for (const path of paths) {
    const set = basename(dirname(path));
    sets.set(set, [...(sets.get(set) ?? []), path]);
  }
  return [...sets].flatMap(([set, members]) => {
    const isFromOptimum = members.every((path) => known.get(basename(path))?.isProved === true);
    return budgets.map((budget): BenchRow => {
      const made = members.map((path) =>
        makeOne(path, known.get(basename(path)), isFromOptimum, budget, seed),
      );
      const schedules = made.reduce((sum, row) => sum + row.schedules, 0);
      const milliseconds = made.reduce((sum, row) => sum + row.milliseconds, 0);
      return {
        set,
        measure: isFromOptimum
          ? 'mean deviation from the optimum, %'
          : 'mean deviation from the critical path, %',
        instances: members.length,
        budget,
        value: made.reduce((sum, row) => sum + row.deviation, 0) / made.length,
        worst: Math.max(...made.map((row) => row.deviation)),
        microsecondsPerSchedule: schedules === 0 ? null : (1000 * milliseconds) / schedules,
        schedulesUsed: schedules,
        must: MUST[`${set} ${members.length} ${budget}`] ?? null,
        faults: made.flatMap((row) => row.faults),
      };
    });
  });
}
