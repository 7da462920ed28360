/**
 * Instants that work may start at and stretches it may run in, for work that needs several pools at once: the
 * planning grid, the joint openings, and the windows of work that pauses over closures. Pure reads of capacity.
 */
import type { CapacitySteps } from './capacity-steps.ts';
import type { PlanPool } from './snapshot.ts';

/** Instants t with (t − offset) a multiple of `step`, in seconds. */
export interface Grid {
  readonly step: number;
  readonly offset: number;
}

/** A stretch [start, end) in UTC seconds. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** The coarsest grid of the pools; of equally coarse ones the first. Starts of joint work are planned on it. */
export function coarsestGrid(pools: readonly PlanPool[]): Grid {
  let grid: Grid = { step: 1, offset: 0 };
  for (const pool of pools) {
    if (pool.gridSeconds > grid.step) grid = { step: pool.gridSeconds, offset: pool.gridOffset };
  }
  return grid;
}

/** The first instant of the grid at or after `time`; Infinity stays. */
export function alignUp(grid: Grid, time: number): number {
  if (time === Infinity || grid.step === 1) return time;
  return grid.offset + Math.ceil((time - grid.offset) / grid.step) * grid.step;
}

/** The first instant at or after `time` at which none of the pools is closed; Infinity when there is none. */
export function nextJointOpening(pools: readonly CapacitySteps[], time: number): number {
  let at = time;
  for (let settled = 0; settled < pools.length && at !== Infinity;) {
    settled = 0;
    for (const pool of pools) {
      if (pool.isClosedAt(at)) at = pool.nextOpening(at);
      else settled++;
      if (at === Infinity) break;
    }
  }
  return at;
}

/** The first instant after `time` at which one of the pools closes; Infinity when there is none. */
export function nextJointClosure(pools: readonly CapacitySteps[], time: number): number {
  return pools.reduce((first, pool) => Math.min(first, pool.nextClosure(time)), Infinity);
}

/**
 * Windows of work that starts at `start`, pauses whenever one of its pools is closed and counts open seconds only.
 * @returns ascending stretches that add up to `duration`, or null when openings run out
 */
export function spanningWindows(
  pools: readonly CapacitySteps[],
  start: number,
  duration: number,
): readonly Stretch[] | null {
  const windows: Stretch[] = [];
  let rest = duration;
  for (let at = start; rest > 0;) {
    at = nextJointOpening(pools, at);
    if (at === Infinity) return null;
    const end = Math.min(nextJointClosure(pools, at), at + rest);
    windows.push({ start: at, end });
    rest -= end - at;
    at = end;
  }
  return windows;
}

/** Whether some joint opening that begins before `horizon` lasts for `duration` seconds or more. */
export function hasOpening(
  pools: readonly CapacitySteps[],
  from: number,
  horizon: number,
  duration: number,
): boolean {
  for (let at = nextJointOpening(pools, from); at < horizon;) {
    const end = nextJointClosure(pools, at);
    if (end - at >= duration) return true;
    at = nextJointOpening(pools, end);
  }
  return false;
}
