/**
 * A line of a task's record in words: what was done by whom, and when it truly happened where that was entered later.
 */
import type { Response } from '../../../shared/contract/index.ts';
import { TASK_ACTIONS, type TaskAction } from '../../../shared/domain/lifecycle.ts';
import { m } from '../../../shared/messages/index.ts';
import { MINUTE, type Instant } from '../../../shared/units.ts';
import { format } from '../../format/format.svelte.ts';

export type TaskDetail = Response<'task.get'>;
type RecordEntry = TaskDetail['history'][number];

const DONE: Readonly<Record<TaskAction, () => string>> = {
  hold: m.workspace_done_hold,
  resume: m.workspace_done_resume,
  plan: m.workspace_done_plan,
  unplan: m.workspace_done_unplan,
  confirm: m.workspace_done_confirm,
  start: m.workspace_done_start,
  finish: m.workspace_done_finish,
  release: m.workspace_done_release,
  miss: m.workspace_done_miss,
  'undo-miss': m.workspace_done_undo_miss,
  cancel: m.workspace_done_cancel,
  preempt: m.workspace_done_preempt,
};

/** Entries that carry no action of the lifecycle. */
const KINDS: Readonly<Record<string, () => string>> = {
  'task-submitted': m.workspace_done_submit,
  'task-amended': m.workspace_done_amend,
  'task-rescheduled': m.workspace_done_reschedule,
  'task-reversed': m.workspace_done_reversed,
  'task-imported': m.workspace_done_import,
  'plan-adopted': m.workspace_done_replan,
  'allocation-repaired': m.workspace_done_repaired,
  'proposal-declined': m.workspace_done_declined,
  'import-reversed': m.workspace_done_import_reversed,
  'day-closed': m.workspace_done_day_close,
};

/** Later than this, an entry was made after the fact. */
const ENTERED_LATER_SECONDS = MINUTE;

/** What an action has done: `finished`. */
export function doneWord(action: TaskAction): string {
  return DONE[action]();
}

export function recordWords(entry: RecordEntry, now: Instant): string {
  const action = TASK_ACTIONS.find((candidate) => candidate === entry.action);
  const what = (action ? DONE[action] : (KINDS[entry.kind] ?? m.workspace_done_other))();
  const person = entry.actorName;
  if (Math.abs(entry.recordedAt - entry.effectiveAt) < ENTERED_LATER_SECONDS) {
    return m.workspace_record_by({ what, person });
  }
  return m.workspace_record_effective({ what, person, time: format.moment(entry.effectiveAt, now) });
}
