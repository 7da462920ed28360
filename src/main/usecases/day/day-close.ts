/**
 * Day close: what nobody pressed Start or Finish for takes its planned times with one key, flagged as assumed; what did
 * not take place is marked missed; what is left open stays for the next close.
 */
import type { LedgerTx } from '../../ledger/index.ts';
import { findTask, isDayClosed, listOpenTasks } from '../../ledger/index.ts';
import type { DayChoice } from '../../../shared/contract/day.ts';
import type { LocalDate } from '../../../shared/local-time.ts';
import { localDateOf } from '../../../shared/local-time.ts';
import type { TaskId } from '../../../shared/ids.ts';
import { accept } from '../../../shared/result.ts';
import { getClinic } from '../planning/books.ts';
import { replan } from '../planning/replan.ts';
import { moveTask } from '../tasks/act-on-task.ts';
import type { Usecase } from '../usecase.ts';
import { commandOf } from '../usecase.ts';
import { rowContext } from '../views/context.ts';
import { rowOf } from '../views/task-rows.ts';
import type { UnfinishedWork } from './unfinished-work.ts';
import { unfinishedWork } from './unfinished-work.ts';

export const getDay: Usecase<'day.get'> = (place) => {
  const { db } = place;
  const now = place.now();
  const zone = getClinic(db).timeZone;
  const open = listOpenTasks(db, ['confirmed', 'running']);
  const date = localDateOf(now, zone);
  const rows = unfinishedWork(open, now, zone);
  const records = rows.map((row) => row.record);
  const context = rowContext({ db, identities: place.identities, records, now });
  return accept({
    date,
    isClosed: isDayClosed(db, date),
    rows: rows.map(({ record, missing, start, end }) => ({
      row: rowOf(record.task, context),
      missing,
      start,
      end,
    })),
  });
};

export const closeDay: Usecase<'day.close'> = (place, request, call) =>
  place.command(commandOf(call, request), (tx) => {
    const zone = getClinic(tx.db).timeZone;
    const rows = unfinishedWork(listOpenTasks(tx.db, ['confirmed', 'running']), tx.now, zone);
    const choiceOf = new Map(request.choices.map(({ taskId, choice }) => [taskId, choice]));
    const assumed = new Map<LocalDate, TaskId[]>([[localDateOf(tx.now, zone), []]]);
    const left: TaskId[] = [];
    let missed = 0;
    for (const row of rows) {
      const { id } = row.record.task;
      const done = settle(tx, row, choiceOf.get(id) ?? 'open');
      if (done === 'assumed') assumed.set(row.date, [...(assumed.get(row.date) ?? []), id]);
      else if (done === 'missed') missed += 1;
      else left.push(id);
    }
    for (const [date, taskIds] of [...assumed].sort(([a], [b]) => (a < b ? -1 : 1))) {
      tx.append('day-closed', { date, assumed: taskIds });
    }
    replan(tx, place.surroundings.timeZoneData);
    const count = [...assumed.values()].reduce((sum, taskIds) => sum + taskIds.length, 0);
    return accept({ assumed: count, missed, left });
  });

/** What became of it; a start whose units were really somebody else's then is left for a person. */
function settle(
  tx: LedgerTx,
  { record, missing, start, end }: UnfinishedWork,
  choice: DayChoice,
): 'assumed' | 'missed' | 'left' {
  if (choice === 'open') return 'left';
  if (choice === 'missed') {
    return missing === 'start' && moveTask(tx, record, 'miss', null).ok ? 'missed' : 'left';
  }
  if (missing === 'start' && !moveTask(tx, record, 'start', start, { isAssumed: true }).ok) return 'left';
  const running = findTask(tx.db, record.task.id);
  return running && moveTask(tx, running, 'finish', end, { isAssumed: true }).ok ? 'assumed' : 'left';
}
