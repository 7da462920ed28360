/**
 * What a task comes after: chosen one by one by the person who enters it, checked before it is written. Pure: tasks are
 * looked up by the caller. A task that was given up is no predecessor, and nothing comes after itself, by however many
 * others.
 */
import type { TaskDraft } from '../../../shared/contract/tasks.ts';
import type { TaskState } from '../../../shared/domain/lifecycle.ts';
import { isOpen } from '../../../shared/domain/lifecycle.ts';
import type { Allocation, Task } from '../../../shared/domain/task.ts';
import type { TaskId } from '../../../shared/ids.ts';
import type { Result } from '../../../shared/result.ts';
import { accept, refuse } from '../../../shared/result.ts';
import { seconds } from '../../../shared/units.ts';
import type { DraftFacts, DraftRefusal, QuotableDraft } from './draft-to-task.ts';
import { taskOfDraft } from './draft-to-task.ts';

type Wanted = NonNullable<TaskDraft['after']>;
/** `delays` stands beside `after` in its order, and is left out where none is asked for. */
export type After = Pick<Task, 'after' | 'delays'>;

/** Open or over: work that was given up never ends. */
function mayComeBefore(state: TaskState): boolean {
  return isOpen(state) || state === 'finished';
}

/**
 * @param taskId  the task that is to come after the others
 * @returns the first refusal in the order of the list; `params.taskId` names the task it is about
 */
export function afterOf(
  wanted: Wanted,
  taskId: TaskId,
  find: (id: TaskId) => Task | null,
): Result<After, 'unknown-predecessor' | 'precedence-cycle'> {
  for (const row of wanted) {
    const before = find(row.taskId);
    if (!before || !mayComeBefore(before.state)) return refuse('unknown-predecessor', { taskId: row.taskId });
    if (leadsTo(before, taskId, find)) return refuse('precedence-cycle', { taskId: row.taskId });
  }
  const delays = wanted.map((row) => row.delaySeconds);
  return accept({
    after: wanted.map((row) => row.taskId),
    ...(delays.some((delay) => delay > 0) && { delays }),
  });
}

/** A task as it was typed, with what it comes after. @returns what is wrong with the rest of it first */
export function linkedTaskOfDraft(
  draft: QuotableDraft,
  facts: DraftFacts & { task(id: TaskId): Task | null },
): Result<Task, DraftRefusal | 'unknown-predecessor' | 'precedence-cycle'> {
  const made = taskOfDraft(draft, facts);
  if (!made.ok || draft.after === undefined) return made;
  const after = afterOf(draft.after, facts.taskId, (id) => facts.task(id));
  return after.ok ? accept({ ...made.value, ...after.value }) : after;
}

/** Whether a task is the target, or comes after it, directly or by others. */
function leadsTo(task: Task, target: TaskId, find: (id: TaskId) => Task | null): boolean {
  const seen = new Set<TaskId>();
  const open: TaskId[] = [task.id];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (id === target) return true;
    if (seen.has(id)) continue;
    seen.add(id);
    open.push(...(find(id)?.after ?? []));
  }
  return false;
}

/** As a form holds it. */
export function wantedOf({ after, delays }: After): Wanted {
  return after.map((taskId, place) => ({ taskId, delaySeconds: delays?.[place] ?? seconds(0) }));
}

/**
 * Whether promised work may stay where it is: the earlier tasks are over by its start, delays included.
 * @param placeOf  what a task holds; null where it holds nothing
 */
export function endsInTime(
  { after, delays }: After,
  start: number,
  given: { task(id: TaskId): Task | null; placeOf(id: TaskId): Allocation | null },
): boolean {
  return after.every((id, place) => {
    const end = given.task(id)?.endedAt ?? given.placeOf(id)?.segments.at(-1)?.end ?? Infinity;
    return end + (delays?.[place] ?? 0) <= start;
  });
}
