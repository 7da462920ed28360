/**
 * Dominant shares (Ghodsi et al., NSDI 2011): per user (a subsystem, or a requester inside one) the unit·seconds used
 * in the last 24 hours plus those placed ahead, ÷ the pool's one-day capacity; the largest over pools counts. Shares
 * only order work: they are single correctly rounded divisions of integers, equal on every machine.
 */
import type { PoolId } from '../../shared/ids.ts';
import { DAY } from '../../shared/units.ts';
import { CapacitySteps } from './capacity-steps.ts';
import type { PlanPool } from './snapshot.ts';

const DAYS_AVERAGED = 7;

export class ShareLedger {
  readonly #oneDay = new Map<PoolId, number>();
  readonly #used = new Map<string, Map<PoolId, number>>();
  readonly #dominant = new Map<string, number>();

  /** One day's capacity is the mean over the seven days from `now`; nominal where a pool is shut all week. */
  constructor(pools: readonly PlanPool[], now: number) {
    for (const pool of pools) {
      const week = new CapacitySteps(pool).workOver(now, now + DAYS_AVERAGED * DAY);
      this.#oneDay.set(pool.id, week > 0 ? week / DAYS_AVERAGED : pool.nominalMilli * DAY);
    }
  }

  /** Adds work in thousandth-unit·seconds to what `user` has had of a pool. Unknown pools are ignored. */
  charge(user: string, poolId: PoolId, work: number): void {
    const oneDay = this.#oneDay.get(poolId);
    if (oneDay === undefined) return;
    let used = this.#used.get(user);
    if (!used) this.#used.set(user, (used = new Map()));
    const total = (used.get(poolId) ?? 0) + work;
    used.set(poolId, total);
    const share = total / oneDay;
    if (share > this.dominant(user)) this.#dominant.set(user, share);
  }

  /** The largest share of `user` over all pools: 0 for nothing, 1 for one whole day of a pool. */
  dominant(user: string): number {
    return this.#dominant.get(user) ?? 0;
  }
}
