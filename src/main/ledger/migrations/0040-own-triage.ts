/** A clinic may name its own triage levels: one preset more, and a column for what they are (JSON). */
import type { Migration } from './migration.ts';

export const ownTriage: Migration = {
  version: 40,
  sql: [
    `CREATE TABLE clinic_before AS SELECT * FROM clinic`,
    `DROP TABLE clinic`,
    `CREATE TABLE clinic (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  name_en TEXT NOT NULL,
  name_zh TEXT NOT NULL,
  time_zone TEXT NOT NULL,
  language TEXT NOT NULL CHECK (language IN ('en', 'zh')),
  triage_preset TEXT NOT NULL CHECK (triage_preset IN ('manchester', 'china', 'esi', 'own')),
  own_triage TEXT CHECK (json_valid(own_triage)),
  is_sample INTEGER NOT NULL CHECK (is_sample IN (0, 1))
) STRICT`,
    `INSERT INTO clinic (id, name_en, name_zh, time_zone, language, triage_preset, own_triage, is_sample)
     SELECT id, name_en, name_zh, time_zone, language, triage_preset, NULL, is_sample FROM clinic_before`,
    `DROP TABLE clinic_before`,
  ],
};
