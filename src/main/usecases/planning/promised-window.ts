/**
 * Where promised work can go when a person moves it: beside everything that is promised or running, whatever is only
 * tentative there (a replan finds that another place). Writes nothing.
 */
import { PLANNER_VERSION, QuoteBook } from '../../allocator/index.ts';
import type { ReadDb } from '../../ledger/index.ts';
import type { PlanRefusalCode } from '../../../shared/domain/reason.ts';
import type { Allocation, Task } from '../../../shared/domain/task.ts';
import type { Result } from '../../../shared/result.ts';
import { accept } from '../../../shared/result.ts';
import type { Instant } from '../../../shared/units.ts';
import { readBooks } from './books.ts';
import { HORIZON_SECONDS, REPLAN_SETTINGS } from './settings.ts';
import { snapshotOf } from './snapshot.ts';

/**
 * The window of `task` at its fixed start; it keeps its former units where they are free.
 * @param former  what it holds now
 */
export function findPromisedWindow(
  db: ReadDb,
  task: Task,
  former: Allocation | null,
  given: { readonly now: Instant; readonly timeZoneData: string },
): Result<Allocation, PlanRefusalCode> {
  const { now, timeZoneData } = given;
  const books = readBooks(db, now);
  const snapshot = snapshotOf({ books, now, horizonSeconds: HORIZON_SECONDS, timeZoneData });
  const promised = snapshot.tasks.filter(({ id, state }) => id !== task.id && isPromised(state));
  const adopted = {
    plannerVersion: PLANNER_VERSION,
    now,
    seed: REPLAN_SETTINGS.seed,
    budgetUsed: 0,
    allocations: promised.flatMap(({ current }) => (current ? [current] : [])),
    reasons: [],
    displacements: [],
    preemptions: [],
  };
  const book = new QuoteBook(snapshot, adopted, now, REPLAN_SETTINGS);
  const quoted = book.quote({ ...task, state: 'waiting', current: former }, 1);
  if (!quoted.ok) return quoted;
  const [window] = quoted.value.windows;
  if (!window) throw new Error('a quote has a window'); // the allocator promises at least one
  return accept(window);
}

function isPromised(state: string): boolean {
  return state === 'confirmed' || state === 'running';
}
