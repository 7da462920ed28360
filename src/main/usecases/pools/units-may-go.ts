/** Whether the units that a change takes from a pool are free to go. */
import { findPool, listBookings } from '../../ledger/index.ts';
import type { LedgerTx } from '../../ledger/index.ts';
import type { Pool } from '../../../shared/domain/pool.ts';
import type { UnitId } from '../../../shared/ids.ts';
import type { Result } from '../../../shared/result.ts';
import { accept, refuse } from '../../../shared/result.ts';
import { instant } from '../../../shared/units.ts';
import { HORIZON_SECONDS } from '../planning/settings.ts';

/** A unit that confirmed or running work holds cannot be taken away; an outage can take it out of service instead. */
export function unitsMayGo(tx: Pick<LedgerTx, 'db' | 'now'>, pool: Pool): Result<null, 'unit-in-use'> {
  const before = findPool(tx.db, pool.id, tx.now);
  const kept = new Set<UnitId>(pool.units.map((unit) => unit.id));
  const removed = before?.units.map((unit) => unit.id).filter((id) => !kept.has(id)) ?? [];
  if (removed.length === 0) return accept(null);
  const ahead = listBookings(tx.db, { from: tx.now, to: instant(tx.now + HORIZON_SECONDS) }, pool.id);
  const held = ahead
    .filter((booking) => booking.state === 'running' || booking.state === 'confirmed')
    .flatMap((booking) => booking.unitIds);
  const inUse = removed.find((id) => held.includes(id));
  return inUse === undefined ? accept(null) : refuse('unit-in-use', { unitId: inUse });
}
