/**
 * Ids of what a command makes: the ledger's site, chain epoch and next entry, so that ids of one site sort in the
 * order of entering (every total order of the planner ends with the task id), and two sites, or two epochs after a
 * restore, never give the same one.
 */
import type { LedgerTx } from '../ledger/index.ts';
import { getHead } from '../ledger/index.ts';
import type { BatchId, TaskId } from '../../shared/ids.ts';
import { batchId, taskId } from '../../shared/ids.ts';

const SITE_CHARACTERS = 8;
const SEQUENCE_DIGITS = 10;

function nextId(tx: LedgerTx, letter: string): string {
  const { site, epoch, seq } = getHead(tx.db);
  const next = String(seq + 1).padStart(SEQUENCE_DIGITS, '0');
  return `${letter}-${site.slice(0, SITE_CHARACTERS)}-${String(epoch).padStart(3, '0')}-${next}`;
}

/** For the task whose entry is appended next. */
export function nextTaskId(tx: LedgerTx): TaskId {
  return taskId(nextId(tx, 't'));
}

/** For the import whose entry is appended next. */
export function nextBatchId(tx: LedgerTx): BatchId {
  return batchId(nextId(tx, 'b'));
}
