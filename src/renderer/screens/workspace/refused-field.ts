/** At which field of the task form a refusal is said; the rest stands under the form. */
import type { ErrorCode } from '../../../shared/contract/index.ts';
import type { FormField } from './task-form-values.ts';

export type SubmitCode = ErrorCode<'task.submit'> | ErrorCode<'task.amend'>;

const FIELDS: Partial<Record<SubmitCode, FormField>> = {
  'unknown-work-kind': 'kind',
  'patient-required': 'patient-name',
  'unknown-patient': 'patient-name',
  'unknown-pool': 'needs',
  'invalid-need': 'needs',
  'exceeds-capacity': 'needs',
  'exceeds-limit': 'needs',
  'longer-than-any-opening': 'duration',
  'end-in-the-past': 'duration',
  'fixed-start-not-possible': 'start',
  'start-in-the-past': 'start',
};

export function refusedField(code: SubmitCode): FormField {
  return FIELDS[code] ?? 'form';
}
