/**
 * Turns the sample's bookings and outcomes into the product's own tasks and allocations. Pure.
 */
import type { SubsystemId } from '../../../shared/domain/subsystem.ts';
import type { Allocation, Task } from '../../../shared/domain/task.ts';
import type { TaskId } from '../../../shared/ids.ts';
import { staffId, taskId } from '../../../shared/ids.ts';
import type { Instant } from '../../../shared/units.ts';
import { MINUTE, instant, seconds } from '../../../shared/units.ts';
import type { Demand } from './demand.ts';
import type { Outcome } from './happen.ts';
import { missedAt } from './happen.ts';
import type { Reserved } from './unit-books.ts';

/** A task that is over: what was promised and what was. */
export interface SampleHistoryRow {
  readonly task: Task;
  /** The units and time truly held (finished) or held back in vain (missed); null for cancelled work. */
  readonly allocation: Allocation | null;
  /** The window that had been confirmed; both null for work that began as it came in, and for cancelled work. */
  readonly bookedStart: Instant | null;
  readonly bookedEnd: Instant | null;
  /** When it was finished, marked as missed, or cancelled. */
  readonly closedAt: Instant;
}

/** Who enters what; ids of the sample's staff. */
const ENTERED_BY: Readonly<Record<SubsystemId, string>> = {
  records: 'lin-na',
  imaging: 'li-min',
  insurance: 'sun-ying',
  research: 'xu-bo',
  monitoring: 'chen-hui',
};

/** Work that began this soon after it came in was never booked. */
const WALK_IN_SECONDS = 15 * MINUTE;

export function taskIdOf(demand: Demand): TaskId {
  return taskId(`sample-${demand.key}`);
}

/** The task as it was entered: waiting. */
export function waitingTask(demand: Demand): Task {
  const { kind, intervalSeconds } = demand.kind;
  return {
    id: taskIdOf(demand),
    subsystem: kind.subsystem,
    workKindId: kind.id,
    patientId: demand.patient?.id ?? null,
    requester: demand.requester,
    needs: kind.needs,
    durationSeconds: kind.durationSeconds,
    urgency: demand.urgency,
    submittedAt: demand.submittedAt,
    earliestStart: demand.earliestStart,
    fixedStart: null,
    due: null,
    weight: 1,
    after: [],
    ...(intervalSeconds !== null && { intervalSeconds }),
    elastic: null,
    preemptibility: kind.preemptibility,
    maySpanClosures: kind.maySpanClosures,
    state: 'waiting',
    startedAt: null,
    endedAt: null,
    isAssumed: false,
    batchId: null,
    enteredBy: staffId(ENTERED_BY[kind.subsystem]),
  };
}

/** The allocation that holds these units over [start, end). */
export function allocationOf(
  task: Task,
  units: Reserved['units'],
  window: { readonly start: Instant; readonly end: Instant },
): Allocation {
  return {
    taskId: task.id,
    segments: [
      { start: window.start, end: window.end, ratesMilli: task.needs.map((need) => need.rateMilli) },
    ],
    units,
  };
}

export function historyRow(outcome: Outcome): SampleHistoryRow {
  const { demand, reserved } = outcome;
  const entered = waitingTask(demand);
  if (outcome.fate === 'cancelled') {
    const task: Task = { ...entered, state: 'cancelled' };
    return { task, allocation: null, bookedStart: null, bookedEnd: null, closedAt: outcome.cancelledAt };
  }
  const booked = { bookedStart: reserved.start, bookedEnd: reserved.end };
  if (outcome.fate === 'missed') {
    const task: Task = { ...entered, state: 'missed' };
    return {
      task,
      allocation: allocationOf(task, reserved.units, reserved),
      ...booked,
      closedAt: missedAt(reserved),
    };
  }
  const { startedAt, endedAt, isAssumed } = outcome;
  const task: Task = { ...entered, state: 'finished', startedAt, endedAt, isAssumed };
  const isWalkIn = !demand.isAppointment && startedAt - demand.submittedAt < WALK_IN_SECONDS;
  return {
    task,
    allocation: allocationOf(task, reserved.units, { start: startedAt, end: endedAt }),
    ...(isWalkIn ? { bookedStart: null, bookedEnd: null } : booked),
    closedAt: endedAt,
  };
}

/**
 * A task under way since `startedAt`, and the window it now has: it is meant to end when its booking ends, unless it
 * began after that; then it is meant to take as long as it was booked for.
 */
export function runningTask(
  demand: Demand,
  reserved: Reserved,
  startedAt: Instant,
): { readonly task: Task; readonly allocation: Allocation } {
  const length = reserved.end - reserved.start;
  const end = reserved.end > startedAt ? reserved.end : instant(startedAt + length);
  const durationSeconds = seconds(end - startedAt);
  const task: Task = { ...waitingTask(demand), state: 'running', startedAt, durationSeconds };
  return { task, allocation: allocationOf(task, reserved.units, { start: startedAt, end }) };
}
