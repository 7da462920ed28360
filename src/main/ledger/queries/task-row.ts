/** The one place where rows of `tasks`, `task_needs` and `bookings` become domain types. */
import type { BatchId, PatientId, PoolId, StaffId, TaskId, UnitId, WorkKindId } from '../../../shared/ids.ts';
import { instant, milli, seconds, work } from '../../../shared/units.ts';
import type { Instant, Seconds } from '../../../shared/units.ts';
import type { Booking } from '../../../shared/domain/booking.ts';
import type { TaskState } from '../../../shared/domain/lifecycle.ts';
import type { SubsystemId } from '../../../shared/domain/subsystem.ts';
import type { Allocation, Need, Segment, Task } from '../../../shared/domain/task.ts';
import type { UrgencyClass } from '../../../shared/domain/urgency.ts';
import type { Sealed } from '../sealed.ts';

/** A task and what the books know of it besides its domain fields. */
export interface TaskRecord {
  readonly task: Task;
  /** Where it is placed now or was last; null without a window. History that was never planned has its actual one. */
  readonly allocation: Allocation | null;
  readonly note: Sealed | null;
  /** What another system calls it (an accession number, a claim number): sealed like the note. */
  readonly reference: Sealed | null;
  /** Imported without an end: the end is assumed. */
  readonly isOpenEnded: boolean;
  /** Since when it is promised; null for work that is not, or was begun without a promise. */
  readonly confirmedAt: Instant | null;
}

export interface TaskRow {
  readonly taskKey: number;
  readonly id: TaskId;
  readonly subsystem: SubsystemId;
  readonly state: TaskState;
  /** Where it stands in time. */
  readonly sortAt: number;
  readonly run: number;
  readonly workKindId: WorkKindId;
  readonly patientId: PatientId | null;
  readonly requester: string;
  readonly durationSeconds: number;
  readonly urgency: UrgencyClass;
  readonly submittedAt: number;
  readonly earliestStart: number;
  readonly fixedStart: number | null;
  readonly due: number | null;
  readonly weight: number;
  readonly afterTasks: string;
  readonly delays: string | null;
  readonly dueAfter: number | null;
  readonly interval: number | null;
  readonly minimumShareMilli: number | null;
  readonly preemptibility: Task['preemptibility'];
  readonly maySpanClosures: number;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  readonly isAssumed: number;
  readonly isOpenEnded: number;
  readonly confirmedAt: number | null;
  readonly batchId: BatchId | null;
  readonly enteredBy: StaffId | null;
  readonly note: Sealed | null;
  readonly reference: Sealed | null;
  /** JSON: `[[poolId, rateMilli, amount], …]` in the order of the needs. */
  readonly needs: string;
  /** JSON: `[[segment, start, end, rateMilli, unitIds], …]` of the current run, by segment, then need. */
  readonly holds: string;
}

export const TASK_COLUMNS = `
  t.task_key AS taskKey, t.task_id AS id, t.subsystem, t.state, t.sort_at AS sortAt, t.run, t.work_kind_id AS workKindId,
  t.patient_id AS patientId, t.requester, t.duration_seconds AS durationSeconds, t.urgency,
  t.submitted_at AS submittedAt, t.earliest_start AS earliestStart, t.fixed_start AS fixedStart, t.due, t.weight,
  t.after_tasks AS afterTasks, t.delays, t.due_after_seconds AS dueAfter, t.elastic_minimum_share_milli AS minimumShareMilli, t.preemptibility,
  t.may_span_closures AS maySpanClosures, t.started_at AS startedAt, t.ended_at AS endedAt,
  t.is_assumed AS isAssumed, t.is_open_ended AS isOpenEnded, t.confirmed_at AS confirmedAt, t.batch_id AS batchId,
  t.entered_by AS enteredBy, t.note, t.reference, t.interval_seconds AS interval,
  (SELECT json_group_array(json_array(n.pool_id, n.rate_milli, n.amount) ORDER BY n.position)
    FROM task_needs n WHERE n.task_key = t.task_key) AS needs,
  (SELECT json_group_array(json_array(b.segment, coalesce(b.planned_start, b.actual_start),
      coalesce(b.planned_end, b.actual_end), b.rate_milli, json(b.unit_ids)) ORDER BY b.segment, b.position)
    FROM bookings b WHERE b.task_key = t.task_key AND b.run = t.run) AS holds`;

type NeedTuple = readonly [PoolId, number, number | null];
type HoldTuple = readonly [number, number, number, number, readonly UnitId[]];

export function instantOrNull(value: number | null): Instant | null {
  return value === null ? null : instant(value);
}

function needsOf(text: string): Need[] {
  const tuples = JSON.parse(text) as NeedTuple[]; // built by the query from typed columns
  return tuples.map(([poolId, rateMilli, amount]) => ({
    poolId,
    rateMilli: milli(rateMilli),
    amount: amount === null ? null : work(amount),
  }));
}

/**
 * Imported needs may differ in their windows; a segment then spans them all. Units are the same in every segment, but
 * where running work was moved to others: then those it holds now, which are the last.
 */
function allocationOf(taskId: TaskId, text: string): Allocation | null {
  const tuples = JSON.parse(text) as HoldTuple[]; // built by the query from typed columns
  if (tuples.length === 0) return null;
  const bySegment = Map.groupBy(tuples, ([segment]) => segment);
  const segments: Segment[] = [...bySegment.values()].map((holds) => ({
    start: instant(Math.min(...holds.map((hold) => hold[1]))),
    end: instant(Math.max(...holds.map((hold) => hold[2]))),
    ratesMilli: holds.map((hold) => milli(hold[3])),
  }));
  const last = [...bySegment.values()].at(-1) ?? [];
  return { taskId, segments, units: last.map((hold) => hold[4]) };
}

export function taskRecordOf(row: TaskRow): TaskRecord {
  const task: Task = {
    id: row.id,
    subsystem: row.subsystem,
    workKindId: row.workKindId,
    patientId: row.patientId,
    requester: row.requester,
    needs: needsOf(row.needs),
    durationSeconds: seconds(row.durationSeconds),
    urgency: row.urgency,
    submittedAt: instant(row.submittedAt),
    earliestStart: instant(row.earliestStart),
    fixedStart: instantOrNull(row.fixedStart),
    due: instantOrNull(row.due),
    weight: row.weight,
    after: JSON.parse(row.afterTasks) as TaskId[], // written from a checked payload
    ...(row.delays !== null && { delays: JSON.parse(row.delays) as Seconds[] }), // as above
    ...(row.dueAfter !== null && { dueAfter: seconds(row.dueAfter) }),
    ...(row.interval !== null && { intervalSeconds: seconds(row.interval) }),
    elastic: row.minimumShareMilli === null ? null : { minimumShareMilli: row.minimumShareMilli },
    preemptibility: row.preemptibility,
    maySpanClosures: row.maySpanClosures === 1,
    state: row.state,
    startedAt: instantOrNull(row.startedAt),
    endedAt: instantOrNull(row.endedAt),
    isAssumed: row.isAssumed === 1,
    batchId: row.batchId,
    enteredBy: row.enteredBy,
  };
  return {
    task,
    allocation: allocationOf(row.id, row.holds),
    note: row.note,
    reference: row.reference,
    isOpenEnded: row.isOpenEnded === 1,
    confirmedAt: instantOrNull(row.confirmedAt),
  };
}

export interface BookingRow {
  readonly taskId: TaskId;
  readonly poolId: PoolId;
  readonly subsystem: SubsystemId;
  readonly urgency: UrgencyClass;
  readonly state: TaskState;
  readonly rateMilli: number;
  readonly unitIds: string;
  readonly plannedStart: number | null;
  readonly plannedEnd: number | null;
  readonly isReserved: number;
  readonly actualStart: number | null;
  readonly actualEnd: number | null;
}

export const BOOKING_COLUMNS = `
  t.task_id AS taskId, b.pool_id AS poolId, t.subsystem, t.urgency, b.state, b.rate_milli AS rateMilli,
  b.unit_ids AS unitIds, b.planned_start AS plannedStart, b.planned_end AS plannedEnd, b.is_reserved AS isReserved,
  b.actual_start AS actualStart, b.actual_end AS actualEnd`;

export function bookingOf(row: BookingRow): Booking {
  return {
    taskId: row.taskId,
    poolId: row.poolId,
    subsystem: row.subsystem,
    urgency: row.urgency,
    state: row.state,
    rateMilli: milli(row.rateMilli),
    unitIds: JSON.parse(row.unitIds) as UnitId[], // written from a checked payload
    plannedStart: instantOrNull(row.plannedStart),
    plannedEnd: instantOrNull(row.plannedEnd),
    isReserved: row.isReserved === 1,
    actualStart: instantOrNull(row.actualStart),
    actualEnd: instantOrNull(row.actualEnd),
  };
}
