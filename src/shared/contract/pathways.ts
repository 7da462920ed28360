/**
 * Care pathways across the bridge: the templates, the quoted times of one that is about to be started, starting it,
 * and the chain a task belongs to.
 */
import { z } from 'zod';
import { PATHWAY_STEPS_MAX, PATHWAY_STEPS_MIN } from '../domain/pathway.ts';
import { command, query, type Immutable } from './channel.ts';
import {
  givenNameField,
  instantField,
  localTextField,
  nothing,
  pathwayIdField,
  positiveSecondsField,
  secondsField,
  subsystemField,
  taskIdField,
  urgencyField,
  workKindIdField,
} from './fields.ts';
import { pathwayChainField } from './pathway-chain.ts';
import { reasonField, taskDraftField } from './tasks.ts';

export const pathwayField = z.strictObject({
  id: pathwayIdField,
  name: givenNameField,
  steps: z
    .array(
      z.strictObject({
        workKindId: workKindIdField,
        urgency: urgencyField.exactOptional(),
        delaySeconds: positiveSecondsField.exactOptional(),
        withinSeconds: positiveSecondsField.exactOptional(),
      }),
    )
    .min(PATHWAY_STEPS_MIN)
    .max(PATHWAY_STEPS_MAX),
  isActive: z.boolean(),
});

/** One step as it would run, or why it would not. */
const quotedStepField = z.strictObject({
  workKindId: workKindIdField,
  subsystem: subsystemField,
  workKind: localTextField,
  durationSeconds: secondsField,
  urgency: urgencyField,
  /** Not before this long after the end of the step before; null for at once. */
  delaySeconds: secondsField.nullable(),
  /** By when it should be over; null for no such time, and while that is not known. */
  due: instantField.nullable(),
  start: instantField.nullable(),
  end: instantField.nullable(),
  units: z.array(localTextField),
  /** Why it would not run as soon as the step before has ended, or not at all; null when it would. */
  reason: reasonField.nullable(),
});
export type QuotedStep = Immutable<z.infer<typeof quotedStepField>>;

export const pathwayChannels = {
  'pathway.list': query({
    permission: 'read',
    request: nothing,
    response: z.strictObject({ pathways: z.array(pathwayField) }),
    errors: [],
  }),
  /** Adds a template or changes one from now on; what was started before stays as it was entered. */
  'pathway.set': command({
    permission: 'manage',
    request: z.strictObject({ pathway: pathwayField }),
    response: z.strictObject({ pathwayId: pathwayIdField }),
    errors: ['unknown-work-kind'],
  }),
  /** When its steps would run, one after the other, in the adopted plan; writes nothing. */
  'pathway.quote': query({
    permission: 'read',
    request: z.strictObject({ pathwayId: pathwayIdField, earliestStart: instantField.nullable() }),
    response: z.strictObject({
      now: instantField,
      needsPatient: z.boolean(),
      steps: z.array(quotedStepField),
    }),
    errors: [
      'unknown-pathway',
      'unknown-work-kind',
      'unknown-pool',
      'invalid-need',
      'patient-required',
      'exceeds-capacity',
      'start-in-the-past',
    ],
  }),
  /** Enters a task per step, each after the one before: all of them or none. */
  'pathway.start': command({
    permission: 'enter',
    request: z.strictObject({
      pathwayId: pathwayIdField,
      patient: taskDraftField.shape.patient,
      earliestStart: instantField.nullable(),
    }),
    response: z.strictObject({ taskIds: z.array(taskIdField) }),
    errors: [
      'unknown-pathway',
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
    ],
  }),
  /** The tasks that were entered together with this one; null for one entered by itself. */
  'pathway.chain': query({
    permission: 'read',
    request: z.strictObject({ taskId: taskIdField }),
    response: z.strictObject({
      chain: pathwayChainField.nullable(),
    }),
    errors: ['unknown-task'],
  }),
  /** Cancels a task together with those of its pathway that come after it and are still open. */
  'pathway.cancel': command({
    permission: 'enter',
    request: z.strictObject({ taskId: taskIdField }),
    response: z.strictObject({ cancelled: z.array(taskIdField) }),
    errors: [
      'unknown-task',
      'action-not-possible',
      'time-in-the-future',
      'time-before-start',
      'unit-still-in-use',
    ],
  }),
};
