/**
 * Elastic work shares what is free. The serial pass has placed every elastic task at its promise (start, minimum
 * rate, latest end); levelling then raises the rates above the promise, by weighted max-min filling, from event to
 * event at least five minutes apart, so that tasks end earlier. It never moves a start, never lowers a rate below the
 * promise and takes only what nobody else holds. The last segment of a task is trimmed to the second it needs.
 */
import type { SubsystemId } from '../../shared/domain/subsystem.ts';
import type { PoolId, TaskId } from '../../shared/ids.ts';
import { compareIds } from '../../shared/ids.ts';
import { leastRates } from './elastic-rates.ts';
import type { ExactRatio } from './exact-ratio.ts';
import { compareRatios, ratio, ratioOfNumber } from './exact-ratio.ts';
import type { Placement, Placements, RatedStretch } from './placements.ts';
import type { PlanTask } from './snapshot.ts';
import type { FillUser } from './water-fill.ts';
import { waterFill } from './water-fill.ts';
import type { World } from './world.ts';
import { isCommitted } from './world.ts';

/** Events closer together than this are levelled as one, in seconds. */
export const RELEVEL_SECONDS_MIN = 300;
/** Progress is counted in millionths of the wished rate, times seconds. */
const MILLION = 1_000_000;

interface Elastic {
  readonly task: PlanTask;
  readonly units: Placement['units'];
  readonly start: number;
  readonly least: readonly number[];
  /** Segments that are settled. */
  done: RatedStretch[];
  /** Work still to do, in millionths of the wish × seconds. */
  rest: number;
}

/** Raises the rates of all elastic tasks that are not committed; true when anything changed. */
export function levelElastic(world: World, placements: Placements): boolean {
  const elastics = elasticsOf(world, placements);
  if (elastics.length === 0) return false;
  for (let at = firstStart(elastics, -Infinity); at !== Infinity;) {
    const active = elastics.filter((row) => row.start <= at && row.rest > 0);
    at = active.length === 0 ? firstStart(elastics, at) : levelFrom(at, active, elastics, world, placements);
  }
  return true;
}

function elasticsOf(world: World, placements: Placements): Elastic[] {
  const found: Elastic[] = [];
  for (const { task, stretches, units } of placements.all()) {
    const only = stretches[0];
    if (!task.elastic || isCommitted(task) || !only || stretches.length > 1) continue;
    if (!task.needs.some((need) => world.pools.get(need.poolId)?.kind === 'divisible')) continue;
    const { rates } = leastRates(task, world.pools);
    found.push({
      task,
      units,
      start: only.start,
      least: rates,
      done: [],
      rest: task.durationSeconds * MILLION,
    });
  }
  return found.sort((left, right) => left.start - right.start || compareIds(left.task.id, right.task.id));
}

function firstStart(elastics: readonly Elastic[], after: number): number {
  return elastics.find((row) => row.start > after)?.start ?? Infinity;
}

/** Levels the active tasks from one event to the next, which it returns. */
function levelFrom(
  at: number,
  active: readonly Elastic[],
  all: readonly Elastic[],
  world: World,
  placements: Placements,
): number {
  for (const row of active) {
    placements.remove(row.task.id);
    settlePromise(row, at);
  }
  const until = nextEvent(at, active, all, placements);
  const rates = ratesOver(at, until, active, world, placements);
  const ends = active.map(
    (row, index) => at + Math.ceil(row.rest / progress(row.task, rates[index] ?? row.least)),
  );
  const next = Math.min(until, Math.max(at + RELEVEL_SECONDS_MIN, Math.min(...ends)));
  for (const [index, row] of active.entries()) {
    const held = rates[index] ?? row.least;
    const end = Math.min(next, ends[index] ?? next);
    if (end > at) append(row.done, { start: at, end, rates: held });
    row.rest = Math.max(0, row.rest - progress(row.task, held) * (end - at));
    placements.restore({ task: row.task, units: row.units, stretches: withPromise(row, end) });
  }
  return next;
}

/** A task that began between two events ran at its promise until now. */
function settlePromise(row: Elastic, at: number): void {
  const since = row.done.at(-1)?.end ?? row.start;
  if (since >= at) return;
  const pace = progress(row.task, row.least);
  const end = Math.min(at, since + Math.ceil(row.rest / pace));
  append(row.done, { start: since, end, rates: row.least });
  row.rest = Math.max(0, row.rest - pace * (end - since));
}

/** What is settled, and the promise for what is left to do. */
function withPromise(row: Elastic, from: number): readonly RatedStretch[] {
  if (row.rest === 0) return row.done;
  const stretches = [...row.done];
  const end = from + Math.ceil(row.rest / progress(row.task, row.least));
  append(stretches, { start: from, end, rates: row.least });
  return stretches;
}

function append(stretches: RatedStretch[], next: RatedStretch): void {
  const last = stretches.at(-1);
  const isSame =
    last && last.end === next.start && last.rates.every((rate, index) => rate === next.rates[index]);
  if (isSame) stretches[stretches.length - 1] = { ...last, end: next.end };
  else stretches.push(next);
}

/** Millionths of the wish per second: as fast as the slowest of the task's pools lets it. */
function progress(task: PlanTask, rates: readonly number[]): number {
  return task.needs.reduce(
    (slowest, need, index) => Math.min(slowest, Math.floor(((rates[index] ?? 0) * MILLION) / need.rateMilli)),
    MILLION,
  );
}

/** The first change of what is free, or start of an elastic task, that is far enough from `at`. */
function nextEvent(
  at: number,
  active: readonly Elastic[],
  all: readonly Elastic[],
  placements: Placements,
): number {
  const earliest = at + RELEVEL_SECONDS_MIN;
  let next = firstStart(all, earliest - 1);
  const latest = Math.max(...active.map((row) => at + Math.ceil(row.rest / progress(row.task, row.least))));
  for (const poolId of new Set(active.flatMap((row) => row.task.needs.map((need) => need.poolId)))) {
    next = Math.min(next, placements.book(poolId).nextChange(earliest - 1));
  }
  return Math.min(next, Math.max(latest, earliest));
}

/** Rates of the active tasks over [at, until), from what is free there for each of them. */
function ratesOver(
  at: number,
  until: number,
  active: readonly Elastic[],
  world: World,
  placements: Placements,
): readonly (readonly number[])[] {
  const resources = resourcesOf(at, until, active, placements);
  const users = active.map((row) => fillUser(row, resources, world));
  const minimaFit = resources.every(
    (row) => row.capacity >= row.users.reduce((total, user) => total + user.least, 0),
  );
  if (!minimaFit || sharesGuarantees(resources) || active.some((row) => isReliedOn(row, at, placements)))
    return active.map((row) => row.least);
  const levels = waterFill(
    resources.map((row) => row.capacity),
    users,
  );
  return active.map(({ task, least }, index) => {
    const level = levels[index] ?? ratio(0n, 1n);
    return task.needs.map(({ poolId, rateMilli }, need) => {
      const minimum = least[need] ?? rateMilli;
      if (world.pools.get(poolId)?.kind !== 'divisible') return minimum;
      return Math.max(minimum, Number((BigInt(rateMilli) * level.numerator) / level.denominator));
    });
  });
}

/** Whether ending early would take a guarantee's use away that other work was placed beside. */
function isReliedOn(row: Elastic, at: number, placements: Placements): boolean {
  const until = at + Math.ceil(row.rest / progress(row.task, row.least));
  return (
    until > at &&
    row.task.needs.some((need) => placements.book(need.poolId).isReliedOn(row.task.subsystem, at, until))
  );
}

/** Two subsystems' unused guarantees in one pool bend each other's bounds: then everyone keeps the promise. */
function sharesGuarantees(bounds: readonly Bound[]): boolean {
  const pools = bounds.filter((bound) => bound.isGuarantee).map((bound) => bound.poolId);
  return new Set(pools).size < pools.length;
}

/** One bound on several tasks together: what is free of a pool, or what a subsystem may still take of it. */
interface Bound {
  readonly poolId: PoolId;
  readonly isGuarantee: boolean;
  readonly capacity: number;
  readonly users: { readonly taskId: TaskId; readonly wish: number; readonly least: number }[];
}

function resourcesOf(
  at: number,
  until: number,
  active: readonly Elastic[],
  placements: Placements,
): readonly Bound[] {
  const bounds = new Map<string, Bound>();
  for (const { task, least } of active) {
    const { mayBorrow } = placements.requestOf(task);
    for (const [index, { poolId, rateMilli }] of task.needs.entries()) {
      const book = placements.book(poolId);
      if (book.pool.kind !== 'divisible') continue;
      for (const { rule, profile } of book.boundsOf(task.subsystem, mayBorrow)) {
        const key = rule === 'capacity' ? poolId : `${poolId} ${rule} ${task.subsystem}`;
        const fresh = {
          poolId,
          isGuarantee: rule === 'guarantee',
          capacity: profile.minimum(at, until),
          users: [],
        };
        const bound: Bound = bounds.get(key) ?? fresh;
        bound.users.push({ taskId: task.id, wish: rateMilli, least: least[index] ?? rateMilli });
        bounds.set(key, bound);
      }
    }
  }
  return [...bounds.values()];
}

function fillUser({ task, least }: Elastic, bounds: readonly Bound[], world: World): FillUser {
  const demand = bounds.map((bound) => bound.users.find((user) => user.taskId === task.id)?.wish ?? 0);
  const minimum = task.needs.reduce(
    (lowest, { rateMilli }, index) => {
      const share = ratio(BigInt(least[index] ?? rateMilli), BigInt(rateMilli));
      return compareRatios(share, lowest) < 0 ? share : lowest;
    },
    ratio(1n, 1n),
  );
  const weight = ratioOfNumber(weightOf(task.subsystem, world)) ?? ratio(1n, 1n);
  return { demand, minimum, maximum: ratio(1n, 1n), weight, dominant: dominantOf(task, world) };
}

/** The largest fraction of a divisible pool that the task wishes for. */
function dominantOf(task: PlanTask, world: World): ExactRatio {
  let dominant = ratio(1n, BigInt(MILLION));
  for (const { poolId, rateMilli } of task.needs) {
    const pool = world.pools.get(poolId);
    if (pool?.kind !== 'divisible' || pool.nominalMilli <= 0) continue;
    const share = ratio(BigInt(rateMilli), BigInt(pool.nominalMilli));
    if (compareRatios(share, dominant) > 0) dominant = share;
  }
  return dominant;
}

function weightOf(subsystem: SubsystemId, world: World): number {
  return world.snapshot.subsystems.find((row) => row.id === subsystem)?.weight ?? 1;
}
