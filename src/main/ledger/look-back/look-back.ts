/**
 * The ledger as of an instant, on which every query runs as on the ledger itself. The projections of today are the
 * snapshot that is started from: what was brought in since is hidden, and the tasks that something has happened to since
 * are put back from their own entries. That costs what is under way at an instant, not what the ledger holds.
 * Who patients are is today's knowledge: a name once corrected is shown corrected, one erased stays erased.
 * See docs/decisions/0070-looking-back.md.
 */
import { openForReading, openScratch } from '../connection.ts';
import type { Connection } from '../connection.ts';
import { readHandle, writeHandle } from '../handles.ts';
import type { ReadDb } from '../handles.ts';
import { migrate } from '../migrations/index.ts';
import { TASK_TABLES } from '../projections/tables.ts';
import { setUpClinic } from './clinic-then.ts';
import { putHistoryBack } from './history-under-way.ts';
import { lastRecordedBy, noteLateEntries } from './instant-of.ts';
import type { LookBackAt } from './instant-of.ts';
import { JoinedDb } from './joined-db.ts';
import { putImportsBack } from './reversed-imports.ts';
import { noteTasksPutBack, putTasksBack } from './tasks-then.ts';

export interface LookBack {
  /** The last entry recorded by then; 0 when the ledger is younger. */
  readonly lastSeq: number;
  readonly db: ReadDb;
  close(): void;
}

/** Views that stand before the ledger's tables in every query: what came after is not there. */
function hideWhatCameAfter(connection: Connection, last: number): void {
  /* The plus keeps the planner from looking rows up by these conditions: each query has better ones of its own. */
  const counts = (seq: string): string => `(+${seq} <= ${last} OR +${seq} IN temp.late)`;
  const isThere = (key: string): string => `${counts(key)} AND +${key} NOT IN temp.put_back`;
  for (const table of TASK_TABLES.filter((name) => name !== 'task_entries')) {
    connection.exec(
      `CREATE TEMP VIEW ${table} AS SELECT * FROM main.${table} WHERE ${isThere(`${table}.task_key`)}`,
    );
  }
  connection.exec(`
    CREATE TEMP VIEW task_entries AS SELECT * FROM main.task_entries
      WHERE ${isThere('task_entries.task_key')} AND ${counts('task_entries.seq')};
    CREATE TEMP VIEW entries AS SELECT * FROM main.entries WHERE ${counts('entries.seq')};`);
}

/**
 * Reads the ledger at `path` as of an instant. What is committed afterwards may show in it: open it anew after a commit.
 * @throws SqliteError when the file cannot be read
 */
export function openLookBack(path: string, asked: LookBackAt): LookBack {
  const connection = openForReading(path);
  const scratch = openScratch();
  try {
    connection.pragma('query_only = 0'); // for temporary tables and views; the file itself is open for reading only
    const last = lastRecordedBy(connection, asked.at);
    noteLateEntries(connection, asked, last);
    noteTasksPutBack(connection, last);
    migrate(scratch, 0);
    scratch.pragma('foreign_keys = 0'); // patients stay in the ledger's own table
    scratch.exec('BEGIN');
    const target = writeHandle(scratch);
    setUpClinic(connection, target, asked.by, last);
    putTasksBack(connection, target, last);
    if (asked.by === 'recorded') putImportsBack(connection, target, last);
    else putHistoryBack(connection, target, asked.at, last);
    scratch.exec('COMMIT');
    hideWhatCameAfter(connection, last);
    connection.pragma('query_only = 1');
    return {
      lastSeq: last,
      db: new JoinedDb(readHandle(connection), readHandle(scratch)),
      close: () => {
        connection.close();
        scratch.close();
      },
    };
  } catch (error) {
    connection.close();
    scratch.close();
    throw error;
  }
}
