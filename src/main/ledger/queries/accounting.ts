/** Reads sums over bookings: who used how much, what time the books cover, how much ended when. */
import type { PoolId } from '../../../shared/ids.ts';
import type { SubsystemId } from '../../../shared/domain/subsystem.ts';
import { instant, work } from '../../../shared/units.ts';
import type { Work } from '../../../shared/units.ts';
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

/* The tasks of an import came in one transaction, so that their keys follow each other. */
export const LIST_BATCH_KEYS = `
  SELECT (SELECT min(t.task_key) FROM tasks t WHERE t.batch_id = i.batch_id) AS first,
    (SELECT max(t.task_key) FROM tasks t WHERE t.batch_id = i.batch_id) AS last
  FROM imports i`;

export const OWN_STARTED_WORK = `
  SELECT 1 AS found FROM tasks
  WHERE task_key > :after AND task_key < :before AND batch_id IS NULL AND started_at IS NOT NULL LIMIT 1`;

interface BatchKeys {
  readonly first: number | null;
  readonly last: number | null;
}

/**
 * Whether any work that was recorded here, and not brought in from another system, ever began. Looks only between the
 * tasks of imports: there may be a million of those.
 */
export function hasOwnStartedWork(db: ReadDb): boolean {
  const found = (after: number, before: number): boolean =>
    db.all(OWN_STARTED_WORK, { after, before }).length > 0;
  const last = Number.MAX_SAFE_INTEGER;
  if (db.isJoined) return found(0, last); // two parts have keys of their own
  const batches = db
    .all<BatchKeys>(LIST_BATCH_KEYS)
    .flatMap((keys) => (keys.first === null || keys.last === null ? [] : [[keys.first, keys.last] as const]))
    .sort(([left], [right]) => left - right);
  const ends = [0, ...batches.map(([, end]) => end)];
  return ends.some((end, index) => found(end, batches[index]?.[0] ?? last));
}

export const ENDED_WORK_HULL = `
  SELECT min(ended_at) AS "from", max(ended_at) AS "to" FROM tasks WHERE ended_at IS NOT NULL`;

/** When the first and the last task ended; null while none has. */
export function findEndedWork(db: ReadDb): Window | null {
  const row = db.get<Hull>(ENDED_WORK_HULL, {}, hullOf);
  if (row === null || row.from === null || row.to === null) return null;
  return { from: instant(row.from), to: instant(row.to) };
}

export const COUNT_ENDED_WORK = `
  SELECT count(*) AS count FROM tasks WHERE ended_at >= :from AND ended_at < :to`;

/** How many tasks ended in [from, to): read from an index, no row of a task. */
export function countEndedWork(db: ReadDb, { from, to }: Window): number {
  const parts = db.all<{ count: number }>(COUNT_ENDED_WORK, { from, to });
  return parts.reduce((sum, { count }) => sum + count, 0);
}
