/**
 * The earliest instant at which everything a task needs is free, over several pools at once. From a start that does
 * not fit it jumps behind the obstacle that lasts longest, so k gaps cost O((k + 1) log n). Owns the trail of what it
 * skipped; changes nothing.
 */
import type { SubsystemId } from '../../shared/domain/subsystem.ts';
import type { PoolId, TaskId } from '../../shared/ids.ts';
import type { Grid, Stretch } from './calendar.ts';
import { alignUp, nextJointOpening, spanningWindows } from './calendar.ts';
import type { Obstacle, PoolBook } from './pool-book.ts';
import { later } from './pool-book.ts';
import { BLOCKERS_MAX, type Trail } from './trail.ts';

/** What must be free together, for how long, on whose behalf. Rates in thousandths of each pool's unit. */
export interface FitRequest {
  readonly needs: readonly { readonly book: PoolBook; readonly rate: number }[];
  readonly duration: number;
  readonly subsystem: SubsystemId;
  readonly mayBorrow: boolean;
  readonly maySpanClosures: boolean;
  readonly grid: Grid;
}

/**
 * Earliest start on the grid at or after `from` at which every need fits for the whole duration.
 * @param trail  is told every stretch that was skipped; null when nobody asks
 * @returns the windows, ascending (one unless work spans closures), or null when no start lies before `horizon`
 */
export function earliestFit(
  request: FitRequest,
  from: number,
  horizon: number,
  trail: Trail | null,
): readonly Stretch[] | null {
  let at = alignUp(request.grid, from);
  if (trail && at > from) explainGrid(trail, request, from, at);
  while (at < horizon) {
    const found = fitAt(request, at);
    if (found.windows) {
      if (trail && at > from) nameTies(trail, request, Math.max(from, at - request.grid.step));
      return found.windows;
    }
    const next = alignUp(request.grid, Math.max(found.obstacle.until, at + 1));
    if (trail) record(trail, request, found, at, next);
    at = next;
  }
  return null;
}

type FitAt =
  { readonly windows: readonly Stretch[] } | { readonly windows: null; readonly obstacle: Obstacle };

/** Whether a start at exactly `at` fits, and if not, the obstacle that lasts longest. */
export function fitAt(request: FitRequest, at: number): FitAt {
  if (!request.maySpanClosures) {
    const windows = [{ start: at, end: at + request.duration }];
    return verdict(windows, obstaclesIn(request, windows));
  }
  const steps = request.needs.map((need) => need.book.capacity);
  const opening = nextJointOpening(steps, at);
  if (opening > at) return closed(request, at, opening);
  const windows = spanningWindows(steps, at, request.duration);
  if (!windows) return closed(request, at, Infinity);
  const obstacles = obstaclesIn(request, windows);
  if (obstacles.length > 0 || windows.length === 1) return verdict(windows, obstacles);
  return verdict(windows, splitUnitObstacles(request, windows));
}

/** Whether exactly these windows fit. */
export function fitsExactly(request: FitRequest, windows: readonly Stretch[]): boolean {
  return obstaclesIn(request, windows).length === 0 && splitUnitObstacles(request, windows).length === 0;
}

function verdict(windows: readonly Stretch[], obstacles: readonly Obstacle[]): FitAt {
  const obstacle = obstacles.reduce<Obstacle | null>(later, null);
  return obstacle ? { windows: null, obstacle } : { windows };
}

function closed(request: FitRequest, at: number, until: number): FitAt {
  const book =
    request.needs.find((need) => need.book.capacity.isClosedAt(at))?.book ?? request.needs[0]?.book;
  if (!book) throw new RangeError('a request needs at least one pool');
  return { windows: null, obstacle: { poolId: book.pool.id, rule: 'closed', at, until } };
}

function obstaclesIn(request: FitRequest, windows: readonly Stretch[]): Obstacle[] {
  const { subsystem, mayBorrow } = request;
  const found: Obstacle[] = [];
  for (const { book, rate } of request.needs) {
    let worst: Obstacle | null = null;
    for (const { start, end } of windows) {
      worst = later(worst, book.obstacle({ rate, from: start, until: end, subsystem, mayBorrow }));
    }
    if (worst) found.push(worst);
  }
  return found;
}

/** Every window has enough named units, but no set of them is free over all windows: wait for the first to end. */
function splitUnitObstacles(request: FitRequest, windows: readonly Stretch[]): Obstacle[] {
  const end = windows[0]?.end ?? Infinity;
  return request.needs
    .filter(({ book, rate }) => book.chooseUnits(rate, windows, []) === null)
    .map(({ book }) => ({ poolId: book.pool.id, rule: 'capacity', at: windows[0]?.start ?? 0, until: end }));
}

/**
 * Keeps the stretch that an obstacle rules out, told by what is true of each start in it: while one of the pools is
 * closed nobody uses it, whoever holds it once it has opened.
 */
function record(
  trail: Trail,
  request: FitRequest,
  { obstacle }: { readonly obstacle: Obstacle },
  from: number,
  until: number,
): void {
  const { poolId, rule } = obstacle;
  if (rule === 'closed' || rule === 'outage') {
    trail.block(from, until, rule, poolId, []);
    return;
  }
  for (let at = from; at < until;) {
    const shut = closedStretch(request, at, until);
    const end = Math.min(shut?.start ?? until, until);
    if (end > at) {
      const blockers = trail.wantsBlockers(poolId, rule) ? blockersOf(request, [obstacle]) : [];
      trail.block(at, end, rule, poolId, blockers);
    }
    if (shut) trail.block(shut.start, Math.min(shut.end, until), 'closed', shut.poolId, []);
    at = shut ? Math.min(shut.end, until) : until;
  }
}

/** The first stretch in [from, until) in which a pool is closed, of several pools the one that opens last. */
function closedStretch(
  request: FitRequest,
  from: number,
  until: number,
): (Stretch & { readonly poolId: PoolId }) | null {
  let first: (Stretch & { readonly poolId: PoolId }) | null = null;
  for (const { book } of request.needs) {
    const start = book.capacity.isClosedAt(from) ? from : book.capacity.nextClosure(from);
    if (start >= until || (first && start > first.start)) continue;
    const end = book.capacity.nextOpening(start);
    if (!first || start < first.start || end > first.end) first = { start, end, poolId: book.pool.id };
  }
  return first;
}

/** The wait for the first start on the grid: named after what would stand in the way even without a grid, if anything. */
function explainGrid(trail: Trail, request: FitRequest, from: number, until: number): void {
  const found = fitAt(request, from);
  if (!found.windows && found.obstacle.until >= until) record(trail, request, found, from, until);
  else trail.block(from, until, 'grid', null, []);
}

/**
 * Several pools may stand in the way up to the very same instant: whoever did so on the last start that was passed
 * over is named too, so that without the named tasks the work would start earlier.
 */
function nameTies(trail: Trail, request: FitRequest, lastMissed: number): void {
  const length = request.maySpanClosures ? Math.min(request.grid.step, request.duration) : request.duration;
  trail.nameAlso(
    blockersOf(request, obstaclesIn(request, [{ start: lastMissed, end: lastMissed + length }])),
  );
}

/** Who stands behind the obstacles: for a limit the subsystem's own tasks, for closures nobody. */
function blockersOf(request: FitRequest, obstacles: readonly Obstacle[]): TaskId[] {
  const blockers: TaskId[] = [];
  for (const { poolId, rule, at, until } of obstacles) {
    if (rule === 'closed' || rule === 'outage') continue;
    const book = request.needs.find((need) => need.book.pool.id === poolId)?.book;
    const only = rule === 'limit' ? request.subsystem : null;
    for (const taskId of book?.holders.overlapping(at, until, BLOCKERS_MAX, only) ?? []) {
      if (blockers.length < BLOCKERS_MAX && !blockers.includes(taskId)) blockers.push(taskId);
    }
  }
  return blockers;
}
