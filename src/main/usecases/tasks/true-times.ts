/**
 * Whether a move of a task can have happened when a person says it did: the table allows it, the time is not ahead of
 * the clock, and an end does not come before its start. Pure.
 */
import type { TaskAction, TaskState } from '../../../shared/domain/lifecycle.ts';
import { TRANSITIONS } from '../../../shared/domain/lifecycle.ts';
import type { Task } from '../../../shared/domain/task.ts';
import type { Result } from '../../../shared/result.ts';
import { accept, refuse } from '../../../shared/result.ts';
import type { Instant } from '../../../shared/units.ts';
import { MINUTE } from '../../../shared/units.ts';

export type MoveRefusal = 'action-not-possible' | 'time-in-the-future' | 'time-before-start';

/** Two clocks in one room differ by a little. */
const CLOCK_TOLERANCE_SECONDS = 2 * MINUTE;

export interface CheckedMove {
  readonly to: TaskState;
  readonly at: Instant;
}

/** @param at  when it truly happened, null for now */
export function checkMove(
  task: Task,
  action: TaskAction,
  at: Instant | null,
  now: Instant,
): Result<CheckedMove, MoveRefusal> {
  const row = TRANSITIONS.find(
    (each) => each.from === task.state && each.action === action && each.by === 'staff',
  );
  if (!row) return refuse('action-not-possible', { state: task.state });
  if (at !== null && at > now + CLOCK_TOLERANCE_SECONDS) return refuse('time-in-the-future');
  const happened = at ?? now;
  const endsRun = task.state === 'running'; // finished or preempted: also while the clock is set back
  if (endsRun && task.startedAt !== null && happened < task.startedAt) return refuse('time-before-start');
  return accept({ to: row.to, at: happened });
}
