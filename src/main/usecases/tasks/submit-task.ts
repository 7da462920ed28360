/**
 * Enters a task: seals who it is about, appends it, and plans it in the same transaction, so that the answer already
 * knows when it will run.
 */
import { findPool, findWorkKind } from '../../ledger/index.ts';
import type { ErrorCode, Response } from '../../../shared/contract/index.ts';
import type { Result } from '../../../shared/result.ts';
import { accept } from '../../../shared/result.ts';
import { nextTaskId } from '../new-ids.ts';
import { replan } from '../planning/replan.ts';
import type { Usecase } from '../usecase.ts';
import { commandOf } from '../usecase.ts';
import { taskOfDraft } from './draft-to-task.ts';
import { hopelessRefusal } from './hopeless.ts';
import { patientOfDraft, sealedTexts } from './task-identity.ts';
import { undoableCommand } from './undo-book.ts';

type Submitted = Result<Response<'task.submit'>, ErrorCode<'task.submit'>>;
const SUBMITTED = { what: 'submit', action: null } as const;

export const submitTask: Usecase<'task.submit'> = (place, { draft }, call) =>
  undoableCommand(place, commandOf(call, { draft }), SUBMITTED, (tx, touch): Submitted => {
    const patient = patientOfDraft(place, tx, draft);
    if (!patient.ok) return patient;
    const id = nextTaskId(tx);
    const made = taskOfDraft(draft, {
      taskId: id,
      now: tx.now,
      patientId: patient.value,
      enteredBy: place.person()?.id ?? null,
      pool: (poolId) => findPool(tx.db, poolId, tx.now),
      workKind: (workKindId) => findWorkKind(tx.db, workKindId),
    });
    if (!made.ok) return made;
    touch(id);
    tx.append('task-submitted', {
      task: made.value,
      ...sealedTexts(place, draft, patient.value, id),
      sourceDigest: null,
    });
    const { plan } = replan(tx, place.surroundings.timeZoneData);
    const hopeless = hopelessRefusal(plan, id);
    if (hopeless) return hopeless;
    const allocation = plan.allocations.find((each) => each.taskId === id);
    return accept({ taskId: id, start: allocation?.segments[0]?.start ?? null });
  });
