/**
 * True times from the paper list, entered when the power is back: every task's start and end in the order in which they
 * happened, so that a room is free again before the next begins in it. A task is entered whole or not at all.
 */
import type { LedgerTx, TaskRecord } from '../../ledger/index.ts';
import { findTask } from '../../ledger/index.ts';
import type { Request, Response } from '../../../shared/contract/index.ts';
import type { TaskId } from '../../../shared/ids.ts';
import type { Result } from '../../../shared/result.ts';
import { accept, refuse } from '../../../shared/result.ts';
import type { Instant } from '../../../shared/units.ts';
import { replan } from '../planning/replan.ts';
import { moveTask } from '../tasks/act-on-task.ts';
import { checkMove } from '../tasks/true-times.ts';
import type { Touch } from '../tasks/undoable-command.ts';
import { undoableCommand } from '../tasks/undoable-command.ts';
import type { Usecase } from '../usecase.ts';
import { commandOf } from '../usecase.ts';

type Times = Request<'day.enter-times'>['times'][number];
type Refused = Response<'day.enter-times'>['refused'][number];

export const enterTimes: Usecase<'day.enter-times'> = (place, request, call) =>
  undoableCommand(place, commandOf(call, request), { what: 'act', action: null }, (tx, touch) => {
    const done: TaskId[] = [];
    const refused: Refused[] = [];
    for (const times of inOrder(tx, request.times)) {
      const entered = enterOne(tx, times, touch);
      if (entered.ok) done.push(times.taskId);
      else refused.push({ taskId: times.taskId, code: entered.error.code });
    }
    if (done.length > 0) replan(tx, place.surroundings.timeZoneData);
    return accept({ done, refused });
  });

function inOrder(tx: LedgerTx, all: readonly Times[]): Times[] {
  const beginning = (times: Times): number =>
    times.start ?? findTask(tx.db, times.taskId)?.task.startedAt ?? Infinity;
  return [...all].sort((left, right) => beginning(left) - beginning(right));
}

function enterOne(tx: LedgerTx, { taskId, start, end }: Times, touch: Touch): Result<null, Refused['code']> {
  const record = findTask(tx.db, taskId);
  if (!record) return refuse('unknown-task');
  const wrong = whatIsWrong(tx, record, start, end);
  if (wrong !== null) return refuse(wrong);
  if (start !== null) {
    const begun = moveTask(tx, record, 'start', start, { touch });
    if (!begun.ok) return begun;
  }
  const running = findTask(tx.db, taskId);
  if (end === null || !running) return accept(null);
  const finished = moveTask(tx, running, 'finish', end, { touch });
  return finished.ok ? accept(null) : finished;
}

/** Looked at before anything is written, so that a start is never entered without its end. */
function whatIsWrong(
  tx: LedgerTx,
  { task }: TaskRecord,
  start: Instant | null,
  end: Instant | null,
): Refused['code'] | null {
  if (start === null && end === null) return 'action-not-possible';
  const running = start === null ? task : { ...task, state: 'running' as const, startedAt: start };
  const begun = start === null ? null : checkMove(task, 'start', start, tx.now);
  if (begun && !begun.ok) return begun.error.code;
  const finished = end === null ? null : checkMove(running, 'finish', end, tx.now);
  return finished && !finished.ok ? finished.error.code : null;
}
