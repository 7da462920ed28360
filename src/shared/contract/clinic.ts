/**
 * The application itself across the bridge: what it is open on, first run, people, settings, folders.
 */
import { z } from 'zod';
import { STAFF_ROLES } from '../domain/clinic.ts';
import { IDENTIFIERS } from '../domain/day-list.ts';
import { TARGET_SECONDS_MAX, TRIAGE_PRESETS, URGENCY_CLASSES } from '../domain/urgency.ts';
import { command, query, type Immutable } from './channel.ts';
import {
  branded,
  givenNameField,
  instantField,
  localTextField,
  localeField,
  nothing,
  policyField,
  poolIdField,
  positiveSecondsField,
  staffIdField,
  subsystemField,
  urgencyField,
  workKindIdField,
} from './fields.ts';
import type { Seconds } from '../units.ts';
import { poolField } from './pools.ts';

export const staffField = z.strictObject({
  id: staffIdField,
  name: z.string(),
  jobTitle: localTextField,
  role: z.enum(STAFF_ROLES),
  isActive: z.boolean(),
});

/** `recorded`: what the ledger said then. `effective`: what is known today of how things stood then. */
export const LOOK_BACK_BY = ['recorded', 'effective'] as const;

/** Why there is no ledger to work on; the window shows what happened and what to do next. */
export const LEDGER_PROBLEMS = [
  'not-a-ledger',
  'ledger-damaged',
  'ledger-newer',
  'ledger-read-only',
  'ledger-busy',
  'disk-full',
  'folder-missing',
  'ledger-on-network',
  'other-installation',
  'keys-missing',
  'keys-damaged',
  'ledger-io',
] as const;
export type LedgerProblem = (typeof LEDGER_PROBLEMS)[number];

/** Why everything can be read and nothing entered. */
export const READ_ONLY_CAUSES = ['disk-full', 'ledger-read-only'] as const;

export const THEMES = ['system', 'light', 'dark', 'contrast'] as const;

export const triageLevelField = z.strictObject({
  urgency: urgencyField,
  name: givenNameField,
  targetSeconds: branded<Seconds>(z.int().min(0).max(TARGET_SECONDS_MAX)),
});

export const clinicField = z.strictObject({
  name: localTextField,
  timeZone: z.string(),
  language: localeField,
  triagePreset: z.enum(TRIAGE_PRESETS),
  ownTriage: z.array(triageLevelField).max(URGENCY_CLASSES.length).nullable().optional(),
  isSample: z.boolean(),
});

/** Two different identifiers, in the order in which they are read. */
export const identifierPairField = z
  .strictObject({ first: z.enum(IDENTIFIERS), second: z.enum(IDENTIFIERS) })
  .refine(({ first, second }) => first !== second);

/** By subsystem; one that is not there begins with an empty form. */
export const defaultKindsField = z.partialRecord(subsystemField, workKindIdField);

export const subsystemSettingField = z.strictObject({
  subsystem: subsystemField,
  policy: policyField,
  weight: z.int().positive(),
});

const headField = z.strictObject({ epoch: z.int(), length: z.int(), hash: z.string() });

export const appStateField = z.strictObject({
  version: z.string(),
  /** `testruntime` when it runs on a stand-in runtime that is never released. */
  runtimeFlavor: z.string(),
  ledgerPath: z.string(),
  problem: z.enum(LEDGER_PROBLEMS).nullable(),
  /** Set while the ledger is open and cannot be written: commands are refused with `ledger-read-only`. */
  readOnly: z.enum(READ_ONLY_CAUSES).nullable(),
  /** Null until first run has made one. */
  clinic: clinicField.nullable(),
  /** What the window is to speak; null on a first run under a language that is neither English nor Chinese. */
  locale: localeField.nullable(),
  theme: z.enum(THEMES),
  systemTimeZone: z.string(),
  /** The clinic's while there is a problem, as the ledger or its last backup still says it; null where neither does. */
  foundTimeZone: z.string().nullable(),
  staff: z.array(staffField),
  person: staffField.nullable(),
  subsystems: z.array(subsystemSettingField),
  /** Which two tell a patient apart, in every row and on paper. */
  identifiers: identifierPairField,
  waitingCounts: z.record(subsystemField, z.int()),
  head: headField.nullable(),
  /** The instant that everything is shown as of; null while it is now. `head` in it is what was known by then. */
  lookBack: z.strictObject({ at: instantField, by: z.enum(LOOK_BACK_BY), head: headField }).nullable(),
});
export type AppState = Immutable<z.infer<typeof appStateField>>;

const ownDefault = z.strictObject({
  subsystem: subsystemField,
  poolId: poolIdField,
  durationSeconds: positiveSecondsField,
});

const BACKUP_ERRORS = ['folder-missing', 'backup-of-another', 'backup-not-verified'] as const;

const backupFileField = z.strictObject({
  name: z.string(),
  bytes: z.int(),
  /** Null where nothing says that the file was verified as it lies there. */
  verified: z.strictObject({ at: instantField, length: z.int() }).nullable(),
});

export const backupPlanField = z.strictObject({
  plan: z
    .strictObject({
      folder: z.string(),
      /** Minute of the clinic's day. */
      atMinute: z.int(),
      atClosing: z.boolean(),
      failure: z.strictObject({ at: instantField, code: z.string() }).nullable(),
    })
    .nullable(),
  last: z.strictObject({ at: instantField, path: z.string() }).nullable(),
  /** Newest first; null where the folder is not there. */
  files: z.array(backupFileField).nullable(),
});
export type BackupPlanView = Immutable<z.infer<typeof backupPlanField>>;

export const clinicChannels = {
  'app.state': query({ permission: 'none', request: nothing, response: appStateField, errors: [] }),
  /** Opens the sample clinic in its own ledger, made on first use. */
  'sample.open': command({
    permission: 'none',
    request: z.strictObject({ language: localeField }),
    response: nothing,
    errors: [],
  }),
  /** Leaves the sample clinic for this machine's own ledger. */
  'sample.leave': command({
    permission: 'none',
    request: nothing,
    response: nothing,
    errors: ['not-a-sample', 'demonstration'],
  }),
  /** First run: the clinic, its first person, its pools, and a default kind of work per subsystem. */
  'clinic.create': command({
    permission: 'none',
    request: z.strictObject({
      name: givenNameField,
      timeZone: z.string(),
      language: localeField,
      person: z.strictObject({ name: z.string().trim().min(1).max(80), jobTitle: givenNameField }),
      pools: z.array(poolField).max(200),
      defaults: z.array(ownDefault).max(5),
    }),
    response: nothing,
    errors: ['clinic-exists', 'unknown-time-zone', 'invalid-pool', 'unknown-pool'],
  }),
  'person.switch': command({
    permission: 'none',
    request: z.strictObject({ staffId: staffIdField }),
    response: nothing,
    errors: ['unknown-person'],
  }),
  'staff.set': command({
    permission: 'manage',
    request: z.strictObject({ member: staffField.extend({ name: z.string().trim().min(1).max(80) }) }),
    response: nothing,
    errors: ['last-manager'],
  }),
  'subsystem.set': command({
    permission: 'manage',
    request: z.strictObject({ setting: subsystemSettingField }),
    response: nothing,
    errors: [],
  }),
  /** Which kind of work a new task begins with; null for none. */
  'subsystem.set-default': command({
    permission: 'manage',
    request: z.strictObject({ subsystem: subsystemField, workKindId: workKindIdField.nullable() }),
    response: nothing,
    errors: ['unknown-work-kind'],
  }),
  'clinic.set': command({
    permission: 'manage',
    request: z.strictObject({ clinic: clinicField.omit({ isSample: true }) }),
    response: nothing,
    errors: ['unknown-time-zone', 'invalid-triage'],
  }),
  /** Which two identifiers tell a patient apart, in every row and on paper. */
  'identifiers.set': command({
    permission: 'manage',
    request: z.strictObject({ identifiers: identifierPairField }),
    response: nothing,
    errors: [],
  }),
  /** How this window looks and speaks; kept beside the ledger, because it is nobody's decision about the clinic. */
  'preference.set': command({
    permission: 'none',
    request: z.strictObject({ locale: localeField.optional(), theme: z.enum(THEMES).optional() }),
    response: nothing,
    errors: [],
  }),
  /** After a refusal `clock-jump`: a person has looked at the date and time and says that they are right. */
  'clock.confirm': command({ permission: 'none', request: nothing, response: nothing, errors: [] }),
  /** Shows everything as of an instant, whoever asks; null goes back to now. */
  'look-back.set': command({
    permission: 'read',
    request: z.strictObject({
      to: z.strictObject({ at: instantField, by: z.enum(LOOK_BACK_BY) }).nullable(),
    }),
    response: nothing,
    errors: ['time-in-the-future', 'before-the-books'],
  }),
  /** The last backup that was made and verified; null before the first. */
  'backup.last': query({
    permission: 'read',
    request: nothing,
    response: z.strictObject({ last: z.strictObject({ at: instantField, path: z.string() }).nullable() }),
    errors: [],
  }),
  /** A backup of the ledger and its keys into a folder that a person chooses; null when the dialog was cancelled. */
  'backup.make': command({
    permission: 'manage',
    request: nothing,
    response: z.strictObject({ path: z.string().nullable() }),
    errors: BACKUP_ERRORS,
  }),
  /** Backups by themselves: where and when, what came of the last one, and what lies in that folder. */
  'backup.plan': query({ permission: 'read', request: nothing, response: backupPlanField, errors: [] }),
  /** Asks for the folder of planned backups; a plan begins with it. Null when the dialog was cancelled. */
  'backup.choose-folder': command({
    permission: 'install',
    request: nothing,
    response: z.strictObject({ folder: z.string().nullable() }),
    errors: ['folder-missing'],
  }),
  'backup.set-time': command({
    permission: 'install',
    request: z.strictObject({ atMinute: z.int().min(0).max(1439), atClosing: z.boolean() }),
    response: nothing,
    errors: ['no-backup-plan'],
  }),
  /** No more backups by themselves; those that were made stay. */
  'backup.stop': command({ permission: 'install', request: nothing, response: nothing, errors: [] }),
  /** A backup into the planned folder at once. */
  'backup.now': command({
    permission: 'install',
    request: nothing,
    response: z.strictObject({ path: z.string(), pruned: z.int() }),
    errors: ['no-backup-plan', ...BACKUP_ERRORS],
  }),
};
