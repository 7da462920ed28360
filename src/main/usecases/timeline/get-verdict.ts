/**
 * The planner's verdict on a move before it is made: it fits and who makes way, or which rule stands against it and
 * who is behind that. Writes nothing.
 */
import { findTask } from '../../ledger/index.ts';
import type { RescheduleObstacle, RescheduleVerdict } from '../../allocator/index.ts';
import type { VerdictView } from '../../../shared/contract/timeline.ts';
import type { PlanMove } from '../../../shared/domain/plan.ts';
import type { Task } from '../../../shared/domain/task.ts';
import { accept, refuse } from '../../../shared/result.ts';
import { attempt } from '../planning/rescheduling.ts';
import { startView } from '../tasks/quote-task.ts';
import type { Usecase } from '../usecase.ts';
import { rowContext } from '../views/context.ts';
import type { RowContext } from '../views/task-rows.ts';
import { blockerViews } from '../views/task-rows.ts';

const MOVES_NAMED_MAX = 5;

export const getVerdict: Usecase<'timeline.verdict'> = (place, request) => {
  const { db } = place;
  const now = place.now();
  const record = findTask(db, request.taskId);
  if (!record) return refuse('unknown-task');
  const { task } = record;
  const tried = attempt(place.rescheduling.at(db, now), request);
  if (!tried) return refuse('action-not-possible', { state: task.state });
  const context = rowContext({ db, identities: place.identities, records: [record], now });
  return accept({ verdict: verdictView(task, tried.verdict, context) });
};

function verdictView(task: Task, verdict: RescheduleVerdict, context: RowContext): VerdictView {
  if (!verdict.fits) return obstacleView(verdict.obstacle, context);
  const { allocation, moves } = verdict;
  const [view] = startView(task, allocation, context);
  const last = allocation.segments.at(-1);
  if (!view || !last) throw new Error('an allocation has a segment');
  return {
    fits: true,
    start: view.start,
    end: last.end,
    unitIds: allocation.units.flat(),
    unitNames: view.units,
    isPromised: task.state === 'tentative',
    moves: [...moves]
      .sort((left, right) => (left.from ?? Infinity) - (right.from ?? Infinity))
      .slice(0, MOVES_NAMED_MAX)
      .flatMap((move) => moveView(move, context)),
    moveCount: moves.length,
  };
}

function moveView({ taskId, from, to }: PlanMove, context: RowContext) {
  return blockerViews([taskId], context).map((named) => ({ ...named, from, to }));
}

function obstacleView(obstacle: RescheduleObstacle, context: RowContext): VerdictView {
  const pool = obstacle.poolId === null ? null : context.pool(obstacle.poolId);
  return {
    fits: false,
    rule: obstacle.rule,
    poolName: pool?.name ?? null,
    unitName: pool?.units.find((unit) => unit.id === obstacle.unitId)?.name ?? null,
    until: obstacle.until,
    blockers: blockerViews(obstacle.blockers, context),
  };
}
