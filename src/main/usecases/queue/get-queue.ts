/** A page of a queue, the ids behind a selection, and where a task stands in it. */
import { listTasksByKey } from '../../ledger/index.ts';
import { accept } from '../../../shared/result.ts';
import type { Usecase } from '../usecase.ts';
import { rowContext } from '../views/context.ts';
import { rowOf } from '../views/task-rows.ts';

export const getQueue: Usecase<'queue.get'> = (place, { queue, offset, limit }) => {
  const { db } = place;
  const now = place.now();
  const { groups, tasks } = place.queues.get(db, queue, now);
  const keys = tasks.slice(offset, offset + limit).map((task) => task.taskKey);
  const records = listTasksByKey(db, keys);
  const context = rowContext({ db, identities: place.identities, records, now });
  return accept({
    now,
    total: tasks.length,
    groups,
    rows: records.map(({ task }) => rowOf(task, context)),
  });
};

export const getQueueIds: Usecase<'queue.ids'> = (place, { queue, offset, limit }) => {
  const { tasks } = place.queues.get(place.db, queue, place.now());
  return accept({
    tasks: tasks.slice(offset, offset + limit).map(({ taskId, state }) => ({ taskId, state })),
  });
};

export const findInQueue: Usecase<'queue.find'> = (place, { queue, taskId }) => {
  const { tasks } = place.queues.get(place.db, queue, place.now());
  const index = tasks.findIndex((task) => task.taskId === taskId);
  return accept({ index: index === -1 ? null : index });
};
