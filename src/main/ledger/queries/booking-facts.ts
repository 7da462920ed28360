/** Reads bookings for a file that a clinic analyses itself: a stretch of time at a go, so that any number of them fits. */
import type { PatientId, PoolId, TaskId, WorkKindId } from '../../../shared/ids.ts';
import type { TaskState } from '../../../shared/domain/lifecycle.ts';
import type { SubsystemId } from '../../../shared/domain/subsystem.ts';
import type { UrgencyClass } from '../../../shared/domain/urgency.ts';
import type { Instant } from '../../../shared/units.ts';
import type { ReadDb } from '../handles.ts';
import { SPAN_CLASS_VALUES } from '../projections/spans.ts';
import { byStart } from './bookings.ts';
import type { Window } from './bookings.ts';

/** Times in UTC seconds; claims as 0 or 1. Units, staff, requesters and notes are left out: they may name people. */
export interface BookingFact {
  readonly taskId: TaskId;
  readonly patientId: PatientId | null;
  readonly poolId: PoolId;
  readonly subsystem: SubsystemId;
  readonly workKindId: WorkKindId;
  readonly urgency: UrgencyClass;
  readonly state: TaskState;
  readonly rateMilli: number;
  readonly plannedStart: Instant | null;
  readonly plannedEnd: Instant | null;
  readonly isReserved: number;
  readonly actualStart: Instant | null;
  readonly actualEnd: Instant | null;
  /** How often what the task watches is read. */
  readonly intervalSeconds: number | null;
  readonly isAssumed: number;
  readonly isImported: number;
}

const factsSql = (condition: string): string => `
  WITH span_classes (class, seconds) AS (VALUES ${SPAN_CLASS_VALUES})
  SELECT t.task_id AS taskId, t.patient_id AS patientId, b.pool_id AS poolId, t.subsystem,
    t.work_kind_id AS workKindId, t.urgency, b.state, b.rate_milli AS rateMilli, b.planned_start AS plannedStart,
    b.planned_end AS plannedEnd, b.is_reserved AS isReserved, b.actual_start AS actualStart,
    b.actual_end AS actualEnd, t.interval_seconds AS intervalSeconds, t.is_assumed AS isAssumed, t.batch_id IS NOT NULL AS isImported
  FROM pools p CROSS JOIN span_classes c
  CROSS JOIN bookings b ON b.pool_id = p.pool_id AND b.span_class = c.class AND ${condition}
  CROSS JOIN tasks t ON t.task_key = b.task_key
  ORDER BY b.span_start, b.task_key, b.run, b.segment, b.position`;

const STARTING = factsSql('b.span_start >= :from AND b.span_start < :to');
const UNDER_WAY = factsSql(`b.span_start > :from - c.seconds AND b.span_start < :from
    AND (b.span_end IS NULL OR b.span_end > :from)`);

/** Bookings whose hull of planned and actual window begins in [from, to), by its start. */
export function listBookingsStarting(db: ReadDb, window: Window): BookingFact[] {
  return db.all<BookingFact>(STARTING, { from: window.from, to: window.to }, byStart);
}

/** Those that had begun before `from` and reach beyond it. */
export function listBookingsUnderWay(db: ReadDb, from: Instant): BookingFact[] {
  return db.all<BookingFact>(UNDER_WAY, { from }, byStart);
}
