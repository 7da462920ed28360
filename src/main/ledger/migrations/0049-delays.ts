/** What a task comes after can be followed by a delay, and the task be due some time after it (decision 0269). */
import type { Migration } from './migration.ts';

export const delays: Migration = {
  version: 49,
  sql: [
    `-- JSON array of seconds, one per task of \`after_tasks\`; null where none has any.
ALTER TABLE tasks ADD COLUMN delays TEXT CHECK (delays IS NULL OR json_valid(delays))`,
    `ALTER TABLE tasks ADD COLUMN due_after_seconds INTEGER CHECK (due_after_seconds >= 0)`,
  ],
};
