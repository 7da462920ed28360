/** When work was made to give way, and why: read by period in reports, so it is no search through the chain. */
import type { Migration } from './migration.ts';

export const preemptionsTable: Migration = {
  version: 30,
  sql: [
    `CREATE TABLE preemptions (
  seq INTEGER PRIMARY KEY,
  task_key INTEGER NOT NULL REFERENCES tasks ON DELETE CASCADE,
  at INTEGER NOT NULL,
  -- It had begun; otherwise only its promise was taken back.
  was_running INTEGER NOT NULL CHECK (was_running IN (0, 1)),
  -- Why, as a code, and for which task; null where nothing was said.
  cause TEXT,
  for_task_id TEXT
) STRICT;
CREATE INDEX preemptions_by_at ON preemptions (at);`,
    `INSERT INTO preemptions (seq, task_key, at, was_running, cause, for_task_id)
  SELECT e.seq, t.task_key, e.payload ->> '$.at', e.payload ->> '$.from' = 'running', e.payload ->> '$.cause.code',
    e.payload ->> '$.cause.taskId'
  FROM entries e JOIN tasks t ON t.task_id = e.payload ->> '$.taskId'
  WHERE e.kind = 'task-moved' AND e.payload ->> '$.action' = 'preempt';`,
  ],
};
