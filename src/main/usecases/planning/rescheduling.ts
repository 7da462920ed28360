/**
 * Answers "may this be moved there?" as things stand, and says what to write when it is. The books are kept until the
 * ledger grows or the minute passes, because a drag asks at every step; a command makes its own inside its transaction.
 */
import { RescheduleBook } from '../../allocator/index.ts';
import type { PlanTask, RescheduleVerdict, RescheduleWish } from '../../allocator/index.ts';
import type { ReadDb, Standing, TaskRecord } from '../../ledger/index.ts';
import { getHead } from '../../ledger/index.ts';
import type { RescheduleRequest } from '../../../shared/contract/timeline.ts';
import type { Allocation } from '../../../shared/domain/task.ts';
import type { TaskId } from '../../../shared/ids.ts';
import type { Instant, Seconds } from '../../../shared/units.ts';
import { MINUTE, instant, seconds } from '../../../shared/units.ts';
import { readBooks } from './books.ts';
import { HORIZON_SECONDS, REPLAN_SETTINGS } from './settings.ts';
import { snapshotOf } from './snapshot.ts';

/** The planning books at one instant, and the tasks in them. */
export interface RescheduleBooks {
  readonly book: RescheduleBook;
  readonly tasks: ReadonlyMap<TaskId, PlanTask>;
}

export function readRescheduleBooks(db: ReadDb, now: Instant, timeZoneData: string): RescheduleBooks {
  const books = readBooks(db, now);
  const snapshot = snapshotOf({ books, now, horizonSeconds: HORIZON_SECONDS, timeZoneData });
  return {
    book: new RescheduleBook(snapshot, now, REPLAN_SETTINGS),
    tasks: new Map(snapshot.tasks.map((task) => [task.id, task])),
  };
}

export class Rescheduling {
  readonly #timeZoneData: string;
  #known: { readonly key: string; readonly books: RescheduleBooks } | null = null;

  constructor(timeZoneData: string) {
    this.#timeZoneData = timeZoneData;
  }

  at(db: ReadDb, now: Instant): RescheduleBooks {
    const key = `${getHead(db).hash} ${Math.floor(now / MINUTE)}`;
    if (this.#known?.key !== key) {
      this.#known = { key, books: readRescheduleBooks(db, now, this.#timeZoneData) };
    }
    return this.#known.books;
  }
}

/** @returns null for a task that holds no window to be moved: waiting, held, ended */
export function attempt(
  { book, tasks }: RescheduleBooks,
  request: RescheduleRequest,
): { readonly wish: RescheduleWish; readonly verdict: RescheduleVerdict } | null {
  const task = tasks.get(request.taskId);
  if (!task?.current || task.state === 'waiting') return null;
  const wish = wishOf(task.current, request);
  return { wish, verdict: book.attempt(wish) };
}

function wishOf(current: Allocation, request: RescheduleRequest): RescheduleWish {
  const first = current.segments[0];
  const last = current.segments.at(-1);
  if (!first || !last) throw new RangeError('an allocation has a segment');
  const stretched = request.end - request.start - (last.end - first.start);
  return {
    taskId: request.taskId,
    start: request.start,
    durationSeconds: seconds(openSeconds(current) + stretched),
    unit: request.unit,
  };
}

/** Seconds during which the allocation holds its pools: pauses over closures do not count. */
export function openSeconds({ segments }: Allocation): Seconds {
  return seconds(segments.reduce((sum, { start, end }) => sum + end - start, 0));
}

/** Where a task stands before it is moved. @throws Error when it holds no window (caller bug) */
export function standingOf({ task, allocation }: TaskRecord): Standing {
  if (!allocation) throw new Error('only a task with a window is rescheduled');
  const { state, durationSeconds, earliestStart, fixedStart } = task;
  return { state, allocation, durationSeconds, earliestStart, fixedStart };
}

/**
 * Where it stands when the wish has come true: tentative work is promised; running work keeps its start and gets
 * another planned end. A fixed start, a person's own wish, follows the move.
 */
export function standingAfter(before: Standing, allocation: Allocation): Standing {
  if (before.state === 'running') {
    const kept = before.allocation;
    const last = kept.segments.length - 1;
    const end = allocation.segments.at(-1)?.end ?? instant(0);
    const segments = kept.segments.map((segment, index) => (index === last ? { ...segment, end } : segment));
    const running = { ...kept, segments };
    return { ...before, allocation: running, durationSeconds: openSeconds(running) };
  }
  const start = allocation.segments[0]?.start ?? before.earliestStart;
  const isFixed = before.fixedStart !== null;
  return {
    state: 'confirmed',
    allocation,
    durationSeconds: openSeconds(allocation),
    earliestStart: isFixed && start < before.earliestStart ? start : before.earliestStart,
    fixedStart: isFixed ? start : null,
  };
}
