/** Reads why tasks wait, by the adopted plan, and why they waited, by the plans adopted then. */
import type { PoolId, TaskId } from '../../../shared/ids.ts';
import { compareIds } from '../../../shared/ids.ts';
import type { Instant } from '../../../shared/units.ts';
import { instant } from '../../../shared/units.ts';
import type { Reason, ReasonRule } from '../../../shared/domain/reason.ts';
import type { ReadDb } from '../handles.ts';
import { causesOf } from '../projections/wait-rows.ts';
import type { Window } from './bookings.ts';

function reasonOf(row: { readonly reason: string }): Reason {
  return JSON.parse(row.reason) as Reason; // the projector wrote it from a checked payload
}

/** @returns null when nothing holds the task (or it is not planned) */
export function findReason(db: ReadDb, taskId: TaskId): Reason | null {
  const row = db.get<{ reason: string }>(
    `SELECT r.reason FROM tasks t JOIN reasons r ON r.task_key = t.task_key WHERE t.task_id = :taskId`,
    { taskId },
  );
  return row === null ? null : reasonOf(row);
}

/** Every current reason, in the order in which the tasks were entered. */
export function listReasons(db: ReadDb): Reason[] {
  return db.all<{ reason: string }>(`SELECT reason FROM reasons ORDER BY task_key`).map(reasonOf);
}

/** What the plan of the time said held a task back in [from, until). */
export interface WaitCause {
  readonly taskId: TaskId;
  readonly from: Instant;
  readonly until: Instant;
  readonly poolId: PoolId | null;
  /** `refused`: it was given no start at all. */
  readonly rule: ReasonRule | 'refused';
}

interface CauseColumns {
  readonly taskId: TaskId;
  readonly from: number;
  readonly until: number;
  readonly poolId: PoolId | null;
  readonly rule: WaitCause['rule'];
}

export const LIST_WAIT_CAUSES = `
  SELECT t.task_id AS taskId, c.from_at AS "from", c.until_at AS "until", c.pool_id AS poolId, c.rule
  FROM wait_causes c CROSS JOIN tasks t ON t.task_key = c.task_key
  WHERE c.until_at > :from AND c.from_at < :to`;

/**
 * Every logged cause that touches the window, those of reasons that still stand cut at `now`; by task, then time.
 * Stretches of one task overlap only where the clock was set back meanwhile.
 */
export function listWaitCauses(db: ReadDb, window: Window, now: Instant): WaitCause[] {
  const closed = db.all<CauseColumns>(LIST_WAIT_CAUSES, { from: window.from, to: window.to });
  const standing = db
    .all<{ taskId: TaskId; adoptedAt: number; reason: string }>(
      `SELECT t.task_id AS taskId, r.adopted_at AS adoptedAt, r.reason
       FROM reasons r CROSS JOIN tasks t ON t.task_key = r.task_key`,
    )
    .flatMap((row) => causesOf(row, now).map((cause) => ({ ...cause, taskId: row.taskId }) as CauseColumns));
  return [...closed, ...standing]
    .filter((cause) => cause.until > window.from && cause.from < window.to)
    .map((cause) => ({ ...cause, from: instant(cause.from), until: instant(cause.until) }))
    .sort((left, right) => compareIds(left.taskId, right.taskId) || left.from - right.from);
}
