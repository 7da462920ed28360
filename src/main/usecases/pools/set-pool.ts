/**
 * Adds a pool or changes one from now on, and plans anew: capacity, hours, outages and shares are triggers.
 */
import type { Response } from '../../../shared/contract/index.ts';
import type { Pool } from '../../../shared/domain/pool.ts';
import type { Result } from '../../../shared/result.ts';
import { accept, refuse } from '../../../shared/result.ts';
import { poolSetting, undoableSetting } from '../clinic/undoable-setting.ts';
import { replan } from '../planning/replan.ts';
import type { Usecase } from '../usecase.ts';
import { commandOf } from '../usecase.ts';
import { unitsMayGo } from './units-may-go.ts';

type PoolSet = Result<Response<'pool.set'>, 'invalid-pool' | 'guarantees-exceed-capacity' | 'unit-in-use'>;

export const setPool: Usecase<'pool.set'> = (place, { pool }, call) =>
  undoableSetting(place, commandOf(call, { pool }), poolSetting(pool.id), (tx): PoolSet => {
    const fault = poolFault(pool);
    if (fault) return refuse(fault);
    const free = unitsMayGo(tx, pool);
    if (!free.ok) return free;
    tx.append('pool-set', pool);
    const { plan, moved } = replan(tx, place.surroundings.timeZoneData);
    const displaced = plan.displacements.filter((each) => each.poolId === pool.id).length;
    return accept({ poolId: pool.id, moved, displaced });
  });

/** What a pool says of itself must agree: the first fault, or null. */
export function poolFault(pool: Pool): 'invalid-pool' | 'guarantees-exceed-capacity' | null {
  const ids = new Set(pool.units.map((unit) => unit.id));
  const isCounted =
    pool.kind === 'countable'
      ? pool.capacityMilli === pool.units.length * 1000 && ids.size === pool.units.length
      : pool.units.length === 0;
  const outagesFit = pool.outages.every(
    (outage) =>
      (outage.end === null || outage.end > outage.start) &&
      (outage.unitId === null || ids.has(outage.unitId)),
  );
  const sharesFit = pool.shares.every(
    (share) =>
      share.guaranteeMilli >= 0 && (share.limitMilli === null || share.limitMilli >= share.guaranteeMilli),
  );
  if (!isCounted || !outagesFit || !sharesFit) return 'invalid-pool';
  const guaranteed = pool.shares.reduce((sum, share) => sum + share.guaranteeMilli, 0);
  return guaranteed > pool.capacityMilli ? 'guarantees-exceed-capacity' : null;
}
