/**
 * The rows that every entry writes, in a form that is quick to insert. SQLite builds a table for each `IN` list of a
 * CHECK every time a statement runs, which was a sixth of an import; the same conditions stand here as equalities.
 * The chain's trigger looks one row up instead of two.
 * JSON of our own making is no longer parsed on the way in: the hash covers a payload, and a rebuild reads the rest.
 */
import type { Migration } from './migration.ts';

const SUBSYSTEM = `subsystem = 'records' OR subsystem = 'imaging' OR subsystem = 'insurance' OR subsystem = 'research'
    OR subsystem = 'monitoring'`;
const STATE = `state = 'waiting' OR state = 'held' OR state = 'tentative' OR state = 'confirmed' OR state = 'running'
    OR state = 'finished' OR state = 'released' OR state = 'missed' OR state = 'cancelled'`;
const PREEMPTIBILITY = `preemptibility = 'resume' OR preemptibility = 'restart' OR preemptibility = 'never'`;

const ENTRIES = `
CREATE TABLE quick_entries (
  seq INTEGER PRIMARY KEY CHECK (seq > 0),
  site TEXT NOT NULL CHECK (length(site) BETWEEN 1 AND 64),
  epoch INTEGER NOT NULL CHECK (epoch > 0),
  hlc_ms INTEGER NOT NULL CHECK (hlc_ms >= 0),
  hlc_counter INTEGER NOT NULL CHECK (hlc_counter >= 0),
  effective_seconds INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (length(kind) BETWEEN 1 AND 64),
  actor TEXT NOT NULL CHECK (length(actor) BETWEEN 1 AND 64),
  command_id TEXT CHECK (length(command_id) BETWEEN 1 AND 64),
  payload TEXT NOT NULL CHECK (length(payload) > 0),
  prev_hash BLOB NOT NULL CHECK (length(prev_hash) = 32),
  hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;
INSERT INTO quick_entries SELECT * FROM entries ORDER BY seq;
DROP TABLE entries;
ALTER TABLE quick_entries RENAME TO entries;

CREATE INDEX entries_by_actor ON entries (actor, seq);
CREATE INDEX entries_by_recorded ON entries (hlc_ms);

CREATE TRIGGER entries_continue_the_chain BEFORE INSERT ON entries
WHEN NOT CASE WHEN NEW.seq = 1
  THEN NEW.prev_hash = zeroblob(32) AND NOT EXISTS (SELECT 1 FROM entries)
  ELSE EXISTS (SELECT 1 FROM entries WHERE seq = NEW.seq - 1 AND hash = NEW.prev_hash)
    AND NOT EXISTS (SELECT 1 FROM entries WHERE seq >= NEW.seq) END
BEGIN SELECT RAISE(ABORT, 'entries: not the next entry of the chain'); END;

CREATE TRIGGER entries_are_never_updated BEFORE UPDATE ON entries
BEGIN SELECT RAISE(ABORT, 'entries: append only'); END;

CREATE TRIGGER entries_are_never_deleted BEFORE DELETE ON entries
BEGIN SELECT RAISE(ABORT, 'entries: append only'); END;
`;

/* Tasks and everything that names them, made anew together: a table that others name cannot be dropped alone. */
const TASKS = `
CREATE TABLE quick_tasks (
  task_key INTEGER PRIMARY KEY,
  task_id TEXT NOT NULL UNIQUE,
  subsystem TEXT NOT NULL CHECK (${SUBSYSTEM}),
  state TEXT NOT NULL CHECK (${STATE}),
  -- When it is, was, or would like to be: started, else planned, else fixed, else earliest.
  sort_at INTEGER NOT NULL,
  -- Counts the times it was taken back after it had begun or been reserved; bookings of earlier runs stay.
  run INTEGER NOT NULL CHECK (run >= 0),
  work_kind_id TEXT NOT NULL REFERENCES work_kinds,
  patient_id TEXT REFERENCES patients,
  requester TEXT NOT NULL,
  duration_seconds INTEGER NOT NULL CHECK (duration_seconds >= 0),
  urgency INTEGER NOT NULL CHECK (urgency BETWEEN 1 AND 5),
  submitted_at INTEGER NOT NULL,
  earliest_start INTEGER NOT NULL,
  fixed_start INTEGER,
  due INTEGER,
  weight REAL NOT NULL CHECK (weight > 0),
  -- JSON array of task ids.
  after_tasks TEXT NOT NULL CHECK (length(after_tasks) > 1),
  elastic_minimum_share_milli INTEGER CHECK (elastic_minimum_share_milli BETWEEN 1 AND 1000),
  preemptibility TEXT NOT NULL CHECK (${PREEMPTIBILITY}),
  may_span_closures INTEGER NOT NULL CHECK (may_span_closures BETWEEN 0 AND 1),
  started_at INTEGER,
  ended_at INTEGER CHECK (ended_at >= started_at),
  is_assumed INTEGER NOT NULL CHECK (is_assumed BETWEEN 0 AND 1),
  -- Imported without an end: its end is assumed, so that it is never busy for ever.
  is_open_ended INTEGER NOT NULL CHECK (is_open_ended BETWEEN 0 AND 1),
  batch_id TEXT REFERENCES imports DEFERRABLE INITIALLY DEFERRED,
  entered_by TEXT,
  note TEXT,
  source_digest TEXT
) STRICT;
INSERT INTO quick_tasks SELECT * FROM tasks ORDER BY task_key;

CREATE TABLE quick_task_needs (
  task_key INTEGER NOT NULL REFERENCES quick_tasks ON DELETE CASCADE,
  position INTEGER NOT NULL CHECK (position >= 0),
  pool_id TEXT NOT NULL REFERENCES pools,
  rate_milli INTEGER NOT NULL CHECK (rate_milli >= 0),
  amount INTEGER CHECK (amount >= 0),
  PRIMARY KEY (task_key, position)
) STRICT, WITHOUT ROWID;
INSERT INTO quick_task_needs SELECT * FROM task_needs ORDER BY task_key, position;

CREATE TABLE quick_bookings (
  task_key INTEGER NOT NULL REFERENCES quick_tasks ON DELETE CASCADE,
  run INTEGER NOT NULL CHECK (run >= 0),
  segment INTEGER NOT NULL CHECK (segment >= 0),
  position INTEGER NOT NULL CHECK (position >= 0),
  pool_id TEXT NOT NULL REFERENCES pools,
  span_class INTEGER NOT NULL CHECK (span_class >= 0),
  span_start INTEGER NOT NULL,
  span_end INTEGER CHECK (span_end >= span_start),
  state TEXT NOT NULL CHECK (${STATE}),
  rate_milli INTEGER NOT NULL CHECK (rate_milli >= 0),
  -- JSON array of unit ids.
  unit_ids TEXT NOT NULL CHECK (length(unit_ids) > 1),
  planned_start INTEGER,
  planned_end INTEGER CHECK (planned_end >= planned_start),
  is_reserved INTEGER NOT NULL CHECK (is_reserved BETWEEN 0 AND 1),
  actual_start INTEGER,
  actual_end INTEGER CHECK (actual_end >= actual_start),
  PRIMARY KEY (task_key, run, segment, position),
  CHECK ((span_class = 0) = (span_end IS NULL)),
  CHECK ((planned_start IS NULL) = (planned_end IS NULL)),
  CHECK (planned_start IS NOT NULL OR actual_start IS NOT NULL)
) STRICT, WITHOUT ROWID;
INSERT INTO quick_bookings SELECT * FROM bookings ORDER BY task_key, run, segment, position;

CREATE TABLE quick_reasons (
  task_key INTEGER PRIMARY KEY REFERENCES quick_tasks ON DELETE CASCADE,
  seq INTEGER NOT NULL,
  reason TEXT NOT NULL CHECK (json_valid(reason))
) STRICT;
INSERT INTO quick_reasons SELECT * FROM reasons ORDER BY task_key;

-- Entries about a task besides the one that brought it in.
CREATE TABLE quick_task_entries (
  task_key INTEGER NOT NULL REFERENCES quick_tasks ON DELETE CASCADE,
  seq INTEGER NOT NULL,
  PRIMARY KEY (task_key, seq)
) STRICT, WITHOUT ROWID;
INSERT INTO quick_task_entries SELECT * FROM task_entries ORDER BY task_key, seq;

DROP TABLE task_entries;
DROP TABLE reasons;
DROP TABLE bookings;
DROP TABLE task_needs;
DROP TABLE tasks;
ALTER TABLE quick_tasks RENAME TO tasks;
ALTER TABLE quick_task_needs RENAME TO task_needs;
ALTER TABLE quick_bookings RENAME TO bookings;
ALTER TABLE quick_reasons RENAME TO reasons;
ALTER TABLE quick_task_entries RENAME TO task_entries;

CREATE INDEX tasks_by_state ON tasks (subsystem, state, sort_at);
CREATE INDEX tasks_by_patient ON tasks (patient_id) WHERE patient_id IS NOT NULL;
CREATE INDEX tasks_by_batch ON tasks (batch_id) WHERE batch_id IS NOT NULL;
CREATE UNIQUE INDEX tasks_by_source ON tasks (source_digest) WHERE source_digest IS NOT NULL;
CREATE INDEX bookings_by_span ON bookings (pool_id, span_class, span_start, span_end);
`;

export const quickRows: Migration = { version: 20, sql: [ENTRIES, TASKS] };
