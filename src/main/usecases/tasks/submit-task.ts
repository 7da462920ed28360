/**
 * Enters a task: seals who it is about, appends it, and plans it in the same transaction, so that the answer already
 * knows when it will run.
 */
import type { LedgerTx } from '../../ledger/index.ts';
import { findPool, findTask, findWorkKind } from '../../ledger/index.ts';
import type { TaskDraft } from '../../../shared/contract/tasks.ts';
import type { TaskId } from '../../../shared/ids.ts';
import type { Workplace } from '../workplace.ts';
import type { ErrorCode, Response } from '../../../shared/contract/index.ts';
import type { Result } from '../../../shared/result.ts';
import { accept } from '../../../shared/result.ts';
import { nextTaskId } from '../new-ids.ts';
import { replan } from '../planning/replan.ts';
import type { Usecase } from '../usecase.ts';
import { commandOf } from '../usecase.ts';
import { linkedTaskOfDraft } from './predecessors.ts';
import { hopelessRefusal } from './hopeless.ts';
import { patientOfDraft, sealedTexts } from './task-identity.ts';
import type { Touch } from './undoable-command.ts';
import { undoableCommand } from './undoable-command.ts';

type Submitted = Result<Response<'task.submit'>, ErrorCode<'task.submit'>>;
const SUBMITTED = { what: 'submit', action: null } as const;

export const submitTask: Usecase<'task.submit'> = (place, { draft }, call) =>
  undoableCommand(place, commandOf(call, { draft }), SUBMITTED, (tx, touch): Submitted => {
    const entered = enterTask(place, tx, draft, touch);
    if (!entered.ok) return entered;
    const id = entered.value;
    const { plan } = replan(tx, place.surroundings.timeZoneData);
    const hopeless = hopelessRefusal(plan, id);
    if (hopeless) return hopeless;
    const allocation = plan.allocations.find((each) => each.taskId === id);
    return accept({ taskId: id, start: allocation?.segments[0]?.start ?? null });
  });

/** Enters the task without planning it. @param touch  told of it before it is there */
export function enterTask(
  place: Workplace,
  tx: LedgerTx,
  draft: TaskDraft,
  touch: Touch,
): Result<TaskId, ErrorCode<'task.submit'>> {
  const patient = patientOfDraft(place, tx, draft);
  if (!patient.ok) return patient;
  const id = nextTaskId(tx);
  const made = linkedTaskOfDraft(draft, {
    taskId: id,
    now: tx.now,
    patientId: patient.value,
    enteredBy: place.person()?.id ?? null,
    pool: (poolId) => findPool(tx.db, poolId, tx.now),
    workKind: (workKindId) => findWorkKind(tx.db, workKindId),
    task: (id) => findTask(tx.db, id)?.task ?? null,
  });
  if (!made.ok) return made;
  touch(id);
  tx.append('task-submitted', {
    task: made.value,
    ...sealedTexts(place, draft, patient.value, id),
    sourceDigest: null,
  });
  return accept(id);
}
