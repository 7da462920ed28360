/** The ledger as a book to read and to prove: its history, and a full verification with progress. */
import { z } from 'zod';
import { ENTRY_KIND_NAMES } from '../domain/entry-kind.ts';
import { EPOCH_REASONS } from '../domain/epoch-reason.ts';
import {
  CHAIN_FAULTS,
  CHECKPOINTS_TOLD,
  EPOCHS_TOLD,
  KEPT_BY,
  ROW_FAULTS,
} from '../domain/ledger-verdict.ts';
import { RESTORE_REASONS } from '../domain/restore-reason.ts';
import { query, type Immutable } from './channel.ts';
import {
  instantField,
  localDateField,
  localTextField,
  nothing,
  staffIdField,
  subsystemField,
  taskIdField,
} from './fields.ts';
import { identityField } from './tasks.ts';

/** Entries of one answer. */
export const HISTORY_PAGE = 500;
export const HISTORY_TEXT_MAX = 200;

export const historyEntryField = z.strictObject({
  seq: z.int(),
  recordedAt: instantField,
  /** When it happened; staff may enter it later. */
  effectiveAt: instantField,
  kind: z.enum(ENTRY_KIND_NAMES),
  /** Its content is not what was written: nothing that it says is told. */
  isAltered: z.boolean(),
  /** Null where the application acted by itself. */
  actorName: z.string().nullable(),
  /** A code that tells entries of one kind apart: the action, the reason, the key, the file format, the date. */
  detail: z.string().nullable(),
  /** What the entry is about, where that has a name: a pool, a person, a kind of work. */
  name: localTextField.nullable(),
  /** How many it concerned: windows of a plan, tasks of a day, rows of an import. */
  count: z.int().nullable(),
  task: z
    .strictObject({
      taskId: taskIdField,
      subsystem: subsystemField,
      workKind: localTextField,
      /** Null for work without a patient, and for one who was erased. */
      patient: identityField.nullable(),
    })
    .nullable(),
  hash: z.string(),
});
export type HistoryEntry = Immutable<z.infer<typeof historyEntryField>>;

const faultField = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('entry'),
    seq: z.int(),
    code: z.enum(CHAIN_FAULTS),
    entryKind: z.string().nullable(),
    about: z.string().nullable(),
  }),
  z.strictObject({ kind: z.literal('row'), table: z.string(), row: z.string(), code: z.enum(ROW_FAULTS) }),
  z.strictObject({ kind: z.literal('file'), text: z.string() }),
  z.strictObject({
    kind: z.literal('excess'),
    pool: localTextField,
    unit: localTextField.nullable(),
    excess: z.number(),
    unitName: localTextField,
    from: z.string(),
    until: z.string(),
    holds: z.array(z.strictObject({ taskId: z.string(), seq: z.int() })),
  }),
]);

export const verdictField = z.strictObject({
  /** When it was given, on the clock that the ledger goes by. */
  at: instantField,
  isWhole: z.boolean(),
  length: z.int(),
  epoch: z.int(),
  hash: z.string().nullable(),
  checkpoints: z.strictObject({
    matching: z.int(),
    own: z.strictObject({ count: z.int(), keptBy: z.enum(KEPT_BY), keyId: z.string() }).nullable(),
    last: z
      .array(
        z.strictObject({
          seq: z.int(),
          at: instantField,
          length: z.int(),
          head: z.string(),
          keyId: z.string(),
        }),
      )
      .max(CHECKPOINTS_TOLD),
  }),
  epochs: z
    .array(
      z.strictObject({
        epoch: z.int(),
        seq: z.int(),
        at: instantField,
        reason: z.enum(EPOCH_REASONS),
        previousHead: z.string().nullable(),
        previousLength: z.int(),
        by: z.strictObject({ name: z.string(), why: z.enum(RESTORE_REASONS) }).nullable(),
      }),
    )
    .max(EPOCHS_TOLD),
  faults: z.array(faultField),
});

export const ledgerChannels = {
  /** Newest first. A filter that is null does not filter. */
  'ledger.history': query({
    permission: 'read',
    request: z.strictObject({
      staffId: staffIdField.nullable(),
      taskId: taskIdField.nullable(),
      /** Recorded on this day of the clinic. */
      day: localDateField.nullable(),
      kind: z.enum(ENTRY_KIND_NAMES).nullable(),
      /** Every word of it in what a task is shown as: its work, its patient's identifiers, its id. */
      text: z.string().max(HISTORY_TEXT_MAX).nullable().optional(),
      /** Where the page before ended. */
      beforeSeq: z.int().nullable(),
    }),
    response: z.strictObject({
      entries: z.array(historyEntryField).max(HISTORY_PAGE),
      /** Ask on before this entry; null at the beginning of the book. With a text a page may be empty and not the last. */
      beforeSeq: z.int().nullable(),
    }),
    errors: [],
  }),
  /** The whole proof; tells `verify.progress` meanwhile. */
  'ledger.verify': query({
    permission: 'read',
    request: nothing,
    response: verdictField,
    errors: ['cancelled'],
  }),
  'ledger.cancel-verify': query({ permission: 'read', request: nothing, response: nothing, errors: [] }),
};
