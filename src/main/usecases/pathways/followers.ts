/**
 * What comes after a task, in the chain it was entered with or linked to it; and closing up where one in the middle is given
 * up, so that what comes after it waits for what came before it.
 */
import type { LedgerTx } from '../../ledger/index.ts';
import { findPathwayChain, findTask, listSuccessors } from '../../ledger/index.ts';
import { nextState } from '../../../shared/domain/lifecycle.ts';
import type { Task } from '../../../shared/domain/task.ts';
import type { TaskId } from '../../../shared/ids.ts';
import type { Seconds } from '../../../shared/units.ts';
import { seconds } from '../../../shared/units.ts';
import type { Touch } from '../tasks/undoable-command.ts';

/**
 * After a task was given up: what came directly after it comes after what it came after, and so goes on.
 * @param gone  the task as it was
 * @param touch  told of each task before it changes
 */
export function closeUpChain(tx: LedgerTx, gone: Task, touch?: Touch): void {
  for (const task of openSuccessors(tx, gone.id)) {
    const note = findTask(tx.db, task.id)?.note ?? null;
    touch?.(task.id);
    tx.append('task-amended', { task: withoutOne(task, gone), before: task, note });
  }
}

/** The delays before and behind what is gone add up: each of them was asked for. */
function withoutOne({ delays, ...task }: Task, gone: Task): Task {
  const waits = new Map<TaskId, Seconds>();
  const wait = (id: TaskId, delay: number): void => {
    waits.set(id, seconds(Math.max(waits.get(id) ?? 0, delay)));
  };
  for (const [place, id] of task.after.entries()) {
    const delay = delays?.[place] ?? 0;
    if (id !== gone.id) wait(id, delay);
    else for (const [at, before] of gone.after.entries()) wait(before, delay + (gone.delays?.[at] ?? 0));
  }
  const left = [...waits.values()];
  return { ...task, after: [...waits.keys()], ...(left.some((delay) => delay > 0) && { delays: left }) };
}

/** Open tasks directly after this one, of a chain or linked one by one; by id. */
function openSuccessors(tx: LedgerTx, taskId: TaskId): Task[] {
  return listSuccessors(tx.db, taskId)
    .flatMap((next) => findTask(tx.db, next.taskId)?.task ?? [])
    .filter((task) => task.state === 'running' || mayCancel(task));
}

/** Tasks of the chain behind this one that have not ended, in their order. */
export function openFollowers(tx: LedgerTx, taskId: TaskId): Task[] {
  const ids = findPathwayChain(tx.db, taskId)?.taskIds ?? [];
  return ids
    .slice(ids.indexOf(taskId) + 1)
    .flatMap((id) => findTask(tx.db, id)?.task ?? [])
    .filter((task) => task.state === 'running' || mayCancel(task));
}

export function mayCancel({ state }: Task): boolean {
  return nextState(state, 'cancel') !== null;
}
