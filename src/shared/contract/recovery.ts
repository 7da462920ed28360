/**
 * What a person can do about a damaged ledger, before anybody can sit down at it: nobody's permission is asked, and every
 * channel is refused as long as the ledger opens. Paths never come from the window: a person chooses them in a dialog.
 */
import { z } from 'zod';
import { RESTORE_REASONS } from '../domain/restore-reason.ts';
import { command, query, type Immutable } from './channel.ts';
import { instantField, nothing } from './fields.ts';
import { historyEntryField } from './ledger.ts';

const BACKUP_ERRORS = [
  'not-a-backup',
  'backup-newer',
  'backup-unproven',
  'backup-without-keys',
  'ledger-busy',
  'ledger-damaged',
  'folder-missing',
  'ledger-on-network',
  'keys-missing',
  'keys-damaged',
] as const;
const RESTORE_ERRORS = ['not-damaged', ...BACKUP_ERRORS] as const;

export const restorePreviewField = z.strictObject({
  /** File name of the backup. */
  name: z.string(),
  length: z.int(),
  /** When its last entry was recorded. */
  lastRecordedAt: instantField.nullable(),
  /** Entries that are not in the backup; null where that cannot be told. */
  lostEntries: z.int().nullable(),
  /** False where the ledger can be read and the backup is another one's. */
  isSameLedger: z.boolean(),
});

/** Entries that are told one by one. */
export const LOST_ENTRIES_TOLD = 200;

/** What keeping the longest valid chain would leave out. */
export const salvagePreviewField = z.strictObject({
  /** Entries that would be kept: the first ones. */
  keeps: z.int(),
  /** When the last of those was recorded; null where there is none. */
  keptUntil: instantField.nullable(),
  /** Entries that would be left out; null where that cannot be told. */
  lostEntries: z.int().nullable(),
  /** When the last of those was recorded, as far as they can be trusted. */
  lostUntil: instantField.nullable(),
  /** How many of those can be read, and of what kind they are, the most frequent first. */
  readableEntries: z.int(),
  kinds: z.array(z.strictObject({ kind: z.string(), count: z.int() })),
  /** The first of those, in order. No patient is named: nobody sits at the desk. */
  told: z
    .array(
      z.strictObject({
        seq: z.int(),
        /** Null where the entry is not what was written, so that nothing of it can be believed. */
        said: historyEntryField.nullable(),
      }),
    )
    .max(LOST_ENTRIES_TOLD),
});
export type SalvagePreviewView = Immutable<z.infer<typeof salvagePreviewField>>;

export const recoveryChannels = {
  /** Proves one backup of a ledger that is whole: one of the planned ones by its name, or one chosen in a dialog. */
  'restore.choose': command({
    permission: 'install',
    request: z.strictObject({ name: z.string().min(1).max(255).nullable() }),
    /** Null when the dialog was cancelled. */
    response: z.strictObject({ preview: restorePreviewField.nullable() }),
    errors: ['no-backup-plan', ...BACKUP_ERRORS],
  }),
  /** Puts the backup that was chosen in the ledger's place; the ledger stays beside it under another name. */
  'restore.run': command({
    permission: 'install',
    request: z.strictObject({ why: z.enum(RESTORE_REASONS) }),
    response: z.strictObject({ length: z.int(), epoch: z.int() }),
    errors: ['no-backup-chosen', ...BACKUP_ERRORS],
  }),
  /** Asks for a folder and proves the newest backup in it; null when the dialog was cancelled. Changes nothing. */
  'recovery.choose-backup': command({
    permission: 'none',
    request: nothing,
    response: z.strictObject({ preview: restorePreviewField.nullable() }),
    errors: RESTORE_ERRORS,
  }),
  /** Restores the backup that was chosen. */
  'recovery.restore': command({
    permission: 'none',
    request: nothing,
    response: z.strictObject({ length: z.int() }),
    errors: ['no-backup-chosen', ...RESTORE_ERRORS],
  }),
  /** The answer to "was it moved here, or is this a copy?", where another installation wrote the ledger. */
  'installation.answer': command({
    permission: 'none',
    request: z.strictObject({ answer: z.enum(['moved', 'copied']) }),
    response: nothing,
    errors: ['not-asked', 'ledger-busy', 'ledger-damaged', 'folder-missing'],
  }),
  /** Looks how much of the chain can be kept. Changes nothing. */
  'recovery.preview-salvage': query({
    permission: 'none',
    request: nothing,
    response: z.strictObject({ preview: salvagePreviewField }),
    errors: ['not-damaged', 'ledger-busy', 'ledger-damaged', 'folder-missing'],
  }),
  /** Keeps the longest valid chain: as many entries as the preview said, or none where it is another number by now. */
  'recovery.salvage': command({
    permission: 'none',
    request: z.strictObject({ keeps: z.int().positive() }),
    response: z.strictObject({ length: z.int() }),
    errors: ['not-damaged', 'salvage-changed', 'ledger-busy', 'ledger-damaged', 'folder-missing'],
  }),
  /** Copies the damaged file, without its keys; null when the dialog was cancelled. */
  'recovery.save-copy': command({
    permission: 'none',
    request: nothing,
    response: z.strictObject({ path: z.string().nullable() }),
    errors: ['not-damaged', 'file-not-writable'],
  }),
};
