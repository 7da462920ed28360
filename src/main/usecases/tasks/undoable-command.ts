/** A command that changes tasks and that its person may take back: remembers how each of them stood before. */
import type { LedgerTx, TaskStand } from '../../ledger/index.ts';
import { findTaskStand, getHead } from '../../ledger/index.ts';
import type { CommonError } from '../../../shared/contract/channel.ts';
import type { TaskId } from '../../../shared/ids.ts';
import type { Refusal, Result } from '../../../shared/result.ts';
import type { CommandOf, Workplace } from '../workplace.ts';
import type { What } from './undo-book.ts';

/** Tells the book that a task is about to change; called before its first entry. */
export type Touch = (taskId: TaskId) => void;

/** Runs a command that its person may take back. A reply given again is remembered once. */
export async function undoableCommand<Outcome extends Result<unknown>>(
  place: Workplace,
  command: CommandOf,
  what: What,
  work: (tx: LedgerTx, touch: Touch) => Outcome,
): Promise<Outcome | { readonly ok: false; readonly error: Refusal<CommonError> }> {
  const person = place.person()?.id ?? null;
  const stands = new Map<TaskId, TaskStand | null>();
  let span = { firstSeq: 0, lastSeq: 0 };
  const reply = await place.command<Outcome>(command, (tx) => {
    const before = getHead(tx.db).seq;
    const outcome = work(tx, (taskId) => {
      if (!stands.has(taskId)) stands.set(taskId, findTaskStand(tx.db, taskId));
    });
    span = { firstSeq: before + 1, lastSeq: getHead(tx.db).seq };
    return outcome;
  });
  const hasWritten = span.lastSeq >= span.firstSeq && stands.size > 0;
  if (reply.ok && person !== null && hasWritten) {
    place.undoBook.remember(person, { ...what, ...span, commandId: command.commandId, stands });
  }
  return reply;
}
