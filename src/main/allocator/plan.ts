/**
 * `plan(snapshot, now, settings)`: the planner as a pure function. The same input gives the same plan to the byte: no
 * clock, no I/O, no unseeded randomness, no locale; the plan is plain data, ordered by task id.
 */
import type { Plan } from '../../shared/domain/plan.ts';
import { compareIds } from '../../shared/ids.ts';
import type { Instant } from '../../shared/units.ts';
import { findDisplacements } from './displacement.ts';
import { levelElastic } from './levelling.ts';
import { proposePreemptions } from './preemption.ts';
import type { SearchControl } from './search/control.ts';
import { UNWATCHED } from './search/control.ts';
import { improve } from './search/improve.ts';
import type { PassResult } from './serial-pass.ts';
import { moveUp, runSerialPass } from './serial-pass.ts';
import type { PlanSettings, Snapshot } from './snapshot.ts';
import type { World } from './world.ts';
import { prepareWorld } from './world.ts';

/** Changes whenever the same input may plan differently. */
export const PLANNER_VERSION = '3';

/**
 * Gives every open task of the snapshot its windows, or the reason why it has none.
 * @param now  UTC seconds; nothing is planned to start before it
 * @param control  watches and stops the search; it never changes what a given number of schedules finds
 */
export function plan(
  snapshot: Snapshot,
  now: Instant,
  settings: PlanSettings,
  control: SearchControl = UNWATCHED,
): Plan {
  const world = prepareWorld(snapshot, now, settings);
  const pass = runSerialPass(world);
  const budgetUsed = settings.budget > 0 ? improve(world, pass, control) : 0;
  if (levelElastic(world, pass.placements)) moveUp(world, pass);
  return planOf(world, pass, budgetUsed);
}

/** The pass as plain data, with what only people may decide: repairs and preemptions. */
export function planOf(world: World, { placements, reasons }: PassResult, budgetUsed: number): Plan {
  const allocations = [...placements.all()].map((placement) => placements.allocationOf(placement));
  return {
    plannerVersion: PLANNER_VERSION,
    now: world.now,
    seed: world.settings.seed,
    budgetUsed,
    allocations: allocations.sort((left, right) => compareIds(left.taskId, right.taskId)),
    reasons: [...reasons.values()].sort((left, right) => compareIds(left.taskId, right.taskId)),
    displacements: findDisplacements(world, placements),
    preemptions: proposePreemptions(world, placements),
  };
}
