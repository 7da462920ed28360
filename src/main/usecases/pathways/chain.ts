/** The chain of tasks that were entered together: shown beside each of them, and cancelled from one of them on. */
import { findPathway, findPathwayChain, findTask } from '../../ledger/index.ts';
import type { ErrorCode, Response } from '../../../shared/contract/index.ts';
import type { PathwayChainView } from '../../../shared/contract/pathway-chain.ts';
import { sameText } from '../../../shared/domain/local-text.ts';
import type { TaskId } from '../../../shared/ids.ts';
import type { Result } from '../../../shared/result.ts';
import { accept, refuse } from '../../../shared/result.ts';
import { replan } from '../planning/replan.ts';
import { moveTask } from '../tasks/act-on-task.ts';
import { undoableCommand } from '../tasks/undoable-command.ts';
import type { Usecase } from '../usecase.ts';
import { commandOf } from '../usecase.ts';
import type { Workplace } from '../workplace.ts';
import { rowContext } from '../views/context.ts';
import { rowOf } from '../views/task-rows.ts';
import { mayCancel, openFollowers } from './followers.ts';

export const getPathwayChain: Usecase<'pathway.chain'> = (place, { taskId }) =>
  findTask(place.db, taskId) ? accept({ chain: pathwayChainOf(place, taskId) }) : refuse('unknown-task');

/** Null for a task that was entered by itself. */
export function pathwayChainOf(place: Workplace, taskId: TaskId): PathwayChainView | null {
  const { db } = place;
  const chain = findPathwayChain(db, taskId);
  if (!chain) return null;
  const records = chain.taskIds.flatMap((id) => findTask(db, id) ?? []);
  const context = rowContext({ db, identities: place.identities, records, now: place.now() });
  const name = findPathway(db, chain.pathwayId)?.name ?? sameText(chain.pathwayId);
  const tasks = records.map(({ task }) => {
    const { taskId: id, subsystem, workKind, state, start } = rowOf(task, context);
    return { taskId: id, subsystem, workKind, state, start, mayCancel: mayCancel(task) };
  });
  return { name, tasks };
}

/** Cancels the task and the open ones after it, the last first, so that no link has to be closed up. */
export const cancelPathway: Usecase<'pathway.cancel'> = (place, request, call) =>
  undoableCommand(
    place,
    commandOf(call, request),
    { what: 'act', action: 'cancel' },
    (tx, touch): Result<Response<'pathway.cancel'>, ErrorCode<'pathway.cancel'>> => {
      if (!findTask(tx.db, request.taskId)) return refuse('unknown-task');
      const following = openFollowers(tx, request.taskId).filter(mayCancel);
      const ids = [request.taskId, ...following.map((task) => task.id)];
      for (const id of ids.toReversed()) {
        const each = findTask(tx.db, id);
        const moved = each ? moveTask(tx, each, 'cancel', null, { touch }) : null;
        if (moved && !moved.ok) return moved;
      }
      replan(tx, place.surroundings.timeZoneData);
      return accept({ cancelled: ids });
    },
  );
