/**
 * Search on top of a serial pass: each utilization or priority subsystem permutes its own waiting work, with everybody
 * else's windows standing still, so that no other subsystem's task can start later. What search proposes is placed by
 * the planner's own rules and kept only when the real score is better; otherwise everything is put back.
 */
import type { SubsystemId } from '../../../shared/domain/subsystem.ts';
import { SUBSYSTEM_IDS } from '../../../shared/domain/subsystem.ts';
import { compareScores, scorePlan } from '../objective.ts';
import { effectiveClass, latestStart } from '../policies/priority.ts';
import type { Placement, Placements } from '../placements.ts';
import { URGENT_CLASS } from '../merged-list.ts';
import type { PassResult } from '../serial-pass.ts';
import { explainWait } from '../serial-pass.ts';
import type { PlanTask } from '../snapshot.ts';
import { Trail } from '../trail.ts';
import { findWindows } from '../windows.ts';
import type { World } from '../world.ts';
import { isCommitted, policyOf } from '../world.ts';
import { Budget, type SearchControl } from './control.ts';
import { flatten } from './flatten.ts';
import { Random } from './random.ts';
import { boundOf, earlyWork } from './early-work.ts';
import type { TardinessScore, TardinessTask } from './tardiness.ts';
import { compareTardiness, searchTardiness, tardinessOf } from './tardiness.ts';
import { TwoPopulations } from './two-populations.ts';

/** Schedules are worth looking at while they are not longer than this many times the present one. */
const SPAN_FACTOR = 2;

/** Improves the pass in place; returns the schedules used. */
export function improve(world: World, pass: PassResult, control: SearchControl): number {
  const budget = new Budget(world.settings.budget, world.settings.stopAfter ?? Infinity, control);
  const groups = SUBSYSTEM_IDS.map((id) => ({ id, tasks: movableTasks(world, pass.placements, id) })).filter(
    ({ id, tasks }) => tasks.length > 1 && policyOf(world, id) !== 'demand',
  );
  let waiting = groups.reduce((total, { tasks }) => total + tasks.length, 0);
  for (const { id, tasks } of groups) {
    budget.grant(Math.floor((budget.rest * tasks.length) / waiting));
    waiting -= tasks.length;
    improveGroup(world, pass, id, tasks, budget);
  }
  return budget.used;
}

/** Waiting work of one subsystem that search may move: whole, neither urgent nor fixed, kept or waited for by others. */
function movableTasks(world: World, placements: Placements, subsystem: SubsystemId): PlanTask[] {
  const isFree = (task: PlanTask): boolean => {
    const placement = placements.find(task.id);
    if (!placement || task.subsystem !== subsystem || isCommitted(task)) return false;
    if (task.urgency <= URGENT_CLASS || task.fixedStart !== null || task.elastic) return false;
    return placement.stretches.length === 1 && !isKept(world, placement);
  };
  const free = new Set(world.tasks.filter(isFree).map((task) => task.id));
  for (let before = -1; before !== free.size;) {
    before = free.size;
    for (const id of free) {
      if ((world.successors.get(id) ?? []).some((next) => placements.find(next) && !free.has(next)))
        free.delete(id);
    }
  }
  return world.tasks.filter((task) => free.has(task.id));
}

function isKept(world: World, { task, stretches }: Placement): boolean {
  if (!world.settings.keepsTentative || task.state !== 'tentative') return false;
  return task.current?.segments[0]?.start === stretches[0]?.start;
}

function improveGroup(
  world: World,
  pass: PassResult,
  subsystem: SubsystemId,
  tasks: readonly PlanTask[],
  budget: Budget,
): void {
  const { placements } = pass;
  const isTardiness = policyOf(world, subsystem) === 'priority';
  const scoreBefore = scorePlan(world, placements);
  const former = tasks.map((task) => placements.remove(task.id));
  const starts = Int32Array.from(former, (row) => (row.stretches[0]?.start ?? world.now) - world.now);
  const span = former.reduce(
    (latest, row) => Math.max(latest, (row.stretches.at(-1)?.end ?? world.now) - world.now),
    1,
  );
  const problem = flatten(world, placements, tasks, SPAN_FACTOR * span);
  const random = new Random(world.settings.seed);
  const rows = isTardiness ? tardinessTasks(world, tasks) : [];
  const found = isTardiness
    ? searchTardiness(problem, rows, starts, budget, random)
    : new TwoPopulations(problem, earlyWork(world, problem), random, boundOf(world, problem)).run(budget);
  const placed = found ? placeAll(world, placements, tasks, found) : null;
  const isBetter =
    placed !== null &&
    (isTardiness
      ? isLessTardy(
          world,
          rows,
          former,
          placed.map((row) => row.placement),
        )
      : compareScores(scorePlan(world, placements), scoreBefore) < 0);
  if (placed && isBetter) {
    for (const { placement, trail } of placed) explainWait(world, placement, trail, pass.reasons);
    return;
  }
  for (const row of placed ?? []) placements.remove(row.placement.task.id);
  for (const placement of former) placements.restore(placement);
}

interface Placed {
  readonly placement: Placement;
  readonly trail: Trail;
}

/** Places the tasks by the planner's own rules, in the order of the starts found; null (and nothing placed) if one fits nowhere. */
function placeAll(
  world: World,
  placements: Placements,
  tasks: readonly PlanTask[],
  starts: Int32Array,
): Placed[] | null {
  const order = [...tasks.keys()].sort(
    (left, right) => (starts[left] ?? 0) - (starts[right] ?? 0) || left - right,
  );
  const placed: Placed[] = [];
  for (const index of order) {
    const task = tasks[index];
    const trail = new Trail();
    const windows = task ? findWindows(world, placements, task, trail) : null;
    if (!task || !windows) {
      for (const { placement } of placed) placements.remove(placement.task.id);
      return null;
    }
    placed.push({ placement: placements.place(task, windows), trail });
  }
  return placed;
}

function tardinessTasks(world: World, tasks: readonly PlanTask[]): TardinessTask[] {
  const context = { now: world.now, targets: world.snapshot.targets };
  return tasks.map((task) => ({
    task,
    group: effectiveClass(task, context),
    due: latestStart(task, context) + task.durationSeconds - world.now,
  }));
}

function isLessTardy(
  world: World,
  rows: readonly TardinessTask[],
  before: readonly Placement[],
  after: readonly Placement[],
): boolean {
  const score = (placements: readonly Placement[]): TardinessScore => {
    const ends = new Map(
      placements.map((row) => [row.task.id, (row.stretches.at(-1)?.end ?? world.now) - world.now]),
    );
    const inOrder = rows.map((row) => ends.get(row.task.id) ?? 0);
    return tardinessOf(rows, (index) => inOrder[index] ?? 0);
  };
  return compareTardiness(score(after), score(before)) < 0;
}
