/**
 * One pool's load against its capacity over the next hours, as every workspace pins it on top. Pure: bookings and the
 * expanded calendar in, step functions out. What has happened is `actual`, what is promised `reserved`, what may
 * still move `tentative`; a running task past its end counts on for the assumed while.
 */
import type { StripView } from '../../../shared/contract/pools.ts';
import type { Booking } from '../../../shared/domain/booking.ts';
import { expectedEnd } from '../../../shared/domain/overrun.ts';
import type { Pool } from '../../../shared/domain/pool.ts';
import type { Instant, Milli } from '../../../shared/units.ts';
import { HOUR, instant, milli, seconds } from '../../../shared/units.ts';
import type { Hold, Step } from './steps.ts';
import { freeFrom, loadSteps, valueAt } from './steps.ts';

/** The strip shows the last two hours and the next ten. */
export const STRIP_BEFORE_SECONDS = 2 * HOUR;
export const STRIP_AFTER_SECONDS = 10 * HOUR;

export function stripWindow(now: Instant): { from: Instant; until: Instant } {
  return { from: instant(now - STRIP_BEFORE_SECONDS), until: instant(now + STRIP_AFTER_SECONDS) };
}

/** Where a running booking is expected to end; null when it does not run. */
export function runningEnd(booking: Booking, now: Instant): Instant | null {
  if (booking.actualStart === null || booking.actualEnd !== null) return null;
  const planned =
    booking.plannedStart === null || booking.plannedEnd === null
      ? 0
      : booking.plannedEnd - booking.plannedStart;
  return expectedEnd({ startedAt: booking.actualStart, durationSeconds: seconds(planned), now }).end;
}

export function actualHolds(bookings: readonly Booking[], now: Instant): Hold[] {
  return bookings.flatMap((booking) =>
    booking.actualStart === null
      ? []
      : [{ from: booking.actualStart, until: booking.actualEnd ?? now, rateMilli: booking.rateMilli }],
  );
}

export function plannedHolds(bookings: readonly Booking[], states: readonly Booking['state'][]): Hold[] {
  return bookings.flatMap((booking) =>
    booking.actualStart === null &&
    booking.plannedStart !== null &&
    booking.plannedEnd !== null &&
    states.includes(booking.state)
      ? [{ from: booking.plannedStart, until: booking.plannedEnd, rateMilli: booking.rateMilli }]
      : [],
  );
}

export function runningHolds(bookings: readonly Booking[], now: Instant): Hold[] {
  return bookings.flatMap((booking) => {
    const until = booking.state === 'running' ? runningEnd(booking, now) : null;
    return until === null ? [] : [{ from: now, until, rateMilli: booking.rateMilli }];
  });
}

/** @param offered  the pool's capacity over the window, ascending from its start */
export function stripOf(given: {
  readonly pool: Pool;
  readonly offered: readonly { readonly at: Instant; readonly capacityMilli: Milli }[];
  readonly bookings: readonly Booking[];
  readonly now: Instant;
}): StripView {
  const { pool, bookings, now } = given;
  const { from, until } = stripWindow(now);
  const capacity: Step[] = given.offered.map((step) => ({ at: step.at, milli: step.capacityMilli }));
  const promised = [...runningHolds(bookings, now), ...plannedHolds(bookings, ['confirmed'])];
  const tentative = plannedHolds(bookings, ['tentative']);
  const wantedMilli = milli(pool.kind === 'countable' ? 1000 : 1);
  return {
    poolId: pool.id,
    name: pool.name,
    unitName: pool.unitName,
    capacityMilli: pool.capacityMilli,
    from,
    until,
    now,
    capacity,
    actual: loadSteps(actualHolds(bookings, now), from, now),
    reserved: loadSteps(promised, now, until),
    tentative: loadSteps(tentative, now, until),
    loadMilli: valueAt(loadSteps(runningHolds(bookings, now), now, until), now),
    offeredMilli: valueAt(capacity, now),
    freeAt: freeFrom({
      offered: capacity,
      load: loadSteps([...promised, ...tentative], now, until),
      wantedMilli,
      from: now,
      until,
    }),
  };
}
