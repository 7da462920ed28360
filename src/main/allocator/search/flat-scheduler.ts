/**
 * The serial schedule generation scheme (Kelley 1963; Kolisch 1996) over a flat profile: tasks in precedence order by
 * smallest key, each at the earliest instant at which everything it needs is free. One object serves all schedules of
 * one problem and direction and reuses its arrays; every call is one schedule of the budget.
 */
/* eslint-disable @typescript-eslint/no-non-null-assertion -- typed arrays read inside their bounds only */
import type { FlatProblem } from './flat-problem.ts';

export class FlatScheduler {
  readonly #problem: FlatProblem;
  /** Starts of the last schedule, per task; −1 where none was found before the horizon. */
  readonly starts: Int32Array;
  /** Ends of the last schedule, per task. */
  readonly ends: Int32Array;
  readonly #times: Int32Array;
  readonly #free: Int32Array;
  #events = 0;
  readonly #missing: Int32Array;
  readonly #heap: Int32Array;
  #heapSize = 0;
  #keys: Float64Array = new Float64Array(0);

  constructor(problem: FlatProblem) {
    this.#problem = problem;
    const room = problem.eventTimes.length + 2 * problem.count + 2;
    this.starts = new Int32Array(problem.count);
    this.ends = new Int32Array(problem.count);
    this.#times = new Int32Array(room);
    this.#free = new Int32Array(room * problem.rows);
    this.#missing = new Int32Array(problem.count);
    this.#heap = new Int32Array(problem.count + 1);
  }

  /**
   * Schedules all tasks, always the eligible one with the smallest key next (ties: the smaller index).
   * @param origin  nothing starts before it
   * @returns the latest end, or Infinity when a task found no place before the horizon
   */
  schedule(keys: Float64Array, origin: number): number {
    const { count, predecessors, successors } = this.#problem;
    this.#reset(keys);
    let latest = 0;
    for (let task = 0; task < count; task++) {
      this.#missing[task] = predecessors.first[task + 1]! - predecessors.first[task]!;
      if (this.#missing[task] === 0) this.#push(task);
    }
    while (this.#heapSize > 0) {
      const task = this.#pop();
      const start = this.#place(task, origin);
      if (start < 0) return Infinity;
      const end = this.ends[task]!;
      if (end > latest) latest = end;
      for (let index = successors.first[task]!; index < successors.first[task + 1]!; index++) {
        const next = successors.items[index]!;
        if (--this.#missing[next]! === 0) this.#push(next);
      }
    }
    return latest;
  }

  #reset(keys: Float64Array): void {
    const { eventTimes, eventFree } = this.#problem;
    this.#keys = keys;
    this.#heapSize = 0;
    this.#events = eventTimes.length;
    this.#times.set(eventTimes);
    this.#free.set(eventFree);
  }

  #place(task: number, origin: number): number {
    const { durations, releases, predecessors } = this.#problem;
    let ready = Math.max(origin, releases[task]!);
    for (let index = predecessors.first[task]!; index < predecessors.first[task + 1]!; index++) {
      const end = this.ends[predecessors.items[index]!]!;
      if (end > ready) ready = end;
    }
    const start = this.#earliest(task, ready);
    this.starts[task] = start;
    if (start < 0) return start;
    const end = start + durations[task]!;
    this.ends[task] = end;
    this.#take(task, start, end);
    return start;
  }

  #align(task: number, time: number): number {
    const step = this.#problem.gridSteps[task]!;
    if (step === 1) return time;
    const rest = (time - this.#problem.gridOffsets[task]!) % step;
    return rest === 0 ? time : time + (rest < 0 ? -rest : step - rest);
  }

  #earliest(task: number, ready: number): number {
    const { needRows, needRates, durations, rows, horizon } = this.#problem;
    const firstNeed = needRows.first[task]!;
    const lastNeed = needRows.first[task + 1]!;
    const duration = durations[task]!;
    let start = this.#align(task, ready);
    let event = this.#eventAt(start);
    scan: while (start < horizon) {
      const end = start + duration;
      for (let at = event; at < this.#events && this.#times[at]! < end; at++) {
        for (let need = firstNeed; need < lastNeed; need++) {
          if (this.#free[at * rows + needRows.items[need]!]! >= needRates[need]!) continue;
          if (at + 1 >= this.#events) return -1;
          start = this.#align(task, this.#times[at + 1]!);
          event = at + 1;
          while (event + 1 < this.#events && this.#times[event + 1]! <= start) event++;
          continue scan;
        }
      }
      return start;
    }
    return -1;
  }

  #take(task: number, start: number, end: number): void {
    const { needRows, needRates, rows } = this.#problem;
    const from = this.#ensureEvent(start);
    const until = this.#ensureEvent(end);
    const lastNeed = needRows.first[task + 1]!;
    for (let need = needRows.first[task]!; need < lastNeed; need++) {
      const row = needRows.items[need]!;
      const rate = needRates[need]!;
      for (let at = from * rows + row; at < until * rows; at += rows) this.#free[at]! -= rate;
    }
  }

  /** The last event at or before `time`. */
  #eventAt(time: number): number {
    let low = 0;
    let high = this.#events - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#times[middle]! <= time) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  #ensureEvent(time: number): number {
    const { rows } = this.#problem;
    const at = this.#eventAt(time);
    if (this.#times[at] === time) return at;
    const fresh = at + 1;
    this.#times.copyWithin(fresh + 1, fresh, this.#events);
    this.#free.copyWithin((fresh + 1) * rows, fresh * rows, this.#events * rows);
    this.#free.copyWithin(fresh * rows, at * rows, (at + 1) * rows);
    this.#times[fresh] = time;
    this.#events++;
    return fresh;
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
