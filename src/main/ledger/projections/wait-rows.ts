/**
 * Why tasks wait, as rows: the reason of the adopted plan, and behind it what each earlier reason really explained, cut
 * to the time for which it stood. Reports read the second: what held a task back last Tuesday was logged last Tuesday.
 */
import type { Reason } from '../../../shared/domain/reason.ts';
import { canonicalJson } from '../canonical-json.ts';
import type { WriteDb } from '../handles.ts';

/** What rows say of a task that no plan gave a start: it was not waiting for units. */
export const REFUSED = 'refused';

interface ReasonRow {
  readonly seq: number;
  readonly adoptedAt: number;
  readonly reason: string;
}

interface CauseRow {
  readonly from: number;
  readonly until: number;
  readonly poolId: string | null;
  readonly rule: string;
}

/** @param at  since when it explains the wait: UTC seconds of the entry `seq` that adopted it */
export function setReason(
  db: WriteDb,
  taskKey: number,
  reason: Reason,
  { seq, at }: { readonly seq: number; readonly at: number },
): void {
  dropReason(db, taskKey, at);
  db.run(`INSERT INTO reasons (task_key, seq, reason, adopted_at) VALUES (:taskKey, :seq, :reason, :at)`, {
    taskKey,
    seq,
    reason: canonicalJson(reason),
    at,
  });
}

/** @param at  until when it explained the wait: UTC seconds */
export function dropReason(db: WriteDb, taskKey: number, at: number): void {
  const row = db.get<ReasonRow>(
    `SELECT seq, adopted_at AS adoptedAt, reason FROM reasons WHERE task_key = :taskKey`,
    { taskKey },
  );
  if (row === null) return;
  for (const cause of causesOf(row, at)) {
    db.run(
      `INSERT INTO wait_causes (task_key, seq, from_at, until_at, pool_id, rule)
       VALUES (:taskKey, :seq, :from, :until, :poolId, :rule)`,
      { ...cause, taskKey, seq: row.seq },
    );
  }
  db.run(`DELETE FROM reasons WHERE task_key = :taskKey`, { taskKey });
}

/** What a reason explained between its adoption and `until`; nothing beyond what it foresaw. */
export function causesOf(row: Omit<ReasonRow, 'seq'>, until: number): CauseRow[] {
  const { segments, refusal } = JSON.parse(row.reason) as Reason; // the projector wrote it from a checked payload
  if (refusal) {
    const { poolId } = refusal;
    return row.adoptedAt < until ? [{ from: row.adoptedAt, until, poolId, rule: REFUSED }] : [];
  }
  return segments.flatMap((segment) => {
    const from = Math.max(segment.from, row.adoptedAt);
    const end = Math.min(segment.until, until);
    return from < end ? [{ from, until: end, poolId: segment.poolId, rule: segment.rule }] : [];
  });
}
