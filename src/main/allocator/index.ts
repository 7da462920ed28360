/**
 * The public face of the planning core. Everything here is pure; nothing else of this folder is imported from
 * outside it.
 */
export type { Comparison, PoolUse, SubsystemWaits } from './compare.ts';
export { compare, measureVariant, movesBetween, settingsOf } from './compare.ts';
export type {
  CapacityCause,
  CapacityStep,
  Objective,
  PlanPool,
  PlanSettings,
  PlanSubsystem,
  PlanTask,
  Snapshot,
  UnitAbsence,
} from './snapshot.ts';
export type { Offer } from './offer.ts';
export { findOffer, renewOffer } from './offer.ts';
export { PLANNER_VERSION, plan } from './plan.ts';
export type { Quote } from './quote.ts';
export { QuoteBook, quote } from './quote.ts';
export type { RescheduleObstacle, RescheduleVerdict, RescheduleWish } from './reschedule.ts';
export { RescheduleBook } from './reschedule.ts';
export type { SearchControl } from './search/control.ts';
export type { SmallestFormCode } from './smallest-form.ts';
export { SmallestForm } from './smallest-form.ts';
export type { Variant, VariantOutage } from './variant.ts';
export { applyVariant } from './variant.ts';
