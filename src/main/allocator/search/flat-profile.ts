/**
 * What is free while one flat schedule is made: events as a linked list in typed arrays, in the order of time. Room
 * is kept for the problem's own events and two per task, so nothing is ever moved or allocated; a new event is linked
 * in behind the one it splits. A search begins at a known event (a predecessor's end, a release) and walks forwards.
 */
/* eslint-disable @typescript-eslint/no-non-null-assertion -- typed arrays read inside their bounds only */
import type { FlatProblem } from './flat-problem.ts';

const NONE = -1;

export class FlatProfile {
  readonly #problem: FlatProblem;
  readonly #times: Int32Array;
  /** Per event, the next one in time, or NONE. */
  readonly #next: Int32Array;
  /** Per event, `rows` values that hold until the next one. */
  readonly #free: Int32Array;
  #events = 0;
  /** Where the last search found its place: the event at or before the start, the last one inside, the one after. */
  #first = 0;
  #last = 0;
  #after = 0;

  constructor(problem: FlatProblem) {
    this.#problem = problem;
    const room = problem.eventTimes.length + 2 * problem.count;
    this.#times = new Int32Array(room);
    this.#next = new Int32Array(room);
    this.#free = new Int32Array(room * problem.rows);
  }

  /** Back to the problem's own events: event i is its i-th. */
  reset(): void {
    const { eventTimes, eventFree } = this.#problem;
    this.#events = eventTimes.length;
    this.#times.set(eventTimes);
    this.#free.set(eventFree);
    for (let event = 0; event < this.#events; event++) this.#next[event] = event + 1;
    this.#next[this.#events - 1] = NONE;
  }

  /**
   * The earliest start of a task at or after `ready`, in seconds, or −1 when none lies before the horizon.
   * @param event  any event at or before `ready`; the nearer, the faster
   */
  earliest(task: number, ready: number, event: number): number {
    const { durations, gridSteps, horizon, needRows, needRates, rows } = this.#problem;
    const [times, next, free, items] = [this.#times, this.#next, this.#free, needRows.items];
    const firstNeed = needRows.first[task]!;
    const lastNeed = needRows.first[task + 1]!;
    const duration = durations[task]!;
    const isFree = gridSteps[task] === 1;
    let start = isFree ? ready : this.#align(task, ready);
    let first = this.#lastUpTo(start, event);
    let end = start + duration;
    let at = first;
    let inside = first;
    while (start < horizon) {
      let need = firstNeed;
      while (need < lastNeed && free[at * rows + items[need]!]! >= needRates[need]!) need++;
      const following = next[at]!;
      if (need === lastNeed) {
        inside = at;
        at = following;
        if (at !== NONE && times[at]! < end) continue;
        this.#first = first;
        this.#last = inside;
        this.#after = at;
        return start;
      }
      if (following === NONE) return -1;
      start = isFree ? times[following]! : this.#align(task, times[following]!);
      first = isFree ? following : this.#lastUpTo(start, following);
      at = first;
      end = start + duration;
    }
    return -1;
  }

  /** Takes what the last search found, for the same task. @returns the event at the task's end */
  take(task: number, start: number): number {
    const { durations, needRows, needRates, rows } = this.#problem;
    const [next, free, items] = [this.#next, this.#free, needRows.items];
    const end = start + durations[task]!;
    let from = this.#first;
    let last = this.#last;
    if (this.#times[from] !== start) {
      const fresh = this.#split(from, start);
      if (last === from) last = fresh;
      from = fresh;
    }
    const isKnown = this.#after !== NONE && this.#times[this.#after] === end;
    const until = isKnown ? this.#after : this.#split(last, end);
    const lastNeed = needRows.first[task + 1]!;
    for (let event = from; event !== until; event = next[event]!) {
      for (let need = needRows.first[task]!; need < lastNeed; need++)
        free[event * rows + items[need]!]! -= needRates[need]!;
    }
    return until;
  }

  #split(event: number, time: number): number {
    const { rows } = this.#problem;
    const fresh = this.#events++;
    this.#times[fresh] = time;
    this.#next[fresh] = this.#next[event]!;
    this.#next[event] = fresh;
    for (let row = 0; row < rows; row++) this.#free[fresh * rows + row] = this.#free[event * rows + row]!;
    return fresh;
  }

  /** The last event at or before `time`, looked for from `event` on. */
  #lastUpTo(time: number, event: number): number {
    let last = event;
    for (let next = this.#next[last]!; next !== NONE && this.#times[next]! <= time; next = this.#next[last]!)
      last = next;
    return last;
  }

  #align(task: number, time: number): number {
    const step = this.#problem.gridSteps[task]!;
    const rest = (time - this.#problem.gridOffsets[task]!) % step;
    return rest === 0 ? time : time + (rest < 0 ? -rest : step - rest);
  }
}
