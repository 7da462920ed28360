/** Day close, and the list of a day for the hours without power. */
import { z } from 'zod';
import type { Immutable } from './channel.ts';
import { command, query } from './channel.ts';
import { instantField, localDateField, localTextField, poolIdField, taskIdField } from './fields.ts';
import { taskRowField } from './tasks.ts';

const DAY_CHOICES = ['as-planned', 'missed', 'open'] as const;
export type DayChoice = (typeof DAY_CHOICES)[number];

export const unfinishedField = z.strictObject({
  row: taskRowField,
  /** What nobody has entered. */
  missing: z.enum(['start', 'end']),
  /** The times that "as planned" takes. */
  start: instantField,
  end: instantField,
});
export type UnfinishedRow = Immutable<z.infer<typeof unfinishedField>>;

export const dayChannels = {
  /** What is to be settled before today is closed, whatever day it is from. */
  'day.get': query({
    permission: 'read',
    request: z.strictObject({}),
    response: z.strictObject({
      date: localDateField,
      isClosed: z.boolean(),
      rows: z.array(unfinishedField),
    }),
    errors: [],
  }),
  /** A task that is not named stays open. */
  'day.close': command({
    permission: 'enter',
    request: z.strictObject({
      choices: z.array(z.strictObject({ taskId: taskIdField, choice: z.enum(DAY_CHOICES) })).max(2000),
    }),
    response: z.strictObject({
      assumed: z.int(),
      missed: z.int(),
      /** Left open, by choice or because somebody else really held the unit then. */
      left: z.array(taskIdField),
    }),
    errors: [],
  }),
  /** Promised, planned and running work of a local day, per pool, in the order of the pools; by start. */
  'day.list': query({
    permission: 'read',
    request: z.strictObject({ date: localDateField }),
    response: z.strictObject({
      date: localDateField,
      clinicName: localTextField,
      groups: z.array(
        z.strictObject({
          poolId: poolIdField,
          poolName: localTextField,
          /** The named unit; null for a divisible pool, and for work without one yet. */
          unitName: localTextField.nullable(),
          rows: z.array(z.strictObject({ row: taskRowField, start: instantField, end: instantField })),
        }),
      ),
    }),
    errors: [],
  }),
};
