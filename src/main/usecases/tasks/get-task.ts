/**
 * One task for the inspector: its row, note, the next free starts, and what the ledger recorded about it.
 */
import type { Entry, ReadDb } from '../../ledger/index.ts';
import { findStaff, findTask, listTaskHistory } from '../../ledger/index.ts';
import type { Response } from '../../../shared/contract/index.ts';
import type { TaskDraft } from '../../../shared/contract/tasks.ts';
import type { Task } from '../../../shared/domain/task.ts';
import { staffId } from '../../../shared/ids.ts';
import { accept, refuse } from '../../../shared/result.ts';
import { instant } from '../../../shared/units.ts';
import { pathwayChainOf } from '../pathways/chain.ts';
import type { Usecase } from '../usecase.ts';
import { rowContext } from '../views/context.ts';
import { rowOf } from '../views/task-rows.ts';
import { startView } from './quote-task.ts';
import { openedTexts } from './task-identity.ts';

type History = Response<'task.get'>['history'];

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
    draft: draftOf(task, texts),
    starts: windows.flatMap((window) => startView(task, window, context)),
    history: listTaskHistory(db, taskId).map((entry) => historyRow(entry, db)),
  });
};

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
    ...texts,
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
