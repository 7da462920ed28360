/**
 * What an elastic task may run at. Its rates in divisible pools may sink to a share of the wish while its work stays
 * the same, so that its time stretches; countable pools are held whole. Rates round up, times round up.
 */
import type { PoolId } from '../../shared/ids.ts';
import type { PlanPool, PlanTask } from './snapshot.ts';

const WHOLE_SHARE = 1000;

export interface RatesAndDuration {
  /** In the order of the task's needs, thousandths of each pool's unit. */
  readonly rates: readonly number[];
  /** Seconds. */
  readonly duration: number;
}

/** The least a task is promised: its minimum rates for as long as its work then takes. Its wish when not elastic. */
export function leastRates(task: PlanTask, pools: ReadonlyMap<PoolId, PlanPool>): RatesAndDuration {
  const share = task.elastic?.minimumShareMilli ?? WHOLE_SHARE;
  const rates = task.needs.map(({ poolId, rateMilli }) =>
    pools.get(poolId)?.kind === 'divisible' ? Math.ceil((rateMilli * share) / WHOLE_SHARE) : rateMilli,
  );
  return { rates, duration: Math.ceil((task.durationSeconds * WHOLE_SHARE) / share) };
}
