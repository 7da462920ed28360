/** A comparison's figures as a screen shows them; load curves only for the pools that are drawn. Pure. */
import type { Comparison, PoolUse, Snapshot } from '../../allocator/index.ts';
import { applyVariant } from '../../allocator/index.ts';
import type { Variant } from '../../allocator/index.ts';
import type { PlanFigures } from '../../../shared/contract/whatif.ts';
import { sameText } from '../../../shared/domain/local-text.ts';
import type { PoolId } from '../../../shared/ids.ts';
import { compareIds } from '../../../shared/ids.ts';
import type { Instant } from '../../../shared/units.ts';
import type { Hold, Step } from '../views/steps.ts';
import { loadSteps } from '../views/steps.ts';
import type { RowContext } from '../views/task-rows.ts';

const POOLS_DRAWN = 4;

export interface FiguresGiven {
  readonly snapshot: Snapshot;
  readonly variant: Variant;
  readonly comparison: Comparison;
  readonly until: Instant;
  readonly drawn: ReadonlySet<PoolId>;
  readonly context: RowContext;
}

export function planFiguresOf(given: FiguresGiven): PlanFigures {
  const { comparison, drawn, context } = given;
  return {
    waits: comparison.waits,
    unfinished: comparison.unfinished.length,
    pools: comparison.pools.map((use) => {
      const pool = context.pool(use.poolId);
      return {
        ...use,
        name: pool?.name ?? sameText(use.poolId),
        unitName: pool?.unitName ?? sameText(use.poolId),
        steps: drawn.has(use.poolId) ? stepsOf(use.poolId, given) : null,
      };
    }),
  };
}

/** The pools a variant changes, then those whose load differs most from today's; at most four. */
export function poolsToDraw(
  today: Comparison,
  variants: readonly Comparison[],
  changed: readonly PoolId[],
): ReadonlySet<PoolId> {
  const before = new Map(today.pools.map((use) => [use.poolId, use]));
  const difference = ({ poolId }: PoolUse): number => {
    const uses = variants.flatMap((variant) => variant.pools.filter((use) => use.poolId === poolId));
    return Math.max(0, ...uses.map((use) => Math.abs(use.load - (before.get(poolId)?.load ?? 0))));
  };
  const others = [...today.pools]
    .filter((use) => difference(use) > 0 && !changed.includes(use.poolId))
    .sort((left, right) => difference(right) - difference(left) || compareIds(left.poolId, right.poolId))
    .map((use) => use.poolId);
  return new Set([...changed, ...others].slice(0, POOLS_DRAWN));
}

function stepsOf(
  poolId: PoolId,
  { snapshot, variant, comparison, until }: FiguresGiven,
): { readonly capacity: Step[]; readonly load: Step[] } {
  const { now, allocations } = comparison.plan;
  const pool = applyVariant(snapshot, variant).pools.find((row) => row.id === poolId);
  const capacity = (pool?.capacity ?? []).filter((step) => step.at < until);
  const needs = new Map(
    snapshot.tasks.map((task) => [task.id, task.needs.findIndex((need) => need.poolId === poolId)]),
  );
  const holds = allocations.flatMap(({ taskId, segments }): Hold[] => {
    const index = needs.get(taskId) ?? -1;
    return segments.flatMap(({ start, end, ratesMilli }) => {
      const rateMilli = ratesMilli[index];
      return rateMilli === undefined ? [] : [{ from: start, until: end, rateMilli }];
    });
  });
  return {
    capacity: capacity.map((step) => ({ at: step.at, milli: step.capacityMilli })),
    load: loadSteps(holds, now, until),
  };
}
