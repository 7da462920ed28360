/** Care pathways: the templates, and which tasks were entered together under one, in their order. */
import type { Migration } from './migration.ts';

export const pathwayTables: Migration = {
  version: 26,
  sql: [
    `CREATE TABLE pathways (
  pathway_id TEXT PRIMARY KEY,
  first_seq INTEGER NOT NULL,
  pathway TEXT NOT NULL CHECK (json_valid(pathway))
) STRICT, WITHOUT ROWID;

-- \`started_seq\` is the entry that started the pathway: the same for all of its tasks.
CREATE TABLE pathway_tasks (
  task_key INTEGER PRIMARY KEY REFERENCES tasks ON DELETE CASCADE,
  started_seq INTEGER NOT NULL,
  position INTEGER NOT NULL CHECK (position >= 0),
  pathway_id TEXT NOT NULL REFERENCES pathways
) STRICT;

CREATE UNIQUE INDEX pathway_tasks_in_order ON pathway_tasks (started_seq, position);`,
  ],
};
