/** What is worth knowing before a task is entered, in the order of the contract; it can be entered all the same. Pure. */
import type { TaskRecord } from '../../ledger/index.ts';
import type { QuoteView } from '../../../shared/contract/tasks.ts';
import { isOpen } from '../../../shared/domain/lifecycle.ts';
import type { Task } from '../../../shared/domain/task.ts';
import type { TaskId } from '../../../shared/ids.ts';
import type { Instant, Seconds } from '../../../shared/units.ts';
import { seconds } from '../../../shared/units.ts';

type Warning = QuoteView['warnings'][number];

export function warningsOf(
  task: Task,
  start: Instant | null,
  given: {
    readonly targetSeconds: Seconds;
    /** The patient's other tasks. */
    readonly others: readonly TaskRecord[];
    blocker(id: TaskId): Warning['task'];
  },
): Warning[] {
  const open = given.others.filter((other) => other.task.id !== task.id && isOpen(other.task.state));
  const busy =
    start === null ? undefined : open.find((other) => overlaps(other, start, task.durationSeconds));
  const same = open.find((other) => other.task.workKindId === task.workKindId && other !== busy);
  const late = start === null ? 0 : start - task.earliestStart - given.targetSeconds;
  const isDuePassed = start !== null && task.due !== null && start + task.durationSeconds > task.due;
  return [
    ...(late > 0 ? [warning('target-passed', null, seconds(late))] : []),
    ...(isDuePassed ? [warning('due-passed', null)] : []),
    ...(busy ? [warning('patient-busy', given.blocker(busy.task.id))] : []),
    ...(same ? [warning('patient-same-kind', given.blocker(same.task.id))] : []),
  ];
}

function warning(code: Warning['code'], task: Warning['task'], late: Seconds | null = null): Warning {
  return { code, task, seconds: late };
}

function overlaps({ allocation }: TaskRecord, start: Instant, durationSeconds: Seconds): boolean {
  const end = start + durationSeconds;
  return allocation?.segments.some((segment) => segment.start < end && segment.end > start) ?? false;
}
