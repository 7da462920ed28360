/** Reads sums over bookings: who used how much, what time the books cover, which month was the busiest. */
import type { PoolId } from '../../../shared/ids.ts';
import type { SubsystemId } from '../../../shared/domain/subsystem.ts';
import { instant, work } from '../../../shared/units.ts';
import type { Instant, Work } from '../../../shared/units.ts';
import type { ReadDb } from '../handles.ts';
import {
  addUp,
  listSettledDays,
  SUM_SETTLED_WORK,
  sumUsedWork,
  unsettledStretches,
} from '../settled-days.ts';
import type { UsedRow } from '../settled-days.ts';
import type { Window } from './bookings.ts';

export interface UsedWork {
  readonly subsystem: SubsystemId;
  readonly poolId: PoolId;
  readonly work: Work;
}

/** Windows this short are summed from their bookings: settled days save nothing there. */
const SHORT_SECONDS = 3 * 86_400;

/**
 * Work really done in [from, to), in thousandth-unit·seconds, per subsystem and pool; what still runs counts until
 * `to`, which is at most now. None for a pair without work. Days that are settled are added up, the rest is looked up.
 */
export function listUsedWork(db: ReadDb, window: Window): UsedWork[] {
  return usedRows(db, window).map((row) => ({ ...row, work: work(row.work) }));
}

function usedRows(db: ReadDb, window: Window): UsedRow[] {
  if (db.isJoined || window.to - window.from <= SHORT_SECONDS) return sumUsedWork(db, window);
  const days = listSettledDays(db, window);
  const [first] = days;
  const last = days.at(-1);
  if (!first || !last) return sumUsedWork(db, window);
  const settled = db.all<UsedRow>(SUM_SETTLED_WORK, { from: first.from, to: last.from + 1 });
  const rest = unsettledStretches(days, window).flatMap((stretch) => sumUsedWork(db, stretch));
  return addUp([...settled, ...rest]);
}

interface Hull {
  readonly from: number | null;
  readonly to: number | null;
}

function hullOf(hulls: readonly Hull[]): Hull[] {
  const known = hulls.filter((hull) => hull.from !== null && hull.to !== null);
  if (known.length === 0) return [{ from: null, to: null }];
  return [
    {
      from: Math.min(...known.map((hull) => hull.from ?? Infinity)),
      to: Math.max(...known.map((hull) => hull.to ?? -Infinity)),
    },
  ];
}

/** The hull of every window in the books, running work until its planned end; null while there is none. */
export function findPeriod(db: ReadDb): Window | null {
  const row = db.get<Hull>(
    `SELECT min(span_start) AS "from", max(coalesce(span_end, planned_end, span_start)) AS "to" FROM bookings`,
    {},
    hullOf,
  );
  if (row === null || row.from === null || row.to === null) return null;
  return { from: instant(row.from), to: instant(row.to) };
}

export interface BusyMonth {
  /** `YYYY-MM`, by UTC. */
  readonly month: string;
  /** Bookings that began in it. */
  readonly count: number;
}

/**
 * The month in which most bookings really began, the latest of equals; null while nothing ever ran.
 * @param before  only months that begin before it: the future is not busy yet
 */
export function findBusiestMonth(db: ReadDb, before: Instant): BusyMonth | null {
  const months = db.all<BusyMonth>(
    `SELECT strftime('%Y-%m', actual_start, 'unixepoch') AS month, count(*) AS count
     FROM bookings WHERE actual_start < :before GROUP BY month`,
    { before },
  );
  const counts = new Map<string, number>();
  for (const { month, count } of months) counts.set(month, (counts.get(month) ?? 0) + count);
  const [busiest] = [...counts].sort(
    ([month, count], [other, otherCount]) => otherCount - count || (other < month ? -1 : 1),
  );
  return busiest ? { month: busiest[0], count: busiest[1] } : null;
}

export interface StartedWork {
  readonly startedAt: Instant;
  /** Brought in from another system rather than recorded here. */
  readonly isImported: boolean;
}

/** When every task that ever began did so, in no order; one at a time, because there may be a million. */
export function* iterateStartedWork(db: ReadDb): Generator<StartedWork> {
  const rows = db.iterate<{ startedAt: number; isImported: number }>(
    `SELECT started_at AS startedAt, batch_id IS NOT NULL AS isImported FROM tasks WHERE started_at IS NOT NULL`,
  );
  for (const row of rows) yield { startedAt: instant(row.startedAt), isImported: row.isImported === 1 };
}
