/** What became of each export that was due by a schedule: the newest word on each. */
import type { Migration } from './migration.ts';

export const exportRunsTable: Migration = {
  version: 31,
  sql: [
    `CREATE TABLE export_runs (
  schedule_id TEXT NOT NULL,
  due TEXT NOT NULL CHECK (length(due) = 10),
  code TEXT NOT NULL,
  seq INTEGER NOT NULL,
  PRIMARY KEY (schedule_id, due)
) STRICT, WITHOUT ROWID`,
  ],
};
