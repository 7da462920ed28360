/** What held waiting tasks back, kept when the reason changes: "idle while someone waited" reads it. */
import type { Migration } from './migration.ts';

export const waitCauses: Migration = {
  version: 33,
  rebuilds: true,
  sql: [
    `ALTER TABLE reasons ADD COLUMN adopted_at INTEGER NOT NULL DEFAULT 0`,
    `CREATE TABLE wait_causes (
  task_key INTEGER NOT NULL REFERENCES tasks ON DELETE CASCADE,
  -- The entry that adopted the reason.
  seq INTEGER NOT NULL,
  from_at INTEGER NOT NULL,
  until_at INTEGER NOT NULL CHECK (until_at > from_at),
  pool_id TEXT,
  -- One of the reasons' rules, or 'refused'.
  rule TEXT NOT NULL,
  PRIMARY KEY (task_key, seq, from_at)
) STRICT, WITHOUT ROWID`,
    `CREATE INDEX wait_causes_by_end ON wait_causes (until_at, from_at)`,
  ],
};
