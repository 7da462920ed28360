/**
 * Changes what a task asks for. Work in the queue is planned anew; promised work moves to its new window in the same
 * entry, or the change is refused; running work may be given another end. The note of an ended task may still change.
 */
import type { LedgerTx, Sealed, TaskRecord } from '../../ledger/index.ts';
import { canonicalJson, findPool, findTask, findWorkKind } from '../../ledger/index.ts';
import type { ErrorCode, Response } from '../../../shared/contract/index.ts';
import type { TaskChanges } from '../../../shared/contract/tasks.ts';
import type { Allocation, Task } from '../../../shared/domain/task.ts';
import type { Result } from '../../../shared/result.ts';
import { accept, refuse } from '../../../shared/result.ts';
import { findPromisedWindow } from '../planning/promised-window.ts';
import { replan } from '../planning/replan.ts';
import type { Usecase } from '../usecase.ts';
import { commandOf } from '../usecase.ts';
import type { Workplace } from '../workplace.ts';
import { amendedTask, changesWindow, runningUntil } from './amended-task.ts';
import { hopelessRefusal } from './hopeless.ts';
import { endsInTime } from './predecessors.ts';
import { openedTexts, patientOfDraft, sealedTexts } from './task-identity.ts';
import { undoableCommand } from './undoable-command.ts';

type AmendRefusal = ErrorCode<'task.amend'>;
type Amended = Result<Response<'task.amend'>, AmendRefusal>;
const AMENDED = { what: 'amend', action: null } as const;

export const amendTask: Usecase<'task.amend'> = (place, request, call) =>
  undoableCommand(place, commandOf(call, request), AMENDED, (tx, touch): Amended => {
    const record = findTask(tx.db, request.taskId);
    if (!record) return refuse('unknown-task');
    touch(request.taskId);
    const amended = amend(place, tx, record, request.changes);
    if (!amended.ok) return amended;
    const { plan } = replan(tx, place.surroundings.timeZoneData);
    const hopeless = hopelessRefusal(plan, request.taskId);
    if (hopeless) return hopeless;
    const after = findTask(tx.db, request.taskId);
    return accept({
      taskId: request.taskId,
      state: after?.task.state ?? record.task.state,
      start: after?.task.startedAt ?? after?.allocation?.segments[0]?.start ?? null,
    });
  });

/** Appends the amendment; nothing where nothing changes. */
function amend(
  place: Workplace,
  tx: LedgerTx,
  record: TaskRecord,
  changes: TaskChanges,
): Result<null, AmendRefusal> {
  const before = record.task;
  const patient =
    changes.patient === undefined
      ? accept(before.patientId)
      : patientOfDraft(place, tx, { subsystem: before.subsystem, patient: changes.patient });
  if (!patient.ok) return patient;
  const made = amendedTask(before, changes, {
    now: tx.now,
    patientId: patient.value,
    pool: (id) => findPool(tx.db, id, tx.now),
    workKind: (id) => findWorkKind(tx.db, id),
    task: (id) => findTask(tx.db, id)?.task ?? null,
  });
  if (!made.ok) return made;
  const task = made.value;
  const { note, reference } = textsAfter(place, record, task, changes);
  const window = windowOf(place, tx, record, task);
  if (!window.ok) return window;
  const allocation = window.value;
  if (changes.after && !mayStay(tx, task, allocation ?? record.allocation)) {
    return refuse('predecessor-ends-later');
  }
  const isSameText = note === record.note && reference === undefined;
  if (isSameText && canonicalJson(task) === canonicalJson(before)) return accept(null);
  tx.append('task-amended', {
    task,
    before,
    note,
    ...(reference !== undefined && { reference }),
    ...(allocation && { allocation }),
  });
  return accept(null);
}

/** Promised work comes after what ends before it; the rest finds its place in the next plan. */
function mayStay(tx: LedgerTx, task: Task, allocation: Allocation | null): boolean {
  const start = allocation?.segments[0]?.start;
  if (task.state !== 'confirmed' || start === undefined) return true;
  return endsInTime(task, start, {
    task: (id) => findTask(tx.db, id)?.task ?? null,
    placeOf: (id) => findTask(tx.db, id)?.allocation ?? null,
  });
}

/** Note and reference from now on, sealed for whom the task is about then. A reference that stays is left out. */
function textsAfter(
  place: Workplace,
  record: TaskRecord,
  task: Task,
  changes: TaskChanges,
): { readonly note: Sealed | null; readonly reference: Sealed | null | undefined } {
  const isSamePatient = task.patientId === record.task.patientId;
  const known = openedTexts(place, record);
  const note = changes.note ?? known.note;
  const reference = changes.reference ?? known.reference;
  const made = sealedTexts(place, { note, reference }, task.patientId, task.id);
  return {
    note: isSamePatient && note === known.note ? record.note : made.note,
    reference: isSamePatient && reference === known.reference ? undefined : (made.reference ?? null),
  };
}

/** The window that promised or running work is to hold; null where it keeps its own, or has none. */
function windowOf(
  place: Workplace,
  tx: LedgerTx,
  record: TaskRecord,
  task: Task,
): Result<Allocation | null, AmendRefusal> {
  const before = record.task;
  if (!changesWindow(before, task)) return accept(null);
  if (task.state === 'running') return runningUntil(task, record.allocation, tx.now);
  if (task.state !== 'confirmed') return accept(null);
  const planned = record.allocation?.segments[0]?.start ?? tx.now;
  const start = task.fixedStart !== null && task.fixedStart !== before.fixedStart ? task.fixedStart : planned;
  const isSameNeeds = JSON.stringify(task.needs) === JSON.stringify(before.needs);
  const moved = { ...task, fixedStart: start < tx.now ? tx.now : start, after: [] };
  const earliest = { ...moved, earliestStart: moved.fixedStart };
  const given = { now: tx.now, timeZoneData: place.surroundings.timeZoneData };
  const found = findPromisedWindow(tx.db, earliest, isSameNeeds ? record.allocation : null, given);
  if (found.ok) return found;
  const { code, params } = found.error;
  return code === 'exceeds-capacity' || code === 'exceeds-limit' || code === 'longer-than-any-opening'
    ? refuse(code, params)
    : refuse('fixed-start-not-possible');
}
