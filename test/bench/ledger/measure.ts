/** Timing for benchmarks: medians and means of many short runs, in milliseconds. */

export interface Times {
  readonly medianMs: number;
  readonly meanMs: number;
  /** In the order in which they were taken. */
  readonly samplesMs: readonly number[];
}

export function timesOf(samplesMs: readonly number[]): Times {
  const sorted = [...samplesMs].sort((a, b) => a - b);
  const medianMs = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  const meanMs = sorted.reduce((sum, sample) => sum + sample, 0) / sorted.length;
  return { medianMs, meanMs, samplesMs };
}

export async function timeMs(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** Times of two things done in turns, so that both see the same machine: the first, then the second, `rounds` times. */
export async function timeInTurns(
  rounds: number,
  first: (round: number) => unknown,
  second: (round: number) => unknown,
): Promise<readonly [Times, Times]> {
  const firsts: number[] = [];
  const seconds: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    firsts.push(await timeMs(() => first(round)));
    seconds.push(await timeMs(() => second(round)));
  }
  return [timesOf(firsts), timesOf(seconds)];
}

/**
 * The ratio of two things that were done in turns and that each put work off to a later round (a WAL file is copied back
 * every thousand pages): the median of the ratios of `size` rounds each, so that every group bears its share of it.
 */
export function ratioInGroups(first: Times, second: Times, size: number): number {
  const groups = Math.floor(first.samplesMs.length / size);
  const sum = (times: Times, group: number): number =>
    times.samplesMs.slice(group * size, (group + 1) * size).reduce((total, sample) => total + sample, 0);
  return timesOf(Array.from({ length: groups }, (_, group) => sum(first, group) / sum(second, group)))
    .medianMs;
}

export interface Line {
  readonly what: string;
  readonly measured: number;
  readonly unit: string;
  /** The measured value must be at most (or, for a rate, at least) this. */
  readonly budget: number;
  readonly isRate: boolean;
}

export function isMet(line: Line): boolean {
  return line.isRate ? line.measured >= line.budget : line.measured <= line.budget;
}

/** One line of the report, with the margin beside the budget. */
export function lineText(line: Line): string {
  const margin = line.isRate ? line.measured / line.budget : line.budget / line.measured;
  const relation = line.isRate ? '≥' : '≤';
  const shown = line.measured >= 100 ? line.measured.toFixed(0) : line.measured.toFixed(2);
  return `${isMet(line) ? 'met   ' : 'MISSED'}  ${line.what}: ${shown} ${line.unit} (${relation} ${line.budget}, margin ${margin.toFixed(2)}×)`;
}

/** The lines of one run: printed as they come, or all at the end as JSON; a missed budget is exit code 1. */
export class Results {
  readonly #lines: Line[] = [];
  readonly #facts: Record<string, string | number> = {};
  readonly #asJson: boolean;

  constructor(asJson: boolean) {
    this.#asJson = asJson;
  }

  add(line: Line): void {
    this.#lines.push(line);
    if (!this.#asJson) console.log(lineText(line));
  }

  /** Something to know beside the lines: how large the ledger was, how long a sync takes here. */
  note(name: string, value: string | number): void {
    this.#facts[name] = value;
    if (!this.#asJson) console.log(`        ${name}: ${value}`);
  }

  end(): void {
    const lines = this.#lines.map((line) => ({ ...line, isMet: isMet(line) }));
    if (this.#asJson) console.log(JSON.stringify({ facts: this.#facts, lines }));
    process.exitCode = lines.every((line) => line.isMet) ? 0 : 1;
  }
}
