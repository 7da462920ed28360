/**
 * A number for each time a day's report was settled (decision 0289): whoever has read such a day knows by it, without
 * reading the day again, whether it is still the same. A number is never given twice, not even for a day that was taken
 * away and settled anew within a second.
 */
import type { Migration } from './migration.ts';

export const settledMarks: Migration = {
  version: 54,
  sql: [
    `
CREATE TABLE settled_marks (
  mark INTEGER PRIMARY KEY AUTOINCREMENT,
  from_seconds INTEGER NOT NULL UNIQUE REFERENCES settled_reports ON DELETE CASCADE
) STRICT;
INSERT INTO settled_marks (from_seconds) SELECT from_seconds FROM settled_reports ORDER BY from_seconds;
CREATE TRIGGER settled_report_marked AFTER INSERT ON settled_reports
BEGIN INSERT INTO settled_marks (from_seconds) VALUES (NEW.from_seconds); END;
`,
  ],
};
