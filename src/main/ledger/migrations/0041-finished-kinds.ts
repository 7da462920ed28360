/** Durations are suggested from finished work alone: its index needs no row for a task that only waits, or has no kind. */
import type { Migration } from './migration.ts';

export const finishedKinds: Migration = {
  version: 41,
  sql: [
    `DROP INDEX tasks_by_kind`,
    `CREATE INDEX tasks_by_kind ON tasks (work_kind_id, ended_at)
     WHERE work_kind_id IS NOT NULL AND state = 'finished'`,
  ],
};
