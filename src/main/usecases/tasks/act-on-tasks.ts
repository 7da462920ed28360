/**
 * One action over many tasks: one command, one transaction, one new plan. Tasks that do not allow it are named with
 * their refusal and stay as they are.
 */
import { findTask } from '../../ledger/index.ts';
import type { Response } from '../../../shared/contract/index.ts';
import type { TaskId } from '../../../shared/ids.ts';
import { accept } from '../../../shared/result.ts';
import { replan } from '../planning/replan.ts';
import type { Usecase } from '../usecase.ts';
import { commandOf } from '../usecase.ts';
import { changesThePlan, moveTask } from './act-on-task.ts';
import { undoableCommand } from './undoable-command.ts';

type Refused = Response<'task.act-many'>['refused'][number];

export const actOnTasks: Usecase<'task.act-many'> = (place, request, call) => {
  const { action, at } = request;
  return undoableCommand(place, commandOf(call, request), { what: 'act', action }, (tx, touch) => {
    const done: TaskId[] = [];
    const refused: Refused[] = [];
    for (const taskId of new Set(request.taskIds)) {
      const record = findTask(tx.db, taskId);
      if (!record) {
        refused.push({ taskId, code: 'unknown-task' });
        continue;
      }
      const moved = moveTask(tx, record, action, at, { touch });
      if (moved.ok) done.push(taskId);
      else refused.push({ taskId, code: moved.error.code });
    }
    if (done.length > 0 && changesThePlan(action)) replan(tx, place.surroundings.timeZoneData);
    return accept({ done, refused });
  });
};
