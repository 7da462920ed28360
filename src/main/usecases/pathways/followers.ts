/**
 * What comes after a task in the chain it was entered with; and closing the chain up where one in the middle is given
 * up, so that what comes after it waits for what came before it.
 */
import type { LedgerTx } from '../../ledger/index.ts';
import { findPathwayChain, findTask } from '../../ledger/index.ts';
import { nextState } from '../../../shared/domain/lifecycle.ts';
import type { Task } from '../../../shared/domain/task.ts';
import type { TaskId } from '../../../shared/ids.ts';
import type { Touch } from '../tasks/undo-book.ts';

/**
 * After a task was given up: what came directly after it comes after what it came after, and so goes on.
 * @param gone  the task as it was
 * @param touch  told of each task before it changes
 */
export function closeUpChain(tx: LedgerTx, gone: Task, touch?: Touch): void {
  for (const task of openFollowers(tx, gone.id)) {
    if (!task.after.includes(gone.id)) continue;
    const after = [...new Set(task.after.flatMap((id) => (id === gone.id ? gone.after : [id])))];
    const note = findTask(tx.db, task.id)?.note ?? null;
    touch?.(task.id);
    tx.append('task-amended', { task: { ...task, after }, before: task, note });
  }
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
