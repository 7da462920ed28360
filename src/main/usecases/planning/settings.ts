/**
 * With which settings the application plans: one place, hashed into every adopted plan.
 */
import type { PlanSettings } from '../../allocator/index.ts';
import { DAY, seconds } from '../../../shared/units.ts';

/** How far ahead anything is planned; later starts are refused as `beyond-horizon`. */
export const HORIZON_SECONDS = seconds(90 * DAY);

/** A replan by a trigger: one serial pass that keeps what is still feasible. */
export const REPLAN_SETTINGS: PlanSettings = {
  horizonSeconds: HORIZON_SECONDS,
  objective: 'idle-while-waiting',
  seed: 1,
  budget: 0,
  keepsTentative: true,
};
