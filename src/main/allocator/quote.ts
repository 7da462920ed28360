/**
 * Quotes: when could this task run, as things stand? A quote is inserted into the adopted plan without moving
 * anything in it, so it can be given at once and kept. It never asks what a replan would do.
 */
import type { Plan } from '../../shared/domain/plan.ts';
import type { PlanRefusalCode, ReasonSegment } from '../../shared/domain/reason.ts';
import type { Allocation } from '../../shared/domain/task.ts';
import type { Result } from '../../shared/result.ts';
import { accept, refuse } from '../../shared/result.ts';
import type { Instant } from '../../shared/units.ts';
import { earliestFit, fitAt } from './earliest-fit.ts';
import { Placements } from './placements.ts';
import type { PlanSettings, PlanTask, Snapshot } from './snapshot.ts';
import { Trail } from './trail.ts';
import { readyAfterDelays } from './windows.ts';
import type { World } from './world.ts';
import { prepareWorld } from './world.ts';

export interface Quote {
  /** Windows the task could have, earliest first; each begins where the one before it ends, or later. At least one. */
  readonly windows: readonly Allocation[];
  /** Why it does not start at its earliest wish; empty when it does. */
  readonly segments: readonly ReasonSegment[];
}

/** Answers quotes against one adopted plan; made once, asked often (a form asks at every keystroke). */
export class QuoteBook {
  readonly #snapshot: Snapshot;
  readonly #now: Instant;
  readonly #settings: PlanSettings;
  readonly #placements: Placements;

  constructor(snapshot: Snapshot, adopted: Plan, now: Instant, settings: PlanSettings) {
    this.#snapshot = snapshot;
    this.#now = now;
    this.#settings = settings;
    const world = prepareWorld(snapshot, now, settings);
    this.#placements = new Placements(world);
    for (const allocation of adopted.allocations) {
      const task = world.byId.get(allocation.taskId);
      if (task && !world.refusals.has(task.id)) this.#placements.placeCommitted(task, allocation);
    }
  }

  /**
   * The earliest windows for a task that is not in the plan yet (or is, and is asked about afresh).
   * @param count  how many windows at most; at least 1
   * @returns the first refusal of `PlanRefusalCode` that applies when there is none
   */
  quote(task: PlanTask, count: number): Result<Quote, PlanRefusalCode> {
    const world = this.#worldOf(task);
    const refused = world.refusals.get(task.id);
    if (refused) return refuse(refused.code, refused.poolId === null ? {} : { poolId: refused.poolId });
    const own = this.#placements.find(task.id);
    if (own) this.#placements.remove(task.id);
    const quoted = this.#earliestWindows(task, count, world);
    if (own) this.#placements.restore(own);
    return quoted;
  }

  /** Checks the task by itself: its predecessors count as over where the adopted plan ends them. */
  #worldOf(task: PlanTask): World {
    const after = task.after.filter((id) => this.#placements.endOf(id) === null);
    const alone: Snapshot = {
      ...this.#snapshot,
      tasks: [{ ...task, after, state: 'waiting', current: null }],
    };
    return prepareWorld(alone, this.#now, this.#settings);
  }

  #earliestWindows(task: PlanTask, count: number, world: World): Result<Quote, PlanRefusalCode> {
    const wish = Math.max(this.#now, task.earliestStart);
    const over = task.after.reduce(
      (latest, id) => Math.max(latest, this.#placements.endOf(id) ?? wish),
      wish,
    );
    const trail = new Trail();
    trail.block(wish, over, 'precedence', null, task.after.slice(0, 5));
    const ready = task.delays === undefined ? over : readyAfterDelays(this.#placements, task, over, trail);
    const request = this.#placements.requestOf(task);
    if (task.fixedStart !== null) {
      const windows = task.fixedStart >= ready ? fitAt(request, task.fixedStart).windows : null;
      if (!windows) return refuse('fixed-start-not-possible');
      trail.block(ready, task.fixedStart, 'fixed-start', null, []);
      return accept({
        windows: [this.#allocation(task, windows)],
        segments: trail.segments(task.fixedStart),
      });
    }
    const found: Allocation[] = [];
    let start = Infinity;
    for (let from = ready; found.length < count;) {
      const windows = earliestFit(request, from, world.horizonEnd, found.length === 0 ? trail : null);
      if (!windows) break;
      if (found.length === 0) start = windows[0]?.start ?? start;
      found.push(this.#allocation(task, windows));
      from = windows.at(-1)?.end ?? Infinity;
    }
    return found.length === 0
      ? refuse('beyond-horizon')
      : accept({ windows: found, segments: trail.segments(start) });
  }

  #allocation(task: PlanTask, windows: Parameters<Placements['place']>[1]): Allocation {
    const allocation = this.#placements.allocationOf(this.#placements.place(task, windows));
    this.#placements.remove(task.id);
    return allocation;
  }
}

/**
 * One quote from nothing: reads the whole snapshot first, which costs as much as most of a plan. The application keeps
 * a `QuoteBook` per state of the ledger instead (usecases/planning/quoting.ts); its time is what the bench holds to 5 ms.
 */
export function quote(
  snapshot: Snapshot,
  adopted: Plan,
  task: PlanTask,
  now: Instant,
  settings: PlanSettings,
  count = 3,
): Result<Quote, PlanRefusalCode> {
  return new QuoteBook(snapshot, adopted, now, settings).quote(task, count);
}
