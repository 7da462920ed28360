/**
 * Puts tasks back to how they stood: those that something happened to since, and those that are still open. Each one's
 * own entries are applied again to empty tables, up to the last that counts; of a plan only what it says of these tasks.
 * A plan may change why a task waits without moving it, which is noted nowhere else, so plans since the oldest of
 * these tasks came in are read too.
 */
import { OPEN_STATES } from '../../../shared/domain/lifecycle.ts';
import { SUBSYSTEM_IDS } from '../../../shared/domain/subsystem.ts';
import type { Connection } from '../connection.ts';
import { ENTRY_KINDS } from '../entry-kinds/index.ts';
import type { PlanAdopted } from '../entry-kinds/plans.ts';
import type { Entry } from '../entry.ts';
import { readHandle } from '../handles.ts';
import type { WriteDb } from '../handles.ts';
import { readEntries } from '../queries/entries.ts';
import { replayEntry } from '../replay.ts';

/** Plans read for reasons alone, newest first. A reason older than that many plans is left out. */
const PLANS_READ_MAX = 5000;

const quoted = (values: readonly string[]): string => values.map((value) => `'${value}'`).join(', ');

/** `put_back` holds the keys of the tasks that the ledger's own tables show otherwise than they stood then. */
const NOTE_PUT_BACK = [
  `INSERT OR IGNORE INTO temp.put_back SELECT DISTINCT task_key FROM main.task_entries
   WHERE task_key <= :last AND seq > :last AND seq NOT IN temp.late`,
  `INSERT OR IGNORE INTO temp.put_back SELECT DISTINCT te.task_key FROM temp.late l
   CROSS JOIN main.task_entries te ON te.task_key = l.seq WHERE te.seq > :last AND te.seq NOT IN temp.late`,
  `INSERT OR IGNORE INTO temp.put_back SELECT task_key FROM main.tasks
   WHERE subsystem IN (${quoted(SUBSYSTEM_IDS)}) AND state IN (${quoted(OPEN_STATES)})
     AND (task_key <= :last OR task_key IN temp.late)`,
  // Tasks of a pathway were entered by one entry, so they are put back together.
  `INSERT OR IGNORE INTO temp.put_back SELECT other.task_key FROM temp.put_back k
   CROSS JOIN main.pathway_tasks p ON p.task_key = k.task_key
   CROSS JOIN main.pathway_tasks other ON other.started_seq = p.started_seq`,
];

const ENTRIES_PUT_BACK = `
  SELECT k.task_key AS taskKey, te.seq FROM temp.put_back k CROSS JOIN main.task_entries te ON te.task_key = k.task_key
  WHERE te.seq <= (SELECT max(x.seq) FROM main.task_entries x
    WHERE x.task_key = k.task_key AND (x.seq <= :last OR x.seq IN temp.late))
  UNION ALL SELECT task_key, task_key FROM temp.put_back`;

const PLANS_BETWEEN = `
  SELECT seq FROM main.entries WHERE seq > :first AND seq <= :last AND kind = 'plan-adopted'
    AND (json_array_length(payload, '$.reasons') > 0 OR json_array_length(payload, '$.clearedReasons') > 0)
  ORDER BY seq DESC LIMIT ${PLANS_READ_MAX}`;

export function noteTasksPutBack(connection: Connection, last: number): void {
  connection.exec('CREATE TEMP TABLE put_back (task_key INTEGER PRIMARY KEY)');
  for (const sql of NOTE_PUT_BACK) {
    const statement = connection.prepare(sql);
    if (sql.includes(':last')) statement.run({ last });
  }
}

/** Which entries are to be applied, in order, and for which tasks each. */
function entriesToApply(connection: Connection, last: number): Map<number, Set<number>> {
  const bySeq = new Map<number, Set<number>>();
  const rows = connection
    .prepare<{ last: number }, { taskKey: number; seq: number }>(ENTRIES_PUT_BACK)
    .all({ last });
  for (const { taskKey, seq } of rows) {
    const keys = bySeq.get(seq);
    if (keys) keys.add(taskKey);
    else bySeq.set(seq, new Set([taskKey]));
  }
  const first = Math.min(...rows.map((row) => row.taskKey));
  if (rows.length === 0) return bySeq;
  const plans = connection
    .prepare<{ first: number; last: number }, number>(PLANS_BETWEEN)
    .pluck()
    .all({ first, last });
  for (const seq of plans) if (!bySeq.has(seq)) bySeq.set(seq, new Set());
  return new Map([...bySeq].sort(([left], [right]) => left - right));
}

/** @param target  the scratch database, with what the clinic was but no tasks */
export function putTasksBack(connection: Connection, target: WriteDb, last: number): void {
  const source = readHandle(connection);
  const keyOf = new Map(
    connection
      .prepare<[], { taskId: string; taskKey: number }>(
        `SELECT t.task_id AS taskId, k.task_key AS taskKey
         FROM temp.put_back k JOIN main.tasks t ON t.task_key = k.task_key`,
      )
      .all()
      .map((row) => [row.taskId, row.taskKey]),
  );
  for (const [seq, keys] of entriesToApply(connection, last)) {
    const [entry] = readEntries(source, seq - 1, 1);
    if (entry === undefined || entry.seq !== seq) continue;
    if (entry.kind === 'plan-adopted') applyPart(target, entry, keys, keyOf);
    else replayEntry(target, entry);
  }
}

/** The part of a plan that is about these tasks: windows of `keys`, reasons of any that had come in by then. */
function applyPart(
  target: WriteDb,
  entry: Entry,
  keys: ReadonlySet<number>,
  keyOf: ReadonlyMap<string, number>,
): void {
  const plan = JSON.parse(entry.payload) as PlanAdopted; // checked when it was written
  const isHere = (taskId: string): boolean => (keyOf.get(taskId) ?? Infinity) < entry.seq;
  const part: PlanAdopted = {
    ...plan,
    changes: plan.changes.filter(({ taskId }) => keys.has(keyOf.get(taskId) ?? 0)),
    reasons: plan.reasons.filter(({ taskId }) => isHere(taskId)),
    clearedReasons: plan.clearedReasons.filter(isHere),
  };
  ENTRY_KINDS['plan-adopted'].project(target, part, entry);
}
