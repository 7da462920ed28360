/**
 * What a grouped report says of a day that is over, kept per grouping beside its ungrouped figures (migration 0037,
 * decision 0276): it stands only while those do. Groups of whole days (weekdays, weeks, months) need no rows here.
 */
import type { Migration } from './migration.ts';
import { FIRST_WINDOW, earlierOf, unsettleFrom } from './0037-settled-reports.ts';

export const settledGroups: Migration = {
  version: 47,
  sql: [
    `
CREATE TABLE settled_groups (
  from_seconds INTEGER NOT NULL REFERENCES settled_reports ON DELETE CASCADE,
  grouping TEXT NOT NULL,
  -- JSON: the groups, and how many tasks and seconds belong to what.
  groups TEXT NOT NULL,
  -- Whole numbers as 32-bit integers, or 64-bit floats where they need them, little end first: as many for each cell.
  cells BLOB NOT NULL,
  -- 32-bit integers, little end first: waits and turnarounds in seconds.
  seconds BLOB NOT NULL,
  PRIMARY KEY (from_seconds, grouping)
) STRICT;

-- A day that was kept without its groups is measured anew.
DELETE FROM settled_reports;

CREATE TRIGGER task_kind_changed_unsettles AFTER UPDATE OF work_kind_id ON tasks
WHEN OLD.work_kind_id <> NEW.work_kind_id
BEGIN ${unsettleFrom(`min(NEW.submitted_at, ${earlierOf('started_at')}, ${FIRST_WINDOW})`)} END;
`,
  ],
};
