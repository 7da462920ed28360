/**
 * The weighted tardiness part of the bench: `wt<n>.txt` files with their best values (`wtopt<n>`, `wtbest<n>…`), planned
 * under the priority policy with one urgency class. The value is the number of instances that miss the best value.
 */
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { plan } from '../../../src/main/allocator/index.ts';
import { seconds } from '../../../src/shared/units.ts';
import { T0, at, settings } from '../../support/allocator/builders.ts';
import { violations } from '../../support/allocator/feasibility.ts';
import type { TardinessInstance } from '../../support/allocator/weighted-tardiness.ts';
import {
  parseBestValues,
  parseTardiness,
  tardinessSnapshot,
} from '../../support/allocator/weighted-tardiness.ts';
import type { BenchRow } from './results.ts';

/** Each instance must be done within this time. */
const MILLISECONDS_MOST = 1000;
/** Sets in which no best value may be missed. */
const MUST_ALL = ['wt40'];

/** Names of files with instances: `wt40.txt`, `wt100`; the number is that of jobs. */
export const SEQUENCES = /^wt\d*(\.txt)?$/;
/** Instances in a file, where its name does not say how many jobs each has. */
const INSTANCES_USUAL = 125;

/** Jobs per instance: by the name, else by the length of the file. @throws RangeError when they do not agree */
function sizeOf(path: string, text: string): number {
  const numbers = text.trim().split(/\s+/).length;
  const size = Number(basename(path).replace(/\D/g, '')) || numbers / (3 * INSTANCES_USUAL);
  if (numbers % (3 * size) === 0) return size;
  throw new RangeError(`${path}: ${numbers} numbers are no whole number of instances of ${size} jobs`);
}

function bestFileOf(path: string, size: number): string | null {
  const names = [`wtbest${size}b.txt`, `wtopt${size}.txt`, `wtbest${size}.txt`, `wtbest${size}a.txt`];
  return names.map((name) => join(dirname(path), name)).find((name) => existsSync(name)) ?? null;
}

interface Made {
  readonly tardiness: number;
  readonly schedules: number;
  readonly milliseconds: number;
  readonly faults: readonly string[];
}

function makeOne(instance: TardinessInstance, budget: number, seed: number): Made {
  const snapshot = tardinessSnapshot(instance);
  const horizonSeconds = seconds(instance.times.reduce((sum, time) => sum + time, 1));
  const began = performance.now();
  const made = plan(snapshot, at(0), settings({ horizonSeconds, budget, seed }));
  const milliseconds = performance.now() - began;
  const tardiness = made.allocations.reduce((sum, row, job) => {
    const late = (row.segments.at(-1)?.end ?? T0) - T0 - (instance.dues[job] ?? 0);
    return sum + (instance.weights[job] ?? 0) * Math.max(0, late);
  }, 0);
  return {
    tardiness,
    schedules: made.budgetUsed,
    milliseconds,
    faults: violations(snapshot, made, T0 + horizonSeconds),
  };
}

/** One row per file. */
export function benchTardiness(
  paths: readonly string[],
  budget: number,
  seed: number,
  every: number,
): BenchRow[] {
  return paths.map((path): BenchRow => {
    const text = readFileSync(path, 'utf8');
    const size = sizeOf(path, text);
    const bestFile = bestFileOf(path, size);
    const isProved = bestFile !== null && basename(bestFile).startsWith('wtopt');
    const set = `wt${size}`;
    const best = bestFile === null ? [] : parseBestValues(readFileSync(bestFile, 'utf8'));
    const all = parseTardiness(text, size);
    const chosen = [...all.entries()].filter(([index]) => index % every === 0);
    const made = chosen.map(([index, instance]) => ({ index, ...makeOne(instance, budget, seed) }));
    const missed = made.filter((row) => row.tardiness > (best[row.index] ?? Infinity));
    const slow = made.filter((row) => row.milliseconds > MILLISECONDS_MOST);
    const schedules = made.reduce((sum, row) => sum + row.schedules, 0);
    const milliseconds = made.reduce((sum, row) => sum + row.milliseconds, 0);
    const beaten = made.filter((row) => isProved && row.tardiness < (best[row.index] ?? 0));
    const slowest = Math.max(...made.map((row) => row.milliseconds)).toFixed(0);
    return {
      set,
      measure: bestFile
        ? `best values missed (slowest ${slowest} ms)`
        : `mean weighted tardiness; no wtopt${size}.txt beside it (slowest ${slowest} ms)`,
      instances: made.length,
      budget,
      value: bestFile ? missed.length : made.reduce((sum, row) => sum + row.tardiness, 0) / made.length,
      worst: bestFile ? Math.max(...made.map((row) => row.tardiness - (best[row.index] ?? 0))) : null,
      microsecondsPerSchedule: schedules === 0 ? null : (1000 * milliseconds) / schedules,
      schedulesUsed: schedules,
      must: bestFile && MUST_ALL.includes(set) ? 0 : null,
      faults: [
        ...made.flatMap((row) => row.faults),
        ...beaten.map((row) => `instance ${row.index + 1} beats its optimum`),
        ...(MUST_ALL.includes(set)
          ? slow.map((row) => `instance ${row.index + 1} took ${row.milliseconds.toFixed(0)} ms`)
          : []),
      ],
    };
  });
}
