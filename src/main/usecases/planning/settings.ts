/**
 * With which settings the application plans: one place, hashed into every adopted plan.
 */
import type { PlanSettings } from '../../allocator/index.ts';
import { DAY, seconds } from '../../../shared/units.ts';

/** How far ahead anything is planned; later starts are refused as `beyond-horizon`. */
export const HORIZON_SECONDS = seconds(90 * DAY);

/** How many schedules a search for a better plan may make: seconds on a slow machine, on a thread of its own. */
const OFFER_BUDGET = 400;

/** A replan by a trigger: one serial pass that keeps what is still feasible. */
export const REPLAN_SETTINGS: PlanSettings = {
  horizonSeconds: HORIZON_SECONDS,
  objective: 'idle-while-waiting',
  seed: 1,
  budget: 0,
  keepsTentative: true,
};

/** A search for a plan that is better than the adopted one; what it finds is offered and never simply applied. */
export const OFFER_SETTINGS: PlanSettings = {
  ...REPLAN_SETTINGS,
  budget: OFFER_BUDGET,
  keepsTentative: false,
};
