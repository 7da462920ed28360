/**
 * What the exports of reports are set to: what figures are called in other systems, and which exports the application
 * makes by itself. Both are settings of the clinic, kept in the ledger.
 */
import { z } from 'zod';
import { DHIS2_UID } from '../domain/export-mapping.ts';
import { MONTH_DAY_MAX } from '../domain/export-schedule.ts';
import { EXPORT_FORMATS } from '../domain/report.ts';
import { command, query } from './channel.ts';
import { groupingField } from './report-groups.ts';
import { localDateField, localeField, nothing, poolIdField, staffIdField, subsystemField } from './fields.ts';

const uidField = z.string().regex(DHIS2_UID);

export const mappingField = z.strictObject({
  organisation: z
    .strictObject({ system: z.string().min(1).max(200), value: z.string().min(1).max(200) })
    .nullable(),
  orgUnit: uidField.nullable(),
  dataSet: uidField.nullable(),
  dataElements: z
    .array(
      z.strictObject({
        figure: z.string().min(1).max(200),
        dataElement: uidField,
        categoryOptionCombo: uidField.nullable(),
      }),
    )
    .max(5000),
});

const scheduleShape = {
  id: z.string().regex(/^[A-Za-z0-9._:-]{1,64}$/),
  cadence: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('weekly'), weekday: z.int().min(0).max(6) }),
    z.strictObject({ kind: z.literal('monthly'), day: z.int().min(1).max(MONTH_DAY_MAX) }),
  ]),
  format: z.enum(EXPORT_FORMATS),
  locale: localeField,
  folder: z.string().min(1).max(4096),
  poolIds: z.array(poolIdField).min(1).max(500).nullable(),
  subsystems: z.array(subsystemField).min(1).max(5).nullable(),
  grouping: groupingField,
  isForOutside: z.boolean(),
};
export const scheduleField = z.strictObject({
  ...scheduleShape,
  madeBy: staffIdField,
  since: localDateField,
});

export const reportSettingChannels = {
  /** The mapping, and every figure of the last whole month's report that a data element can stand for. */
  'report.mapping': query({
    permission: 'read',
    request: z.strictObject({ locale: localeField }),
    response: z.strictObject({
      mapping: mappingField,
      figures: z.array(
        z.strictObject({
          key: z.string(),
          table: z.string(),
          row: z.string(),
          figure: z.string(),
          /** What its value is given in; null for plain numbers. */
          unit: z.string().nullable(),
        }),
      ),
    }),
    errors: [],
  }),
  'report.set-mapping': command({
    permission: 'manage',
    request: mappingField,
    response: nothing,
    errors: ['mapped-twice'],
  }),
  'report.schedules': query({
    permission: 'read',
    request: nothing,
    response: z.strictObject({
      schedules: z.array(
        scheduleField.extend({
          nextDue: localDateField,
          /** The newest that was tried; null before the first. */
          last: z.strictObject({ due: localDateField, code: z.string() }).nullable(),
          /** The newest that is due and not done, and why; null when none is. */
          lastFailure: z.strictObject({ due: localDateField, code: z.string() }).nullable(),
          /** How many were due and are not done. */
          failed: z.int(),
        }),
      ),
    }),
    errors: [],
  }),
  /** Adds a schedule or changes one (same id). */
  'report.set-schedule': command({
    permission: 'manage',
    request: z.strictObject(scheduleShape),
    response: nothing,
    errors: ['raw-stays-inside', 'folder-not-absolute', 'unknown-pool'],
  }),
  'report.drop-schedule': command({
    permission: 'manage',
    request: z.strictObject({ id: scheduleShape.id }),
    response: nothing,
    errors: ['unknown-schedule'],
  }),
  /** Asks for a folder with the system's dialog; null when cancelled. */
  'report.choose-folder': query({
    permission: 'manage',
    request: nothing,
    response: z.strictObject({ folder: z.string().nullable() }),
    errors: [],
  }),
};
