/**
 * Why a task does not run from its earliest wish: blocking stretches that together cover the whole wait, each with
 * the pool, the first rule violated, and at most five tasks by end. Logged with the adopted plan; screens turn it
 * into one plain sentence.
 */
import type { PoolId, TaskId } from '../ids.ts';
import type { Instant } from '../units.ts';

export const REASON_RULES = [
  /** The pool's units are held by the named tasks. */
  'capacity',
  /** The pool is closed: hours, exception or planned maintenance. */
  'closed',
  /** The pool (or its units) is out of service. */
  'outage',
  /** The subsystem has reached its limit on the pool. */
  'limit',
  /** The units left are another subsystem's guarantee and may not be lent for this work. */
  'guarantee',
  /** A task it comes after has not ended. */
  'precedence',
  /** What it comes after has ended, and the delay asked for between them has not passed. */
  'delay',
  /** It was given a fixed start. */
  'fixed-start',
  /** The pool's planning grid: the next start on the grid is later. */
  'grid',
  /** It stays where the previous plan put it; nothing else holds it. */
  'kept',
] as const;
export type ReasonRule = (typeof REASON_RULES)[number];

/** What a person's move of one task may break: the planner's rules, and those that only a wish of one's own can. */
export const RESCHEDULE_RULES = [
  ...REASON_RULES,
  /** It would begin, or end, before now. */
  'past',
  /** Shorter than a minute. */
  'too-short',
  /** Before the earliest start that was asked for. */
  'earliest-start',
  /** Promised work that comes after it would begin before it ends. */
  'successor',
  /** Further ahead than anything is planned. */
  'horizon',
] as const;
export type RescheduleRule = (typeof RESCHEDULE_RULES)[number];

/** Blocks start in [from, until): a start at any instant inside would break `rule`. */
export interface ReasonSegment {
  readonly from: Instant;
  readonly until: Instant;
  readonly poolId: PoolId | null;
  readonly rule: ReasonRule;
  /** At most five, by end, then id. */
  readonly blockers: readonly TaskId[];
}

/** Why a task has no start at all. Precedence of the codes is their order here. */
export const REFUSAL_CODES = [
  'unknown-pool',
  'invalid-need',
  'precedence-cycle',
  'unknown-predecessor',
  'exceeds-capacity',
  'exceeds-limit',
  'longer-than-any-opening',
  'fixed-start-not-possible',
  'waits-for-refused',
  'beyond-horizon',
] as const;
export type PlanRefusalCode = (typeof REFUSAL_CODES)[number];

export interface Reason {
  readonly taskId: TaskId;
  /** Ascending and gapless from the earliest wish to the planned start. */
  readonly segments: readonly ReasonSegment[];
  /** Set when the task got no start; null otherwise. */
  readonly refusal: { readonly code: PlanRefusalCode; readonly poolId: PoolId | null } | null;
}
