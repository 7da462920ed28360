/**
 * Reads PSPLIB single-mode instances (`.sm`, Kolisch & Sprecher 1996) as published, and says them as a clinic's
 * snapshot: a resource is a divisible pool, a job is a task, one time unit is one second.
 */
import type { PlanTask, Snapshot } from '../../../src/main/allocator/index.ts';
import { seconds } from '../../../src/shared/units.ts';
import { aPool, aSnapshot, aTask, subsystems } from './builders.ts';

export interface ProjectInstance {
  readonly durations: readonly number[];
  /** Per job, per resource. */
  readonly demands: readonly (readonly number[])[];
  /** Per job, the jobs after it, counted from 0. */
  readonly successors: readonly (readonly number[])[];
  readonly capacities: readonly number[];
}

function numbersOf(line: string | undefined): number[] {
  return (line ?? '').trim().split(/\s+/).map(Number);
}

/** @throws RangeError when the text is not a `.sm` file */
export function parseProject(text: string): ProjectInstance {
  const lines = text.split(/\r?\n/);
  const lineAfter = (mark: string, skip: number): number => {
    const index = lines.findIndex((line) => line.startsWith(mark));
    if (index < 0) throw new RangeError(`no ${mark} in this file`);
    return index + skip;
  };
  const jobs = Number(/jobs.*:\s*(\d+)/.exec(text)?.[1] ?? 0);
  const relations = lineAfter('PRECEDENCE RELATIONS', 2);
  const requests = lineAfter('REQUESTS/DURATIONS', 3);
  const rows = Array.from({ length: jobs }, (_, job) => numbersOf(lines[requests + job]));
  return {
    durations: rows.map((row) => row[2] ?? 0),
    demands: rows.map((row) => row.slice(3)),
    successors: Array.from({ length: jobs }, (_, job) =>
      numbersOf(lines[relations + job])
        .slice(3)
        .map((next) => next - 1),
    ),
    capacities: numbersOf(lines[lineAfter('RESOURCEAVAILABILITIES', 2)]),
  };
}

/** Jobs that need nothing hold a thousandth of a pool that is never short. */
const FREE_RATE = 0.001;
const jobsMost = 1000;

const jobId = (job: number): string => `j${String(job).padStart(4, '0')}`;

/** Jobs of no length (source and sink) are left out; who came after them comes after nothing. */
export function projectSnapshot(project: ProjectInstance): Snapshot {
  const before = project.durations.map((): number[] => []);
  for (const [job, list] of project.successors.entries()) for (const next of list) before[next]?.push(job);
  const pools = project.capacities.map((capacity, index) =>
    aPool(`r${index}`, capacity, { kind: 'divisible', gridless: true }),
  );
  const tasks = project.durations.flatMap((duration, job): PlanTask[] => {
    if (duration === 0) return [];
    const needs = Object.fromEntries(
      (project.demands[job] ?? []).flatMap((rate, index) => (rate > 0 ? [[`r${index}`, rate] as const] : [])),
    );
    const after = (before[job] ?? []).filter((other) => (project.durations[other] ?? 0) > 0).map(jobId);
    const needsNothing = Object.keys(needs).length === 0;
    const sketch = {
      subsystem: 'insurance' as const,
      needs: needsNothing ? { free: FREE_RATE } : needs,
      after,
    };
    return [{ ...aTask(jobId(job), sketch), durationSeconds: seconds(duration) }];
  });
  const free = aPool('free', jobsMost, { kind: 'divisible', gridless: true });
  return aSnapshot([...pools, free], tasks, { subsystems: subsystems() });
}
