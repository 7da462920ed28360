/**
 * One serial pass: confirmed and running work first, exactly where it is; then the merged list, each task at the
 * earliest instant that delays nothing placed before it (conservative backfill). A tentative start of the previous
 * plan is kept while it fits. Every task ends with a placement or a refusal, and with the trail of its wait.
 */
import type { Reason } from '../../shared/domain/reason.ts';
import type { TaskId } from '../../shared/ids.ts';
import { MergedList } from './merged-list.ts';
import { requesterKey } from './policies/policy.ts';
import type { Placement } from './placements.ts';
import { Placements } from './placements.ts';
import { ShareLedger } from './shares.ts';
import type { PlanTask } from './snapshot.ts';
import { Trail } from './trail.ts';
import { findWindows } from './windows.ts';
import type { PlanRefusal } from './need-checks.ts';
import type { World } from './world.ts';
import { isCommitted } from './world.ts';

export interface PassResult {
  readonly placements: Placements;
  readonly refusals: ReadonlyMap<TaskId, PlanRefusal>;
  /** One per task that waits or is refused. */
  readonly reasons: Map<TaskId, Reason>;
  /** Tasks in the order they were placed, committed ones first. */
  readonly order: readonly TaskId[];
}

/** Plans every task of the world in one pass; see the header. */
export function runSerialPass(world: World): PassResult {
  return new SerialPass(world).run();
}

class SerialPass {
  readonly #world: World;
  readonly #placements: Placements;
  readonly #refusals: Map<TaskId, PlanRefusal>;
  readonly #reasons = new Map<TaskId, Reason>();
  readonly #order: TaskId[] = [];
  readonly #shares: ShareLedger;
  readonly #list: MergedList;
  /** Predecessors that have neither an end nor a refusal yet. */
  readonly #missing = new Map<TaskId, number>();

  constructor(world: World) {
    this.#world = world;
    this.#placements = new Placements(world);
    this.#refusals = new Map(world.refusals);
    this.#shares = new ShareLedger(world.snapshot.pools, world.now);
    for (const subsystem of world.snapshot.subsystems) {
      for (const { poolId, work } of subsystem.used) this.#shares.charge(subsystem.id, poolId, work);
      for (const { requester, poolId, work } of subsystem.requesters ?? []) {
        this.#shares.charge(requesterKey({ subsystem: subsystem.id, requester }), poolId, work);
      }
    }
    const { now, tails } = world;
    const context = { now, tails, targets: world.snapshot.targets, shares: this.#shares };
    this.#list = new MergedList(world.snapshot.subsystems, context, (task) => this.#isBelowGuarantee(task));
  }

  run(): PassResult {
    const waiting: PlanTask[] = [];
    for (const task of this.#world.tasks) {
      if (this.#refusals.has(task.id)) this.#explainRefusal(task, new Trail());
      else if (isCommitted(task) && task.current)
        this.#settle(this.#placements.placeCommitted(task, task.current));
      else waiting.push(task);
    }
    for (const task of waiting) {
      const missing =
        task.after.length === 0 ? 0 : new Set(task.after.filter((id) => this.#isPending(id))).size;
      if (missing > 0) this.#missing.set(task.id, missing);
      if (missing === 0) this.#list.push(task);
    }
    for (let task = this.#list.next(); task; task = this.#list.next()) {
      this.#planOne(task);
      this.#tellSuccessors(task.id);
    }
    for (const task of waiting)
      if (this.#isPending(task.id)) this.#refuse(task, 'waits-for-refused', new Trail());
    return {
      placements: this.#placements,
      refusals: this.#refusals,
      reasons: this.#reasons,
      order: this.#order,
    };
  }

  #isPending(id: TaskId): boolean {
    return this.#placements.endOf(id) === null && !this.#refusals.has(id);
  }

  #tellSuccessors(id: TaskId): void {
    for (const next of this.#world.successors.get(id) ?? []) {
      const missing = this.#missing.get(next);
      if (missing === undefined) continue;
      this.#missing.set(next, missing - 1);
      const task = this.#world.byId.get(next);
      if (missing === 1 && task) this.#list.push(task);
    }
  }

  #planOne(task: PlanTask): void {
    const trail = new Trail();
    if (task.after.some((id) => this.#refusals.has(id))) {
      this.#refuse(task, 'waits-for-refused', trail);
      return;
    }
    const windows = findWindows(this.#world, this.#placements, task, trail);
    if (!windows) {
      this.#refuse(task, task.fixedStart === null ? 'beyond-horizon' : 'fixed-start-not-possible', trail);
      return;
    }
    const placement = this.#placements.place(task, windows);
    this.#settle(placement);
    explainWait(this.#world, placement, trail, this.#reasons);
  }

  #settle(placement: Placement): void {
    const { task, stretches } = placement;
    const requester = requesterKey(task);
    this.#order.push(task.id);
    for (const { start, end, rates } of stretches) {
      const ahead = end - Math.max(start, this.#world.now);
      if (ahead <= 0) continue;
      for (const [index, { poolId }] of task.needs.entries()) {
        const work = (rates[index] ?? 0) * ahead;
        this.#shares.charge(task.subsystem, poolId, work);
        this.#shares.charge(requester, poolId, work);
      }
    }
  }

  #refuse(task: PlanTask, code: PlanRefusal['code'], trail: Trail): void {
    this.#refusals.set(task.id, { code, poolId: null });
    this.#explainRefusal(task, trail);
  }

  #explainRefusal(task: PlanTask, trail: Trail): void {
    const refusal = this.#refusals.get(task.id) ?? null;
    this.#reasons.set(task.id, {
      taskId: task.id,
      segments: trail.segments(this.#world.horizonEnd),
      refusal,
    });
  }

  #isBelowGuarantee(task: PlanTask): boolean {
    const at = Math.max(this.#world.now, task.earliestStart);
    return task.needs.some(({ poolId, rateMilli }) =>
      this.#placements.book(poolId).isBelowGuarantee(task.subsystem, rateMilli, at),
    );
  }
}

/** Keeps the reason of a task that does not run from its earliest wish; forgets the reason of one that does. */
export function explainWait(
  world: World,
  placement: Placement,
  trail: Trail,
  reasons: Map<TaskId, Reason>,
): void {
  const taskId = placement.task.id;
  const wish = Math.max(world.now, placement.task.earliestStart);
  const start = placement.stretches[0]?.start ?? wish;
  if (start > wish) reasons.set(taskId, { taskId, segments: trail.segments(start), refusal: null });
  else reasons.delete(taskId);
}

/**
 * Moves work up into what levelling has freed, in the order of the pass. Nothing starts later than before, because its
 * own place is free while it is looked at; elastic and committed work stays.
 */
export function moveUp(world: World, { placements, order, reasons }: PassResult): void {
  for (const taskId of order) {
    const placement = placements.find(taskId);
    if (!placement || isCommitted(placement.task) || placement.task.elastic) continue;
    placements.remove(taskId);
    const trail = new Trail();
    const windows = findWindows(world, placements, placement.task, trail);
    const start = windows?.[0]?.start ?? Infinity;
    const isEarlier = windows !== null && start < (placement.stretches[0]?.start ?? 0);
    const moved = isEarlier ? placements.place(placement.task, windows) : placements.restore(placement);
    if (isEarlier || waitsForElastic(world, reasons.get(taskId))) explainWait(world, moved, trail, reasons);
  }
}

/** Whether a reason names elastic work, whose ends levelling has moved. */
function waitsForElastic(world: World, reason: Reason | undefined): boolean {
  const blockers = reason?.segments.flatMap((segment) => segment.blockers) ?? [];
  return blockers.some((id) => (world.byId.get(id)?.elastic ?? null) !== null);
}
