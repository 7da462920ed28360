/**
 * What a row of the list and the inspector say of a task, as plain text in the window's language: needs, start, group
 * headings, form problems. Tables by code, so that a new code without words fails to compile.
 */
import type { TaskRow } from '../../../shared/contract/tasks.ts';
import { m } from '../../../shared/messages/index.ts';
import type { Instant } from '../../../shared/units.ts';
import { format } from '../../format/format.svelte.ts';
import { stateWord } from '../../format/task-words.ts';
import { text } from '../../locale.svelte.ts';
import type { FormProblem } from './task-form-values.ts';
import type { GroupId } from './queue.svelte.ts';

export const GROUP_WORDS: Readonly<Record<GroupId, () => string>> = {
  running: m.workspace_group_running,
  next: m.workspace_group_next,
  waiting: m.workspace_group_waiting,
  later: m.workspace_group_later,
  held: m.workspace_group_held,
  ended: m.workspace_group_ended,
  all: m.workspace_group_all,
};

export const PROBLEM_WORDS: Readonly<Record<FormProblem, () => string>> = {
  'kind-missing': m.workspace_problem_kind_missing,
  'name-missing': m.workspace_problem_name_missing,
  'name-too-long': m.workspace_problem_name_too_long,
  'birth-date-unreadable': m.workspace_problem_birth_date_unreadable,
  'number-too-long': m.workspace_problem_number_too_long,
  'need-missing': m.workspace_problem_need_missing,
  'need-pool-missing': m.workspace_problem_need_pool_missing,
  'need-figure-missing': m.workspace_problem_need_figure_missing,
  'need-not-whole': m.workspace_problem_need_not_whole,
  'need-above-capacity': m.workspace_problem_need_above_capacity,
  'need-twice': m.workspace_problem_need_twice,
  'duration-missing': m.workspace_problem_duration_missing,
  'start-missing': m.workspace_problem_start_missing,
  'due-unreadable': m.workspace_problem_due_unreadable,
  'interval-unreadable': m.workspace_problem_interval_unreadable,
  'note-too-long': m.workspace_problem_note_too_long,
  'reference-too-long': m.workspace_problem_reference_too_long,
  'delay-unreadable': m.workspace_problem_delay_unreadable,
};

const ONE_UNIT = 1000;

/** `Ultrasound 1 · Compute server 8 cores`: named units where it has them, else the pool, with the amount unless one. */
export function needsWords(row: Pick<TaskRow, 'needs'>): string {
  return row.needs.map(needWords).join(' · ');
}

function needWords({ unitNames, unitName, poolName, rateMilli }: TaskRow['needs'][number]): string {
  if (unitNames.length > 0) return unitNames.map(text).join(m.common_list_join());
  if (rateMilli === ONE_UNIT) return text(poolName);
  return m.workspace_need_of({ amount: format.unitCount(rateMilli, text(unitName)), pool: text(poolName) });
}

/** `10:05`, `about 10:40`, `about Thu 08:00`, `no start`; for ended work how and when it ended. */
export function startWords(row: TaskRow, now: Instant): string {
  if (row.state === 'waiting' && row.reason?.refusal) return m.workspace_no_start();
  const isOver = !['waiting', 'held', 'tentative', 'confirmed', 'running'].includes(row.state);
  if (isOver) {
    if (row.state === 'finished' && row.start !== null && row.end !== null) {
      return format.spanShort(row.start, row.end, now);
    }
    return stateWord(row.state);
  }
  if (row.start === null) return '–';
  const moment = format.momentShort(row.start, now);
  const isFirm = row.state === 'running' || row.state === 'confirmed';
  return isFirm ? moment : m.common_about_time({ time: moment });
}
