/**
 * The earliest instant at which everything a task needs is free, over several pools at once. From a start that does
 * not fit it jumps behind the obstacle that lasts longest, so k gaps cost O((k + 1) log n). Owns the trail of what it
 * skipped; changes nothing.
 */
import type { SubsystemId } from '../../shared/domain/subsystem.ts';
import type { TaskId } from '../../shared/ids.ts';
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
  trail?.block(from, at, 'grid', null, []);
  while (at < horizon) {
    const found = fitAt(request, at);
    if (found.windows) return found.windows;
    const next = alignUp(request.grid, Math.max(found.obstacle.until, at + 1));
    if (trail) record(trail, request, found, at, next);
    at = next;
  }
  return null;
}

type FitAt =
  | { readonly windows: readonly Stretch[] }
  | { readonly windows: null; readonly obstacle: Obstacle; readonly all: readonly Obstacle[] };

/** Whether a start at exactly `at` fits, and if not, every need's obstacle with the longest-lasting one apart. */
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
  return obstacle ? { windows: null, obstacle, all: obstacles } : { windows };
}

function closed(request: FitRequest, at: number, until: number): FitAt {
  const book =
    request.needs.find((need) => need.book.capacity.isClosedAt(at))?.book ?? request.needs[0]?.book;
  if (!book) throw new RangeError('a request needs at least one pool');
  const obstacle: Obstacle = { poolId: book.pool.id, rule: 'closed', at, until };
  return { windows: null, obstacle, all: [obstacle] };
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

function record(
  trail: Trail,
  request: FitRequest,
  found: { readonly obstacle: Obstacle; readonly all: readonly Obstacle[] },
  from: number,
  until: number,
): void {
  const { poolId, rule } = found.obstacle;
  const decisive = found.all.filter((row) => alignUp(request.grid, row.until) === until);
  const blockers = trail.wantsBlockers(poolId, rule) ? blockersOf(request, decisive) : [];
  trail.block(from, until, rule, poolId, blockers);
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
