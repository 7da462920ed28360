/**
 * Who could make way for urgent work. A proposal, never a deed: classes 1 and 2 by their original class, over confirmed
 * or running work of a lower class whose kind allows it. Guards: only work that would miss its target; a minimum hold;
 * a cap per victim; a victim serves one proposal; since victims are always of a lower class, nobody bumps back.
 */
import type { PreemptionProposal } from '../../shared/domain/plan.ts';
import type { TaskId } from '../../shared/ids.ts';
import { compareIds } from '../../shared/ids.ts';
import { instant } from '../../shared/units.ts';
import { alignUp } from './calendar.ts';
import { fitAt } from './earliest-fit.ts';
import { URGENT_CLASS } from './merged-list.ts';
import { targetStart } from './policies/policy.ts';
import type { Placement, Placements } from './placements.ts';
import { readyAfter } from './precedence.ts';
import type { PlanTask } from './snapshot.ts';
import type { World } from './world.ts';
import { isCommitted } from './world.ts';

const MINIMUM_HOLD_SECONDS = 600;
const PREEMPTIONS_MAX = 1;

/** Proposals by task id. Together they are possible: a freed place is promised once. Leaves the placements as they were. */
export function proposePreemptions(world: World, placements: Placements): PreemptionProposal[] {
  if (!world.tasks.some((task) => isCommitted(task) && task.preemptibility !== 'never')) return [];
  const simulation = new Simulation(placements);
  const victims = new Set<TaskId>();
  const proposals: PreemptionProposal[] = [];
  for (const task of lateUrgentTasks(world, placements)) {
    const proposal = proposalFor(task, world, placements, simulation, victims);
    if (!proposal) continue;
    proposals.push(proposal);
    for (const victim of proposal.victims) victims.add(victim);
  }
  simulation.undo();
  return proposals.sort((left, right) => compareIds(left.taskId, right.taskId));
}

/** Changes of placements that know how to take themselves back. */
class Simulation {
  readonly #placements: Placements;
  readonly #undo: (() => void)[] = [];

  constructor(placements: Placements) {
    this.#placements = placements;
  }

  get depth(): number {
    return this.#undo.length;
  }

  remove(taskId: TaskId): void {
    const placement = this.#placements.remove(taskId);
    this.#undo.push(() => this.#placements.restore(placement));
  }

  place(task: PlanTask, windows: Parameters<Placements['place']>[1]): void {
    this.#placements.place(task, windows);
    this.#undo.push(() => this.#placements.remove(task.id));
  }

  /** Takes back everything done since the simulation had this depth. */
  undo(depth = 0): void {
    while (this.#undo.length > depth) this.#undo.pop()?.();
  }
}

/** Waiting work of classes 1 and 2 that starts after its target, most urgent first. */
function lateUrgentTasks(world: World, placements: Placements): PlanTask[] {
  const target = (task: PlanTask): number => targetStart(task, world.snapshot.targets);
  return world.tasks
    .filter((task) => task.urgency <= URGENT_CLASS && !isCommitted(task) && !world.refusals.has(task.id))
    .filter((task) => {
      const start = placements.find(task.id)?.stretches[0]?.start ?? Infinity;
      return start > Math.max(target(task), world.now, task.earliestStart);
    })
    .sort(
      (left, right) =>
        left.urgency - right.urgency || target(left) - target(right) || compareIds(left.id, right.id),
    );
}

function proposalFor(
  task: PlanTask,
  world: World,
  placements: Placements,
  simulation: Simulation,
  taken: ReadonlySet<TaskId>,
): PreemptionProposal | null {
  const planned = placements.find(task.id)?.stretches[0]?.start ?? null;
  const ready = readyAfter(task, (id) => placements.endOf(id) ?? Infinity);
  const request = placements.requestOf(task);
  const start = alignUp(request.grid, Math.max(world.now, task.earliestStart, ready));
  if (task.fixedStart !== null || start >= (planned ?? world.horizonEnd)) return null;
  const depth = simulation.depth;
  if (planned !== null) simulation.remove(task.id);
  const inTheWay = holdersIn(task, start, start + request.duration, placements);
  for (const row of inTheWay) if (isMovable(row, task)) simulation.remove(row.task.id);
  const candidates = inTheWay.filter((row) => isVictim(row, task, world, taken)).sort(compareVictims);
  const fits = (): boolean => fitAt(request, start).windows !== null;
  const victims = neededVictims(candidates, simulation, fits);
  const windows = fitAt(request, start).windows;
  if (!windows || victims.length === 0) {
    simulation.undo(depth);
    return null;
  }
  simulation.place(task, windows);
  const plannedStart = planned === null ? null : instant(planned);
  return { taskId: task.id, victims: victims.map((row) => row.task.id), start: instant(start), plannedStart };
}

/** Removes candidates in order until the task fits, then lets those stay that it fits beside; leaves the rest removed. */
function neededVictims(
  candidates: readonly Placement[],
  simulation: Simulation,
  fits: () => boolean,
): Placement[] {
  const depth = simulation.depth;
  let victims: Placement[] = [];
  for (const row of candidates) {
    if (fits()) break;
    simulation.remove(row.task.id);
    victims.push(row);
  }
  if (!fits()) return [];
  for (const row of [...victims]) {
    const without = victims.filter((other) => other !== row);
    simulation.undo(depth);
    for (const other of without) simulation.remove(other.task.id);
    if (fits()) victims = without;
  }
  simulation.undo(depth);
  for (const row of victims) simulation.remove(row.task.id);
  return victims;
}

function holdersIn(task: PlanTask, from: number, until: number, placements: Placements): Placement[] {
  const ids = new Set<TaskId>();
  for (const { poolId } of task.needs) {
    for (const id of placements.book(poolId).holders.overlapping(from, until, Infinity, null)) ids.add(id);
  }
  return [...ids].flatMap((id) => placements.find(id) ?? []);
}

/** Tentative work of a lower class gives way by itself at the next replan. */
function isMovable({ task }: Placement, urgent: PlanTask): boolean {
  return !isCommitted(task) && task.urgency > urgent.urgency;
}

function isVictim(
  { task, stretches }: Placement,
  urgent: PlanTask,
  world: World,
  taken: ReadonlySet<TaskId>,
): boolean {
  if (!isCommitted(task) || task.urgency <= urgent.urgency || task.preemptibility === 'never') return false;
  if (taken.has(task.id)) return false;
  if ((task.timesPreempted ?? 0) >= (world.settings.preemptionsMax ?? PREEMPTIONS_MAX)) return false;
  const held = world.now - (stretches[0]?.start ?? world.now);
  return task.state !== 'running' || held >= (world.settings.minimumHoldSeconds ?? MINIMUM_HOLD_SECONDS);
}

/** Lowest class, latest start, id. */
function compareVictims(left: Placement, right: Placement): number {
  return (
    right.task.urgency - left.task.urgency ||
    (right.stretches[0]?.start ?? 0) - (left.stretches[0]?.start ?? 0) ||
    compareIds(left.task.id, right.task.id)
  );
}
