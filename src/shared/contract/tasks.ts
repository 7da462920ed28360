/**
 * Tasks as they cross the bridge: rows of a workspace, one task with its reason and history, the form's live quote,
 * and the commands that move a task along the lifecycle table.
 */
import { z } from 'zod';
import { ERASURE_REASONS } from '../domain/clinic.ts';
import { TASK_ACTIONS, TASK_STATES } from '../domain/lifecycle.ts';
import { command, query } from './channel.ts';
import { defaultKindsField } from './clinic.ts';
import {
  commandIdField,
  DRAFT_LENGTH_MAX,
  draftFormField,
  givenNameField,
  instantField,
  localDateField,
  localTextField,
  nothing,
  patientIdField,
  policyField,
  poolIdField,
  subsystemField,
  taskIdField,
  workKindIdField,
} from './fields.ts';
import { pathwayChainField } from './pathway-chain.ts';
import { stripField } from './pools.ts';
import { SERIES_MAX } from '../domain/series.ts';
import {
  chipField,
  identityField,
  linkedTaskField,
  quoteField,
  seriesRuleField,
  taskChangesField,
  taskDraftField,
  taskRowField,
  workKindField,
} from './task-fields.ts';

export * from './task-fields.ts';

export const TASK_REFUSALS = [
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
  'unknown-predecessor',
  'precedence-cycle',
] as const;

export const ACT_REFUSALS = [
  'unknown-task',
  'action-not-possible',
  'time-in-the-future',
  'time-before-start',
  'unit-still-in-use',
] as const;

/** How many tasks one action may be over: what a person can mean, and one transaction can hold. */
export const TASKS_AT_ONCE = 2000;

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
    }),
    errors: [],
  }),
  'task.get': query({
    permission: 'read',
    request: z.strictObject({ taskId: taskIdField }),
    response: z.strictObject({
      row: taskRowField,
      note: z.string(),
      /** The pathway that it was entered with; null for a task by itself. */
      pathway: pathwayChainField.nullable(),
      /** What it comes after, and what comes after it; by id. */
      links: z.strictObject({ before: z.array(linkedTaskField), after: z.array(linkedTaskField) }),
      /** What the task asks for, as a form holds it: to change it, or to enter another like it. */
      draft: taskDraftField,
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
    request: z.strictObject({
      draft: taskDraftField.omit({ patient: true, note: true, reference: true }),
      /** The task that is being changed: its own place counts as free. */
      taskId: taskIdField.exactOptional(),
      /** Starts on this local day only. */
      day: localDateField.exactOptional(),
      /** Who it is for, where that is somebody known: for warnings. */
      patientId: patientIdField.nullable().exactOptional(),
    }),
    response: quoteField,
    errors: TASK_REFUSALS,
  }),
  /** The starts of a series, each with whether everything it needs is free then; writes nothing. */
  'task.quote-series': query({
    permission: 'read',
    request: z.strictObject({
      /** With the fixed start of the first. */
      draft: taskDraftField.omit({ patient: true, note: true, reference: true }),
      rule: seriesRuleField,
    }),
    response: z.strictObject({
      occurrences: z.array(
        z.strictObject({
          start: instantField,
          isFree: z.boolean(),
          /** The next start after it that is free; null where it is free itself, or nothing is in sight. */
          next: instantField.nullable(),
        }),
      ),
    }),
    errors: TASK_REFUSALS,
  }),
  /** Enters all of them, or none. */
  'task.submit-series': command({
    permission: 'enter',
    request: z.strictObject({
      draft: taskDraftField,
      starts: z.array(instantField).min(1).max(SERIES_MAX),
    }),
    response: z.strictObject({ taskIds: z.array(taskIdField) }),
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
    errors: [
      ...TASK_REFUSALS,
      'unknown-task',
      'amend-not-possible',
      'end-in-the-past',
      'predecessor-ends-later',
    ],
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
    errors: ACT_REFUSALS,
  }),
  /** One action over many tasks in one transaction; those that do not allow it are named and stay as they are. */
  'task.act-many': command({
    permission: 'enter',
    request: z.strictObject({
      taskIds: z.array(taskIdField).min(1).max(TASKS_AT_ONCE),
      action: z.enum(TASK_ACTIONS),
      at: instantField.nullable(),
    }),
    response: z.strictObject({
      done: z.array(taskIdField),
      refused: z.array(z.strictObject({ taskId: taskIdField, code: z.enum(ACT_REFUSALS) })),
    }),
    errors: [],
  }),
  /** Takes back the last thing this person did (to tasks, a pool or a policy) since the application was started. */
  'task.undo': command({
    permission: 'enter',
    request: z.strictObject({
      /** The command meant, so that no other is taken back; null for the last one. */
      commandId: commandIdField.nullable(),
    }),
    response: z.strictObject({
      what: z.enum(['submit', 'amend', 'act', 'move', 'setting']),
      action: z.enum(TASK_ACTIONS).nullable(),
      taskIds: z.array(taskIdField),
    }),
    errors: ['nothing-to-undo', 'undo-moved-on', 'undo-place-taken'],
  }),
  'work-kind.list': query({
    permission: 'read',
    request: nothing,
    response: z.strictObject({
      workKinds: z.array(workKindField),
      /** What a new task of a subsystem begins with. */
      defaults: defaultKindsField,
    }),
    errors: [],
  }),
  /** Adds a kind of work or changes what new tasks of it begin with. */
  'work-kind.set': command({
    permission: 'manage',
    request: z.strictObject({ workKind: workKindField.extend({ name: givenNameField }) }),
    response: z.strictObject({ workKindId: workKindIdField }),
    errors: ['unknown-pool', 'invalid-need', 'exceeds-capacity'],
  }),
  'patient.search': query({
    permission: 'read',
    request: z.strictObject({ text: z.string().max(120) }),
    response: z.strictObject({
      patients: z.array(z.strictObject({ patientId: patientIdField, identity: identityField })).max(20),
    }),
    errors: [],
  }),
  /** What erasing a patient takes away and what stays; a null identity says that it was done already. */
  'patient.erasure': query({
    permission: 'manage',
    request: z.strictObject({ patientId: patientIdField }),
    response: z.strictObject({
      identity: identityField.nullable(),
      tasks: z.int(),
      openTasks: z.int(),
      notes: z.int(),
    }),
    errors: ['unknown-patient'],
  }),
  /** Destroys the patient's key: the identity is gone, the chain and every figure stay. Safe to repeat. */
  'patient.erase': command({
    permission: 'manage',
    request: z.strictObject({ patientId: patientIdField, reason: z.enum(ERASURE_REASONS) }),
    /** In how many backup folders the list of erasures could not be brought up to date now. */
    response: z.strictObject({ unreachableLists: z.int() }),
    errors: ['unknown-patient'],
  }),
  /**
   * An unfinished form, kept as ciphertext until it is sent or cleared; one's own, whatever else one may do. Before first run
   * nobody is at the desk, and its own form alone is kept.
   */
  'draft.get': query({
    permission: 'read',
    request: z.strictObject({ form: draftFormField }),
    /** Both null where nothing is kept. */
    response: z.strictObject({
      body: z.string().nullable(),
      savedAt: instantField.nullable(),
      now: instantField,
    }),
    errors: [],
  }),
  'draft.set': command({
    permission: 'read',
    request: z.strictObject({
      form: draftFormField,
      body: z.string().max(DRAFT_LENGTH_MAX).nullable(),
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
            'ledger-unproven',
            'export-failed',
            'day-list-failed',
            'backup-failed',
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
