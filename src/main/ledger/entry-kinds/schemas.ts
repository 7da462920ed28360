/**
 * The checked forms that payloads are made of: ids, units and the domain types of `src/shared/domain`. Each schema is
 * annotated with its domain type, so that a field added there and forgotten here does not compile.
 */
import { z } from 'zod';
import { isId } from '../../../shared/ids.ts';
import type { BatchId, PatientId, PoolId, StaffId, TaskId, UnitId, WorkKindId } from '../../../shared/ids.ts';
import type { Instant, Milli, Seconds, Work } from '../../../shared/units.ts';
import { LOCALES } from '../../../shared/domain/local-text.ts';
import type { LocalText } from '../../../shared/domain/local-text.ts';
import { SUBSYSTEM_IDS } from '../../../shared/domain/subsystem.ts';
import { TASK_STATES } from '../../../shared/domain/lifecycle.ts';
import type { Allocation, Need, Segment, Task, WorkKind } from '../../../shared/domain/task.ts';
import type { UrgencyClass } from '../../../shared/domain/urgency.ts';
import { payloadObject } from './definition.ts';
import { isDigest, isSealed } from '../sealed.ts';
import type { Digest, Sealed } from '../sealed.ts';

function isIdText(value: unknown): boolean {
  return typeof value === 'string' && isId(value);
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

/** An id of any kind, checked for its form. */
export const idSchema = <Id extends string>(): z.ZodType<Id> => z.custom<Id>(isIdText, 'not an id');

export const poolIdSchema = idSchema<PoolId>();
export const unitIdSchema = idSchema<UnitId>();
export const taskIdSchema = idSchema<TaskId>();
export const workKindIdSchema = idSchema<WorkKindId>();
export const patientIdSchema = idSchema<PatientId>();
export const staffIdSchema = idSchema<StaffId>();
export const batchIdSchema = idSchema<BatchId>();

export const milliSchema: z.ZodType<Milli> = z.custom<Milli>(isCount, 'not a count of thousandths');
export const secondsSchema: z.ZodType<Seconds> = z.custom<Seconds>(isCount, 'not a duration in seconds');
export const workSchema: z.ZodType<Work> = z.custom<Work>(isCount, 'not an amount of work');
export const instantSchema: z.ZodType<Instant> = z.custom<Instant>(Number.isSafeInteger, 'not an instant');
export const countSchema = z.int().min(0);
/** A share, a weight: positive and finite. */
export const weightSchema = z.number().positive();
export const shortTextSchema = z.string().max(500);
export const localDateSchema = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

export const digestSchema: z.ZodType<Digest> = z.custom<Digest>(isDigest, 'not a digest');
export const sealedSchema: z.ZodType<Sealed> = z.custom<Sealed>(isSealed, 'not ciphertext');

export const localeSchema = z.enum(LOCALES);
export const subsystemSchema = z.enum(SUBSYSTEM_IDS);
export const taskStateSchema = z.enum(TASK_STATES);
export const localTextSchema: z.ZodType<LocalText> = payloadObject({
  en: shortTextSchema,
  zh: shortTextSchema,
});

export const urgencySchema: z.ZodType<UrgencyClass> = z.union([
  z.literal(1),
  z.literal(2),
  z.literal(3),
  z.literal(4),
  z.literal(5),
]);

const preemptibilitySchema = z.enum(['resume', 'restart', 'never']);

export const needSchema: z.ZodType<Need> = payloadObject({
  poolId: poolIdSchema,
  rateMilli: milliSchema,
  amount: workSchema.nullable(),
});

const segmentSchema: z.ZodType<Segment> = payloadObject({
  start: instantSchema,
  end: instantSchema,
  ratesMilli: z.array(milliSchema),
}).refine((segment) => segment.start <= segment.end, 'a segment ends before it starts');

export const allocationSchema: z.ZodType<Allocation> = payloadObject({
  taskId: taskIdSchema,
  segments: z.array(segmentSchema).min(1),
  units: z.array(z.array(unitIdSchema)),
});

export const workKindSchema: z.ZodType<WorkKind> = payloadObject({
  id: workKindIdSchema,
  subsystem: subsystemSchema,
  name: localTextSchema,
  needs: z.array(needSchema),
  durationSeconds: secondsSchema,
  urgency: urgencySchema,
  preemptibility: preemptibilitySchema,
  maySpanClosures: z.boolean(),
  code: shortTextSchema.nullable(),
});

export const taskSchema: z.ZodType<Task> = payloadObject({
  id: taskIdSchema,
  subsystem: subsystemSchema,
  workKindId: workKindIdSchema,
  patientId: patientIdSchema.nullable(),
  requester: z.string().max(64),
  needs: z.array(needSchema),
  durationSeconds: secondsSchema,
  urgency: urgencySchema,
  submittedAt: instantSchema,
  earliestStart: instantSchema,
  fixedStart: instantSchema.nullable(),
  due: instantSchema.nullable(),
  weight: weightSchema,
  after: z.array(taskIdSchema),
  delays: z.array(secondsSchema).exactOptional(),
  dueAfter: secondsSchema.exactOptional(),
  intervalSeconds: secondsSchema.exactOptional(),
  elastic: payloadObject({ minimumShareMilli: z.int().min(1).max(1000) }).nullable(),
  preemptibility: preemptibilitySchema,
  maySpanClosures: z.boolean(),
  state: taskStateSchema,
  startedAt: instantSchema.nullable(),
  endedAt: instantSchema.nullable(),
  isAssumed: z.boolean(),
  batchId: batchIdSchema.nullable(),
  enteredBy: staffIdSchema.nullable(),
});
