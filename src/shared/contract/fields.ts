/**
 * The small zod schemas every channel is built from. Each checks at run time exactly what the branded type claims,
 * so the casts below change no value; they only carry the brand from `units.ts` and `ids.ts` into inferred types.
 */
import { z } from 'zod';
import type {
  BatchId,
  CommandId,
  OutageId,
  PathwayId,
  PatientId,
  PoolId,
  StaffId,
  TaskId,
  UnitId,
  WorkKindId,
} from '../ids.ts';
import type { Instant, Milli, Seconds, Work } from '../units.ts';
import { LOCALES } from '../domain/local-text.ts';
import { POLICIES, SUBSYSTEM_IDS } from '../domain/subsystem.ts';
import { URGENCY_CLASSES } from '../domain/urgency.ts';

/** A schema whose run-time check is the brand's own check. */
export function branded<T>(schema: z.ZodType): z.ZodType<T> {
  return schema as z.ZodType<T>; // the schema given checks what the brand claims
}

const id = z.string().regex(/^[A-Za-z0-9._:-]{1,64}$/);
export const poolIdField = branded<PoolId>(id);
export const unitIdField = branded<UnitId>(id);
export const taskIdField = branded<TaskId>(id);
export const workKindIdField = branded<WorkKindId>(id);
export const patientIdField = branded<PatientId>(id);
export const pathwayIdField = branded<PathwayId>(id);
export const staffIdField = branded<StaffId>(id);
export const outageIdField = branded<OutageId>(id);
export const commandIdField = branded<CommandId>(id);
export const batchIdField = branded<BatchId>(id);

export const milliField = branded<Milli>(z.int());
export const secondsField = branded<Seconds>(z.int());
export const instantField = branded<Instant>(z.int());
export const workField = branded<Work>(z.int());

export const positiveMilliField = branded<Milli>(z.int().positive());
export const positiveSecondsField = branded<Seconds>(z.int().positive());

export const localeField = z.enum(LOCALES);
export const subsystemField = z.enum(SUBSYSTEM_IDS);
export const policyField = z.enum(POLICIES);
export const urgencyField = z.literal(URGENCY_CLASSES);
export const localTextField = z.strictObject({ en: z.string(), zh: z.string() });
/** A name that a person must give: not blank in either language. */
export const givenNameField = z.strictObject({
  en: z.string().trim().min(1).max(120),
  zh: z.string().trim().min(1).max(120),
});
export const localDateField = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
export const nothing = z.strictObject({});
/** A form, with the id of what it changes where it changes something: `task-records`, `pool:mri-a`. */
export const draftFormField = z.string().regex(/^[a-z-]{1,40}(?::[A-Za-z0-9._:-]{1,64})?$/);
/** Characters of an unfinished form: a day's list of times is the longest. */
export const DRAFT_LENGTH_MAX = 200_000;
