/**
 * The serial schedule generation scheme (Kelley 1963; Kolisch 1996) over a flat profile: tasks in precedence order by
 * smallest key, each at the earliest instant at which everything it needs is free. With a lookahead the first few
 * tasks of nearly equal keys compete, and the one that can start first goes next (the conflict set of Giffler &
 * Thompson 1960, bounded as the delay of Gonçalves, Mendes & Resende 2005). One object serves all schedules of one
 * problem and direction and reuses its arrays; every call is one schedule of the budget.
 */
/* eslint-disable @typescript-eslint/no-non-null-assertion -- typed arrays read inside their bounds only */
import type { FlatProblem } from './flat-problem.ts';
import { FlatProfile } from './flat-profile.ts';

/** At most this many tasks compete for one place. */
const COMPETITORS_MAX = 3;

export class FlatScheduler {
  readonly #problem: FlatProblem;
  readonly #profile: FlatProfile;
  /** Starts of the last schedule, per task; −1 where none was found before the horizon. */
  readonly starts: Int32Array;
  /** Ends of the last schedule, per task. */
  readonly ends: Int32Array;
  /** Per task, the event at its end. */
  readonly #endEvents: Int32Array;
  /** Per task, the last of the problem's events at or before its release. */
  readonly #releaseEvents: Int32Array;
  readonly #predecessorCounts: Int32Array;
  readonly #missing: Int32Array;
  readonly #heap: Int32Array;
  readonly #competitors = new Int32Array(COMPETITORS_MAX);
  #heapSize = 0;
  #keys: Float64Array = new Float64Array(0);

  constructor(problem: FlatProblem) {
    const { count, predecessors, releases, eventTimes } = problem;
    this.#problem = problem;
    this.#profile = new FlatProfile(problem);
    this.starts = new Int32Array(count);
    this.ends = new Int32Array(count);
    this.#endEvents = new Int32Array(count);
    this.#missing = new Int32Array(count);
    this.#heap = new Int32Array(count + 1);
    this.#predecessorCounts = predecessors.first
      .subarray(1)
      .map((end, task) => end - predecessors.first[task]!);
    this.#releaseEvents = releases.map((release) => lastEventUpTo(eventTimes, release));
  }

  /**
   * Schedules all tasks, always the eligible one with the smallest key next (ties: the smaller index).
   * @param lookahead  tasks whose keys are larger than the smallest by at most this much compete for the next place;
   *   0 for the plain scheme, without competition
   * @returns the latest end, or Infinity when a task found no place before the horizon
   */
  schedule(keys: Float64Array, lookahead: number): number {
    const { count, durations, successors } = this.#problem;
    this.#keys = keys;
    this.#heapSize = 0;
    this.#profile.reset();
    this.#missing.set(this.#predecessorCounts);
    for (let task = 0; task < count; task++) if (this.#missing[task] === 0) this.#push(task);
    let latest = 0;
    while (this.#heapSize > 0) {
      const task = lookahead > 0 ? this.#popEarliest(lookahead) : this.#pop();
      const start = this.#earliest(task);
      this.starts[task] = start;
      if (start < 0) return Infinity;
      const end = start + durations[task]!;
      this.ends[task] = end;
      this.#endEvents[task] = this.#profile.take(task, start);
      if (end > latest) latest = end;
      for (let index = successors.first[task]!; index < successors.first[task + 1]!; index++) {
        const next = successors.items[index]!;
        if (--this.#missing[next]! === 0) this.#push(next);
      }
    }
    return latest;
  }

  /** Where an eligible task could go as things stand; −1 when nowhere before the horizon. */
  #earliest(task: number): number {
    const { releases, predecessors, predecessorDelays } = this.#problem;
    let ready = releases[task]!;
    let event = this.#releaseEvents[task]!;
    for (let index = predecessors.first[task]!; index < predecessors.first[task + 1]!; index++) {
      const before = predecessors.items[index]!;
      const over = this.ends[before]!;
      const end = predecessorDelays === null ? over : over + predecessorDelays[index]!;
      if (end < ready) continue;
      ready = end;
      event = this.#endEvents[before]!;
    }
    return this.#profile.earliest(task, ready, event);
  }

  /** Of the first few tasks whose keys are nearly equal, the one that can start first; the others go back. */
  #popEarliest(lookahead: number): number {
    const first = this.#pop();
    const limit = this.#keys[first]! + lookahead;
    let found = 0;
    this.#competitors[found++] = first;
    while (found < COMPETITORS_MAX && this.#heapSize > 0 && this.#keys[this.#heap[0]!]! <= limit)
      this.#competitors[found++] = this.#pop();
    if (found === 1) return first;
    let chosen = first;
    let soonest = Infinity;
    for (let index = 0; index < found; index++) {
      const start = this.#earliest(this.#competitors[index]!);
      if (start < 0 || start >= soonest) continue;
      soonest = start;
      chosen = this.#competitors[index]!;
    }
    for (let index = 0; index < found; index++)
      if (this.#competitors[index] !== chosen) this.#push(this.#competitors[index]!);
    return chosen;
  }

  #isBefore(left: number, right: number): boolean {
    const difference = this.#keys[left]! - this.#keys[right]!;
    return difference < 0 || (difference === 0 && left < right);
  }

  #push(task: number): void {
    let index = this.#heapSize++;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      const above = this.#heap[parent]!;
      if (this.#isBefore(above, task)) break;
      this.#heap[index] = above;
      index = parent;
    }
    this.#heap[index] = task;
  }

  #pop(): number {
    const top = this.#heap[0]!;
    const last = this.#heap[--this.#heapSize]!;
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      if (child >= this.#heapSize) break;
      if (child + 1 < this.#heapSize && this.#isBefore(this.#heap[child + 1]!, this.#heap[child]!)) child++;
      if (this.#isBefore(last, this.#heap[child]!)) break;
      this.#heap[index] = this.#heap[child]!;
      index = child;
    }
    this.#heap[index] = last;
    return top;
  }
}

/** Index of the last of the ascending times at or before `time`; 0 where all are later. */
function lastEventUpTo(times: Int32Array, time: number): number {
  let low = 0;
  let high = times.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (times[middle]! <= time) low = middle;
    else high = middle - 1;
  }
  return low;
}
