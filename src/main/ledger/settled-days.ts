/**
 * Days that are over, with the work used on them summed once: sums of whole settled days and of the rest of a window,
 * looked up as ever, are the sum of the window. They are derived and may be missing; where they stand they are right,
 * because whatever changes a booking takes its days away (triggers for what changes or goes, `projections/unsettling.ts` for
 * what is new), and a full verification sums them anew.
 */
import type { PoolId } from '../../shared/ids.ts';
import type { SubsystemId } from '../../shared/domain/subsystem.ts';
import { SUBSYSTEM_IDS } from '../../shared/domain/subsystem.ts';
import type { ReadDb, WriteDb } from './handles.ts';
import { SPAN_CLASS_SECONDS, SPAN_CLASS_VALUES } from './projections/spans.ts';

/** Class 0, of what has no end yet, included. */
const SPAN_CLASS_INDEXES = [0, ...SPAN_CLASS_SECONDS].map((_, index) => `(${index})`).join(', ');

/** [from, to), in UTC seconds. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

export interface UsedRow {
  readonly subsystem: SubsystemId;
  readonly poolId: PoolId;
  readonly work: number;
}

/** Work used in [:from, :to), from the bookings themselves. */
export const SUM_USED_WORK = `WITH span_classes (class, seconds) AS (VALUES ${SPAN_CLASS_VALUES})
  SELECT t.subsystem, b.pool_id AS poolId,
    sum(b.rate_milli * (min(coalesce(b.actual_end, :to), :to) - max(b.actual_start, :from))) AS work
  FROM pools p CROSS JOIN span_classes c
  CROSS JOIN bookings b ON b.pool_id = p.pool_id AND b.span_class = c.class
    AND b.span_start > :from - c.seconds AND b.span_start < :to
  CROSS JOIN tasks t ON t.task_key = b.task_key
  WHERE b.actual_start < :to AND coalesce(b.actual_end, :to) > :from
  GROUP BY t.subsystem, b.pool_id ORDER BY t.subsystem, b.pool_id`;

/** Work used on the settled days that begin in [:from, :to): one stretch of the table per pool and subsystem. */
export const SUM_SETTLED_WORK = `
  WITH all_subsystems (subsystem) AS (VALUES ${SUBSYSTEM_IDS.map((id) => `('${id}')`).join(', ')})
  SELECT s.subsystem, p.pool_id AS poolId, sum(w.work) AS work
  FROM pools p CROSS JOIN all_subsystems s
  CROSS JOIN settled_work w ON w.pool_id = p.pool_id AND w.subsystem = s.subsystem
    AND w.from_seconds >= :from AND w.from_seconds < :to
  GROUP BY p.pool_id, s.subsystem`;

export const LIST_SETTLED_DAYS = `
  SELECT from_seconds AS "from", until_seconds AS "to" FROM settled_days
  WHERE from_seconds >= :from AND from_seconds < :to ORDER BY from_seconds`;

const WORK_OF_DAY = `
  SELECT subsystem, pool_id AS poolId, work FROM settled_work WHERE from_seconds = :from
  ORDER BY subsystem, pool_id`;

/* The first row of each stretch of the index, and not the whole table. */
export const FIRST_START = `WITH span_classes (class) AS (VALUES ${SPAN_CLASS_INDEXES})
  SELECT min((SELECT min(b.span_start) FROM bookings b WHERE b.pool_id = p.pool_id AND b.span_class = c.class))
    AS "from"
  FROM pools p CROSS JOIN span_classes c`;

/** When the first booking begins; null while there is none. */
export function findFirstStart(db: ReadDb): number | null {
  return db.get<{ from: number | null }>(FIRST_START)?.from ?? null;
}

/** Settled days that lie in the window as a whole, ascending and disjoint. */
export function listSettledDays(db: ReadDb, window: Stretch): Stretch[] {
  const days = db.all<Stretch>(LIST_SETTLED_DAYS, { from: window.from, to: window.to });
  return days.filter((day) => day.to <= window.to);
}

/** What of the window no settled day covers, ascending. */
export function unsettledStretches(days: readonly Stretch[], window: Stretch): Stretch[] {
  const gaps: Stretch[] = [];
  let from = window.from;
  for (const day of days) {
    if (day.from > from) gaps.push({ from, to: day.from });
    from = day.to;
  }
  if (from < window.to) gaps.push({ from, to: window.to });
  return gaps;
}

/**
 * Sums one day that is over, inside the caller's transaction; nothing where a part of it is settled already.
 * @param day  at most `SETTLED_SECONDS_MAX` long, its end in the past
 */
export function settleDay(db: WriteDb, day: Stretch): void {
  const known = db.get<{ count: number }>(
    `SELECT count(*) AS count FROM settled_days WHERE from_seconds < :to AND until_seconds > :from`,
    { from: day.from, to: day.to },
  );
  if (known === null || known.count > 0) return;
  db.run(`INSERT INTO settled_days (from_seconds, until_seconds) VALUES (:from, :to)`, {
    from: day.from,
    to: day.to,
  });
  for (const { subsystem, poolId, work } of sumUsedWork(db, day)) {
    db.run(
      `INSERT INTO settled_work (pool_id, subsystem, from_seconds, work)
       VALUES (:poolId, :subsystem, :from, :work)`,
      { poolId, subsystem, from: day.from, work },
    );
  }
}

/** From the bookings themselves; none for a pair without work. */
export function sumUsedWork(db: ReadDb, window: Stretch): UsedRow[] {
  const rows = db.all<UsedRow>(SUM_USED_WORK, { from: window.from, to: window.to }, addUp);
  return rows.filter((row) => row.work > 0);
}

/** Adds rows of the same subsystem and pool; in the order of both. */
export function addUp(rows: readonly UsedRow[]): UsedRow[] {
  const pairs = Map.groupBy(rows, ({ subsystem, poolId }) => `${subsystem} ${poolId}`);
  return [...pairs]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .flatMap(([, [first, ...others]]) =>
      first ? [{ ...first, work: others.reduce((sum, row) => sum + row.work, first.work) }] : [],
    );
}

/** Settled days whose sums are not those of the bookings, by their start: each is summed anew. */
export function findWrongDays(db: ReadDb): number[] {
  const days = db.all<Stretch>(LIST_SETTLED_DAYS, {
    from: -Number.MAX_SAFE_INTEGER,
    to: Number.MAX_SAFE_INTEGER,
  });
  const overlaps = days.filter((day, index) => day.from < (days[index - 1]?.to ?? -Infinity));
  const wrong = days.filter((day) => {
    const kept = db.all<UsedRow>(WORK_OF_DAY, { from: day.from });
    return JSON.stringify(kept) !== JSON.stringify(sumUsedWork(db, day));
  });
  return [...new Set([...overlaps, ...wrong].map((day) => day.from))].sort((left, right) => left - right);
}
