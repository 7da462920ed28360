/**
 * One subsystem's workspace: its formula per pool, and its pools' strips. Its tasks come page by page (queue/).
 */
import type { ReadDb } from '../../ledger/index.ts';
import { listPools, listPoolsNeeded, listWorkKinds } from '../../ledger/index.ts';
import type { Response } from '../../../shared/contract/index.ts';
import type { StripView } from '../../../shared/contract/pools.ts';
import type { Booking } from '../../../shared/domain/booking.ts';
import type { Pool } from '../../../shared/domain/pool.ts';
import { OPEN_STATES } from '../../../shared/domain/lifecycle.ts';
import type { SubsystemId } from '../../../shared/domain/subsystem.ts';
import { getSubsystem } from '../../../shared/domain/subsystem.ts';
import { accept } from '../../../shared/result.ts';
import type { Instant } from '../../../shared/units.ts';
import { milli } from '../../../shared/units.ts';
import { getClinic, readSubsystems } from '../planning/books.ts';
import type { Usecase } from '../usecase.ts';
import { readStrips } from '../views/read-strips.ts';

type Chip = Response<'workspace.get'>['chips'][number];

export const getWorkspace: Usecase<'workspace.get'> = (place, { subsystem }) => {
  const { db } = place;
  const now = place.now();
  const zone = getClinic(db).timeZone;
  const pools = poolsOf(db, subsystem, now);
  const { strips, bookings } = readStrips(db, pools, zone, now);
  return accept({
    subsystem,
    policy:
      readSubsystems(db).find((setting) => setting.subsystem === subsystem)?.policy ??
      getSubsystem(subsystem).defaultPolicy,
    now,
    chips: strips.map((strip) => chipOf(strip, bookings, subsystem)),
    strips,
  });
};

/** Pools that the subsystem's kinds of work or open tasks need, in the clinic's order. */
function poolsOf(db: ReadDb, subsystem: SubsystemId, now: Instant): Pool[] {
  const kinds = listWorkKinds(db).filter((kind) => kind.subsystem === subsystem);
  const known = new Set(kinds.flatMap((kind) => kind.needs.map((need) => need.poolId)));
  const needed = listPoolsNeeded(db, subsystem, OPEN_STATES);
  return listPools(db, now).filter((pool) => known.has(pool.id) || needed.has(pool.id));
}

/** The subsystem's own load on the pool at this instant: one term of E, I, H, D or M. */
function chipOf(strip: StripView, bookings: readonly Booking[], subsystem: SubsystemId): Chip {
  const load = bookings
    .filter(
      (each) => each.poolId === strip.poolId && each.subsystem === subsystem && each.state === 'running',
    )
    .filter((each) => each.actualStart !== null && each.actualStart <= strip.now && each.actualEnd === null)
    .reduce((sum, each) => sum + each.rateMilli, 0);
  return {
    poolId: strip.poolId,
    name: strip.name,
    unitName: strip.unitName,
    loadMilli: milli(load),
    offeredMilli: strip.offeredMilli,
  };
}
