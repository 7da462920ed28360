/** At which field of the task form a refusal is said; the rest stands under the form. */
import type { ErrorCode } from '../../../shared/contract/index.ts';
import { REFUSED_FIELDS } from '../../forms/refused-fields.ts';
import type { FormField } from './task-form-values.ts';

export type SubmitCode = ErrorCode<'task.submit'> | ErrorCode<'task.amend'>;

const FIELDS: Partial<Record<SubmitCode, FormField>> = REFUSED_FIELDS['task.amend'];

export function refusedField(code: SubmitCode): FormField {
  return FIELDS[code] ?? 'form';
}
