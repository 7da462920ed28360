/** A task's reference in another system, as ciphertext; and the history of one kind of work by an index. */
import type { Migration } from './migration.ts';

export const taskReferences: Migration = {
  version: 28,
  sql: [
    `ALTER TABLE tasks ADD COLUMN reference TEXT`,
    `CREATE INDEX tasks_by_kind ON tasks (work_kind_id, state, ended_at)`,
  ],
};
