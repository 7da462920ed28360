/**
 * The one list that five subsystems' queues are merged into. Order: urgency classes 1 and 2 of any subsystem; then
 * subsystems whose next task still lies within their guarantee; then the smallest dominant share ÷ weight; then the
 * task id. Total, so that the order in which a snapshot lists its tasks never matters.
 */
import type { SubsystemId } from '../../shared/domain/subsystem.ts';
import { getSubsystem } from '../../shared/domain/subsystem.ts';
import { compareIds } from '../../shared/ids.ts';
import { BinaryHeap } from './binary-heap.ts';
import { POLICY_TABLE } from './policies/index.ts';
import type { QueueContext, TaskQueue } from './policies/policy.ts';
import { compareArrival, targetStart } from './policies/policy.ts';
import type { PlanSubsystem, PlanTask } from './snapshot.ts';

/** The lowest class that goes before every subsystem's turn. */
export const URGENT_CLASS = 2;

interface Candidate {
  readonly queue: TaskQueue;
  readonly task: PlanTask;
  readonly isBelowGuarantee: boolean;
  readonly share: number;
}

function compareCandidates(left: Candidate, right: Candidate): number {
  return (
    Number(right.isBelowGuarantee) - Number(left.isBelowGuarantee) ||
    left.share - right.share ||
    compareIds(left.task.id, right.task.id)
  );
}

export class MergedList {
  readonly #context: QueueContext;
  readonly #settings: ReadonlyMap<SubsystemId, PlanSubsystem>;
  readonly #isBelowGuarantee: (task: PlanTask) => boolean;
  readonly #queues = new Map<SubsystemId, TaskQueue>();
  readonly #urgent: BinaryHeap<PlanTask>;

  /** @param isBelowGuarantee  whether a task would still lie within its subsystem's guarantee at its earliest wish */
  constructor(
    subsystems: readonly PlanSubsystem[],
    context: QueueContext,
    isBelowGuarantee: (task: PlanTask) => boolean,
  ) {
    this.#context = context;
    this.#settings = new Map(subsystems.map((row) => [row.id, row]));
    this.#isBelowGuarantee = isBelowGuarantee;
    this.#urgent = new BinaryHeap(
      (left, right) =>
        left.urgency - right.urgency ||
        targetStart(left, context.targets) - targetStart(right, context.targets) ||
        compareArrival(left, right),
    );
  }

  /** Adds a task whose predecessors all have an end. */
  push(task: PlanTask): void {
    if (task.urgency <= URGENT_CLASS) this.#urgent.push(task);
    else this.#queueOf(task.subsystem).push(task);
  }

  /** Takes the next task off the list; null when it is empty. */
  next(): PlanTask | null {
    const urgent = this.#urgent.pop();
    if (urgent) return urgent;
    let best: Candidate | null = null;
    for (const [subsystem, queue] of this.#queues) {
      const task = queue.peek();
      if (!task) continue;
      const candidate = this.#candidate(subsystem, queue, task);
      if (best === null || compareCandidates(candidate, best) < 0) best = candidate;
    }
    best?.queue.pop();
    return best?.task ?? null;
  }

  #candidate(subsystem: SubsystemId, queue: TaskQueue, task: PlanTask): Candidate {
    const weight = this.#settings.get(subsystem)?.weight ?? 1;
    const share = this.#context.shares.dominant(subsystem) / weight;
    return { queue, task, isBelowGuarantee: this.#isBelowGuarantee(task), share };
  }

  #queueOf(subsystem: SubsystemId): TaskQueue {
    const known = this.#queues.get(subsystem);
    if (known) return known;
    const policy = this.#settings.get(subsystem)?.policy ?? getSubsystem(subsystem).defaultPolicy;
    const queue = POLICY_TABLE[policy].createQueue(this.#context);
    this.#queues.set(subsystem, queue);
    return queue;
  }
}
