/**
 * `plan(snapshot, now, settings)`: the planner as a pure function. The same input gives the same plan to the byte: no
 * clock, no I/O, no unseeded randomness, no locale; the plan is plain data, ordered by task id.
 */
import type { Plan } from '../../shared/domain/plan.ts';
import { compareIds } from '../../shared/ids.ts';
import type { Instant } from '../../shared/units.ts';
import { runSerialPass } from './serial-pass.ts';
import type { PlanSettings, Snapshot } from './snapshot.ts';
import { prepareWorld } from './world.ts';

/** Changes whenever the same input may plan differently. */
export const PLANNER_VERSION = '1';

/**
 * Gives every open task of the snapshot its windows, or the reason why it has none.
 * @param now  UTC seconds; nothing is planned to start before it
 */
export function plan(snapshot: Snapshot, now: Instant, settings: PlanSettings): Plan {
  const world = prepareWorld(snapshot, now, settings);
  const { placements, reasons } = runSerialPass(world);
  const allocations = [...placements.all()].map((placement) => placements.allocationOf(placement));
  return {
    plannerVersion: PLANNER_VERSION,
    now,
    seed: settings.seed,
    budgetUsed: 1,
    allocations: allocations.sort((left, right) => compareIds(left.taskId, right.taskId)),
    reasons: [...reasons.values()].sort((left, right) => compareIds(left.taskId, right.taskId)),
    displacements: [],
    preemptions: [],
  };
}
