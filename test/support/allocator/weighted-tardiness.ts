/**
 * Reads OR-Library weighted tardiness files (`wt40.txt`: per instance n processing times, n weights, n due dates;
 * J. E. Beasley) and says an instance as a clinic's snapshot: one pool, one urgency class, one time unit is one second.
 */
import type { Snapshot } from '../../../src/main/allocator/index.ts';
import { seconds } from '../../../src/shared/units.ts';
import { aPool, aSnapshot, aTask, subsystems } from './builders.ts';

export interface TardinessInstance {
  readonly times: readonly number[];
  readonly weights: readonly number[];
  readonly dues: readonly number[];
}

function numbersIn(text: string): number[] {
  return text.trim().split(/\s+/).map(Number);
}

/** All instances of a file. @param size  jobs per instance */
export function parseTardiness(text: string, size: number): TardinessInstance[] {
  const numbers = numbersIn(text);
  const instances: TardinessInstance[] = [];
  for (let at = 0; at + 3 * size <= numbers.length; at += 3 * size) {
    const part = (index: number): number[] => numbers.slice(at + index * size, at + (index + 1) * size);
    instances.push({ times: part(0), weights: part(1), dues: part(2) });
  }
  return instances;
}

/** One best value per instance. */
export function parseBestValues(text: string): number[] {
  return numbersIn(text);
}

export function tardinessSnapshot({ times, weights, dues }: TardinessInstance): Snapshot {
  const tasks = times.map((time, job) => ({
    ...aTask(`j${String(job).padStart(4, '0')}`, { subsystem: 'imaging', due: dues[job] ?? 0 }),
    weight: weights[job] ?? 1,
    durationSeconds: seconds(time),
  }));
  return aSnapshot([aPool('room', 1, { gridless: true })], tasks, { subsystems: subsystems() });
}
