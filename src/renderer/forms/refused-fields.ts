/**
 * At which field of its form a refusal is said; every other refusal stands under the form or as a notice. One row per
 * command that a form sends and per code that is about one of its fields; a test compares the rows with the contract.
 */
import type { ErrorCode, CommandName } from '../../shared/contract/index.ts';

type Fields<N extends CommandName> = Readonly<Partial<Record<ErrorCode<N>, string>>>;

const OF_A_TASK = {
  'unknown-work-kind': 'kind',
  'patient-required': 'patient-name',
  'unknown-patient': 'patient-name',
  'unknown-pool': 'needs',
  'invalid-need': 'needs',
  'exceeds-capacity': 'needs',
  'exceeds-limit': 'needs',
  'longer-than-any-opening': 'duration',
  'fixed-start-not-possible': 'start',
  'start-in-the-past': 'start',
  'unknown-predecessor': 'after',
  'precedence-cycle': 'after',
} as const;

const AT = { 'time-in-the-future': 'at', 'time-before-start': 'at' } as const;

export const REFUSED_FIELDS = {
  'task.submit': OF_A_TASK,
  'task.submit-series': OF_A_TASK,
  'task.amend': {
    ...OF_A_TASK,
    'end-in-the-past': 'duration' as const,
    'predecessor-ends-later': 'after' as const,
  },
  'task.act': AT,
  'pathway.start': {
    'patient-required': 'patient',
    'unknown-patient': 'patient',
    'start-in-the-past': 'wish',
    'fixed-start-not-possible': 'wish',
  },
  'pathway.set': { 'unknown-work-kind': 'steps' },
  'pool.set': { 'guarantees-exceed-capacity': 'shares', 'unit-in-use': 'units' },
  'work-kind.set': { 'unknown-pool': 'needs', 'invalid-need': 'needs', 'exceeds-capacity': 'needs' },
  'staff.set': { 'last-manager': 'role' },
  'clinic.set': { 'unknown-time-zone': 'zone', 'invalid-triage': 'levels' },
  'look-back.set': { 'time-in-the-future': 'at', 'before-the-books': 'at' },
  'import.commit': {
    'folder-missing': 'folder',
    'not-an-export': 'folder',
    'missing-column': 'folder',
    'file-unreadable': 'folder',
  },
  'report.set-schedule': { 'folder-not-absolute': 'folder', 'raw-stays-inside': 'format' },
  'day-list.set': { 'folder-not-absolute': 'folder', 'folder-needed': 'folder' },
} satisfies { readonly [N in CommandName]?: Fields<N> };

export type FormCommand = keyof typeof REFUSED_FIELDS;

/** @returns null where the refusal is about no single field */
export function refusedFieldOf(command: FormCommand, code: string): string | null {
  const fields: Readonly<Record<string, string>> = REFUSED_FIELDS[command];
  return fields[code] ?? null;
}
