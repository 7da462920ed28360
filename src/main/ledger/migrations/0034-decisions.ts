/** What proposals need to know: since when work is promised, and which proposals a person has turned down. */
import type { Migration } from './migration.ts';

export const decisions: Migration = {
  version: 34,
  rebuilds: true,
  sql: [
    `ALTER TABLE tasks ADD COLUMN confirmed_at INTEGER`,
    `CREATE TABLE declined_proposals (
  -- What it was about: 'offer', or a task's id.
  subject TEXT PRIMARY KEY,
  seq INTEGER NOT NULL,
  declined_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID`,
  ],
};
