/** Day close, and the list of a day for the hours without power. */
import { z } from 'zod';
import { LIST_WAYS } from '../domain/day-list.ts';
import type { Immutable } from './channel.ts';
import { command, query } from './channel.ts';
import { identifierPairField } from './clinic.ts';
import {
  instantField,
  localDateField,
  localTextField,
  localeField,
  nothing,
  poolIdField,
  staffIdField,
  taskIdField,
  unitIdField,
} from './fields.ts';
import { sheetProvenanceField } from './timeline.ts';
import { ACT_REFUSALS, taskRowField } from './tasks.ts';

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

/** Promised, planned and running work of a local day, per pool and unit, in the order of the pools; by start. */
export const dayListField = z.strictObject({
  date: localDateField,
  clinicName: localTextField,
  groups: z.array(
    z.strictObject({
      poolId: poolIdField,
      poolName: localTextField,
      /** The named unit; null for a divisible pool, and for work without one yet. */
      unitId: unitIdField.nullable(),
      unitName: localTextField.nullable(),
      rows: z.array(z.strictObject({ row: taskRowField, start: instantField, end: instantField })),
    }),
  ),
});
export type DayListView = Immutable<z.infer<typeof dayListField>>;

/** The list as the print page gets it. */
export const daySheetField = z.strictObject({
  kind: z.literal('day-list'),
  day: dayListField,
  now: instantField,
  identifiers: identifierPairField,
  /** What the foot of the page says. */
  period: z.strictObject({ fromDate: localDateField, untilDate: localDateField }),
  provenance: sheetProvenanceField,
});
export type DaySheet = Immutable<z.infer<typeof daySheetField>>;

const listSettingShape = {
  isOn: z.boolean(),
  lists: z
    .array(z.strictObject({ poolId: poolIdField, unitId: unitIdField.nullable() }))
    .min(1)
    .max(500)
    .nullable(),
  way: z.enum(LIST_WAYS),
  printer: z.string().min(1).max(400).nullable(),
  folder: z.string().min(1).max(4096).nullable(),
  locale: localeField,
};
export const dayListSettingField = z.strictObject({ ...listSettingShape, madeBy: staffIdField });

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
  /** Whether the list prints by itself, on what it could, and what came of it last. */
  'day-list.get': query({
    permission: 'read',
    request: nothing,
    response: z.strictObject({
      /** Null while nobody has set it. */
      setting: dayListSettingField.nullable(),
      printers: z.array(z.string()),
      last: z.strictObject({ date: localDateField, code: z.string() }).nullable(),
    }),
    errors: [],
  }),
  'day-list.set': command({
    permission: 'manage',
    request: z.strictObject(listSettingShape),
    response: nothing,
    errors: ['folder-not-absolute', 'folder-needed', 'unknown-pool'],
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
    request: z.strictObject({
      date: localDateField,
      /** With planned work that could have begun by then and has since been planned for later: to enter back. */
      withMoved: z.boolean().optional(),
    }),
    response: dayListField,
    errors: [],
  }),
  /**
   * True times from the paper list: what began and ended when, in one go. A task that does not allow its times is named
   * with why, and stays as it is.
   */
  'day.enter-times': command({
    permission: 'enter',
    request: z.strictObject({
      times: z
        .array(
          z.strictObject({
            taskId: taskIdField,
            /** Null where it has begun already. */
            start: instantField.nullable(),
            /** Null while it still runs. */
            end: instantField.nullable(),
          }),
        )
        .min(1)
        .max(500),
    }),
    response: z.strictObject({
      done: z.array(taskIdField),
      refused: z.array(z.strictObject({ taskId: taskIdField, code: z.enum(ACT_REFUSALS) })),
    }),
    errors: [],
  }),
};
