/**
 * One task for the inspector: its row, note, the next free starts, and what the ledger recorded about it.
 */
import type { Entry, ReadDb } from '../../ledger/index.ts';
import { findStaff, findTask, listSuccessors, listTaskHistory } from '../../ledger/index.ts';
import type { Response } from '../../../shared/contract/index.ts';
import type { LinkedTask, TaskDraft } from '../../../shared/contract/tasks.ts';
import type { Task } from '../../../shared/domain/task.ts';
import type { TaskId } from '../../../shared/ids.ts';
import { staffId } from '../../../shared/ids.ts';
import { accept, refuse } from '../../../shared/result.ts';
import type { Seconds } from '../../../shared/units.ts';
import { instant, seconds } from '../../../shared/units.ts';
import { pathwayChainOf } from '../pathways/chain.ts';
import type { Usecase } from '../usecase.ts';
import { rowContext } from '../views/context.ts';
import type { RowContext } from '../views/task-rows.ts';
import { blockerViews, rowOf } from '../views/task-rows.ts';
import { wantedOf } from './predecessors.ts';
import { startView } from './quote-task.ts';
import { openedTexts } from './task-identity.ts';

type History = Response<'task.get'>['history'];
type Links = Response<'task.get'>['links'];

export const getTask: Usecase<'task.get'> = (place, { taskId }) => {
  const { db } = place;
  const record = findTask(db, taskId);
  if (!record) return refuse('unknown-task');
  const now = place.now();
  const { task } = record;
  const context = rowContext({ db, identities: place.identities, records: [record], now });
  const texts = openedTexts(place, record);
  const mayMove = task.state === 'waiting' || task.state === 'tentative';
  const quoted = mayMove ? place.quoting.quote(db, task, now) : null;
  const windows = quoted?.ok ? quoted.value.windows : [];
  return accept({
    row: rowOf(task, context),
    note: texts.note,
    pathway: pathwayChainOf(place, taskId),
    links: linksOf(db, task, context),
    draft: draftOf(task, texts),
    starts: windows.flatMap((window) => startView(task, window, context)),
    history: listTaskHistory(db, taskId).map((entry) => historyRow(entry, db)),
  });
};

/** What it comes after in the order it was entered, and what comes after it by id. */
function linksOf(db: ReadDb, task: Task, context: RowContext): Links {
  const linked = (id: TaskId, delaySeconds: Seconds): LinkedTask[] => {
    const other = context.task(id);
    if (!other) return [];
    const { state, start, end } = rowOf(other, context);
    return blockerViews([id], context).map((named) => ({ ...named, state, start, end, delaySeconds }));
  };
  return {
    before: wantedOf(task).flatMap((row) => linked(row.taskId, row.delaySeconds)),
    after: listSuccessors(db, task.id).flatMap(({ taskId }) => {
      const later = context.task(taskId);
      const delay = later && wantedOf(later).find((row) => row.taskId === task.id)?.delaySeconds;
      return linked(taskId, delay ?? seconds(0));
    }),
  };
}

/** What the task asks for, as a form holds it. */
function draftOf(task: Task, texts: { readonly note: string; readonly reference: string }): TaskDraft {
  return {
    subsystem: task.subsystem,
    workKindId: task.workKindId,
    patient: task.patientId === null ? null : { patientId: task.patientId },
    needs: task.needs,
    durationSeconds: task.durationSeconds,
    urgency: task.urgency,
    earliestStart: task.earliestStart,
    fixedStart: task.fixedStart,
    due: task.due,
    ...(task.intervalSeconds !== undefined && { intervalSeconds: task.intervalSeconds }),
    ...texts,
    ...(task.after.length > 0 && { after: wantedOf(task) }),
  };
}

function historyRow(entry: Entry, db: ReadDb): History[number] {
  return {
    seq: entry.seq,
    recordedAt: instant(Math.floor(entry.recorded.ms / 1000)),
    effectiveAt: instant(entry.effectiveSeconds),
    kind: entry.kind,
    action: actionOf(entry),
    actorName: findStaff(db, staffId(entry.actor))?.name ?? '',
  };
}

/** The lifecycle action of a `task-moved` entry; null for other kinds. */
function actionOf(entry: Entry): string | null {
  if (entry.kind !== 'task-moved') return null;
  const payload: unknown = JSON.parse(entry.payload);
  const isMove = typeof payload === 'object' && payload !== null && 'action' in payload;
  return isMove && typeof payload.action === 'string' ? payload.action : null;
}
