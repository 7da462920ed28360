/**
 * Makes the planner's snapshot out of what the ledger holds: calendars expanded over the horizon, open tasks with
 * where they stand, shares used in the last 24 hours. Pure; the ledger's queries are in `books.ts`.
 */
import type { TaskRecord } from '../../ledger/index.ts';
import type { PlanPool, PlanSubsystem, PlanTask, Snapshot } from '../../allocator/snapshot.ts';
import { offeredSteps, unchanged, unitsOut } from '../../../shared/calendar.ts';
import type { Clinic, SubsystemSetting } from '../../../shared/domain/clinic.ts';
import { expectedEnd } from '../../../shared/domain/overrun.ts';
import type { Pool } from '../../../shared/domain/pool.ts';
import type { SubsystemId } from '../../../shared/domain/subsystem.ts';
import type { Allocation, Task } from '../../../shared/domain/task.ts';
import { triageTargets } from '../../../shared/domain/urgency.ts';
import type { PoolId, TaskId } from '../../../shared/ids.ts';
import { localDayNumberOf, startOfLocalDay } from '../../../shared/local-time.ts';
import type { Instant, Seconds, Work } from '../../../shared/units.ts';
import { after, between, instant, seconds } from '../../../shared/units.ts';

/** What the books say about now; every list in the ledger's order. */
export interface Books {
  readonly clinic: Clinic;
  readonly pools: readonly Pool[];
  readonly subsystems: readonly SubsystemSetting[];
  /** Waiting, tentative, confirmed and running; held tasks are left out of planning. */
  readonly tasks: readonly Task[];
  readonly allocations: ReadonlyMap<TaskId, Allocation>;
  /** Since when tasks are promised. */
  readonly records?: ReadonlyMap<TaskId, Pick<TaskRecord, 'confirmedAt'>>;
  /** How often tasks had to make way; none for one that never had to. */
  readonly timesPreempted?: ReadonlyMap<TaskId, number>;
  /** Unit·seconds used in the last 24 hours. */
  readonly used: readonly { readonly subsystem: SubsystemId; readonly poolId: PoolId; readonly work: Work }[];
  /** Predecessors of open tasks that have ended. */
  readonly ended: readonly { readonly taskId: TaskId; readonly at: Instant }[];
}

export function snapshotOf(given: {
  readonly books: Books;
  readonly now: Instant;
  readonly horizonSeconds: Seconds;
  readonly timeZoneData: string;
}): Snapshot {
  const { books, now } = given;
  const window = { from: instant(now - 1), until: after(now, given.horizonSeconds) };
  const midnight = startOfLocalDay(localDayNumberOf(now, books.clinic.timeZone), books.clinic.timeZone);
  const endOf = expectedEnds(books);
  return {
    pools: books.pools.map((pool) => planPool(pool, window, books.clinic.timeZone, midnight)),
    tasks: books.tasks.flatMap((task) => planTask(task, books, { now, endOf })),
    subsystems: books.subsystems.map((setting) => planSubsystem(setting, books.used)),
    ended: books.ended,
    targets: triageTargets(books.clinic),
    timeZoneData: given.timeZoneData,
  };
}

function planPool(
  pool: Pool,
  window: { from: Instant; until: Instant },
  zone: string,
  gridOffset: Instant,
): PlanPool {
  const versions = unchanged(pool);
  return {
    id: pool.id,
    kind: pool.kind,
    nominalMilli: pool.capacityMilli,
    capacity: offeredSteps(versions, window, zone),
    units: pool.units.map((unit) => unit.id),
    absences: unitsOut(versions, window),
    shares: pool.shares,
    gridSeconds: pool.gridSeconds,
    gridOffset,
    reclaimSeconds: pool.reclaimSeconds,
  };
}

function planSubsystem(setting: SubsystemSetting, used: Books['used']): PlanSubsystem {
  return {
    id: setting.subsystem,
    policy: setting.policy,
    weight: setting.weight,
    used: used
      .filter((row) => row.subsystem === setting.subsystem)
      .map(({ poolId, work }) => ({ poolId, work })),
  };
}

/** An open task as the planner sees it; nothing for a task the planner has no business with. */
function planTask(
  task: Task,
  books: Books,
  { now, endOf }: { readonly now: Instant; readonly endOf: (id: TaskId) => Instant | null },
): PlanTask[] {
  const allocation = books.allocations.get(task.id) ?? null;
  const record = books.records?.get(task.id);
  const { state } = task;
  if (state !== 'waiting' && state !== 'tentative' && state !== 'confirmed' && state !== 'running') return [];
  const current = state === 'running' ? runningAllocation(task, allocation, now) : allocation;
  return [
    {
      id: task.id,
      subsystem: task.subsystem,
      requester: task.requester,
      needs: task.needs,
      durationSeconds: task.durationSeconds,
      urgency: task.urgency,
      submittedAt: task.submittedAt,
      earliestStart: task.earliestStart,
      fixedStart: task.fixedStart,
      due: dueOf(task, endOf),
      weight: task.weight,
      after: task.after,
      ...(task.delays !== undefined && { delays: task.delays }),
      elastic: task.elastic,
      preemptibility: task.preemptibility,
      maySpanClosures: task.maySpanClosures,
      state,
      current: state === 'waiting' ? null : current,
      confirmedAt: record?.confirmedAt ?? null,
      timesPreempted: books.timesPreempted?.get(task.id) ?? 0,
    },
  ];
}

/** When tasks ended, or end by the adopted plan; without a place, when they would at the soonest. Read once, if at all. */
function expectedEnds({ ended, tasks, allocations }: Books): (id: TaskId) => Instant | null {
  let ends: Map<TaskId, Instant> | null = null;
  return (id) => {
    ends ??= new Map([
      ...tasks.map((task): [TaskId, Instant] => [
        task.id,
        allocations.get(task.id)?.segments.at(-1)?.end ?? after(task.earliestStart, task.durationSeconds),
      ]),
      ...ended.map(({ taskId, at }): [TaskId, Instant] => [taskId, at]),
    ]);
    return ends.get(id) ?? null;
  };
}

/** The earlier of the time it was given and the one that counts from the end of what it comes after. */
function dueOf(task: Task, endOf: (id: TaskId) => Instant | null): Instant | null {
  if (task.dueAfter === undefined || task.after.length === 0) return task.due;
  const over = Math.max(...task.after.map((id) => endOf(id) ?? task.submittedAt));
  const counted = after(instant(over), task.dueAfter);
  return task.due === null || counted < task.due ? counted : task.due;
}

/** A running task holds its units from its true start until it is expected to end. */
export function runningAllocation(
  task: Task,
  allocation: Allocation | null,
  now: Instant,
): Allocation | null {
  if (!allocation || task.startedAt === null) return allocation;
  const first = allocation.segments[0];
  const last = allocation.segments.at(-1);
  if (!first || !last) return allocation;
  const planned = seconds(Math.max(0, between(first.start, last.end)));
  const { end } = expectedEnd({ startedAt: task.startedAt, durationSeconds: planned, now });
  return {
    ...allocation,
    segments: [{ start: task.startedAt, end, ratesMilli: first.ratesMilli }],
  };
}
