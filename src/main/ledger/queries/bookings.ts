/**
 * Reads bookings that overlap a window, in every pool or one. Planned, reserved and actual windows stand side by side;
 * an actual window may reach past now (a running task that pauses over a closure): a reader clips it at now.
 */
import type { PoolId } from '../../../shared/ids.ts';
import type { Booking } from '../../../shared/domain/booking.ts';
import type { Instant } from '../../../shared/units.ts';
import type { ReadDb } from '../handles.ts';
import { SPAN_CLASS_VALUES } from '../projections/spans.ts';
import { BOOKING_COLUMNS, bookingOf } from './task-row.ts';
import type { BookingRow } from './task-row.ts';

export interface Window {
  readonly from: Instant;
  readonly to: Instant;
}

/* One index range per pool and span class; see `projections/spans.ts`. */
const OVERLAP = `
  CROSS JOIN bookings b ON b.pool_id = p.pool_id AND b.span_class = c.class
    AND b.span_start > :from - c.seconds AND b.span_start < :to
    AND (b.span_end IS NULL OR b.span_end > :from)`;

const SPAN_CLASSES = `WITH span_classes (class, seconds) AS (VALUES ${SPAN_CLASS_VALUES})`;

export const LIST_BOOKINGS = `${SPAN_CLASSES}
  SELECT ${BOOKING_COLUMNS}
  FROM pools p CROSS JOIN span_classes c ${OVERLAP} CROSS JOIN tasks t ON t.task_key = b.task_key
  ORDER BY b.span_start, b.task_key, b.run, b.segment, b.position`;

export const LIST_BOOKINGS_OF_POOL = `${SPAN_CLASSES}
  SELECT ${BOOKING_COLUMNS}
  FROM (SELECT :poolId AS pool_id) p CROSS JOIN span_classes c ${OVERLAP}
    CROSS JOIN tasks t ON t.task_key = b.task_key
  ORDER BY b.span_start, b.task_key, b.run, b.segment, b.position`;

/**
 * Bookings whose planned or actual window (or the hull of both) overlaps [from, to), by start.
 * @param poolId  null for all pools
 */
export function listBookings(db: ReadDb, window: Window, poolId: PoolId | null = null): Booking[] {
  const params = { from: window.from, to: window.to };
  const rows =
    poolId === null
      ? db.all<BookingRow>(LIST_BOOKINGS, params, byStart)
      : db.all<BookingRow>(LIST_BOOKINGS_OF_POOL, { ...params, poolId }, byStart);
  return rows.map(bookingOf);
}

interface Windowed {
  readonly plannedStart: number | null;
  readonly actualStart: number | null;
}

/** By the start of the hull of both windows, in place. */
export function byStart<Row extends Windowed>(rows: Row[]): Row[] {
  const startOf = ({ plannedStart, actualStart }: Row): number =>
    Math.min(plannedStart ?? Infinity, actualStart ?? Infinity);
  return rows.sort((left, right) => startOf(left) - startOf(right));
}

/** SQL of "bookings b that overlap [:from, :to)", after `FROM pools p CROSS JOIN span_classes c`. */
export const BOOKINGS_IN_WINDOW = { classes: SPAN_CLASSES, join: OVERLAP } as const;

/** SQL of a list of task keys with a booking that overlaps [:from, :to). */
export const TASK_KEYS_IN_WINDOW = `${SPAN_CLASSES}
  SELECT DISTINCT b.task_key FROM pools p CROSS JOIN span_classes c ${OVERLAP}`;
