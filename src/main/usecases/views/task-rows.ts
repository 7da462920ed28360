/**
 * A task as a row of a screen: names looked up, times as staff read them, and what may be done with it. Pure: all it
 * needs comes in as a `RowContext`. Identities pass through in memory and are stored nowhere.
 */
import type { ReasonView, TaskRow } from '../../../shared/contract/tasks.ts';
import type { PatientIdentity } from '../../../shared/domain/clinic.ts';
import type { TaskAction, TaskState } from '../../../shared/domain/lifecycle.ts';
import { TRANSITIONS } from '../../../shared/domain/lifecycle.ts';
import { expectedEnd } from '../../../shared/domain/overrun.ts';
import type { Pool } from '../../../shared/domain/pool.ts';
import type { Reason, ReasonSegment } from '../../../shared/domain/reason.ts';
import { getSubsystem } from '../../../shared/domain/subsystem.ts';
import type { Allocation, Task, WorkKind } from '../../../shared/domain/task.ts';
import { sameText } from '../../../shared/domain/local-text.ts';
import type { LocalText } from '../../../shared/domain/local-text.ts';
import type { PatientId, PoolId, TaskId, WorkKindId } from '../../../shared/ids.ts';
import type { Instant, Seconds } from '../../../shared/units.ts';
import { HOUR, between, instant, seconds } from '../../../shared/units.ts';

export interface RowContext {
  readonly now: Instant;
  /** Target wait per urgency class, class 1 first. */
  readonly targets: readonly Seconds[];
  pool(id: PoolId): Pool | null;
  /** Whether the pool offers nothing at that instant because of its hours or planned maintenance. */
  isClosed(id: PoolId, at: Instant): boolean;
  workKind(id: WorkKindId): WorkKind | null;
  /** Null once erased. */
  identity(id: PatientId): PatientIdentity | null;
  /** Open or ended; null when the ledger does not know it. */
  task(id: TaskId): Task | null;
  allocation(id: TaskId): Allocation | null;
  reason(id: TaskId): Reason | null;
  /** Empty where it has none. */
  reference(id: TaskId): string;
}

const PRIMARY: Readonly<Record<TaskState, TaskAction | null>> = {
  waiting: null,
  held: 'resume',
  tentative: 'confirm',
  confirmed: 'start',
  running: 'finish',
  finished: null,
  released: null,
  missed: 'undo-miss',
  cancelled: null,
};

/** At most this many tasks are named behind one reason, as the planner does. */
const BLOCKERS_MAX = 5;

/** A promised task may be begun by one press from this long before its start; earlier, from the menu. */
const START_AHEAD_SECONDS = 2 * HOUR;

/** What staff may do with a task in a state: the primary action first, then in the table's order. */
export function actionsOf(state: TaskState): { primary: TaskAction | null; all: TaskAction[] } {
  const all = TRANSITIONS.filter((row) => row.from === state && row.by === 'staff').map((row) => row.action);
  const primary = PRIMARY[state];
  return { primary, all: primary === null ? all : [primary, ...all.filter((action) => action !== primary)] };
}

/** The name of a work kind that the catalogue has lost is its id: never empty. */
function workKindName(context: RowContext, id: WorkKindId): LocalText {
  return context.workKind(id)?.name ?? sameText(id);
}

function poolName(context: RowContext, id: PoolId): LocalText {
  return context.pool(id)?.name ?? sameText(id);
}

function needRows(task: Task, allocation: Allocation | null, context: RowContext): TaskRow['needs'] {
  return task.needs.map((need, index) => {
    const pool = context.pool(need.poolId);
    const held = allocation?.units[index] ?? [];
    return {
      poolId: need.poolId,
      poolName: poolName(context, need.poolId),
      unitName: pool?.unitName ?? sameText(need.poolId),
      rateMilli: need.rateMilli,
      unitNames: held.map((id) => pool?.units.find((unit) => unit.id === id)?.name ?? sameText(id)),
    };
  });
}

function timesOf(
  task: Task,
  allocation: Allocation | null,
  now: Instant,
): Pick<TaskRow, 'start' | 'end' | 'isEndAssumed' | 'plannedEnd'> {
  const plannedStart = allocation?.segments[0]?.start ?? null;
  const plannedEnd = allocation?.segments.at(-1)?.end ?? null;
  const start = task.startedAt ?? plannedStart ?? task.fixedStart;
  if (task.endedAt !== null) return { start, end: task.endedAt, isEndAssumed: task.isAssumed };
  if (task.state !== 'running' || task.startedAt === null)
    return { start, end: plannedEnd, isEndAssumed: false };
  const durationSeconds =
    plannedStart !== null && plannedEnd !== null ? between(plannedStart, plannedEnd) : task.durationSeconds;
  const { end, isAssumed } = expectedEnd({ startedAt: task.startedAt, durationSeconds, now });
  return {
    start,
    end,
    isEndAssumed: isAssumed,
    ...(isAssumed && { plannedEnd: instant(task.startedAt + durationSeconds) }),
  };
}

function waitedSeconds(task: Task, now: Instant): Seconds {
  const until = task.startedAt ?? task.endedAt ?? now;
  return seconds(Math.max(0, between(task.earliestStart, until)));
}

/** Tasks that stand in the way, or that make way, as a sentence names them; those the ledger has lost are left out. */
export function blockerViews(
  ids: readonly TaskId[],
  context: RowContext,
): ReasonView['segments'][number]['blockers'][number][] {
  return ids.flatMap((id) => {
    const blocker = context.task(id);
    if (!blocker) return [];
    const { patientId } = blocker;
    return [
      {
        taskId: id,
        subsystem: blocker.subsystem,
        workKind: workKindName(context, blocker.workKindId),
        patientName: patientId === null ? null : (context.identity(patientId)?.name ?? null),
      },
    ];
  });
}

/** A task as its wait is told. */
type Waiting = Pick<Task, 'needs' | 'after' | 'delays'>;

/** @param task  whose wait it is, where the ledger does not know it yet */
export function reasonViewOf(
  reason: Reason,
  context: RowContext,
  task: Waiting | null = context.task(reason.taskId),
): ReasonView {
  return {
    segments: reason.segments.map((segment) => segmentView(segment, task, context)),
    refusal: reason.refusal && {
      ...reason.refusal,
      poolName: reason.refusal.poolId === null ? null : poolName(context, reason.refusal.poolId),
      blockers: blockerViews(refusedBehind(reason, context).slice(0, BLOCKERS_MAX), context),
    },
  };
}

/**
 * The planner names, behind the first pool that stands in the way, also those who hold another up to the same instant:
 * here each stands with the pool that it holds, so that a sentence about a pool is true of it.
 */
function segmentView(
  segment: ReasonSegment,
  task: Waiting | null,
  context: RowContext,
): ReasonView['segments'][number] {
  const { poolId } = segment;
  const wanted = task?.needs.map((need) => need.poolId) ?? [];
  const poolBehind = (id: TaskId): PoolId | null => {
    const held = context.task(id)?.needs.map((need) => need.poolId) ?? [];
    if (
      segment.rule === 'precedence' ||
      segment.rule === 'delay' ||
      (poolId !== null && held.includes(poolId))
    )
      return poolId;
    return wanted.find((each) => held.includes(each)) ?? poolId;
  };
  const byPool = Map.groupBy(segment.blockers, poolBehind);
  const soonest = instant(Math.max(segment.from, context.now));
  const isShut = segment.rule === 'closed' && poolId !== null && context.isClosed(poolId, soonest);
  const delay = segment.rule === 'delay' && task ? delayBehind(task, segment.blockers) : 0;
  return {
    from: segment.from,
    until: segment.until,
    rule: segment.rule,
    ...(delay > 0 && { delaySeconds: seconds(delay) }),
    poolId,
    poolName: poolId === null ? null : poolName(context, poolId),
    ...(isShut && { isShut }),
    blockers: blockerViews(byPool.get(poolId) ?? [], context),
    ties: [...byPool].flatMap(([id, blockers]) => {
      const named = id === null || id === poolId ? [] : blockerViews(blockers, context);
      return id === null || named.length === 0
        ? []
        : [{ poolId: id, poolName: poolName(context, id), blockers: named }];
    }),
  };
}

/** The longest delay after the last of some tasks that it comes after. */
function delayBehind({ after, delays }: Waiting, blockers: readonly TaskId[]): number {
  const last = blockers.at(-1);
  return Math.max(0, ...after.map((id, place) => (id === last ? (delays?.[place] ?? 0) : 0)));
}

/** The tasks it comes after that a refusal is about: without a start themselves, missed, or all of a circle. */
function refusedBehind({ taskId, refusal }: Reason, context: RowContext): readonly TaskId[] {
  const after = context.task(taskId)?.after ?? [];
  if (refusal?.code === 'precedence-cycle') return after;
  if (refusal?.code === 'unknown-predecessor')
    return after.filter((id) => context.task(id)?.state === 'missed');
  if (refusal?.code !== 'waits-for-refused') return [];
  return after.filter((id) => context.reason(id)?.refusal != null);
}

/** Whether a person should still be told why it waits. */
function showsReason(state: TaskState): boolean {
  return state === 'waiting' || state === 'tentative' || state === 'confirmed';
}

function isTooEarly(task: Task, allocation: Allocation | null, now: Instant): boolean {
  const start = allocation?.segments[0]?.start ?? now;
  return task.state === 'confirmed' && start > now + START_AHEAD_SECONDS;
}

export function rowOf(task: Task, context: RowContext): TaskRow {
  const allocation = context.allocation(task.id);
  const reason = showsReason(task.state) ? context.reason(task.id) : null;
  const actions = actionsOf(task.state);
  const reference = context.reference(task.id);
  const { hasModality } = getSubsystem(task.subsystem);
  const code = hasModality ? (context.workKind(task.workKindId)?.code ?? null) : null;
  return {
    taskId: task.id,
    subsystem: task.subsystem,
    workKindId: task.workKindId,
    workKind: workKindName(context, task.workKindId),
    patientId: task.patientId,
    patient: task.patientId === null ? null : context.identity(task.patientId),
    needs: needRows(task, allocation, context),
    urgency: task.urgency,
    state: task.state,
    submittedAt: task.submittedAt,
    waitedSeconds: waitedSeconds(task, context.now),
    targetSeconds: context.targets[task.urgency - 1] ?? context.targets.at(-1) ?? seconds(0),
    ...timesOf(task, allocation, context.now),
    primaryAction: isTooEarly(task, allocation, context.now) ? null : actions.primary,
    actions: actions.all,
    reason: reason && reasonViewOf(reason, context),
    ...(reference !== '' && { reference }),
    ...(code !== null && { code }),
    ...(task.intervalSeconds !== undefined && { intervalSeconds: task.intervalSeconds }),
    ...(task.due !== null && { due: task.due }),
  };
}
