/** The words of what is wrong with a field: what the form itself found, else what the planner refused. */
import { errorWords } from '../../../shared/messages/error-words.ts';
import { PROBLEM_WORDS } from './row-words.ts';
import type { TaskFormState } from './task-form.svelte.ts';
import type { FormField } from './task-form-values.ts';

/** @returns a function of the field, to be called in a template; null where nothing is wrong */
export function fieldError(form: TaskFormState): (field: FormField) => string | null {
  return (field) => {
    const problem = form.problems[field];
    if (problem) return PROBLEM_WORDS[problem]();
    return form.refusal && form.refusedField === field ? errorWords(form.refusal) : null;
  };
}
