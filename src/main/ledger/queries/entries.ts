/** Reads entries of the chain: stretches of it in order, and history by task, person, kind and day. */
import type { StaffId, TaskId } from '../../../shared/ids.ts';
import type { Entry } from '../entry.ts';
import type { EntryKind } from '../entry-kinds/index.ts';
import type { ReadDb } from '../handles.ts';
import { firstSeqFrom } from './recorded.ts';

interface EntryRow {
  readonly seq: number;
  readonly site: string;
  readonly epoch: number;
  readonly hlcMs: number;
  readonly hlcCounter: number;
  readonly effectiveSeconds: number;
  readonly kind: string;
  readonly actor: string;
  readonly commandId: string | null;
  readonly payload: string;
  readonly previousHash: string;
  readonly hash: string;
}

const ENTRY_COLUMNS = `
  e.seq, e.site, e.epoch, e.hlc_ms AS hlcMs, e.hlc_counter AS hlcCounter, e.effective_seconds AS effectiveSeconds,
  e.kind, e.actor, e.command_id AS commandId, e.payload, lower(hex(e.prev_hash)) AS previousHash,
  lower(hex(e.hash)) AS hash`;

/* Field by field: verifying a million entries goes through here, and copying the rest of an object is slow. */
function entryOf(row: EntryRow): Entry {
  return {
    seq: row.seq,
    site: row.site,
    epoch: row.epoch,
    recorded: { ms: row.hlcMs, counter: row.hlcCounter },
    effectiveSeconds: row.effectiveSeconds,
    kind: row.kind,
    actor: row.actor,
    commandId: row.commandId,
    payload: row.payload,
    previousHash: row.previousHash,
    hash: row.hash,
  };
}

export const READ_FORWARD = `SELECT ${ENTRY_COLUMNS} FROM entries e WHERE e.seq > :from ORDER BY e.seq LIMIT :limit`;
const READ_BACKWARD = `SELECT ${ENTRY_COLUMNS} FROM entries e WHERE e.seq < :from ORDER BY e.seq DESC LIMIT :limit`;

/** Up to `limit` entries after (or before, newest first) the sequence number `from`. */
export function readEntries(
  db: ReadDb,
  from: number,
  limit: number,
  direction: 'forward' | 'backward' = 'forward',
): Entry[] {
  const sql = direction === 'forward' ? READ_FORWARD : READ_BACKWARD;
  return db.all<EntryRow>(sql, { from, limit }).map(entryOf);
}

export interface EntryFilter {
  readonly actor?: StaffId;
  readonly kinds?: readonly EntryKind[];
  /** Recorded in [from, to), in milliseconds. */
  readonly recordedMs?: { readonly from: number; readonly to: number };
  /** Only entries before this sequence number: where the page before ended. */
  readonly beforeSeq?: number;
}

export const LIST_BY_ACTOR = `
  SELECT ${ENTRY_COLUMNS} FROM entries e
  WHERE e.actor = :actor AND e.seq < :beforeSeq
    AND e.seq >= ${firstSeqFrom(':fromMs')} AND e.seq < ${firstSeqFrom(':toMs')}
    AND (:kinds IS NULL OR e.kind IN (SELECT value FROM json_each(:kinds)))
  ORDER BY e.seq DESC LIMIT :limit`;

/* Recorded time rises with the sequence, so a stretch of time is a stretch of the table. */
export const LIST_ALL = `
  SELECT ${ENTRY_COLUMNS} FROM entries e
  WHERE e.seq < :beforeSeq
    AND e.seq >= ${firstSeqFrom(':fromMs')} AND e.seq < ${firstSeqFrom(':toMs')}
    AND (:kinds IS NULL OR e.kind IN (SELECT value FROM json_each(:kinds)))
  ORDER BY e.seq DESC LIMIT :limit`;

/** Newest first. */
export function listEntries(db: ReadDb, filter: EntryFilter, limit: number): Entry[] {
  const params = {
    beforeSeq: filter.beforeSeq ?? Number.MAX_SAFE_INTEGER,
    fromMs: filter.recordedMs?.from ?? 0,
    toMs: filter.recordedMs?.to ?? Number.MAX_SAFE_INTEGER,
    kinds: filter.kinds ? JSON.stringify(filter.kinds) : null,
    limit,
  };
  const rows =
    filter.actor === undefined
      ? db.all<EntryRow>(LIST_ALL, params)
      : db.all<EntryRow>(LIST_BY_ACTOR, { ...params, actor: filter.actor });
  return rows.map(entryOf);
}

export const LIST_SEQS_OF_TASK = `
  SELECT t.task_key AS seq FROM tasks t WHERE t.task_id = :taskId
  UNION ALL
  SELECT te.seq FROM tasks t JOIN task_entries te ON te.task_key = t.task_key WHERE t.task_id = :taskId`;

export const LIST_BY_SEQ = `
  SELECT ${ENTRY_COLUMNS} FROM entries e WHERE e.seq IN (SELECT value FROM json_each(:seqs)) ORDER BY e.seq`;

/** Every entry about the task, oldest first; none for a task that is not there (or whose import was reversed). */
export function listTaskHistory(db: ReadDb, taskId: TaskId): Entry[] {
  const seqs = db.all<{ seq: number }>(LIST_SEQS_OF_TASK, { taskId }).map((row) => row.seq);
  return db.all<EntryRow>(LIST_BY_SEQ, { seqs: JSON.stringify(seqs) }).map(entryOf);
}
