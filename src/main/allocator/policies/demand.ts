/**
 * The demand policy 基于需求: the least-served requester goes first, by dominant share; one requester's own tasks go
 * in order of arrival. (How elastic tasks share what is free is in `levelling.ts`.)
 */
import { compareIds } from '../../../shared/ids.ts';
import { BinaryHeap } from '../binary-heap.ts';
import type { PlanTask } from '../snapshot.ts';
import type { Policy, QueueContext, TaskQueue } from './policy.ts';
import { compareArrival, requesterKey } from './policy.ts';

interface Turn {
  readonly key: string;
  readonly share: number;
  readonly task: PlanTask;
}

function compareTurns(left: Turn, right: Turn): number {
  return left.share - right.share || compareArrival(left.task, right.task);
}

class DemandQueue implements TaskQueue {
  readonly #context: QueueContext;
  readonly #tasks = new Map<string, BinaryHeap<PlanTask>>();
  readonly #turns = new BinaryHeap<Turn>(compareTurns);

  constructor(context: QueueContext) {
    this.#context = context;
  }

  push(task: PlanTask): void {
    const key = requesterKey(task);
    const own = this.#tasks.get(key) ?? new BinaryHeap<PlanTask>(compareArrival);
    own.push(task);
    this.#tasks.set(key, own);
    this.#renew(key);
  }

  /** Turns go stale when a requester is served; they are renewed when they come up, since shares only grow. */
  peek(): PlanTask | null {
    for (;;) {
      const turn = this.#turns.peek();
      if (!turn) return null;
      const head = this.#tasks.get(turn.key)?.peek();
      if (
        head &&
        compareIds(head.id, turn.task.id) === 0 &&
        turn.share === this.#context.shares.dominant(turn.key)
      ) {
        return head;
      }
      this.#turns.pop();
      this.#renew(turn.key);
    }
  }

  pop(): void {
    const task = this.peek();
    if (task) this.#tasks.get(requesterKey(task))?.pop();
  }

  #renew(key: string): void {
    const task = this.#tasks.get(key)?.peek();
    if (task) this.#turns.push({ key, share: this.#context.shares.dominant(key), task });
  }
}

export const demand: Policy = { id: 'demand', createQueue: (context) => new DemandQueue(context) };
