/** What was done, in a line: to one task, or to many with those named that did not allow it. */
import type { TaskRow } from '../../../shared/contract/tasks.ts';
import type { TaskAction } from '../../../shared/domain/lifecycle.ts';
import { m } from '../../../shared/messages/index.ts';
import { firstIdentifier } from '../../format/task-words.ts';
import { text } from '../../locale.svelte.ts';
import { doneWord } from './record-words.ts';

/** How many are named before the rest is counted. */
const NAMED_MAX = 3;

/** `Carotid ultrasound, Jing Chen`. */
export function shortName(row: Pick<TaskRow, 'workKind' | 'patient'> | null): string {
  if (row === null) return m.workspace_one_task();
  const kind = text(row.workKind);
  return row.patient ? m.workspace_task_of({ task: kind, patient: firstIdentifier(row.patient) }) : kind;
}

export function doneWords(action: TaskAction, row: TaskRow | null): string {
  return m.workspace_told({ what: doneWord(action), task: shortName(row) });
}

/** @param refused  the rows that did not allow it; null for one that is not in sight */
export function bulkWords(action: TaskAction, done: number, refused: readonly (TaskRow | null)[]): string {
  const said = m.workspace_told_many({
    what: doneWord(action),
    tasks: m.common_tasks_count({ count: done }),
  });
  if (refused.length === 0) return said;
  const known = refused.filter((row) => row !== null).slice(0, NAMED_MAX);
  const more = refused.length - known.length;
  const others = more > 0 ? [m.workspace_told_others({ count: more })] : [];
  const names = [...known.map(shortName), ...others].join(m.common_list_separator());
  const tasks = m.common_tasks_count({ count: refused.length });
  return `${said} ${m.workspace_told_refused({ tasks, names })}`;
}
