/** Reads what the timeline draws of a window: every hold on every pool, with the kind of work it is for. */
import type { PoolId, TaskId, UnitId, WorkKindId } from '../../../shared/ids.ts';
import type { Booking } from '../../../shared/domain/booking.ts';
import type { ReadDb } from '../handles.ts';
import { SPAN_CLASS_VALUES } from '../projections/spans.ts';
import type { Window } from './bookings.ts';

/** One segment of one task in one pool. */
export interface TimelineBooking extends Booking {
  readonly workKindId: WorkKindId;
  readonly segment: number;
  /** It belongs to a hold that was taken back: the task has gone on since. */
  readonly isEarlierRun: boolean;
}

interface Row extends Omit<TimelineBooking, 'unitIds' | 'isReserved' | 'isEarlierRun'> {
  readonly taskId: TaskId;
  readonly poolId: PoolId;
  readonly unitIds: string;
  readonly isReserved: number;
  readonly isEarlierRun: number;
}

export const LIST_TIMELINE = `WITH span_classes (class, seconds) AS (VALUES ${SPAN_CLASS_VALUES})
  SELECT t.task_id AS taskId, b.pool_id AS poolId, t.subsystem, t.urgency, t.work_kind_id AS workKindId, b.state,
    b.rate_milli AS rateMilli, b.unit_ids AS unitIds, b.segment, b.planned_start AS plannedStart,
    b.planned_end AS plannedEnd, b.is_reserved AS isReserved, b.actual_start AS actualStart,
    b.actual_end AS actualEnd, b.run <> t.run AS isEarlierRun
  FROM pools p CROSS JOIN span_classes c
  CROSS JOIN bookings b ON b.pool_id = p.pool_id AND b.span_class = c.class
    AND b.span_start > :from - c.seconds AND b.span_start < :to
    AND (b.span_end IS NULL OR b.span_end > :from)
  CROSS JOIN tasks t ON t.task_key = b.task_key
  ORDER BY b.span_start, b.task_key, b.run, b.segment, b.position`;

/** Holds whose planned or actual window (or the hull of both) overlaps [from, to), by start. */
export function listTimelineBookings(db: ReadDb, window: Window): TimelineBooking[] {
  return db.all<Row>(LIST_TIMELINE, { from: window.from, to: window.to }).map((row) => ({
    ...row,
    unitIds: JSON.parse(row.unitIds) as UnitId[], // written from a checked payload
    isReserved: row.isReserved === 1,
    isEarlierRun: row.isEarlierRun === 1,
  }));
}
