/**
 * Tasks as they cross the bridge: rows of a workspace, one task with its reason and history, the form's live quote,
 * and the commands that move a task along the lifecycle table.
 */
import { z } from 'zod';
import { TASK_ACTIONS, TASK_STATES } from '../domain/lifecycle.ts';
import { REASON_RULES, REFUSAL_CODES } from '../domain/reason.ts';
import type { Immutable } from './channel.ts';
import { command, query } from './channel.ts';
import {
  instantField,
  localDateField,
  localTextField,
  milliField,
  nothing,
  patientIdField,
  policyField,
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
import { stripField } from './pools.ts';

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
      poolId: poolIdField.nullable(),
      poolName: localTextField.nullable(),
      blockers: z.array(blockerField).max(5),
    }),
  ),
  refusal: z
    .strictObject({
      code: z.enum(REFUSAL_CODES),
      poolId: poolIdField.nullable(),
      poolName: localTextField.nullable(),
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
  /** The one thing a row's button does. */
  primaryAction: z.enum(TASK_ACTIONS).nullable(),
  actions: z.array(z.enum(TASK_ACTIONS)),
  reason: reasonField.nullable(),
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
});
export type TaskChanges = Immutable<z.infer<typeof taskChangesField>>;

const TASK_REFUSALS = [
  'unknown-subsystem',
  'unknown-work-kind',
  'unknown-pool',
  'unknown-patient',
  'invalid-need',
  'patient-required',
  'exceeds-capacity',
  'exceeds-limit',
  'longer-than-any-opening',
  'fixed-start-not-possible',
  'start-in-the-past',
] as const;

export const taskChannels = {
  'workspace.get': query({
    permission: 'read',
    request: z.strictObject({ subsystem: subsystemField }),
    response: z.strictObject({
      subsystem: subsystemField,
      policy: policyField,
      now: instantField,
      chips: z.array(chipField),
      strips: z.array(stripField),
      running: z.array(taskRowField),
      /** Confirmed within the next twelve hours, or tentative within the next two; by start. */
      next: z.array(taskRowField),
      waiting: z.array(taskRowField),
      /** Confirmed for later than that. */
      later: z.array(taskRowField),
      held: z.array(taskRowField),
      /** The last fifty that ended today; newest first. */
      ended: z.array(taskRowField),
    }),
    errors: [],
  }),
  'task.get': query({
    permission: 'read',
    request: z.strictObject({ taskId: taskIdField }),
    response: z.strictObject({
      row: taskRowField,
      note: z.string(),
      /** The next five starts at which everything it needs is free; empty once it runs or has ended. */
      starts: z.array(z.strictObject({ start: instantField, units: z.array(localTextField) })),
      history: z.array(
        z.strictObject({
          seq: z.int(),
          recordedAt: instantField,
          effectiveAt: instantField,
          kind: z.string(),
          action: z.string().nullable(),
          actorName: z.string(),
        }),
      ),
    }),
    errors: ['unknown-task'],
  }),
  /** The form's live answer; writes nothing. */
  'task.quote': query({
    permission: 'read',
    request: z.strictObject({ draft: taskDraftField.omit({ patient: true, note: true }) }),
    response: z.strictObject({
      starts: z.array(z.strictObject({ start: instantField, units: z.array(localTextField) })),
      reason: reasonField.nullable(),
    }),
    errors: TASK_REFUSALS,
  }),
  'task.submit': command({
    permission: 'enter',
    request: z.strictObject({ draft: taskDraftField }),
    response: z.strictObject({ taskId: taskIdField, start: instantField.nullable() }),
    errors: TASK_REFUSALS,
  }),
  /**
   * Changes what a task asks for, and plans anew. A promised task moves to its fixed start, or is refused where that is
   * not free of promised and running work; a running one takes another duration only. Lengthening never waits for what
   * comes after: that shows as displaced.
   */
  'task.amend': command({
    permission: 'enter',
    request: z.strictObject({ taskId: taskIdField, changes: taskChangesField }),
    response: z.strictObject({
      taskId: taskIdField,
      state: z.enum(TASK_STATES),
      start: instantField.nullable(),
    }),
    errors: [...TASK_REFUSALS, 'unknown-task', 'amend-not-possible', 'end-in-the-past'],
  }),
  /** Moves a task along the lifecycle table; `at` is when it truly happened, null for now. */
  'task.act': command({
    permission: 'enter',
    request: z.strictObject({
      taskId: taskIdField,
      action: z.enum(TASK_ACTIONS),
      at: instantField.nullable(),
    }),
    response: z.strictObject({ taskId: taskIdField, state: z.enum(TASK_STATES) }),
    errors: [
      'unknown-task',
      'action-not-possible',
      'time-in-the-future',
      'time-before-start',
      'unit-still-in-use',
    ],
  }),
  'work-kind.list': query({
    permission: 'read',
    request: nothing,
    response: z.strictObject({ workKinds: z.array(workKindField) }),
    errors: [],
  }),
  'patient.search': query({
    permission: 'read',
    request: z.strictObject({ text: z.string().max(120) }),
    response: z.strictObject({
      patients: z.array(z.strictObject({ patientId: patientIdField, identity: identityField })).max(20),
    }),
    errors: [],
  }),
  /** An unfinished form, kept as ciphertext until it is sent or cleared. */
  'draft.get': query({
    permission: 'enter',
    request: z.strictObject({ form: z.string().regex(/^[a-z-]{1,40}$/) }),
    response: z.strictObject({ body: z.string().nullable() }),
    errors: [],
  }),
  'draft.set': command({
    permission: 'enter',
    request: z.strictObject({
      form: z.string().regex(/^[a-z-]{1,40}$/),
      body: z.string().max(20_000).nullable(),
    }),
    response: nothing,
    errors: [],
  }),
  'today.get': query({
    permission: 'read',
    request: nothing,
    response: z.strictObject({
      now: instantField,
      running: z.array(taskRowField),
      next: z.array(taskRowField),
      /** Past a planned end, past a target wait, without a start, or not to be planned at all. */
      stuck: z.array(taskRowField),
      strips: z.array(stripField),
      alerts: z.array(
        z.strictObject({
          code: z.enum([
            'overcommitted',
            'displaced',
            'outage',
            'target-passed',
            'past-end',
            'no-show',
            'backup-old',
          ]),
          poolId: poolIdField.nullable(),
          poolName: localTextField.nullable(),
          taskId: taskIdField.nullable(),
          count: z.int(),
          since: instantField.nullable(),
        }),
      ),
      waitingCounts: z.record(subsystemField, z.int()),
    }),
    errors: [],
  }),
};
