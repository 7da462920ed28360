/**
 * Reads the load strips of some pools: one query for all bookings in the strip's window.
 */
import type { ReadDb } from '../../ledger/index.ts';
import { listBookings } from '../../ledger/index.ts';
import { offeredSteps, unchanged } from '../../../shared/calendar.ts';
import type { StripView } from '../../../shared/contract/pools.ts';
import type { Booking } from '../../../shared/domain/booking.ts';
import type { Pool } from '../../../shared/domain/pool.ts';
import type { PoolId } from '../../../shared/ids.ts';
import type { Instant } from '../../../shared/units.ts';
import { stripOf, stripWindow } from './strips.ts';

export interface Strips {
  readonly strips: readonly StripView[];
  /** Bookings of the window, for loads per subsystem. */
  readonly bookings: readonly Booking[];
}

/** @param zone  the clinic's time zone */
export function readStrips(db: ReadDb, pools: readonly Pool[], zone: string, now: Instant): Strips {
  const { from, until } = stripWindow(now);
  const bookings = listBookings(db, { from, to: until });
  const byPool = new Map<PoolId, Booking[]>(pools.map((pool) => [pool.id, []]));
  for (const booking of bookings) byPool.get(booking.poolId)?.push(booking);
  const strips = pools.map((pool) =>
    stripOf({
      pool,
      offered: offeredSteps(unchanged(pool), { from, until }, zone),
      bookings: byPool.get(pool.id) ?? [],
      now,
    }),
  );
  return { strips, bookings };
}
