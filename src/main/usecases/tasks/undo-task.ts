/**
 * Takes back the last thing a person did, by reversing entries, unless the world has moved on: somebody has
 * done more to a task since, work that comes after it has begun, or its place has been promised to others.
 */
import type { LedgerTx, TaskStand } from '../../ledger/index.ts';
import { findPool, getHead, listBookings, listDecisionsSince, listSuccessors } from '../../ledger/index.ts';
import type { TaskState } from '../../../shared/domain/lifecycle.ts';
import type { PoolId, TaskId } from '../../../shared/ids.ts';
import { accept, refuse } from '../../../shared/result.ts';
import type { Instant } from '../../../shared/units.ts';
import { instant } from '../../../shared/units.ts';
import { replan } from '../planning/replan.ts';
import type { Usecase } from '../usecase.ts';
import { commandOf } from '../usecase.ts';
import type { DoneCommand } from './undo-book.ts';

const BEGUN: readonly TaskState[] = ['running', 'finished'];
const PROMISED: readonly TaskState[] = ['confirmed', 'running'];

export const undoTask: Usecase<'task.undo'> = async (place, request, call) => {
  const person = place.person();
  if (person === null) return refuse('no-person');
  let takenBack: (() => void) | null = null;
  const reply = await place.command(commandOf(call, request), (tx) => {
    const done = place.undoBook.last(person.id);
    if (!done || (request.commandId !== null && request.commandId !== done.commandId)) {
      return refuse('nothing-to-undo');
    }
    const refusal = whyNot(tx, done, (seq) => place.undoBook.isVoid(seq));
    if (refusal) return refuse(refusal);
    const firstSeq = getHead(tx.db).seq + 1;
    done.setting?.putBack(tx);
    // What came in last goes first: nothing that is left comes after something that is gone.
    for (const [taskId, stand] of [...done.stands].reverse()) {
      tx.append('task-reversed', { taskId, reverses: done.firstSeq, stand });
    }
    replan(tx, place.surroundings.timeZoneData);
    const reversal = { firstSeq, lastSeq: getHead(tx.db).seq };
    takenBack = () => {
      place.undoBook.takenBack(person.id, done, reversal);
    };
    return accept({ what: done.what, action: done.action, taskIds: [...done.stands.keys()] });
  });
  if (reply.ok) (takenBack as (() => void) | null)?.(); // set by the work, if this is not a reply given again
  return reply;
};

function whyNot(
  tx: LedgerTx,
  done: DoneCommand,
  isVoid: (seq: number) => boolean,
): 'undo-moved-on' | 'undo-place-taken' | null {
  if (done.setting && !done.setting.isAsLeft(tx)) return 'undo-moved-on';
  if (done.setting && !done.setting.mayReturn(tx)) return 'undo-place-taken';
  for (const [taskId, stand] of done.stands) {
    const since = listDecisionsSince(tx.db, taskId, done.lastSeq);
    if (since.some((seq) => !isVoid(seq))) return 'undo-moved-on';
    const after = listSuccessors(tx.db, taskId).filter((next) => done.stands.get(next.taskId) !== null);
    if (stand === null ? after.length > 0 : after.some(({ state }) => BEGUN.includes(state)))
      return 'undo-moved-on';
  }
  const own = new Set(done.stands.keys());
  for (const stand of done.stands.values()) {
    if (stand !== null && PROMISED.includes(stand.task.state) && isPlaceTaken(tx, stand, own)) {
      return 'undo-place-taken';
    }
  }
  return null;
}

/** Whether from now on somebody else holds, or is promised, what the task held. */
function isPlaceTaken(tx: LedgerTx, stand: TaskStand, own: ReadonlySet<TaskId>): boolean {
  return stand.bookings.some((row) => {
    const end =
      row.actualStart !== null && row.actualEnd === null ? (row.plannedEnd ?? tx.now) : row.plannedEnd;
    const from = instant(Math.max(tx.now, row.plannedStart ?? tx.now));
    if (end === null || end <= from) return false;
    const units = new Set(JSON.parse(row.unitIds) as string[]); // written from a checked payload
    const others = holdersOf(tx, row.poolId as PoolId, { from, to: instant(end) }, own); // a row of this ledger
    if (units.size > 0) return others.some((other) => other.unitIds.some((unit) => units.has(unit)));
    const held = others.reduce((sum, other) => sum + other.rateMilli, row.rateMilli);
    return held > (findPool(tx.db, row.poolId as PoolId, tx.now)?.capacityMilli ?? 0); // as above
  });
}

function holdersOf(
  tx: LedgerTx,
  poolId: PoolId,
  window: { readonly from: Instant; readonly to: Instant },
  own: ReadonlySet<TaskId>,
) {
  return listBookings(tx.db, window, poolId).filter(
    ({ taskId, state, actualEnd }) =>
      !own.has(taskId) && PROMISED.includes(state) && (actualEnd === null || actualEnd > window.from),
  );
}
