/**
 * How good a plan is, as three integers to be compared in order; smaller is better. The utilization policy's
 * objective: capacity idle while work waits (each pool's next 24 open hours), then makespan, then the sum of starts.
 * With the objective `makespan` the first two change places.
 */
import type { PoolId } from '../../shared/ids.ts';
import { DAY } from '../../shared/units.ts';
import { Profile } from './profile.ts';
import type { Placement, Placements } from './placements.ts';
import type { Objective } from './snapshot.ts';
import type { World } from './world.ts';
import { isCommitted } from './world.ts';

export type Score = readonly [number, number, number];

/** Negative when `left` is the better score. */
export function compareScores(left: Score, right: Score): number {
  return left[0] - right[0] || left[1] - right[1] || left[2] - right[2];
}

/** The score of everything planned. Times count in seconds from `now`, idleness in thousandth-unit·seconds. */
export function scorePlan(world: World, placements: Placements): Score {
  const waiting = [...placements.all()].filter(({ task }) => !isCommitted(task));
  let makespan = 0;
  let starts = 0;
  for (const { stretches } of waiting) {
    makespan = Math.max(makespan, (stretches.at(-1)?.end ?? world.now) - world.now);
    starts += (stretches[0]?.start ?? world.now) - world.now;
  }
  let idle = 0;
  for (const book of placements.books()) {
    const until = endOfOpenDay(world, book.pool.id);
    const wanted = wantedProfile(world, waiting, book.pool.id);
    for (const stretch of book.freeStretches(world.now, until)) {
      for (const wish of wanted.stretches(stretch.from, stretch.until)) {
        idle += Math.max(0, Math.min(stretch.value, wish.value)) * (wish.until - wish.from);
      }
    }
  }
  return ordered(world.settings.objective, idle, makespan, starts);
}

function ordered(objective: Objective, idle: number, makespan: number, starts: number): Score {
  return objective === 'makespan' ? [makespan, idle, starts] : [idle, makespan, starts];
}

/** When the pool's next 24 open hours are over; at the latest at the horizon. */
function endOfOpenDay(world: World, poolId: PoolId): number {
  const steps = world.capacities.get(poolId);
  let rest = DAY;
  for (let at: number = world.now; steps && at < world.horizonEnd;) {
    const next = Math.min(steps.nextStep(at), world.horizonEnd);
    if (!steps.isClosedAt(at)) {
      if (next - at >= rest) return at + rest;
      rest -= next - at;
    }
    at = next;
  }
  return world.horizonEnd;
}

/** Thousandths of a pool that waiting work wants, from each task's earliest wish to its start. */
function wantedProfile(world: World, waiting: readonly Placement[], poolId: PoolId): Profile {
  const wanted = new Profile(0);
  for (const { task, stretches } of waiting) {
    const need = task.needs.find((row) => row.poolId === poolId);
    const start = stretches[0]?.start ?? world.now;
    if (need) wanted.add(Math.max(world.now, task.earliestStart), start, need.rateMilli);
  }
  return wanted;
}
