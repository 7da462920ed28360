/**
 * Confirmed and running work that the world has broken: overruns, outages, capacity cuts, a named unit gone. The
 * allocation stays; each excess is laid at somebody's door (lowest class, not yet begun, latest confirmed, then id)
 * together with a repair that a person may accept. Repairs fit beside everything planned and beside each other.
 */
import type { Displacement } from '../../shared/domain/plan.ts';
import type { TaskId } from '../../shared/ids.ts';
import { compareIds } from '../../shared/ids.ts';
import { instant, milli } from '../../shared/units.ts';
import { earliestFit, fitsExactly } from './earliest-fit.ts';
import type { Placement, Placements } from './placements.ts';
import type { PoolBook } from './pool-book.ts';
import { readyAfter } from './precedence.ts';
import type { PlanTask } from './snapshot.ts';
import type { World } from './world.ts';
import { isCommitted } from './world.ts';

const WHOLE_UNIT = 1000;

type Broken = Omit<Displacement, 'repair'>;

/** Every excess over capacity from `now` on, and every named unit that is gone, each with its repair; by task id. */
export function findDisplacements(world: World, placements: Placements): Displacement[] {
  const broken: Broken[] = [];
  const ahead = [...placements.all()].filter(
    ({ task, stretches }) => isCommitted(task) && (stretches.at(-1)?.end ?? 0) > world.now,
  );
  if (ahead.length === 0) return [];
  for (const book of placements.books()) {
    const committed = committedOf(ahead, book);
    broken.push(...excesses(world, book, committed), ...lostUnits(world, placements, book, committed));
  }
  return withRepairs(world, placements, broken);
}

/**
 * Those of the committed placements that hold one pool: lowest class first; within a class what has not begun (running
 * work cannot move), then latest confirmed, then id.
 */
function committedOf(ahead: readonly Placement[], book: PoolBook): Placement[] {
  const confirmed = (task: PlanTask): number => task.confirmedAt ?? task.submittedAt;
  return ahead
    .filter(({ task }) => task.needs.some((need) => need.poolId === book.pool.id))
    .sort(
      (left, right) =>
        right.task.urgency - left.task.urgency ||
        Number(left.task.state === 'running') - Number(right.task.state === 'running') ||
        confirmed(right.task) - confirmed(left.task) ||
        compareIds(left.task.id, right.task.id),
    );
}

function rateAt({ task, stretches }: Placement, book: PoolBook, time: number): number {
  const index = task.needs.findIndex((need) => need.poolId === book.pool.id);
  return stretches.find(({ start, end }) => start <= time && time < end)?.rates[index] ?? 0;
}

/** Who exceeds the pool's capacity, from when until when, by how much at most. */
function excesses(world: World, book: PoolBook, committed: readonly Placement[]): Broken[] {
  const found = new Map<TaskId, Broken>();
  const last = committed.reduce<number>(
    (end, { stretches }) => Math.max(end, stretches.at(-1)?.end ?? 0),
    world.now,
  );
  for (const stretch of book.freeStretches(world.now, last)) {
    let excess = -stretch.value;
    const inOrder = [...committed].sort(
      (left, right) => Number(found.has(right.task.id)) - Number(found.has(left.task.id)),
    );
    for (const placement of inOrder) {
      if (excess <= 0) break;
      const share = Math.min(excess, rateAt(placement, book, stretch.from));
      if (share === 0) continue;
      excess -= share;
      const { id } = placement.task;
      const former = found.get(id);
      found.set(id, {
        taskId: id,
        poolId: book.pool.id,
        from: former?.from ?? instant(stretch.from),
        until: instant(stretch.until),
        excessMilli: milli(Math.max(former?.excessMilli ?? 0, share)),
      });
    }
  }
  return [...found.values()];
}

/** Who holds a named unit that is absent, or that somebody of higher class holds too. */
function lostUnits(
  world: World,
  placements: Placements,
  book: PoolBook,
  committed: readonly Placement[],
): Broken[] {
  const found: Broken[] = [];
  const removed: Placement[] = [];
  for (const { task, stretches } of committed) {
    const placement = placements.remove(task.id);
    removed.push(placement);
    const index = task.needs.findIndex((need) => need.poolId === book.pool.id);
    const windows = stretches.filter(({ end }) => end > world.now);
    const lost = (placement.units[index] ?? []).filter((unit) =>
      windows.some(({ start, end }) => book.isUnitTaken(unit, Math.max(start, world.now), end)),
    );
    const [first, last] = [windows[0], windows.at(-1)];
    if (lost.length === 0 || !first || !last) continue;
    found.push({
      taskId: task.id,
      poolId: book.pool.id,
      from: instant(Math.max(first.start, world.now)),
      until: instant(last.end),
      excessMilli: milli(lost.length * WHOLE_UNIT),
    });
  }
  for (const placement of removed) placements.restore(placement);
  return found;
}

function withRepairs(world: World, placements: Placements, broken: readonly Broken[]): Displacement[] {
  const unique = new Map<string, Broken>();
  for (const row of broken) {
    const key = `${row.taskId} ${row.poolId}`;
    const former = unique.get(key);
    unique.set(key, former ? joined(former, row) : row);
  }
  const rows = [...unique.values()].sort(
    (left, right) => compareIds(left.taskId, right.taskId) || compareIds(left.poolId, right.poolId),
  );
  const originals: Placement[] = [];
  const repairs = new Map<TaskId, Displacement['repair']>();
  for (const { taskId } of rows) {
    if (repairs.has(taskId)) continue;
    const original = placements.remove(taskId);
    const repair = repairOf(world, placements, original);
    if (repair) originals.push(original);
    else placements.restore(original);
    repairs.set(taskId, repair && placements.allocationOf(repair));
  }
  for (const original of originals) {
    placements.remove(original.task.id);
    placements.restore(original);
  }
  return rows.map((row) => ({ ...row, repair: repairs.get(row.taskId) ?? null }));
}

/** One entry per task and pool: it covers both stretches, with the larger excess. */
function joined(left: Broken, right: Broken): Broken {
  return {
    ...left,
    from: instant(Math.min(left.from, right.from)),
    until: instant(Math.max(left.until, right.until)),
    excessMilli: milli(Math.max(left.excessMilli, right.excessMilli)),
  };
}

/** The same time on other units where that helps; else, for work that has not begun, the earliest other time. */
function repairOf(world: World, placements: Placements, { task, stretches }: Placement): Placement | null {
  const request = placements.requestOf(task);
  const isUntouched = stretches.length > 0 && (stretches[0]?.start ?? 0) >= world.now;
  const ahead = stretches
    .filter(({ end }) => end > world.now)
    .map(({ start, end }) => ({ start: Math.max(start, world.now), end }));
  if (ahead.length > 0 && fitsExactly(request, ahead)) return placements.place(task, ahead);
  if (task.state === 'running' || !isUntouched) return null;
  const over = readyAfter(task, (id) => placements.endOf(id) ?? 0);
  const ready = Math.max(world.now, task.earliestStart, over);
  const windows = earliestFit(request, ready, world.horizonEnd, null);
  return windows && placements.place(task, windows);
}
