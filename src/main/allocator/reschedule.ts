/**
 * A person's hand moves one task, or its end: would that hold? Judged against what is promised (confirmed and running
 * work stays where it is); tentative work makes way, and the planner itself says who goes where then. Changes nothing:
 * every trial leaves the books as it found them.
 */
import type { Plan, PlanMove } from '../../shared/domain/plan.ts';
import type { RescheduleRule } from '../../shared/domain/reason.ts';
import type { Allocation } from '../../shared/domain/task.ts';
import type { PoolId, TaskId, UnitId } from '../../shared/ids.ts';
import type { Instant, Seconds } from '../../shared/units.ts';
import { instant } from '../../shared/units.ts';
import type { Stretch } from './calendar.ts';
import { movesBetween } from './compare.ts';
import { fitAt } from './earliest-fit.ts';
import type { Obstacle } from './pool-book.ts';
import { later } from './pool-book.ts';
import { Placements } from './placements.ts';
import { plan } from './plan.ts';
import { delayAfter, delayAt } from './precedence.ts';
import type { PlanSettings, PlanTask, Snapshot } from './snapshot.ts';
import { BLOCKERS_MAX } from './trail.ts';
import type { World } from './world.ts';
import { isCommitted, prepareWorld } from './world.ts';

export interface RescheduleWish {
  readonly taskId: TaskId;
  /** UTC seconds; a running task's true start. */
  readonly start: Instant;
  /** Open seconds it is to hold its pools; for running work from its true start on. */
  readonly durationSeconds: Seconds;
  /** The unit it must have; null keeps its own where they are free, else takes the first free ones. */
  readonly unit: { readonly poolId: PoolId; readonly unitId: UnitId } | null;
}

/** Nothing is planned for less. */
const SHORTEST_SECONDS = 60;

export interface RescheduleObstacle {
  readonly rule: RescheduleRule;
  readonly poolId: PoolId | null;
  /** Set where that one unit is taken or out, though the pool may have others. */
  readonly unitId: UnitId | null;
  /** Until when the rule stands in the way; null when that says nothing. */
  readonly until: Instant | null;
  /** At most five, by end, then id. */
  readonly blockers: readonly TaskId[];
}

export type RescheduleVerdict =
  | {
      readonly fits: true;
      readonly allocation: Allocation;
      /** Tentative work that goes elsewhere because of it, by task id. */
      readonly moves: readonly PlanMove[];
    }
  | { readonly fits: false; readonly obstacle: RescheduleObstacle };

type Trial = { readonly allocation: Allocation } | { readonly obstacle: RescheduleObstacle };

/** Tries moves against one state of the books; made once, asked at every step of a drag. */
export class RescheduleBook {
  readonly #snapshot: Snapshot;
  readonly #now: Instant;
  readonly #settings: PlanSettings;
  readonly #world: World;
  readonly #placements: Placements;
  #standing: Plan | null = null;

  constructor(snapshot: Snapshot, now: Instant, settings: PlanSettings) {
    this.#snapshot = snapshot;
    this.#now = now;
    this.#settings = settings;
    this.#world = prepareWorld(snapshot, now, settings);
    this.#placements = new Placements(this.#world);
    for (const task of this.#world.tasks) {
      if (isCommitted(task) && task.current && !this.#world.refusals.has(task.id)) {
        this.#placements.placeCommitted(task, task.current);
      }
    }
  }

  /**
   * Whether the wish holds, and what else would move.
   * @throws RangeError for a task that holds no window (caller bug)
   */
  attempt(wish: RescheduleWish): RescheduleVerdict {
    const task = this.#world.byId.get(wish.taskId);
    if (!task?.current) throw new RangeError(`${wish.taskId} holds no window`);
    const trial = wish.durationSeconds < SHORTEST_SECONDS ? against('too-short', {}) : this.#try(task, wish);
    if ('obstacle' in trial) return { fits: false, obstacle: trial.obstacle };
    return { fits: true, allocation: trial.allocation, moves: this.#movesBy(task, wish, trial.allocation) };
  }

  #try(task: PlanTask, wish: RescheduleWish): Trial {
    const refused = this.#world.refusals.get(task.id);
    if (refused) return against('capacity', { poolId: refused.poolId });
    const own = this.#placements.find(task.id);
    if (own) this.#placements.remove(task.id);
    const trial = task.state === 'running' ? this.#tryEnd(task, wish) : this.#tryWindow(task, wish);
    if (own) this.#placements.restore(own);
    return trial;
  }

  /** Another start, length or unit for work that has not begun. */
  #tryWindow(task: PlanTask, wish: RescheduleWish): Trial {
    const wished = wishedTask(task, wish);
    const early = this.#tooEarly(task, wish.start);
    if (early) return early;
    if (wish.start >= this.#world.horizonEnd) return against('horizon', {});
    const request = this.#placements.requestOf(wished);
    const found = fitAt(request, wish.start);
    if (!found.windows) return this.#blockedBy(task, found.obstacle);
    const taken = this.#unitTaken(found.windows, wish);
    if (taken) return taken;
    const late = this.#tooLate(task, found.windows.at(-1)?.end ?? wish.start);
    if (late) return late;
    const allocation = this.#placements.allocationOf(this.#placements.place(wished, found.windows));
    this.#placements.remove(task.id);
    return { allocation };
  }

  /** Another planned end for running work, in the units it holds. */
  #tryEnd(task: PlanTask, wish: RescheduleWish): Trial {
    const { current } = task;
    const first = current?.segments[0];
    if (!current || !first) throw new RangeError(`${task.id} holds no window`);
    const end = first.start + wish.durationSeconds;
    if (end <= this.#now) return against('past', {});
    const ahead = [{ start: this.#now, end }];
    const request = this.#placements.requestOf(task);
    let worst: Obstacle | null = null;
    for (const { book, rate } of request.needs) {
      const { subsystem, mayBorrow } = request;
      worst = later(worst, book.obstacle({ rate, from: this.#now, until: end, subsystem, mayBorrow }));
    }
    if (worst) return this.#blockedBy(task, worst);
    for (const [index, { poolId }] of task.needs.entries()) {
      for (const unitId of current.units[index] ?? []) {
        const taken = this.#unitTaken(ahead, { unit: { poolId, unitId } });
        if (taken) return taken;
      }
    }
    const late = this.#tooLate(task, end);
    if (late) return late;
    return { allocation: { ...current, segments: [{ ...first, end: instant(end) }] } };
  }

  #tooEarly(task: PlanTask, start: Instant): Trial | null {
    if (start < this.#now) return against('past', { until: this.#now });
    // A fixed start was a person's wish too: the new one takes its place.
    if (task.fixedStart === null && start < task.earliestStart) {
      return against('earliest-start', { until: task.earliestStart });
    }
    const before = task.after
      .map((id, place) => ({ id, end: this.#endOf(id), ready: this.#endOf(id) + delayAt(task, place) }))
      .filter(({ ready }) => ready > start)
      .sort((left, right) => left.ready - right.ready);
    const last = before.at(-1);
    if (!last) return null;
    const blockers = before.map((row) => row.id).slice(-BLOCKERS_MAX);
    const rule = before.some(({ end }) => end > start) ? 'precedence' : 'delay';
    return against(rule, { until: instant(last.ready), blockers });
  }

  /** Promised work that comes after it must not be overtaken; tentative work waits by itself. */
  #tooLate(task: PlanTask, end: number): Trial | null {
    const blockers = (this.#world.successors.get(task.id) ?? []).filter((id) => {
      const next = this.#world.byId.get(id);
      if (next === undefined || !isCommitted(next)) return false;
      const ready = end + delayAfter(next, task.id);
      return (next.current?.segments[0]?.start ?? ready) < ready;
    });
    return blockers.length === 0 ? null : against('successor', { blockers: blockers.slice(0, BLOCKERS_MAX) });
  }

  /** When a predecessor is over, by the adopted plan or in the past; 0 when nobody knows. */
  #endOf(id: TaskId): number {
    const { byId, ended } = this.#world;
    return this.#placements.endOf(id) ?? byId.get(id)?.current?.segments.at(-1)?.end ?? ended.get(id) ?? 0;
  }

  #unitTaken(windows: readonly Stretch[], { unit }: Pick<RescheduleWish, 'unit'>): Trial | null {
    if (!unit) return null;
    const book = this.#placements.book(unit.poolId);
    const [index] = book.unitIndexes([unit.unitId]);
    if (index === undefined) return against('outage', unit);
    const window = windows.find(({ start, end }) => book.isUnitTaken(index, start, end));
    if (!window) return null;
    const holders = [...this.#placements.all()].filter(
      ({ task, stretches, units }) =>
        stretches.some(({ start, end }) => start < window.end && end > window.start) &&
        task.needs.some((need, at) => need.poolId === unit.poolId && units[at]?.includes(index)),
    );
    const blockers = holders
      .sort((left, right) => (left.stretches.at(-1)?.end ?? 0) - (right.stretches.at(-1)?.end ?? 0))
      .map((holder) => holder.task.id)
      .slice(0, BLOCKERS_MAX);
    return against(blockers.length === 0 ? 'outage' : 'capacity', { ...unit, blockers });
  }

  #blockedBy(task: PlanTask, { rule, poolId, at, until }: Obstacle): Trial {
    const names = rule === 'closed' || rule === 'outage' ? 0 : BLOCKERS_MAX;
    const only = rule === 'limit' ? task.subsystem : null;
    const { holders } = this.#placements.book(poolId);
    const blockers = names === 0 ? [] : holders.overlapping(at, Math.min(until, at + 1), names, only);
    return against(rule, { poolId, until: Number.isFinite(until) ? instant(until) : null, blockers });
  }

  /** The planner's own answer with the wish promised, against its answer as things stand. */
  #movesBy(task: PlanTask, wish: RescheduleWish, allocation: Allocation): PlanMove[] {
    this.#standing ??= plan(this.#snapshot, this.#now, this.#settings);
    const state = task.state === 'running' ? ('running' as const) : ('confirmed' as const);
    const promised: PlanTask = { ...wishedTask(task, wish), state, current: allocation };
    const tasks = this.#snapshot.tasks.map((other) => (other.id === task.id ? promised : other));
    const made = plan({ ...this.#snapshot, tasks }, this.#now, this.#settings);
    return movesBetween(this.#standing, made).filter((move) => move.taskId !== task.id);
  }
}

/** The task as if it asked for just this: rigid, of that length, its unit first. */
function wishedTask(task: PlanTask, { durationSeconds, unit }: RescheduleWish): PlanTask {
  const { current } = task;
  const units = current?.units.map((held, index) =>
    unit && task.needs[index]?.poolId === unit.poolId
      ? [unit.unitId, ...held.filter((id) => id !== unit.unitId)]
      : held,
  );
  return {
    ...task,
    durationSeconds,
    elastic: null,
    current: current && { ...current, units: units ?? [] },
  };
}

function against(rule: RescheduleRule, facts: Partial<Omit<RescheduleObstacle, 'rule'>>): Trial {
  return {
    obstacle: {
      rule,
      poolId: facts.poolId ?? null,
      unitId: facts.unitId ?? null,
      until: facts.until ?? null,
      blockers: facts.blockers ?? [],
    },
  };
}
