/**
 * The timeline of a window: one query for all holds in it, one view per pool. Windows too wide for single tasks, or
 * too full of them, get each pool's load as means and no bars, so that a month of a large ledger is as quick as a day.
 */
import { listPoolVersions, listPools, listTimelineBookings, listWorkKinds } from '../../ledger/index.ts';
import type { ReadDb, TimelineBooking } from '../../ledger/index.ts';
import type { PoolVersion } from '../../../shared/calendar.ts';
import type { Request } from '../../../shared/contract/index.ts';
import { TIMELINE_DAYS_MAX } from '../../../shared/contract/timeline.ts';
import type { Pool } from '../../../shared/domain/pool.ts';
import type { PoolId } from '../../../shared/ids.ts';
import { instantOfWall, localDayNumberOf, localDays } from '../../../shared/local-time.ts';
import { accept, refuse } from '../../../shared/result.ts';
import type { Instant, Seconds } from '../../../shared/units.ts';
import { DAY, HOUR, MINUTE, instant, seconds } from '../../../shared/units.ts';
import { getClinic } from '../planning/books.ts';
import type { Usecase } from '../usecase.ts';
import type { Stretch } from './pool-timeline.ts';
import { poolTimeline } from './pool-timeline.ts';

/** More bars than this are no longer told apart on any screen. */
const BARS_MAX = 4000;
/** From this length on a window's means are those of local days, below of hours. */
const DAYS_FROM = 25 * DAY;
/** Of a clinic that never closes. */
const USUAL_DAY = { fromMinute: 7 * 60, toMinute: 19 * 60 };
/** Room before the first opening and after the last closing. */
const MARGIN_MINUTES = 30;
const MINUTES_PER_DAY = DAY / MINUTE;

export const getTimeline: Usecase<'timeline.get'> = (place, request) => {
  const { db } = place;
  const now = place.now();
  const zone = getClinic(db).timeZone;
  const pools = listPools(db, now);
  const day = workingDay(pools);
  const window = windowOf(request, { day, zone, now });
  const length = window.until - window.from;
  if (length < HOUR / 4 || length > TIMELINE_DAYS_MAX * DAY) return refuse('invalid-period');
  const bookings = listTimelineBookings(db, { from: window.from, to: window.until });
  const isDense = request.isDense || bookings.length > BARS_MAX;
  const meanSeconds = isDense ? seconds(length >= DAYS_FROM ? DAY : HOUR) : null;
  const kinds = new Map(listWorkKinds(db).map((kind) => [kind.id, kind]));
  const facts = {
    window,
    now,
    zone,
    boundaries: meanSeconds === null ? null : boundariesOf(window, meanSeconds, zone),
    displaced: new Set(place.proposals.at(db, now).displacements.map((row) => row.taskId)),
    workKind: (id: TimelineBooking['workKindId']) => kinds.get(id) ?? null,
  };
  const byPool = Map.groupBy(bookings, (booking) => booking.poolId);
  const versions = versionsByPool(db, window);
  return accept({
    now,
    ...window,
    day,
    isDense,
    meanSeconds,
    pools: pools.map((pool) =>
      poolTimeline(pool, versions.get(pool.id) ?? [], byPool.get(pool.id) ?? [], facts),
    ),
  });
};

/** From the earliest opening of any weekday to the latest closing, with a little room, within the day. */
function workingDay(pools: readonly Pool[]): { fromMinute: number; toMinute: number } {
  const ranges = pools.flatMap((pool) => pool.weeklyHours?.flat() ?? []);
  if (ranges.length === 0) return USUAL_DAY;
  const from = Math.min(...ranges.map((range) => range.fromMinute)) - MARGIN_MINUTES;
  const to = Math.max(...ranges.map((range) => range.toMinute)) + MARGIN_MINUTES;
  return { fromMinute: Math.max(0, from), toMinute: Math.min(MINUTES_PER_DAY, to) };
}

function windowOf(
  request: Request<'timeline.get'>,
  given: {
    readonly day: { fromMinute: number; toMinute: number };
    readonly zone: string;
    readonly now: Instant;
  },
): Stretch {
  if (request.window) return request.window;
  const today = localDayNumberOf(given.now, given.zone);
  return {
    from: instantOfWall(today, given.day.fromMinute, given.zone),
    until: instantOfWall(today, given.day.toMinute, given.zone),
  };
}

/** Starts of local days, or of hours, in the window: what load is averaged between. */
function boundariesOf(window: Stretch, meanSeconds: Seconds, zone: string): Instant[] {
  const days = localDays(window.from, window.until, zone);
  if (meanSeconds === DAY) return days.map((day) => day.start);
  return days.flatMap(({ start, end }) =>
    Array.from({ length: Math.ceil((end - start) / HOUR) }, (_, hour) => instant(start + hour * HOUR)),
  );
}

function versionsByPool(db: ReadDb, window: Stretch): Map<PoolId, PoolVersion[]> {
  const versions = new Map<PoolId, PoolVersion[]>();
  for (const { pool, effectiveFrom } of listPoolVersions(db, { from: window.from, to: window.until })) {
    const known = versions.get(pool.id) ?? [];
    versions.set(pool.id, [...known, { from: effectiveFrom, pool }]);
  }
  return versions;
}
