/**
 * Proves that no promise was made beyond capacity: wherever a pool holds more than it has, or a named unit twice, an
 * entry explains it. A promise has to fit into the capacity that was known when it was written, beside what was held by
 * then. What happened afterwards may break it and is no fault: work that ran past its plan or began at another time, an
 * outage or other hours entered later, and imported history. See docs/decisions/0220-excess-has-an-entry.md.
 */
import type { PoolId, TaskId, UnitId } from '../../../shared/ids.ts';
import type { ReadDb } from '../handles.ts';
import { listTaskHistory } from '../queries/entries.ts';
import type { VerifyOptions } from '../verify.ts';
import { heldStretches } from './held.ts';
import type { Held } from './held.ts';
import { KnownCapacity, listZones } from './known-capacity.ts';
import { findClashes } from './sweep.ts';
import type { Clash } from './sweep.ts';
import { TaskStory } from './task-story.ts';
import type { Origin } from './task-story.ts';

/** A stretch in which more is held than there is, and no entry that explains it. */
export interface CapacityExcess {
  readonly poolId: PoolId;
  /** The named unit that is held twice; null where the pool holds more than it has. */
  readonly unitId: UnitId | null;
  /** [from, until), UTC seconds. */
  readonly from: number;
  readonly until: number;
  /** Thousandths of a unit too much. */
  readonly excessMilli: number;
  /** Who holds it, and the entry that made each hold; in the order of the entries. */
  readonly holds: readonly { readonly taskId: TaskId; readonly seq: number }[];
}

const EXCESSES_MAX = 100;
const STORIES_MAX = 5000;

/**
 * @param length  entries of the chain, which is whole
 * @returns at most a hundred, by pool, then time; empty: every excess has its entry
 * @throws what `signal` says when aborted; what parsing throws where the projections are damaged
 */
export async function proveCapacity(
  db: ReadDb,
  length: number,
  options: VerifyOptions = {},
): Promise<CapacityExcess[]> {
  const holds: Held[] = [];
  for (const stretch of heldStretches(db, length)) {
    options.signal?.throwIfAborted();
    for (const hold of stretch) holds.push(hold);
    await new Promise((resolve) => setImmediate(resolve));
  }
  const found: CapacityExcess[] = [];
  const zones = listZones(db);
  const stories = new Stories(db);
  for (const [poolId, own] of Map.groupBy(holds, (hold) => hold.poolId)) {
    const capacity = new KnownCapacity(db, poolId, zones);
    const judge = new Judge(poolId as PoolId, capacity, stories); // a column that names a pool
    for (const clash of findClashes(own, capacity.steps(...hullOf(own)))) {
      options.signal?.throwIfAborted();
      add(found, judge.judged(clash));
      if (found.length > EXCESSES_MAX) return found.slice(0, EXCESSES_MAX);
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
  return found;
}

function hullOf(holds: readonly Held[]): [from: number, until: number] {
  let [from, until] = [Infinity, -Infinity];
  for (const hold of holds) {
    from = Math.min(from, hold.start);
    until = Math.max(until, hold.end);
  }
  return [from, until];
}

/** A stretch that goes on from the one before, with the same holds, is one with it. */
function add(found: CapacityExcess[], next: CapacityExcess | null): void {
  if (next === null) return;
  const last = found.at(-1);
  const goesOn =
    last?.poolId === next.poolId &&
    last.unitId === next.unitId &&
    last.until === next.from &&
    last.excessMilli === next.excessMilli &&
    JSON.stringify(last.holds) === JSON.stringify(next.holds);
  if (goesOn) found[found.length - 1] = { ...last, until: next.until };
  else found.push(next);
}

/** The stories of tasks, by key; only of those that clash with others. */
class Stories {
  readonly #db: ReadDb;
  readonly #known = new Map<number, { readonly taskId: TaskId; readonly story: TaskStory }>();

  constructor(db: ReadDb) {
    this.#db = db;
  }

  of(taskKey: number): { readonly taskId: TaskId; readonly story: TaskStory } {
    const known = this.#known.get(taskKey);
    if (known) return known;
    if (this.#known.size >= STORIES_MAX) this.#known.clear();
    const row = this.#db.get<{ taskId: TaskId }>(
      `SELECT task_id AS taskId FROM tasks WHERE task_key = :taskKey`,
      { taskKey },
    );
    if (row === null) throw new Error(`no task ${taskKey}`); // a booking names it
    const made = { ...row, story: new TaskStory(row.taskId, listTaskHistory(this.#db, row.taskId)) };
    this.#known.set(taskKey, made);
    return made;
  }
}

interface Holder extends Origin {
  readonly taskId: TaskId;
  readonly rateMilli: number;
}

class Judge {
  readonly #poolId: PoolId;
  readonly #capacity: KnownCapacity;
  readonly #stories: Stories;

  constructor(poolId: PoolId, capacity: KnownCapacity, stories: Stories) {
    this.#poolId = poolId;
    this.#capacity = capacity;
    this.#stories = stories;
  }

  /** @returns null where entries explain the clash at every instant of it */
  judged(clash: Clash): CapacityExcess | null {
    const told = onePerTask(clash.holds).map((hold) => ({ hold, ...this.#stories.of(hold.taskKey) }));
    const bounds = told.flatMap(({ story }) => story.boundsWithin(clash.from, clash.until));
    for (const at of new Set([clash.from, ...bounds])) {
      const origins = told
        .map(({ hold, taskId, story }) => ({
          ...story.originOf(at, clash.unitId),
          taskId,
          rateMilli: hold.rateMilli,
        }))
        .sort((left, right) => left.seq - right.seq);
      const isExplained = clash.unitId === null ? this.#fitted(origins, at) : !isPromisedLast(origins);
      if (!isExplained) return this.#excess(clash, origins);
    }
    return null;
  }

  /** Whether each promise, when it was made, fitted beside what was held by then. */
  #fitted(origins: readonly Holder[], at: number): boolean {
    let load = 0;
    return origins.every(({ seq, recordedAt, isPromise, rateMilli }) => {
      load += rateMilli;
      return !isPromise || load <= this.#capacity.whenWritten(seq, recordedAt, at);
    });
  }

  #excess({ from, until, excessMilli, unitId }: Clash, origins: readonly Holder[]): CapacityExcess {
    const holds = origins.map(({ taskId, seq }) => ({ taskId, seq }));
    return { poolId: this.#poolId, unitId: unitId as UnitId | null, from, until, excessMilli, holds }; // named by a booking
  }
}

/** A task holds what its last run holds, whatever an earlier one left behind at the same time. */
function onePerTask(holds: readonly Held[]): Held[] {
  return [...Map.groupBy(holds, (hold) => hold.taskKey).values()].flatMap((own) => {
    const run = Math.max(...own.map((hold) => hold.run));
    const [first, ...others] = own.filter((hold) => hold.run === run);
    if (!first) return [];
    return [{ ...first, rateMilli: others.reduce((sum, hold) => sum + hold.rateMilli, first.rateMilli) }];
  });
}

function isPromisedLast(origins: readonly Holder[]): boolean {
  return origins.at(-1)?.isPromise === true;
}
