/** The forms of tasks that several channels share: a row, its reason, a draft, a change. */
import { z } from 'zod';
import { AFTER_DELAY_SECONDS_MAX, AFTER_MAX } from '../domain/task.ts';
import type { Seconds } from '../units.ts';
import { TASK_ACTIONS, TASK_STATES } from '../domain/lifecycle.ts';
import { REASON_RULES, REFUSAL_CODES } from '../domain/reason.ts';
import { SERIES_MAX, SERIES_UNITS } from '../domain/series.ts';
import type { Immutable } from './channel.ts';
import {
  branded,
  instantField,
  localDateField,
  localTextField,
  milliField,
  patientIdField,
  poolIdField,
  positiveMilliField,
  positiveSecondsField,
  secondsField,
  subsystemField,
  taskIdField,
  urgencyField,
  workField,
  workKindIdField,
} from './fields.ts';

/** A patient named by two identifiers; null fields are unknown, a null identity has been erased. */
export const identityField = z.strictObject({
  name: z.string(),
  birthDate: localDateField.nullable(),
  number: z.string().nullable(),
});

export const needField = z.strictObject({
  poolId: poolIdField,
  rateMilli: positiveMilliField,
  amount: workField.nullable(),
});

export const blockerField = z.strictObject({
  taskId: taskIdField,
  subsystem: subsystemField,
  workKind: localTextField,
  patientName: z.string().nullable(),
});

export const reasonField = z.strictObject({
  segments: z.array(
    z.strictObject({
      from: instantField,
      until: instantField,
      rule: z.enum(REASON_RULES),
      /** How long is to pass; with the rule `delay` only. */
      delaySeconds: secondsField.exactOptional(),
      poolId: poolIdField.nullable(),
      poolName: localTextField.nullable(),
      /** The pool is closed now, or was when the stretch begins later; with the rule `closed` only. */
      isShut: z.literal(true).exactOptional(),
      /** Those that hold the pool. */
      blockers: z.array(blockerField).max(5),
      /** Other pools it needs that stand in the way up to the same instant, and who holds those. */
      ties: z.array(
        z.strictObject({
          poolId: poolIdField,
          poolName: localTextField,
          blockers: z.array(blockerField).min(1).max(5),
        }),
      ),
    }),
  ),
  refusal: z
    .strictObject({
      code: z.enum(REFUSAL_CODES),
      poolId: poolIdField.nullable(),
      poolName: localTextField.nullable(),
      /** The tasks it comes after that are behind the refusal. */
      blockers: z.array(blockerField).max(5),
    })
    .nullable(),
});
export type ReasonView = Immutable<z.infer<typeof reasonField>>;

export const taskRowField = z.strictObject({
  taskId: taskIdField,
  subsystem: subsystemField,
  workKindId: workKindIdField,
  workKind: localTextField,
  patientId: patientIdField.nullable(),
  /** Null for work that is about no patient, or about one whose identity was erased. */
  patient: identityField.nullable(),
  needs: z.array(
    z.strictObject({
      poolId: poolIdField,
      poolName: localTextField,
      /** What the pool counts: rooms, people, cores. */
      unitName: localTextField,
      rateMilli: milliField,
      /** Named units it holds or is to hold; empty while none is assigned. */
      unitNames: z.array(localTextField),
    }),
  ),
  urgency: urgencyField,
  state: z.enum(TASK_STATES),
  submittedAt: instantField,
  /** From the earliest wish until it started, or until now. */
  waitedSeconds: secondsField,
  targetSeconds: secondsField,
  /** True start, confirmed start or planned start; null while there is none. */
  start: instantField.nullable(),
  /** True end, or the planned one; a running task past its end shows the assumed one. */
  end: instantField.nullable(),
  isEndAssumed: z.boolean(),
  /** When it was to be over; of running work past that only, whose `end` is assumed. */
  plannedEnd: instantField.exactOptional(),
  /** The one thing a row's button does. */
  primaryAction: z.enum(TASK_ACTIONS).nullable(),
  actions: z.array(z.enum(TASK_ACTIONS)),
  reason: reasonField.nullable(),
  /** Left out where it has none. */
  reference: z.string().exactOptional(),
  /** The modality, where its subsystem has such; left out where the catalogue's row bears none. */
  code: z.string().exactOptional(),
  /** How often what it watches is read; left out where nobody has said. */
  intervalSeconds: positiveSecondsField.exactOptional(),
  due: instantField.exactOptional(),
});
export type TaskRow = Immutable<z.infer<typeof taskRowField>>;

/** One chip of a workspace's formula: E rooms 2.0 · 100 %. */
export const chipField = z.strictObject({
  poolId: poolIdField,
  name: localTextField,
  unitName: localTextField,
  loadMilli: milliField,
  /** The pool's offered capacity at this instant; 0 while closed. */
  offeredMilli: milliField,
});

export const workKindField = z.strictObject({
  id: workKindIdField,
  subsystem: subsystemField,
  name: localTextField,
  needs: z.array(needField),
  durationSeconds: positiveSecondsField,
  urgency: urgencyField,
  preemptibility: z.enum(['resume', 'restart', 'never']),
  maySpanClosures: z.boolean(),
  code: z.string().nullable(),
});

/** Tasks that one comes after, each with how long is to pass after it; a task is named once. */
export const afterField = z
  .array(
    z.strictObject({
      taskId: taskIdField,
      delaySeconds: branded<Seconds>(z.int().min(0).max(AFTER_DELAY_SECONDS_MAX)),
    }),
  )
  .max(AFTER_MAX)
  .refine((rows) => new Set(rows.map((row) => row.taskId)).size === rows.length, 'a task is named once');

/** A task that another comes after, or that comes after it, as it is shown beside that one. */
export const linkedTaskField = blockerField.extend({
  state: z.enum(TASK_STATES),
  start: instantField.nullable(),
  end: instantField.nullable(),
  /** Between the end of the earlier and the start of the later. */
  delaySeconds: secondsField,
});
export type LinkedTask = Immutable<z.infer<typeof linkedTaskField>>;

/** What the task form holds. The identity is sealed before anything is stored. */
export const taskDraftField = z.strictObject({
  subsystem: subsystemField,
  workKindId: workKindIdField,
  patient: z
    .union([
      z.strictObject({ patientId: patientIdField }),
      z.strictObject({
        identity: z.strictObject({
          name: z.string().trim().min(1).max(120),
          birthDate: localDateField.nullable(),
          number: z.string().trim().min(1).max(40).nullable(),
        }),
      }),
    ])
    .nullable(),
  needs: z.array(needField).min(1).max(8),
  durationSeconds: positiveSecondsField,
  urgency: urgencyField,
  /** Null: as soon as possible. */
  earliestStart: instantField.nullable(),
  fixedStart: instantField.nullable(),
  due: instantField.nullable(),
  note: z.string().max(2000),
  /** What another system calls it: a visit, accession, claim, data set or serial number. Sealed like the note. */
  reference: z.string().trim().max(64).exactOptional(),
  /** How often what it watches is read. */
  intervalSeconds: positiveSecondsField.exactOptional(),
  /** Left out where it comes after nothing. */
  after: afterField.exactOptional(),
});
export type TaskDraft = Immutable<z.infer<typeof taskDraftField>>;

/** What is to be different; what is left out stays as it is. A fixed start of null gives it up. */
export const taskChangesField = z.strictObject({
  workKindId: workKindIdField.exactOptional(),
  patient: taskDraftField.shape.patient.exactOptional(),
  needs: taskDraftField.shape.needs.exactOptional(),
  durationSeconds: positiveSecondsField.exactOptional(),
  urgency: urgencyField.exactOptional(),
  earliestStart: instantField.exactOptional(),
  fixedStart: instantField.nullable().exactOptional(),
  due: instantField.nullable().exactOptional(),
  note: taskDraftField.shape.note.exactOptional(),
  reference: z.string().trim().max(64).exactOptional(),
  intervalSeconds: positiveSecondsField.nullable().exactOptional(),
  /** An empty list: after nothing any more. */
  after: afterField.exactOptional(),
});
export type TaskChanges = Immutable<z.infer<typeof taskChangesField>>;

/** What is worth knowing before a task is entered; it can be entered all the same. */
export const QUOTE_WARNINGS = ['target-passed', 'due-passed', 'patient-busy', 'patient-same-kind'] as const;

/** The form's live answer. */
export const quoteField = z.strictObject({
  starts: z.array(z.strictObject({ start: instantField, units: z.array(localTextField) })),
  reason: reasonField.nullable(),
  /** Planned work that would start later, at most five, by its present start. */
  displaces: z.array(z.strictObject({ task: blockerField, from: instantField, to: instantField.nullable() })),
  warnings: z.array(
    z.strictObject({
      code: z.enum(QUOTE_WARNINGS),
      task: blockerField.nullable(),
      seconds: secondsField.nullable(),
    }),
  ),
  /** How long work of this kind really took here; null before three cases. */
  history: z
    .strictObject({ count: z.int(), medianSeconds: secondsField, p80Seconds: secondsField })
    .nullable(),
});
export type QuoteView = Immutable<z.infer<typeof quoteField>>;

export const seriesRuleField = z.strictObject({
  every: z.int().min(1).max(366),
  unit: z.enum(SERIES_UNITS),
  /** How many, the first included; null where `until` says it. */
  count: z.int().min(1).max(SERIES_MAX).nullable(),
  /** The last local day on which one may start; null where `count` says it. */
  until: localDateField.nullable(),
});
