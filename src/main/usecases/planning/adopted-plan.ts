/** The plan that is adopted, as the planner's own kind of data: what every open task holds by the books. Pure. */
import type { Snapshot } from '../../allocator/index.ts';
import { PLANNER_VERSION } from '../../allocator/index.ts';
import type { Plan } from '../../../shared/domain/plan.ts';
import type { Instant } from '../../../shared/units.ts';
import { REPLAN_SETTINGS } from './settings.ts';

/** Without reasons and proposals, which are nobody's question here. */
export function adoptedPlan(snapshot: Snapshot, now: Instant): Plan {
  return {
    plannerVersion: PLANNER_VERSION,
    now,
    seed: REPLAN_SETTINGS.seed,
    budgetUsed: 0,
    allocations: snapshot.tasks.flatMap((task) => (task.current ? [task.current] : [])),
    reasons: [],
    displacements: [],
    preemptions: [],
  };
}
