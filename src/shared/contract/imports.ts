/**
 * Bringing in another system's export: choose a folder, see what would be taken and what not, set where each kind of
 * work goes, then write all of it as one batch or nothing. Progress comes as `import.progress` events.
 */
import { z } from 'zod';
import { IMPORT_MODES, ROW_PROBLEMS, ROW_REMARKS, SOURCE_TABLES } from '../domain/intake.ts';
import { command, query } from './channel.ts';
import {
  batchIdField,
  instantField,
  localDateField,
  nothing,
  poolIdField,
  positiveMilliField,
  positiveSecondsField,
  urgencyField,
} from './fields.ts';
import { poolField } from './pools.ts';

export const tableMappingField = z.strictObject({
  table: z.enum(SOURCE_TABLES),
  isIncluded: z.boolean(),
  poolId: poolIdField,
  rateMilli: positiveMilliField,
  defaultDurationSeconds: positiveSecondsField,
  urgency: urgencyField,
});

const FOLDER_REFUSALS = [
  'folder-missing',
  'not-an-export',
  'missing-column',
  'file-unreadable',
  'cancelled',
] as const;

export const importChannels = {
  /** The system's folder dialog; null when it was cancelled. */
  'import.choose-folder': query({
    permission: 'import',
    request: nothing,
    response: z.strictObject({ folder: z.string().nullable() }),
    errors: [],
  }),
  'import.preview': query({
    permission: 'import',
    request: z.strictObject({
      folder: z.string().min(1).max(4096),
      mode: z.enum(IMPORT_MODES),
      /** Null: prefilled. */
      mappings: z.array(tableMappingField).nullable(),
    }),
    response: z.strictObject({
      mappings: z.array(tableMappingField),
      /** Pools that do not exist yet and would be made for this import. */
      newPools: z.array(poolField),
      patients: z.int(),
      tables: z.array(
        z.strictObject({
          table: z.enum(SOURCE_TABLES),
          rows: z.int(),
          taken: z.int(),
          leftOut: z.int(),
          remarks: z.record(z.enum(ROW_REMARKS), z.int()),
        }),
      ),
      /** The first thousand; `problemCount` counts them all. */
      problems: z
        .array(
          z.strictObject({
            file: z.string(),
            line: z.int(),
            code: z.enum(ROW_PROBLEMS),
            column: z.string().nullable(),
          }),
        )
        .max(1000),
      problemCount: z.int(),
      firstDate: localDateField.nullable(),
      lastDate: localDateField.nullable(),
    }),
    errors: FOLDER_REFUSALS,
  }),
  'import.commit': command({
    permission: 'import',
    request: z.strictObject({
      folder: z.string().min(1).max(4096),
      mode: z.enum(IMPORT_MODES),
      mappings: z.array(tableMappingField),
    }),
    response: z.strictObject({
      batchId: batchIdField,
      taken: z.int(),
      leftOut: z.int(),
      patients: z.int(),
      /** The month to open Reports on, `YYYY-MM`; null when nothing has a time. */
      busiestMonth: z.string().nullable(),
    }),
    errors: [...FOLDER_REFUSALS, 'unknown-pool', 'invalid-need', 'nothing-to-import'],
  }),
  /** Stops a preview or commit under way; what was not committed leaves nothing behind. */
  'import.cancel': query({ permission: 'import', request: nothing, response: nothing, errors: [] }),
  'import.list': query({
    permission: 'read',
    request: nothing,
    response: z.strictObject({
      batches: z.array(
        z.strictObject({
          batchId: batchIdField,
          recordedAt: instantField,
          sourceName: z.string(),
          mode: z.enum(IMPORT_MODES),
          taken: z.int(),
          actorName: z.string(),
          isReversed: z.boolean(),
        }),
      ),
    }),
    errors: [],
  }),
  'import.reverse': command({
    permission: 'import',
    request: z.strictObject({ batchId: batchIdField }),
    response: nothing,
    errors: ['unknown-batch', 'already-reversed', 'batch-in-use'],
  }),
};
