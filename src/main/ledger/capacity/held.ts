/**
 * What promised and running work holds of each pool: per row of `bookings` the part that lies in its plan. What ran
 * before or after its plan is a fact that nobody promised (an early start, an overrun), and imported history is fact
 * as a whole; neither is here.
 */
import type { ReadDb } from '../handles.ts';

/** One task's hold on one pool, [start, end) in UTC seconds. */
export interface Held {
  readonly taskKey: number;
  /** Counts how often the task was taken back: the parts of two runs are never added up. */
  readonly run: number;
  readonly poolId: string;
  readonly rateMilli: number;
  /** JSON array of the named units. */
  readonly unitIds: string;
  readonly start: number;
  readonly end: number;
}

interface Row {
  readonly taskKey: number;
  readonly run: number;
  readonly poolId: string;
  readonly state: string;
  readonly rateMilli: number;
  readonly unitIds: string;
  readonly plannedStart: number;
  readonly plannedEnd: number;
  readonly isReserved: number;
  readonly actualStart: number | null;
  readonly actualEnd: number | null;
}

/** Task keys looked at in one go. */
const STRETCH = 20_000;

export const LIST_HELD = `
  SELECT b.task_key AS taskKey, b.run, b.pool_id AS poolId, b.state, b.rate_milli AS rateMilli, b.unit_ids AS unitIds,
    b.planned_start AS plannedStart, b.planned_end AS plannedEnd, b.is_reserved AS isReserved,
    b.actual_start AS actualStart, b.actual_end AS actualEnd
  FROM bookings b
  WHERE b.task_key > :after AND b.task_key <= :upTo AND b.planned_start IS NOT NULL
    AND (b.is_reserved = 1 OR b.actual_start IS NOT NULL)
    AND (SELECT e.kind FROM entries e WHERE e.seq = b.task_key) IS NOT 'task-imported'
  ORDER BY b.task_key, b.run`;

const UNDER_WAY: readonly string[] = ['confirmed', 'running'];

/** Everything held, a stretch of tasks at a time: a good moment for a pause. @param length  of the chain */
export function* heldStretches(db: ReadDb, length: number): Generator<Held[]> {
  for (let after = 0; after < length; after += STRETCH) {
    const rows = db.all<Row>(LIST_HELD, { after, upTo: after + STRETCH });
    const endOfRun = new Map<string, number>();
    for (const row of rows) {
      if (row.actualEnd === null) continue;
      const run = `${row.taskKey} ${row.run}`;
      endOfRun.set(run, Math.max(endOfRun.get(run) ?? row.actualEnd, row.actualEnd));
    }
    yield rows.flatMap((row) => heldOf(row, endOfRun.get(`${row.taskKey} ${row.run}`) ?? null));
  }
}

/** @param endOfRun  when the last of what ran with it was over; null where nothing of it ran, or it still does */
function heldOf(row: Row, endOfRun: number | null): Held[] {
  const { taskKey, run, poolId, rateMilli, unitIds, plannedStart, plannedEnd, actualStart, actualEnd } = row;
  const start = row.isReserved === 1 ? plannedStart : Math.max(plannedStart, actualStart ?? plannedStart);
  // What is over gave back at its end what was still reserved.
  const over = UNDER_WAY.includes(row.state) ? actualEnd : (actualEnd ?? endOfRun);
  const end = Math.min(plannedEnd, over ?? plannedEnd);
  return start < end ? [{ taskKey, run, poolId, rateMilli, unitIds, start, end }] : [];
}
