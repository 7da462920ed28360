/**
 * Work used, summed per day that is over, subsystem and pool: what a year's utilization adds up instead of a million
 * bookings. A day's sums count only while its row in `settled_days` stands. Whatever changes a booking that really ran
 * takes the days it ran on away, in the same transaction and whoever writes it; they are summed anew later.
 */
import type { Migration } from './migration.ts';

/** Longest stretch that is settled as one: a local day, also when the clock goes back by two hours. */
export const SETTLED_SECONDS_MAX = 100_000;

/** Later than every instant. */
const FOR_EVER = 1e12;

const unsettle = (row: 'OLD' | 'NEW'): string => `
  DELETE FROM settled_days
  WHERE from_seconds > ${row}.actual_start - ${SETTLED_SECONDS_MAX}
    AND from_seconds < coalesce(${row}.actual_end, ${FOR_EVER}) AND until_seconds > ${row}.actual_start;`;

export const settledDays: Migration = {
  version: 21,
  sql: [
    `
CREATE TABLE settled_days (
  from_seconds INTEGER PRIMARY KEY,
  until_seconds INTEGER NOT NULL
    CHECK (until_seconds > from_seconds AND until_seconds - from_seconds <= ${SETTLED_SECONDS_MAX})
) STRICT;

CREATE TABLE settled_work (
  pool_id TEXT NOT NULL REFERENCES pools,
  subsystem TEXT NOT NULL,
  from_seconds INTEGER NOT NULL REFERENCES settled_days ON DELETE CASCADE,
  -- Thousandth-unit seconds.
  work INTEGER NOT NULL CHECK (work > 0),
  PRIMARY KEY (pool_id, subsystem, from_seconds)
) STRICT, WITHOUT ROWID;
CREATE INDEX settled_work_by_day ON settled_work (from_seconds);

CREATE TRIGGER booking_made_unsettles AFTER INSERT ON bookings WHEN NEW.actual_start IS NOT NULL
BEGIN ${unsettle('NEW')} END;
CREATE TRIGGER booking_changed_unsettles AFTER UPDATE ON bookings
WHEN OLD.actual_start IS NOT NULL OR NEW.actual_start IS NOT NULL
BEGIN ${unsettle('OLD')} ${unsettle('NEW')} END;
CREATE TRIGGER booking_gone_unsettles AFTER DELETE ON bookings WHEN OLD.actual_start IS NOT NULL
BEGIN ${unsettle('OLD')} END;

-- Another subsystem's work: every day that the task's bookings ran on.
CREATE TRIGGER task_changed_unsettles AFTER UPDATE OF subsystem ON tasks WHEN OLD.subsystem <> NEW.subsystem
BEGIN
  DELETE FROM settled_days WHERE EXISTS (SELECT 1 FROM bookings b WHERE b.task_key = NEW.task_key
    AND b.actual_start < until_seconds AND coalesce(b.actual_end, ${FOR_EVER}) > from_seconds);
END;
`,
  ],
};
