/** Entries about the clinic: what it is, its settings, its subsystems' policies, its kinds of work. */
import { z } from 'zod';
import type { Clinic, SubsystemSetting } from '../../../shared/domain/clinic.ts';
import { POLICIES } from '../../../shared/domain/subsystem.ts';
import type { WorkKind } from '../../../shared/domain/task.ts';
import { TRIAGE_PRESETS } from '../../../shared/domain/urgency.ts';
import { canonicalJson } from '../canonical-json.ts';
import type { EntryKindDefinition } from './definition.ts';
import { payloadObject } from './definition.ts';
import {
  localeSchema,
  localTextSchema,
  secondsSchema,
  subsystemSchema,
  urgencySchema,
  weightSchema,
  workKindSchema,
} from './schemas.ts';

export const clinicSet: EntryKindDefinition<Clinic> = {
  payload: payloadObject({
    name: localTextSchema,
    timeZone: z.string().min(1).max(64),
    language: localeSchema,
    triagePreset: z.enum(TRIAGE_PRESETS),
    ownTriage: z
      .array(payloadObject({ urgency: urgencySchema, name: localTextSchema, targetSeconds: secondsSchema }))
      .nullable()
      .optional(),
    isSample: z.boolean(),
  }),
  project(db, clinic) {
    db.run(
      `INSERT INTO clinic (id, name_en, name_zh, time_zone, language, triage_preset, own_triage,
         is_sample)
       VALUES (1, :nameEn, :nameZh, :timeZone, :language, :triagePreset, :ownTriage, :isSample)
       ON CONFLICT (id) DO UPDATE SET name_en = excluded.name_en, name_zh = excluded.name_zh,
         time_zone = excluded.time_zone, language = excluded.language,
         triage_preset = excluded.triage_preset, own_triage = excluded.own_triage,
         is_sample = excluded.is_sample`,
      {
        nameEn: clinic.name.en,
        nameZh: clinic.name.zh,
        timeZone: clinic.timeZone,
        language: clinic.language,
        triagePreset: clinic.triagePreset,
        ownTriage: clinic.ownTriage ? canonicalJson(clinic.ownTriage) : null,
        isSample: Number(clinic.isSample),
      },
    );
  },
};

/** Anything JSON can hold; `undefined` cannot occur. */
export type SettingValue = z.infer<ReturnType<typeof z.json>>;

export interface SettingChanged {
  /** Kebab-case: `theme`, `grace-minutes`. */
  readonly key: string;
  readonly value: SettingValue;
}

export const settingsChanged: EntryKindDefinition<SettingChanged> = {
  payload: payloadObject({ key: z.string().regex(/^[a-z][a-z0-9-]{0,63}$/), value: z.json() }),
  project(db, { key, value }) {
    db.run(
      `INSERT INTO settings (key, value) VALUES (:key, :value)
       ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
      { key, value: canonicalJson(value) },
    );
  },
};

export const subsystemSet: EntryKindDefinition<SubsystemSetting> = {
  payload: payloadObject({ subsystem: subsystemSchema, policy: z.enum(POLICIES), weight: weightSchema }),
  project(db, { subsystem, policy, weight }) {
    db.run(
      `INSERT INTO subsystems (subsystem, policy, weight) VALUES (:subsystem, :policy, :weight)
       ON CONFLICT (subsystem) DO UPDATE SET policy = excluded.policy, weight = excluded.weight`,
      { subsystem, policy, weight },
    );
  },
};

export const workKindSet: EntryKindDefinition<WorkKind> = {
  payload: workKindSchema,
  project(db, workKind, entry) {
    db.run(
      `INSERT INTO work_kinds (work_kind_id, first_seq, subsystem, work_kind)
       VALUES (:id, :seq, :subsystem, :workKind)
       ON CONFLICT (work_kind_id) DO UPDATE SET subsystem = excluded.subsystem, work_kind = excluded.work_kind`,
      { id: workKind.id, seq: entry.seq, subsystem: workKind.subsystem, workKind: canonicalJson(workKind) },
    );
  },
};
