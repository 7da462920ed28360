/**
 * Offers: a better plan than the adopted one, with its differences, for a person to take or leave; never applied
 * silently. Planned afresh, tentative starts not kept. Better means a better score, and no urgent work starts later.
 */
import type { Plan, PlanMove } from '../../shared/domain/plan.ts';
import type { Instant } from '../../shared/units.ts';
import { movesBetween } from './compare.ts';
import { URGENT_CLASS } from './merged-list.ts';
import { compareScores, scorePlan, type Score } from './objective.ts';
import { Placements } from './placements.ts';
import { plan } from './plan.ts';
import type { SearchControl } from './search/control.ts';
import type { PlanSettings, PlanTask, Snapshot } from './snapshot.ts';
import { isCommitted, prepareWorld, type World } from './world.ts';

export interface Offer {
  readonly plan: Plan;
  /** Starts that would change, by task id. */
  readonly moves: readonly PlanMove[];
  /** By the objective of the settings: of the adopted plan and of the offered one; smaller is better. */
  readonly scoreBefore: Score;
  readonly scoreAfter: Score;
}

/**
 * A better plan than `adopted`, or null when a fresh plan with the settings' budget is none.
 * @param control  watches and stops the search
 */
export function findOffer(
  snapshot: Snapshot,
  adopted: Plan,
  now: Instant,
  settings: PlanSettings,
  control?: SearchControl,
): Offer | null {
  const made = plan(snapshot, now, { ...settings, keepsTentative: false }, control);
  return offerOf(snapshot, adopted, made, now, settings);
}

/**
 * An offer that was made a while ago, as the clinic stands now: its starts where they are still possible, everything
 * else planned around them. Null when that is no better than what is adopted meanwhile.
 * @param offered  the plan that was offered on an earlier snapshot
 */
export function renewOffer(
  snapshot: Snapshot,
  adopted: Plan,
  offered: Plan,
  now: Instant,
  settings: PlanSettings,
): Offer | null {
  const wished = new Map(offered.allocations.map((allocation) => [allocation.taskId, allocation]));
  const tasks = snapshot.tasks.map((task): PlanTask => {
    const allocation = isCommitted(task) ? undefined : wished.get(task.id);
    return allocation ? { ...task, state: 'tentative', current: allocation } : task;
  });
  const made = plan({ ...snapshot, tasks }, now, { ...settings, budget: 0, keepsTentative: true });
  return offerOf(snapshot, adopted, made, now, settings);
}

function offerOf(
  snapshot: Snapshot,
  adopted: Plan,
  made: Plan,
  now: Instant,
  settings: PlanSettings,
): Offer | null {
  const world = prepareWorld(snapshot, now, settings);
  const scoreBefore = scoreOf(world, adopted);
  const scoreAfter = scoreOf(world, made);
  const moves = movesBetween(adopted, made);
  const leavesOut = moves.some(({ to }) => to === null);
  if (leavesOut || delaysUrgent(world, moves) || compareScores(scoreAfter, scoreBefore) >= 0) return null;
  return { plan: made, moves, scoreBefore, scoreAfter };
}

function delaysUrgent(world: World, moves: readonly PlanMove[]): boolean {
  return moves.some(({ taskId, from, to }) => {
    const task = world.byId.get(taskId);
    return task !== undefined && task.urgency <= URGENT_CLASS && from !== null && (to ?? Infinity) > from;
  });
}

function scoreOf(world: World, made: Plan): Score {
  const placements = new Placements(world);
  for (const allocation of made.allocations) {
    const task = world.byId.get(allocation.taskId);
    if (task && !world.refusals.has(task.id)) placements.placeCommitted(task, allocation);
  }
  return scorePlan(world, placements);
}
