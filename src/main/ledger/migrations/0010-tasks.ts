/**
 * Projections of tasks and of what they hold. `bookings.span_class` is the index into the list of span lengths (see
 * `projections/spans.ts`): with it, "which bookings overlap this window" is a few short index searches.
 */
export const FIRST_TASKS_SQL = `
CREATE TABLE tasks (
  task_key INTEGER PRIMARY KEY,
  task_id TEXT NOT NULL UNIQUE,
  subsystem TEXT NOT NULL
    CHECK (subsystem IN ('records', 'imaging', 'insurance', 'research', 'monitoring')),
  state TEXT NOT NULL CHECK (state IN ('waiting', 'held', 'tentative', 'confirmed', 'running', 'finished',
    'released', 'missed', 'cancelled')),
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
  after_tasks TEXT NOT NULL CHECK (json_valid(after_tasks)),
  elastic_minimum_share_milli INTEGER CHECK (elastic_minimum_share_milli BETWEEN 1 AND 1000),
  preemptibility TEXT NOT NULL CHECK (preemptibility IN ('resume', 'restart', 'never')),
  may_span_closures INTEGER NOT NULL CHECK (may_span_closures IN (0, 1)),
  started_at INTEGER,
  ended_at INTEGER CHECK (ended_at >= started_at),
  is_assumed INTEGER NOT NULL CHECK (is_assumed IN (0, 1)),
  -- Imported without an end: its end is assumed, so that it is never busy for ever.
  is_open_ended INTEGER NOT NULL CHECK (is_open_ended IN (0, 1)),
  batch_id TEXT REFERENCES imports DEFERRABLE INITIALLY DEFERRED,
  entered_by TEXT,
  note TEXT,
  source_digest TEXT UNIQUE
) STRICT;

CREATE INDEX tasks_by_state ON tasks (subsystem, state, sort_at);
CREATE INDEX tasks_by_patient ON tasks (patient_id) WHERE patient_id IS NOT NULL;
CREATE INDEX tasks_by_batch ON tasks (batch_id) WHERE batch_id IS NOT NULL;

CREATE TABLE task_needs (
  task_key INTEGER NOT NULL REFERENCES tasks ON DELETE CASCADE,
  position INTEGER NOT NULL CHECK (position >= 0),
  pool_id TEXT NOT NULL REFERENCES pools,
  rate_milli INTEGER NOT NULL CHECK (rate_milli >= 0),
  amount INTEGER CHECK (amount >= 0),
  PRIMARY KEY (task_key, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE bookings (
  task_key INTEGER NOT NULL REFERENCES tasks ON DELETE CASCADE,
  run INTEGER NOT NULL CHECK (run >= 0),
  segment INTEGER NOT NULL CHECK (segment >= 0),
  position INTEGER NOT NULL CHECK (position >= 0),
  pool_id TEXT NOT NULL REFERENCES pools,
  span_class INTEGER NOT NULL CHECK (span_class >= 0),
  span_start INTEGER NOT NULL,
  span_end INTEGER CHECK (span_end >= span_start),
  state TEXT NOT NULL CHECK (state IN ('waiting', 'held', 'tentative', 'confirmed', 'running', 'finished',
    'released', 'missed', 'cancelled')),
  rate_milli INTEGER NOT NULL CHECK (rate_milli >= 0),
  unit_ids TEXT NOT NULL CHECK (json_valid(unit_ids)),
  planned_start INTEGER,
  planned_end INTEGER CHECK (planned_end >= planned_start),
  is_reserved INTEGER NOT NULL CHECK (is_reserved IN (0, 1)),
  actual_start INTEGER,
  actual_end INTEGER CHECK (actual_end >= actual_start),
  PRIMARY KEY (task_key, run, segment, position),
  CHECK ((span_class = 0) = (span_end IS NULL)),
  CHECK ((planned_start IS NULL) = (planned_end IS NULL)),
  CHECK (planned_start IS NOT NULL OR actual_start IS NOT NULL)
) STRICT, WITHOUT ROWID;

CREATE INDEX bookings_by_span ON bookings (pool_id, span_class, span_start, span_end);

CREATE TABLE reasons (
  task_key INTEGER PRIMARY KEY REFERENCES tasks ON DELETE CASCADE,
  seq INTEGER NOT NULL,
  reason TEXT NOT NULL CHECK (json_valid(reason))
) STRICT;

-- Entries about a task besides the one that brought it in.
CREATE TABLE task_entries (
  task_key INTEGER NOT NULL REFERENCES tasks ON DELETE CASCADE,
  seq INTEGER NOT NULL,
  PRIMARY KEY (task_key, seq)
) STRICT, WITHOUT ROWID;
`;
