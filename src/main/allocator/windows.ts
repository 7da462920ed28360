/**
 * Where one task goes as things stand: its fixed start, its kept tentative start, or the earliest fit after its
 * predecessors and the delays behind them. Owns the order in which these apply; changes nothing.
 */
import { compareIds } from '../../shared/ids.ts';
import type { Stretch } from './calendar.ts';
import { earliestFit, fitAt } from './earliest-fit.ts';
import type { Placements } from './placements.ts';
import type { PlanTask } from './snapshot.ts';
import { delayAt } from './precedence.ts';
import { BLOCKERS_MAX, type Trail } from './trail.ts';
import type { World } from './world.ts';

/** The earliest windows as things stand, or the kept or fixed ones; null when there are none. The wait is on the trail. */
export function findWindows(
  world: World,
  placements: Placements,
  task: PlanTask,
  trail: Trail,
): readonly Stretch[] | null {
  const ready = readyAt(world, placements, task, trail);
  const request = placements.requestOf(task);
  if (task.fixedStart !== null) {
    if (task.fixedStart < ready || task.fixedStart >= world.horizonEnd) return null;
    trail.block(ready, task.fixedStart, 'fixed-start', null, []);
    return fitAt(request, task.fixedStart).windows;
  }
  const former = formerStart(world, task);
  const kept = former !== null && former >= ready ? fitAt(request, former).windows : null;
  if (!kept || former === null) return earliestFit(request, ready, world.horizonEnd, trail);
  const earlier = earliestFit(request, ready, former, trail);
  if (earlier) trail.block(earlier[0]?.start ?? former, former, 'kept', null, []);
  return kept;
}

/** When its predecessors have ended, or its wish; the wait in between goes on the trail. */
function readyAt(world: World, placements: Placements, task: PlanTask, trail: Trail): number {
  const wish = Math.max(world.now, task.earliestStart);
  if (task.after.length === 0) return wish;
  const ends = task.after
    .map((id) => ({ id, end: placements.endOf(id) ?? wish }))
    .filter(({ end }) => end > wish)
    .sort((left, right) => left.end - right.end || compareIds(left.id, right.id));
  const over = ends.at(-1)?.end ?? wish;
  trail.block(wish, over, 'precedence', null, ends.map((row) => row.id).slice(-BLOCKERS_MAX));
  return task.delays === undefined ? over : readyAfterDelays(placements, task, over, trail);
}

/** When the delays have passed too. @param over  when the last of its predecessors is over, or its wish */
export function readyAfterDelays(placements: Placements, task: PlanTask, over: number, trail: Trail): number {
  const readies = task.after
    .map((id, place) => ({ id, ready: (placements.endOf(id) ?? -Infinity) + delayAt(task, place) }))
    .filter(({ ready }) => ready > over)
    .sort((left, right) => left.ready - right.ready || compareIds(left.id, right.id));
  const ready = readies.at(-1)?.ready ?? over;
  trail.block(over, ready, 'delay', null, readies.map((row) => row.id).slice(-BLOCKERS_MAX));
  return ready;
}

function formerStart(world: World, task: PlanTask): number | null {
  if (!world.settings.keepsTentative || task.state !== 'tentative') return null;
  return task.current?.segments[0]?.start ?? null;
}
