/**
 * Changes what a task asks for. Work in the queue is planned anew; promised work moves to its new window in the same
 * entry, or the change is refused; running work may be given another end. The note of an ended task may still change.
 */
import type { LedgerTx, TaskRecord } from '../../ledger/index.ts';
import { canonicalJson, findPool, findTask, findWorkKind } from '../../ledger/index.ts';
import type { ErrorCode } from '../../../shared/contract/index.ts';
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
import { openedNote, patientOfDraft, sealedNote } from './task-identity.ts';

type AmendRefusal = ErrorCode<'task.amend'>;

export const amendTask: Usecase<'task.amend'> = (place, request, call) =>
  place.command(commandOf(call, request), (tx) => {
    const record = findTask(tx.db, request.taskId);
    if (!record) return refuse('unknown-task');
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
  });
  if (!made.ok) return made;
  const task = made.value;
  const text = changes.note ?? openedNote(place, record.note, before.patientId, before.id);
  const isSameNote = changes.note === undefined && task.patientId === before.patientId;
  const note = isSameNote ? record.note : sealedNote(place, text, task.patientId, task.id);
  const window = windowOf(place, tx, record, task);
  if (!window.ok) return window;
  const allocation = window.value;
  if (note === record.note && canonicalJson(task) === canonicalJson(before)) return accept(null);
  tx.append('task-amended', { task, before, note, ...(allocation && { allocation }) });
  return accept(null);
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
