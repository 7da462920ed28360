/**
 * Moves a task along the lifecycle table by somebody's decision, and plans anew where the move frees or takes
 * something. The true time may lie a while back: "started 10:05" entered at 10:20 is normal.
 */
import type { EntryPayloads, LedgerTx, TaskRecord } from '../../ledger/index.ts';
import { findPool, findTask, listBookings } from '../../ledger/index.ts';
import type { TaskAction, TaskState } from '../../../shared/domain/lifecycle.ts';
import type { Allocation } from '../../../shared/domain/task.ts';
import type { PoolId, TaskId, UnitId } from '../../../shared/ids.ts';
import type { Result } from '../../../shared/result.ts';
import { accept, refuse } from '../../../shared/result.ts';
import type { Instant } from '../../../shared/units.ts';
import { instant } from '../../../shared/units.ts';
import type { Response } from '../../../shared/contract/index.ts';
import type { ACT_REFUSALS } from '../../../shared/contract/tasks.ts';
import { closeUpChain } from '../pathways/followers.ts';
import { replan } from '../planning/replan.ts';
import type { Usecase } from '../usecase.ts';
import { commandOf } from '../usecase.ts';
import { backInQueue } from './return-to-queue.ts';
import { allocationAtStart } from './start-allocation.ts';
import type { CheckedMove } from './true-times.ts';
import { checkMove } from './true-times.ts';
import type { Touch } from './undoable-command.ts';
import { undoableCommand } from './undoable-command.ts';

export const actOnTask: Usecase<'task.act'> = (place, request, call) =>
  undoableCommand(
    place,
    commandOf(call, request),
    { what: 'act', action: request.action },
    (tx, touch): Result<Response<'task.act'>, ActRefusal> => {
      const record = findTask(tx.db, request.taskId);
      if (!record) return refuse('unknown-task');
      const moved = moveTask(tx, record, request.action, request.at, { touch });
      if (!moved.ok) return moved;
      if (changesThePlan(request.action)) replan(tx, place.surroundings.timeZoneData);
      return accept({ taskId: request.taskId, state: moved.value });
    },
  );

/** Confirming takes nothing that was not planned already. */
export function changesThePlan(action: TaskAction): boolean {
  return action !== 'confirm';
}

type ActRefusal = (typeof ACT_REFUSALS)[number];
type MoveRefusal = 'action-not-possible' | 'time-in-the-future' | 'time-before-start' | 'unit-still-in-use';

/**
 * Appends the move.
 * @param extras.touch  told of the task before it changes, where the move can be taken back
 * @param extras.cause  why, as a code, and for which task
 * @param extras.isAssumed  nobody said so: day close took the planned time
 * @returns the state the task is in now
 */
export function moveTask(
  tx: LedgerTx,
  record: TaskRecord,
  action: TaskAction,
  at: Instant | null,
  extras: {
    readonly touch?: Touch | undefined;
    readonly cause?: EntryPayloads['task-moved']['cause'];
    readonly isAssumed?: boolean;
  } = {},
): Result<TaskState, MoveRefusal> {
  const { task } = record;
  const checked = checkMove(task, action, at, tx.now);
  if (!checked.ok) return checked;
  const allocation = action === 'start' ? startAllocation(tx, record, checked.value) : accept(null);
  if (!allocation.ok) return allocation;
  extras.touch?.(task.id);
  tx.append(
    'task-moved',
    {
      taskId: task.id,
      action,
      from: task.state,
      to: checked.value.to,
      at: checked.value.at,
      allocation: allocation.value,
      isAssumed: extras.isAssumed ?? false,
      cause: extras.cause ?? null,
    },
    { effective: checked.value.at },
  );
  if (action === 'cancel' || action === 'release') closeUpChain(tx, task, extras.touch);
  if (action === 'preempt') amendToRest(tx, record, checked.value.at);
  return accept(checked.value.to);
}

function amendToRest(tx: LedgerTx, { task, note }: TaskRecord, at: Instant): void {
  const { waiting, rest } = backInQueue(task, at);
  if (rest !== waiting) tx.append('task-amended', { task: rest, before: waiting, note });
}

function startAllocation(
  tx: LedgerTx,
  record: TaskRecord,
  move: CheckedMove,
): Result<Allocation, 'action-not-possible' | 'unit-still-in-use'> {
  if (!record.allocation) return refuse('action-not-possible', { state: record.task.state });
  return allocationAtStart(record.task, record.allocation, {
    at: move.at,
    pool: (id) => findPool(tx.db, id, tx.now),
    unitsInUse: (id) => unitsInUse(tx, id, record.task.id, move.at),
  });
}

/** Units that other work really holds at `at`, by the books. */
function unitsInUse(tx: LedgerTx, poolId: PoolId, except: TaskId, at: Instant): ReadonlySet<UnitId> {
  const bookings = listBookings(tx.db, { from: at, to: instant(at + 1) }, poolId);
  return new Set(
    bookings
      .filter(
        (booking) => booking.taskId !== except && booking.actualStart !== null && booking.actualStart <= at,
      )
      .filter((booking) => booking.actualEnd === null || booking.actualEnd > at)
      .flatMap((booking) => booking.unitIds),
  );
}
