/**
 * The search's view of a queue: tasks, who comes after whom, and what is free, as flat typed arrays in seconds from
 * one origin. A row is anything that bounds several tasks together (what is free of a pool, a subsystem's limit, what
 * lies open beside guarantees). Nothing in here decides; the serial pass has the last word about every start.
 */

/** Lists of lists in two arrays: row i is `items[first[i]] … items[first[i + 1] − 1]`. */
export interface FlatLists {
  readonly first: Int32Array;
  readonly items: Int32Array;
}

export interface FlatProblem {
  readonly count: number;
  /** Per task, seconds. */
  readonly durations: Int32Array;
  readonly releases: Int32Array;
  /** Starts t with (t − offset) a multiple of the step are allowed; per task. */
  readonly gridSteps: Int32Array;
  readonly gridOffsets: Int32Array;
  /** Per task, the rows it uses, and in the same places the rates. */
  readonly needRows: FlatLists;
  readonly needRates: Int32Array;
  readonly predecessors: FlatLists;
  readonly successors: FlatLists;
  /** Seconds to let pass between a task and its predecessor or successor, in the places of their lists; null for none. */
  readonly predecessorDelays: Int32Array | null;
  readonly successorDelays: Int32Array | null;
  readonly rows: number;
  /** Ascending instants at which what is free changes, the first at or before 0, and `rows` values for each. */
  readonly eventTimes: Int32Array;
  readonly eventFree: Int32Array;
  /** Nothing is placed beyond this many seconds. */
  readonly horizon: number;
}

export function flatLists(lists: readonly (readonly number[])[]): FlatLists {
  const first = new Int32Array(lists.length + 1);
  const items: number[] = [];
  for (const [index, list] of lists.entries()) {
    items.push(...list);
    first[index + 1] = items.length;
  }
  return { first, items: Int32Array.from(items) };
}

/**
 * The same problem with time running backwards from `horizon`: what came after now comes before. Releases and grids
 * are dropped, because a backward schedule only gives an order to schedule forwards in.
 */
export function mirrored(problem: FlatProblem): FlatProblem {
  const { count, rows, eventTimes, eventFree, horizon } = problem;
  const events = eventTimes.filter((time) => time < horizon).length;
  const times = new Int32Array(events);
  const free = new Int32Array(events * rows);
  for (let event = 0; event < events; event++) {
    const source = events - 1 - event;
    times[event] = source + 1 < events ? horizon - (eventTimes[source + 1] ?? 0) : 0;
    free.set(eventFree.subarray(source * rows, (source + 1) * rows), event * rows);
  }
  return {
    ...problem,
    releases: new Int32Array(count),
    gridSteps: new Int32Array(count).fill(1),
    gridOffsets: new Int32Array(count),
    predecessors: problem.successors,
    successors: problem.predecessors,
    predecessorDelays: problem.successorDelays,
    successorDelays: problem.predecessorDelays,
    eventTimes: times,
    eventFree: free,
  };
}

/** Per task, seconds from its start to the end of the longest chain of tasks after it, itself included. */
export function tailLengths(problem: FlatProblem): Int32Array {
  const { count, durations, predecessors, successors, successorDelays } = problem;
  const tails = new Int32Array(count);
  const missing = Int32Array.from({ length: count }, (_, task) => listLength(successors, task));
  const ready = [...missing.keys()].filter((task) => missing[task] === 0);
  for (const task of ready) {
    let longest = 0;
    for (const [place, next] of listOf(successors, task).entries()) {
      const delay = successorDelays?.[(successors.first[task] ?? 0) + place] ?? 0;
      longest = Math.max(longest, delay + (tails[next] ?? 0));
    }
    tails[task] = longest + (durations[task] ?? 0);
    for (const before of listOf(predecessors, task)) {
      missing[before] = (missing[before] ?? 0) - 1;
      if (missing[before] === 0) ready.push(before);
    }
  }
  return tails;
}

export function listOf(lists: FlatLists, index: number): Int32Array {
  return lists.items.subarray(lists.first[index], lists.first[index + 1]);
}

function listLength(lists: FlatLists, index: number): number {
  return (lists.first[index + 1] ?? 0) - (lists.first[index] ?? 0);
}
