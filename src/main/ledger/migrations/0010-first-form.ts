/**
 * The first form of the file: the append-only table of entries, and every projection of it. Never edited once landed.
 * Columns that name a task in projections are its `task_key`: the sequence number of the entry that brought it in.
 */
import { FIRST_ENTRIES_SQL } from './0010-entries.ts';
import { FIRST_PROJECTIONS_SQL } from './0010-projections.ts';
import { FIRST_TASKS_SQL } from './0010-tasks.ts';
import type { Migration } from './migration.ts';

export const firstForm: Migration = {
  version: 10,
  sql: [FIRST_ENTRIES_SQL, FIRST_PROJECTIONS_SQL, FIRST_TASKS_SQL],
};
