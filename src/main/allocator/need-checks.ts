/**
 * Refusals that need no planning: a task whose own data, or the pools it names, rule out any start. The first code
 * that applies wins, in the order of `REFUSAL_CODES`. Confirmed and running work is judged only for what makes it
 * unreadable, because the world has already decided the rest.
 */
import type { PlanRefusalCode } from '../../shared/domain/reason.ts';
import type { PoolId } from '../../shared/ids.ts';
import { hasOpening } from './calendar.ts';
import type { CapacitySteps } from './capacity-steps.ts';
import type { PlanPool, PlanTask } from './snapshot.ts';
import { leastRates } from './elastic-rates.ts';

const WHOLE_UNIT = 1000;

export interface PlanRefusal {
  readonly code: PlanRefusalCode;
  readonly poolId: PoolId | null;
}

export interface NeedCheck {
  readonly task: PlanTask;
  readonly pools: ReadonlyMap<PoolId, PlanPool>;
  readonly capacities: ReadonlyMap<PoolId, CapacitySteps>;
  readonly now: number;
  readonly horizonEnd: number;
  readonly isOnCycle: boolean;
  /** Whether it comes after a task that is neither open nor over. */
  readonly hasUnknown: boolean;
}

/** The first refusal that applies, or null. */
export function needRefusal(check: NeedCheck): PlanRefusal | null {
  const { task, pools } = check;
  const unknown = task.needs.find((need) => !pools.has(need.poolId));
  if (unknown) return { code: 'unknown-pool', poolId: unknown.poolId };
  const invalid = invalidNeed(task, pools);
  if (invalid) return invalid;
  if ((task.state === 'confirmed' || task.state === 'running') && task.current) return null;
  if (check.isOnCycle) return { code: 'precedence-cycle', poolId: null };
  if (check.hasUnknown) return { code: 'unknown-predecessor', poolId: null };
  return tooLarge(check) ?? tooLong(check);
}

function invalidNeed(task: PlanTask, pools: ReadonlyMap<PoolId, PlanPool>): PlanRefusal | null {
  const nowhere: PlanRefusal = { code: 'invalid-need', poolId: null };
  if (task.needs.length === 0 || !isPositive(task.durationSeconds)) return nowhere;
  const share = task.elastic?.minimumShareMilli ?? WHOLE_UNIT;
  if (!isPositive(share) || share > WHOLE_UNIT) return nowhere;
  const seen = new Set<PoolId>();
  for (const { poolId, rateMilli } of task.needs) {
    const isWhole = pools.get(poolId)?.kind !== 'countable' || rateMilli % WHOLE_UNIT === 0;
    if (!isPositive(rateMilli) || !isWhole || seen.has(poolId)) return { code: 'invalid-need', poolId };
    seen.add(poolId);
  }
  return null;
}

function isPositive(value: number): boolean {
  return Number.isSafeInteger(value) && value > 0;
}

function tooLarge({ task, pools, capacities, now }: NeedCheck): PlanRefusal | null {
  const { rates } = leastRates(task, pools);
  for (const [index, { poolId }] of task.needs.entries()) {
    const most = capacities.get(poolId)?.largestFrom(now) ?? 0;
    if ((rates[index] ?? 0) > most) return { code: 'exceeds-capacity', poolId };
  }
  for (const [index, { poolId }] of task.needs.entries()) {
    const share = pools.get(poolId)?.shares.find((row) => row.subsystem === task.subsystem);
    if (share && share.limitMilli !== null && (rates[index] ?? 0) > share.limitMilli) {
      return { code: 'exceeds-limit', poolId };
    }
  }
  return null;
}

function tooLong({ task, pools, capacities, now, horizonEnd }: NeedCheck): PlanRefusal | null {
  if (task.maySpanClosures) return null;
  const { duration } = leastRates(task, pools);
  const ids = task.needs.map((need) => need.poolId);
  const fits = (some: readonly PoolId[]): boolean =>
    hasOpening(stepsOf(some, capacities), now, horizonEnd, duration);
  if (fits(ids)) return null;
  return { code: 'longer-than-any-opening', poolId: ids.find((id) => !fits([id])) ?? null };
}

function stepsOf(ids: readonly PoolId[], capacities: ReadonlyMap<PoolId, CapacitySteps>): CapacitySteps[] {
  return ids.flatMap((id) => capacities.get(id) ?? []);
}
