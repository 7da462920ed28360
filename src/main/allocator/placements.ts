/**
 * The plan in the making: which task holds which pools when. Owns the books of all pools and keeps them in step with
 * the placements; whatever is placed can be removed again without a trace.
 */
import type { Allocation } from '../../shared/domain/task.ts';
import type { PoolId, TaskId, UnitId } from '../../shared/ids.ts';
import { instant, milli } from '../../shared/units.ts';
import type { Stretch } from './calendar.ts';
import { coarsestGrid } from './calendar.ts';
import type { FitRequest } from './earliest-fit.ts';
import { leastRates } from './elastic-rates.ts';
import type { Booking } from './pool-book.ts';
import { PoolBook } from './pool-book.ts';
import type { PlanTask } from './snapshot.ts';
import type { World } from './world.ts';

/** A stretch with the rates held in it, in the order of the task's needs. */
export interface RatedStretch extends Stretch {
  readonly rates: readonly number[];
}

export interface Placement {
  readonly task: PlanTask;
  readonly stretches: readonly RatedStretch[];
  /** Per need, indexes of named units. */
  readonly units: readonly (readonly number[])[];
}

/** Running work past its planned end is assumed to last this much longer, at least … */
const OVERRUN_SECONDS_MIN = 300;
/** … or this fraction of its planned time. */
const OVERRUN_DIVISOR = 10;

export class Placements {
  readonly #world: World;
  readonly #books: ReadonlyMap<PoolId, PoolBook>;
  readonly #placed = new Map<TaskId, Placement>();
  readonly #requests = new Map<PlanTask, FitRequest>();

  constructor(world: World) {
    this.#world = world;
    this.#books = new Map(world.snapshot.pools.map((pool) => [pool.id, new PoolBook(pool)]));
  }

  /** The book of a pool. @throws RangeError for a pool the snapshot lacks (a fault of the caller) */
  book(poolId: PoolId): PoolBook {
    const book = this.#books.get(poolId);
    if (!book) throw new RangeError(`no pool ${poolId}`);
    return book;
  }

  books(): Iterable<PoolBook> {
    return this.#books.values();
  }

  find(taskId: TaskId): Placement | null {
    return this.#placed.get(taskId) ?? null;
  }

  all(): Iterable<Placement> {
    return this.#placed.values();
  }

  /** What must be free for the task to start: an elastic task asks for its minimum. */
  requestOf(task: PlanTask): FitRequest {
    const known = this.#requests.get(task);
    if (known) return known;
    const { rates, duration } = leastRates(task, this.#world.pools);
    const needs = task.needs.map((need, index) => ({
      book: this.book(need.poolId),
      rate: rates[index] ?? 0,
    }));
    const request: FitRequest = {
      needs,
      duration,
      subsystem: task.subsystem,
      mayBorrow: this.#mayBorrow(task, duration),
      maySpanClosures: task.maySpanClosures,
      grid: coarsestGrid(needs.map(({ book }) => book.pool)),
    };
    this.#requests.set(task, request);
    return request;
  }

  /** Places a task over windows that fit, at its request's rates; it keeps its former units where they are free. */
  place(task: PlanTask, windows: readonly Stretch[]): Placement {
    const { needs } = this.requestOf(task);
    const rates = needs.map((need) => need.rate);
    const former = task.current?.units ?? [];
    const units = needs.map(({ book, rate }, index) => {
      const chosen = book.chooseUnits(rate, windows, former[index] ?? []);
      if (chosen === null) throw new RangeError(`no free units of ${book.pool.id} for ${task.id}`);
      return chosen;
    });
    return this.restore({ task, stretches: windows.map((window) => ({ ...window, rates })), units });
  }

  /** Places confirmed or running work exactly where it is, whether it still fits or not. */
  placeCommitted(task: PlanTask, current: Allocation): Placement {
    const stretches: RatedStretch[] = current.segments.map(({ start, end, ratesMilli }) => ({
      start,
      end,
      rates: ratesMilli,
    }));
    const last = stretches.at(-1);
    if (task.state === 'running' && last && last.end <= this.#world.now) {
      stretches[stretches.length - 1] = { ...last, end: this.#assumedEnd(task) };
    }
    const units = task.needs.map((need, index) =>
      this.book(need.poolId).unitIndexes(current.units[index] ?? []),
    );
    return this.restore({ task, stretches, units });
  }

  /** Puts back a placement as it was. */
  restore(placement: Placement): Placement {
    for (const { book, booking } of this.#bookings(placement)) book.reserve(booking);
    this.#placed.set(placement.task.id, placement);
    return placement;
  }

  /** Takes a placement out; `restore` puts it back. @throws RangeError when the task is not placed */
  remove(taskId: TaskId): Placement {
    const placement = this.#placed.get(taskId);
    if (!placement) throw new RangeError(`${taskId} is not placed`);
    for (const { book, booking } of this.#bookings(placement)) book.release(booking);
    this.#placed.delete(taskId);
    return placement;
  }

  /** When a task ends: by its placement, or in the past; null when it has no end. */
  endOf(taskId: TaskId): number | null {
    return this.#placed.get(taskId)?.stretches.at(-1)?.end ?? this.#world.ended.get(taskId) ?? null;
  }

  allocationOf({ task, stretches, units }: Placement): Allocation {
    return {
      taskId: task.id,
      segments: stretches.map(({ start, end, rates }) => ({
        start: instant(start),
        end: instant(end),
        ratesMilli: rates.map((rate) => milli(rate)),
      })),
      units: task.needs.map((need, index): UnitId[] => this.book(need.poolId).unitNames(units[index] ?? [])),
    };
  }

  /** Lent units must come back in time: the work can be preempted, or ends within every pool's reclaim time. */
  #mayBorrow(task: PlanTask, duration: number): boolean {
    if (task.preemptibility !== 'never') return true;
    return task.needs.every(({ poolId }) => duration <= this.book(poolId).pool.reclaimSeconds);
  }

  #assumedEnd(task: PlanTask): number {
    const tenth = Math.ceil(task.durationSeconds / OVERRUN_DIVISOR);
    return this.#world.now + Math.max(OVERRUN_SECONDS_MIN, tenth);
  }

  #bookings({ task, stretches, units }: Placement): { readonly book: PoolBook; readonly booking: Booking }[] {
    const { needs, mayBorrow } = this.requestOf(task);
    const bookings: { book: PoolBook; booking: Booking }[] = [];
    for (const [index, { book }] of needs.entries()) {
      for (const { start, end, rates } of stretches) {
        const rate = rates[index] ?? 0;
        if (rate === 0 || start >= end) continue;
        const held = {
          taskId: task.id,
          subsystem: task.subsystem,
          mayBorrow,
          rate,
          units: units[index] ?? [],
        };
        bookings.push({ book, booking: { ...held, from: start, until: end } });
      }
    }
    return bookings;
  }
}
