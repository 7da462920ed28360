/** Reads the clinic, its settings, and its subsystems' policies. */
import type { Clinic, SubsystemSetting } from '../../../shared/domain/clinic.ts';
import { SUBSYSTEMS } from '../../../shared/domain/subsystem.ts';
import type { TriageLevel } from '../../../shared/domain/urgency.ts';
import type { SettingValue } from '../entry-kinds/clinic.ts';
import type { ReadDb } from '../handles.ts';

/** @returns null before first run has set it */
export function findClinic(db: ReadDb): Clinic | null {
  const row = db.get<{
    nameEn: string;
    nameZh: string;
    timeZone: string;
    language: Clinic['language'];
    triagePreset: Clinic['triagePreset'];
    ownTriage: string | null;
    isSample: number;
  }>(
    `SELECT name_en AS nameEn, name_zh AS nameZh, time_zone AS timeZone, language, triage_preset AS triagePreset,
       own_triage AS ownTriage, is_sample AS isSample
     FROM clinic`,
  );
  if (row === null) return null;
  const { nameEn, nameZh, timeZone, language, triagePreset } = row;
  return {
    name: { en: nameEn, zh: nameZh },
    timeZone,
    language,
    triagePreset,
    ownTriage: row.ownTriage === null ? null : (JSON.parse(row.ownTriage) as TriageLevel[]), // from a checked payload
    isSample: row.isSample === 1,
  };
}

/** Every setting that was ever changed, by key. */
export function listSettings(db: ReadDb): ReadonlyMap<string, SettingValue> {
  const rows = db.all<{ key: string; value: string }>(`SELECT key, value FROM settings ORDER BY key`);
  return new Map(rows.map((row) => [row.key, JSON.parse(row.value) as SettingValue])); // canonical JSON by CHECK
}

/** @returns null where the setting was never changed: the caller's default holds */
export function findSetting(db: ReadDb, key: string): SettingValue {
  const row = db.get<{ value: string }>(`SELECT value FROM settings WHERE key = :key`, { key });
  return row === null ? null : (JSON.parse(row.value) as SettingValue); // canonical JSON by CHECK
}

/** All five, in the order of the table of subsystems; one that was never set has its default policy and weight 1. */
export function listSubsystemSettings(db: ReadDb): SubsystemSetting[] {
  const rows = db.all<SubsystemSetting>(`SELECT subsystem, policy, weight FROM subsystems`);
  const bySubsystem = new Map(rows.map((row) => [row.subsystem, row]));
  return SUBSYSTEMS.map(
    ({ id, defaultPolicy }) => bySubsystem.get(id) ?? { subsystem: id, policy: defaultPolicy, weight: 1 },
  );
}
