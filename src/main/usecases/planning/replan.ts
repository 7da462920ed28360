/**
 * A replan inside a command's transaction: snapshot, plan, and one `plan-adopted` entry with what changed. A replan
 * that changes nothing writes nothing. Called on named triggers only, never by a mere tick.
 */
import { createHash } from 'node:crypto';
import { plan } from '../../allocator/index.ts';
import type { PlanSettings } from '../../allocator/index.ts';
import type { LedgerTx, ReadDb } from '../../ledger/index.ts';
import { canonicalJson, digest, getHead } from '../../ledger/index.ts';
import type { Digest } from '../../ledger/index.ts';
import type { Plan } from '../../../shared/domain/plan.ts';
import type { TaskId } from '../../../shared/ids.ts';
import type { Instant } from '../../../shared/units.ts';
import type { OpenBooks } from './books.ts';
import { readBooks } from './books.ts';
import { adoptionOf, isEmpty } from './adoption.ts';
import { HORIZON_SECONDS, REPLAN_SETTINGS } from './settings.ts';
import { snapshotOf } from './snapshot.ts';

export interface Replanned {
  readonly plan: Plan;
  /** Tasks that had a window and got another or none. */
  readonly moved: number;
}

function sha256(value: unknown): Digest {
  return digest(createHash('sha256').update(canonicalJson(value)).digest('hex'));
}

/**
 * Plans as things stand, and writes nothing.
 * @param moving  tentative work that need not stay where it is
 */
export function planNow(
  db: ReadDb,
  now: Instant,
  timeZoneData: string,
  moving: readonly TaskId[] = [],
): { readonly plan: Plan; readonly books: OpenBooks } {
  const books = readBooks(db, now);
  const kept = new Map(books.allocations);
  for (const taskId of moving) kept.delete(taskId);
  const snapshot = snapshotOf({
    books: { ...books, allocations: kept },
    now,
    horizonSeconds: HORIZON_SECONDS,
    timeZoneData,
  });
  return { plan: plan(snapshot, now, REPLAN_SETTINGS), books };
}

/** @param moving  tentative work that need not stay where it is */
export function replan(tx: LedgerTx, timeZoneData: string, moving: readonly TaskId[] = []): Replanned {
  const { plan: planned, books } = planNow(tx.db, tx.now, timeZoneData, moving);
  const moved = adoptPlan(tx, planned, books, { settings: REPLAN_SETTINGS, timeZoneData });
  return { plan: planned, moved };
}

/**
 * Writes what a plan changes in the books as one `plan-adopted` entry; nothing when it changes nothing.
 * @returns how many tasks had a window and got another or none
 */
export function adoptPlan(
  tx: LedgerTx,
  planned: Plan,
  books: OpenBooks,
  made: { readonly settings: PlanSettings; readonly timeZoneData: string },
): number {
  const adoption = adoptionOf(planned, books);
  if (!isEmpty(adoption)) {
    tx.append('plan-adopted', {
      plannerVersion: planned.plannerVersion,
      settingsHash: sha256(made.settings),
      timeZoneData: made.timeZoneData,
      seed: planned.seed,
      budgetUsed: planned.budgetUsed,
      baseSeq: getHead(tx.db).seq,
      now: planned.now,
      changes: adoption.changes,
      reasons: adoption.reasons,
      clearedReasons: adoption.clearedReasons,
      planHash: planHashOf(planned),
    });
  }
  return adoption.changes.filter((change) => books.allocations.has(change.taskId)).length;
}

/** SHA-256 of the canonical JSON of a whole plan: which plan is meant. */
export function planHashOf(planned: Plan): Digest {
  return sha256(planned);
}
