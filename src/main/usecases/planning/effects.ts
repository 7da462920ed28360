/**
 * What entering a task would do to planned work: the plan with it beside the plan without it. Kept apart from quotes,
 * which never move anything. Not asked where so much is open that a form would wait for the answer.
 */
import { movesBetween, plan } from '../../allocator/index.ts';
import type { ReadDb } from '../../ledger/index.ts';
import type { PlanMove } from '../../../shared/domain/plan.ts';
import type { Task } from '../../../shared/domain/task.ts';
import type { Instant } from '../../../shared/units.ts';
import { readBooks } from './books.ts';
import { HORIZON_SECONDS, REPLAN_SETTINGS } from './settings.ts';
import { snapshotOf } from './snapshot.ts';

/** A plan of so many open tasks takes well under a tenth of a second. */
const OPEN_TASKS_MAX = 1500;

/** Tasks that would start later, or no more, by their present start. */
export function delaysBy(
  db: ReadDb,
  task: Task,
  now: Instant,
  timeZoneData: string,
): (PlanMove & { readonly from: Instant })[] {
  const books = readBooks(db, now);
  if (books.tasks.length > OPEN_TASKS_MAX) return [];
  const snapshot = snapshotOf({ books, now, horizonSeconds: HORIZON_SECONDS, timeZoneData });
  const others = snapshot.tasks.filter((each) => each.id !== task.id);
  const without = plan({ ...snapshot, tasks: others }, now, REPLAN_SETTINGS);
  const entered = { ...task, state: 'waiting' as const, current: null };
  const withIt = plan({ ...snapshot, tasks: [...others, entered] }, now, REPLAN_SETTINGS);
  return movesBetween(without, withIt)
    .flatMap((move) => (move.taskId === task.id || move.from === null ? [] : [{ ...move, from: move.from }]))
    .filter(({ from, to }) => to === null || to > from)
    .sort((left, right) => left.from - right.from);
}
