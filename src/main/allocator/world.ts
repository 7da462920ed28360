/**
 * A snapshot made ready for planning: tasks in id order whatever order they came in, look-ups, who comes after whom,
 * and the tasks that break the snapshot's own rules, each with its refusal. One bad task never spoils the rest.
 */
import type { PolicyId, SubsystemId } from '../../shared/domain/subsystem.ts';
import { getSubsystem } from '../../shared/domain/subsystem.ts';
import type { PoolId, TaskId } from '../../shared/ids.ts';
import { compareIds } from '../../shared/ids.ts';
import type { Instant } from '../../shared/units.ts';
import { CapacitySteps } from './capacity-steps.ts';
import type { PlanRefusal } from './need-checks.ts';
import { needRefusal } from './need-checks.ts';
import { delayAfter } from './precedence.ts';
import type { PlanPool, PlanSettings, PlanTask, Snapshot } from './snapshot.ts';

export interface World {
  readonly snapshot: Snapshot;
  readonly now: Instant;
  readonly settings: PlanSettings;
  readonly pools: ReadonlyMap<PoolId, PlanPool>;
  readonly capacities: ReadonlyMap<PoolId, CapacitySteps>;
  /** By id, each id once. */
  readonly tasks: readonly PlanTask[];
  readonly byId: ReadonlyMap<TaskId, PlanTask>;
  /** Ends of tasks that are over. */
  readonly ended: ReadonlyMap<TaskId, Instant>;
  readonly successors: ReadonlyMap<TaskId, readonly TaskId[]>;
  readonly refusals: ReadonlyMap<TaskId, PlanRefusal>;
  /** Starts lie before this instant. */
  readonly horizonEnd: number;
  /** Seconds from a task's start to the end of the longest chain of work behind it, itself included. */
  readonly tails: ReadonlyMap<TaskId, number>;
}

/** Whether the task already holds its window and may not be moved. */
export function isCommitted(task: PlanTask): boolean {
  return (task.state === 'confirmed' || task.state === 'running') && task.current !== null;
}

/** The policy a subsystem runs under: the snapshot's, or its default. */
export function policyOf(world: World, subsystem: SubsystemId): PolicyId {
  const row = world.snapshot.subsystems.find((other) => other.id === subsystem);
  return row?.policy ?? getSubsystem(subsystem).defaultPolicy;
}

/** Reads a snapshot once; see `World`. */
export function prepareWorld(snapshot: Snapshot, now: Instant, settings: PlanSettings): World {
  const byId = new Map<TaskId, PlanTask>();
  for (const task of snapshot.tasks) if (!byId.has(task.id)) byId.set(task.id, task);
  const tasks = [...byId.values()].sort((left, right) => compareIds(left.id, right.id));
  const ended = new Map(snapshot.ended.map((row) => [row.taskId, row.at]));
  const pools = new Map(snapshot.pools.map((pool) => [pool.id, pool]));
  const capacities = new Map(snapshot.pools.map((pool) => [pool.id, new CapacitySteps(pool)]));
  const successors = successorsOf(tasks, byId);
  const { sorted, inCycle } = topologicalOrder(tasks, byId, successors);
  const horizonEnd = now + settings.horizonSeconds;
  const refusals = new Map<TaskId, PlanRefusal>();
  for (const task of tasks) {
    const isOnCycle = inCycle.has(task.id);
    const hasUnknown = task.after.some((id) => !byId.has(id) && !ended.has(id));
    const refusal = needRefusal({
      task,
      pools,
      capacities,
      now,
      horizonEnd,
      isOnCycle,
      hasUnknown,
    });
    if (refusal) refusals.set(task.id, refusal);
  }
  const tails = tailsOf(sorted, byId, successors);
  return {
    snapshot,
    now,
    settings,
    pools,
    capacities,
    tasks,
    byId,
    ended,
    successors,
    refusals,
    horizonEnd,
    tails,
  };
}

function successorsOf(
  tasks: readonly PlanTask[],
  byId: ReadonlyMap<TaskId, PlanTask>,
): ReadonlyMap<TaskId, readonly TaskId[]> {
  const successors = new Map<TaskId, TaskId[]>();
  for (const task of tasks) {
    for (const before of new Set(task.after)) {
      if (!byId.has(before)) continue;
      const list = successors.get(before) ?? [];
      list.push(task.id);
      successors.set(before, list);
    }
  }
  return successors;
}

/** Kahn's algorithm (1962); of what it leaves over, tasks that lead back to themselves are on a cycle. */
function topologicalOrder(
  tasks: readonly PlanTask[],
  byId: ReadonlyMap<TaskId, PlanTask>,
  successors: ReadonlyMap<TaskId, readonly TaskId[]>,
): { readonly sorted: readonly TaskId[]; readonly inCycle: ReadonlySet<TaskId> } {
  const missing = new Map<TaskId, number>();
  for (const task of tasks) missing.set(task.id, new Set(task.after.filter((id) => byId.has(id))).size);
  const sorted = tasks.filter((task) => missing.get(task.id) === 0).map((task) => task.id);
  for (const id of sorted) {
    for (const next of successors.get(id) ?? []) {
      const rest = (missing.get(next) ?? 0) - 1;
      missing.set(next, rest);
      if (rest === 0) sorted.push(next);
    }
  }
  const left = new Set(tasks.map((task) => task.id).filter((id) => (missing.get(id) ?? 0) > 0));
  const inCycle = new Set([...left].filter((id) => leadsTo(id, id, left, successors)));
  return { sorted, inCycle };
}

function leadsTo(
  from: TaskId,
  target: TaskId,
  within: ReadonlySet<TaskId>,
  successors: ReadonlyMap<TaskId, readonly TaskId[]>,
): boolean {
  const seen = new Set<TaskId>();
  const open = [...(successors.get(from) ?? [])];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (id === target) return true;
    if (seen.has(id) || !within.has(id)) continue;
    seen.add(id);
    open.push(...(successors.get(id) ?? []));
  }
  return false;
}

function tailsOf(
  sorted: readonly TaskId[],
  byId: ReadonlyMap<TaskId, PlanTask>,
  successors: ReadonlyMap<TaskId, readonly TaskId[]>,
): ReadonlyMap<TaskId, number> {
  const tails = new Map<TaskId, number>();
  for (const id of [...sorted].reverse()) {
    const behind = (successors.get(id) ?? []).reduce((most, next) => {
      const task = byId.get(next);
      const delay = task?.delays === undefined ? 0 : delayAfter(task, id);
      return Math.max(most, delay + (tails.get(next) ?? 0));
    }, 0);
    tails.set(id, behind + (byId.get(id)?.durationSeconds ?? 0));
  }
  return tails;
}
