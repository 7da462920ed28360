/** Tasks of every subsystem by what somebody types into the palette: open ones first, then the latest. */
import { listTasksByKey } from '../../ledger/index.ts';
import { SUBSYSTEM_IDS } from '../../../shared/domain/subsystem.ts';
import { accept } from '../../../shared/result.ts';
import type { Usecase } from '../usecase.ts';
import { rowContext } from '../views/context.ts';
import { rowOf } from '../views/task-rows.ts';

const FOUND_MAX = 12;

export const findTasks: Usecase<'task.find'> = (place, { text }) => {
  const { db } = place;
  const now = place.now();
  if (text.trim() === '') return accept({ rows: [] });
  const filter = { states: [], urgencies: [], poolId: null, enteredBy: null };
  const found = SUBSYSTEM_IDS.flatMap((subsystem) => {
    const queue = { subsystem, filter, sort: null, text, language: 'en' as const };
    return place.queues.once(db, queue, now).tasks.slice(0, FOUND_MAX);
  });
  const keys = found.slice(0, FOUND_MAX).map((task) => task.taskKey);
  const records = listTasksByKey(db, keys);
  const context = rowContext({ db, identities: place.identities, records, now });
  return accept({ rows: records.map(({ task }) => rowOf(task, context)) });
};
