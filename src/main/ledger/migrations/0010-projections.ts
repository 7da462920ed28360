/** Projections of what a clinic says about itself: rebuilt from entries, never the truth. */
export const FIRST_PROJECTIONS_SQL = `
CREATE TABLE clinic (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  name_en TEXT NOT NULL,
  name_zh TEXT NOT NULL,
  time_zone TEXT NOT NULL,
  language TEXT NOT NULL CHECK (language IN ('en', 'zh')),
  triage_preset TEXT NOT NULL CHECK (triage_preset IN ('manchester', 'china', 'esi')),
  is_sample INTEGER NOT NULL CHECK (is_sample IN (0, 1))
) STRICT;

CREATE TABLE settings (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL CHECK (json_valid(value))
) STRICT, WITHOUT ROWID;

CREATE TABLE staff (
  staff_id TEXT PRIMARY KEY,
  first_seq INTEGER NOT NULL,
  name TEXT NOT NULL,
  job_title_en TEXT NOT NULL,
  job_title_zh TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('staff', 'manager', 'auditor', 'technician')),
  is_active INTEGER NOT NULL CHECK (is_active IN (0, 1))
) STRICT, WITHOUT ROWID;

-- Who sits at the desk.
CREATE TABLE desk (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  staff_id TEXT NOT NULL REFERENCES staff,
  since_seconds INTEGER NOT NULL
) STRICT;

CREATE TABLE subsystems (
  subsystem TEXT PRIMARY KEY
    CHECK (subsystem IN ('records', 'imaging', 'insurance', 'research', 'monitoring')),
  policy TEXT NOT NULL CHECK (policy IN ('demand', 'priority', 'utilization')),
  weight REAL NOT NULL CHECK (weight > 0)
) STRICT, WITHOUT ROWID;

CREATE TABLE pools (
  pool_id TEXT PRIMARY KEY,
  first_seq INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What a pool was said to be, from when on: of two versions in force the later one by (effective, seq) counts.
CREATE TABLE pool_versions (
  pool_id TEXT NOT NULL REFERENCES pools,
  effective_seconds INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  pool TEXT NOT NULL CHECK (json_valid(pool)),
  PRIMARY KEY (pool_id, effective_seconds, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE work_kinds (
  work_kind_id TEXT PRIMARY KEY,
  first_seq INTEGER NOT NULL,
  subsystem TEXT NOT NULL
    CHECK (subsystem IN ('records', 'imaging', 'insurance', 'research', 'monitoring')),
  work_kind TEXT NOT NULL CHECK (json_valid(work_kind))
) STRICT, WITHOUT ROWID;

-- Opaque ids; identity is ciphertext under the patient's own key, null once erased.
CREATE TABLE patients (
  patient_id TEXT PRIMARY KEY,
  identity TEXT,
  is_erased INTEGER NOT NULL CHECK (is_erased IN (0, 1)),
  CHECK (is_erased = (identity IS NULL))
) STRICT, WITHOUT ROWID;

CREATE TABLE imports (
  batch_id TEXT PRIMARY KEY,
  source TEXT NOT NULL,
  mapping TEXT NOT NULL CHECK (json_valid(mapping)),
  counts TEXT NOT NULL CHECK (json_valid(counts)),
  committed_seq INTEGER NOT NULL,
  committed_at_seconds INTEGER NOT NULL,
  actor TEXT NOT NULL,
  reversed_seq INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE closed_days (
  local_date TEXT PRIMARY KEY CHECK (length(local_date) = 10),
  seq INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`;
