/**
 * What-if: the same backlog planned afresh under several variants, side by side over one window. Pure; adopting one
 * of the plans shown is somebody else's decision.
 */
import type { Plan, PlanMove } from '../../shared/domain/plan.ts';
import { SUBSYSTEM_IDS, type SubsystemId } from '../../shared/domain/subsystem.ts';
import type { PoolId, TaskId } from '../../shared/ids.ts';
import { compareIds } from '../../shared/ids.ts';
import type { Instant, Seconds, Work } from '../../shared/units.ts';
import { seconds, work } from '../../shared/units.ts';
import { CapacitySteps } from './capacity-steps.ts';
import { plan } from './plan.ts';
import type { PlanSettings, PlanTask, Snapshot } from './snapshot.ts';
import type { Variant } from './variant.ts';
import { applyVariant } from './variant.ts';

export interface SubsystemWaits {
  readonly subsystem: SubsystemId;
  /** Planned tasks counted: neither confirmed nor running, with a start inside the window. */
  readonly tasks: number;
  /** From earliest wish to start, nearest rank; null when no task counts. */
  readonly waitSecondsMedian: Seconds | null;
  readonly waitSecondsP90: Seconds | null;
}

export interface PoolUse {
  readonly poolId: PoolId;
  /** Load and capacity over the window, in thousandth-unit·seconds. */
  readonly load: Work;
  readonly capacity: Work;
  /** Work wanted of the pool by unfinished tasks that lies outside the window or has no place at all. */
  readonly unmet: Work;
}

export interface Comparison {
  readonly variantId: string;
  readonly plan: Plan;
  readonly waits: readonly SubsystemWaits[];
  /** Starts that differ from the plan it is measured against, by task id. */
  readonly moves: readonly PlanMove[];
  readonly pools: readonly PoolUse[];
  /** Open tasks that do not end inside the window, by id. */
  readonly unfinished: readonly TaskId[];
}

/**
 * One row per variant, in their order. Previous tentative starts are not kept unless a variant says so, or hardly
 * anything would differ.
 * @param windowSeconds  the window is [now, now + windowSeconds)
 * @param adopted  what moves are measured against; the first variant's plan when null
 */
export function compare(
  snapshot: Snapshot,
  variants: readonly Variant[],
  now: Instant,
  settings: PlanSettings,
  windowSeconds: Seconds,
  adopted: Plan | null = null,
): Comparison[] {
  let from = adopted;
  return variants.map((variant) => {
    const changed = applyVariant(snapshot, variant);
    const made = plan(changed, now, settingsOf(variant, settings));
    from ??= made;
    return measureVariant({ variantId: variant.id, snapshot: changed, made, from, windowSeconds });
  });
}

/** The settings a variant is planned with. */
export function settingsOf(variant: Variant, settings: PlanSettings): PlanSettings {
  return {
    ...settings,
    objective: variant.objective ?? settings.objective,
    keepsTentative: variant.keepsTentative ?? false,
  };
}

/**
 * The figures of one plan of a snapshot, over the window that begins with the plan's `now`.
 * @param given.from  what its moves are measured against
 */
export function measureVariant(given: {
  readonly variantId: string;
  readonly snapshot: Snapshot;
  readonly made: Plan;
  readonly from: Plan;
  readonly windowSeconds: Seconds;
}): Comparison {
  const { snapshot, made } = given;
  const end = made.now + given.windowSeconds;
  return {
    variantId: given.variantId,
    plan: made,
    waits: SUBSYSTEM_IDS.map((id) => waitsOf(id, snapshot.tasks, made, end)),
    moves: movesBetween(given.from, made),
    pools: snapshot.pools.map((pool) =>
      poolUse(pool.id, new CapacitySteps(pool), snapshot, made, made.now, end),
    ),
    unfinished: unfinishedTasks(snapshot.tasks, made, end),
  };
}

/** Starts that differ between two plans, by task id. */
export function movesBetween(from: Plan, to: Plan): PlanMove[] {
  const before = startsOf(from);
  const after = startsOf(to);
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((taskId) => before.get(taskId) !== after.get(taskId))
    .sort(compareIds)
    .map((taskId) => ({ taskId, from: before.get(taskId) ?? null, to: after.get(taskId) ?? null }));
}

function startsOf(made: Plan): Map<TaskId, Instant> {
  const starts = new Map<TaskId, Instant>();
  for (const { taskId, segments } of made.allocations) if (segments[0]) starts.set(taskId, segments[0].start);
  return starts;
}

function waitsOf(
  subsystem: SubsystemId,
  tasks: readonly PlanTask[],
  made: Plan,
  end: number,
): SubsystemWaits {
  const starts = startsOf(made);
  const waits = tasks
    .filter(
      (task) => task.subsystem === subsystem && (task.state === 'waiting' || task.state === 'tentative'),
    )
    .map((task) => ({ task, start: starts.get(task.id) ?? Infinity }))
    .filter(({ start }) => start < end)
    .map(({ task, start }) => start - task.earliestStart)
    .sort((left, right) => left - right);
  return {
    subsystem,
    tasks: waits.length,
    waitSecondsMedian: nearestRank(waits, 50),
    waitSecondsP90: nearestRank(waits, 90),
  };
}

/** The nearest-rank percentile of ascending values. */
function nearestRank(values: readonly number[], percent: number): Seconds | null {
  const value = values[Math.ceil((values.length * percent) / 100) - 1];
  return value === undefined ? null : seconds(value);
}

function poolUse(
  poolId: PoolId,
  capacity: CapacitySteps,
  snapshot: Snapshot,
  made: Plan,
  now: number,
  end: number,
): PoolUse {
  const allocations = new Map(made.allocations.map((row) => [row.taskId, row]));
  let load = 0;
  let unmet = 0;
  for (const task of snapshot.tasks) {
    const index = task.needs.findIndex((need) => need.poolId === poolId);
    const need = task.needs[index];
    if (!need) continue;
    let done = 0;
    let before = 0;
    for (const segment of allocations.get(task.id)?.segments ?? []) {
      const rate = segment.ratesMilli[index] ?? 0;
      done += rate * Math.max(0, Math.min(segment.end, end) - Math.max(segment.start, now));
      before += rate * Math.max(0, Math.min(segment.end, now) - segment.start);
    }
    load += done;
    unmet += Math.max(0, need.rateMilli * task.durationSeconds - done - before);
  }
  return { poolId, load: work(load), capacity: work(capacity.workOver(now, end)), unmet: work(unmet) };
}

function unfinishedTasks(tasks: readonly PlanTask[], made: Plan, end: number): TaskId[] {
  const ends = new Map(made.allocations.map((row) => [row.taskId, row.segments.at(-1)?.end ?? Infinity]));
  return tasks
    .map((task) => task.id)
    .filter((id) => (ends.get(id) ?? Infinity) > end)
    .sort(compareIds);
}
