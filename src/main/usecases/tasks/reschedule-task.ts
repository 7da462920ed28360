/**
 * Moves or extends one task by somebody's hand. Judged again inside the transaction, so that what a screen was told a
 * moment ago is never taken on trust; the rest is planned anew in the same step.
 */
import type { RescheduleVerdict } from '../../allocator/index.ts';
import type { LedgerTx, TaskRecord } from '../../ledger/index.ts';
import { findTask } from '../../ledger/index.ts';
import type { Response } from '../../../shared/contract/index.ts';
import type { RescheduleRequest } from '../../../shared/contract/timeline.ts';
import type { Result } from '../../../shared/result.ts';
import { accept, refuse } from '../../../shared/result.ts';
import { attempt, readRescheduleBooks, standingAfter, standingOf } from '../planning/rescheduling.ts';
import { replan } from '../planning/replan.ts';
import type { Usecase } from '../usecase.ts';
import { commandOf } from '../usecase.ts';
import { undoableCommand } from './undoable-command.ts';

type Rescheduled = Result<
  Response<'task.reschedule'>,
  'unknown-task' | 'action-not-possible' | 'does-not-fit'
>;

export const rescheduleTask: Usecase<'task.reschedule'> = (place, request, call) =>
  undoableCommand(
    place,
    commandOf(call, request),
    { what: 'move', action: null },
    (tx, touch): Rescheduled => {
      const record = findTask(tx.db, request.taskId);
      if (!record) return refuse('unknown-task');
      const { timeZoneData } = place.surroundings;
      const verdict = judged(tx, record, request, timeZoneData);
      if (!verdict.ok) return verdict;
      touch(record.task.id);
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
    },
  );

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
