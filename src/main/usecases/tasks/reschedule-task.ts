/**
 * Moves or extends one task by somebody's hand, and takes such a move back. Judged again inside the transaction, so
 * that what a screen was told a moment ago is never taken on trust; the rest is planned anew in the same step.
 */
import type { RescheduleVerdict } from '../../allocator/index.ts';
import type { LedgerTx, TaskRecord } from '../../ledger/index.ts';
import { findTask, listTaskHistory } from '../../ledger/index.ts';
import type { TaskRescheduled } from '../../ledger/index.ts';
import type { RescheduleRequest } from '../../../shared/contract/timeline.ts';
import type { Result } from '../../../shared/result.ts';
import { accept, refuse } from '../../../shared/result.ts';
import { attempt, readRescheduleBooks, standingAfter, standingOf } from '../planning/rescheduling.ts';
import { replan } from '../planning/replan.ts';
import type { Usecase } from '../usecase.ts';
import { commandOf } from '../usecase.ts';

export const rescheduleTask: Usecase<'task.reschedule'> = (place, request, call) =>
  place.command(commandOf(call, request), (tx) => {
    const record = findTask(tx.db, request.taskId);
    if (!record) return refuse('unknown-task');
    const { timeZoneData } = place.surroundings;
    const verdict = judged(tx, record, request, timeZoneData);
    if (!verdict.ok) return verdict;
    const before = standingOf(record);
    const after = standingAfter(before, verdict.value.allocation);
    const seq = tx.append('task-rescheduled', { taskId: record.task.id, before, after, reverses: null });
    replan(tx, timeZoneData);
    const { segments } = after.allocation;
    const start = segments[0]?.start ?? request.start;
    const end = segments.at(-1)?.end ?? request.end;
    return accept({
      taskId: record.task.id,
      seq,
      state: after.state,
      start,
      end,
      moved: verdict.value.moves.length,
    });
  });

export const undoReschedule: Usecase<'task.undo-reschedule'> = (place, request, call) =>
  place.command(commandOf(call, request), (tx) => {
    const record = findTask(tx.db, request.taskId);
    if (!record) return refuse('unknown-task');
    const entry = lastMove(tx, record);
    if (entry?.seq !== request.seq) return refuse('action-not-possible', { state: record.task.state });
    const { before, after } = entry.said;
    const { timeZoneData } = place.surroundings;
    // A tentative window is the planner's to keep or to change; a promise has to hold again.
    if (before.state !== 'tentative') {
      const { segments } = before.allocation;
      const wish = {
        taskId: record.task.id,
        start: segments[0]?.start ?? after.earliestStart,
        end: segments.at(-1)?.end ?? after.earliestStart,
        unit: null,
      };
      const verdict = judged(tx, record, wish, timeZoneData);
      if (!verdict.ok) return verdict;
    }
    const reversal = { taskId: record.task.id, before: after, after: before, reverses: request.seq };
    tx.append('task-rescheduled', reversal);
    replan(tx, timeZoneData);
    return accept({ taskId: record.task.id, state: before.state });
  });

type Fitting = Extract<RescheduleVerdict, { readonly fits: true }>;

function judged(
  tx: LedgerTx,
  record: TaskRecord,
  request: RescheduleRequest,
  timeZoneData: string,
): Result<Fitting, 'action-not-possible' | 'does-not-fit'> {
  const tried = attempt(readRescheduleBooks(tx.db, tx.now, timeZoneData), request);
  if (!tried) return refuse('action-not-possible', { state: record.task.state });
  const { verdict } = tried;
  return verdict.fits ? accept(verdict) : refuse('does-not-fit', { rule: verdict.obstacle.rule });
}

/** The newest entry about the task, where it is a move that still stands; null otherwise. */
function lastMove(
  tx: LedgerTx,
  record: TaskRecord,
): { readonly seq: number; readonly said: TaskRescheduled } | null {
  const last = listTaskHistory(tx.db, record.task.id).at(-1);
  if (last?.kind !== 'task-rescheduled') return null;
  return { seq: last.seq, said: JSON.parse(last.payload) as TaskRescheduled }; // checked when it was written
}
