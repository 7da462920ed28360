/** The words of what a task would displace, and of what is worth knowing before it is entered. */
import type { QuoteView } from '../../../shared/contract/tasks.ts';
import { m } from '../../../shared/messages/index.ts';
import { format } from '../../format/format.svelte.ts';
import { text } from '../../locale.svelte.ts';

type Warning = QuoteView['warnings'][number];
type Blocker = QuoteView['displaces'][number]['task'];

const WORDS: Readonly<Record<Warning['code'], (warning: Warning) => string>> = {
  'target-passed': ({ seconds }) => m.workspace_warning_target({ late: format.duration(seconds ?? 0) }),
  'due-passed': () => m.workspace_warning_due(),
  'patient-busy': ({ task }) => m.workspace_warning_busy({ task: task ? text(task.workKind) : '' }),
  'patient-same-kind': () => m.workspace_warning_same(),
};

export function warningWords(warning: Warning): string {
  return WORDS[warning.code](warning);
}

export function taskWords({ workKind, patientName }: Blocker): string {
  const task = text(workKind);
  return patientName === null ? task : m.workspace_task_of({ task, patient: patientName });
}
