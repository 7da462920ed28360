/** Which rows the table of figures has, over today's plan and the variants beside it. Pure. */
import type { PlanFigures } from '../../../shared/contract/whatif.ts';
import type { SubsystemId } from '../../../shared/domain/subsystem.ts';
import { SUBSYSTEM_IDS } from '../../../shared/domain/subsystem.ts';

type Waits = PlanFigures['waits'][number];
type PoolUse = PlanFigures['pools'][number];

export interface WaitRow {
  readonly subsystem: SubsystemId;
  /** One per plan, today's first; null where nothing waits. */
  readonly cells: readonly (Waits | null)[];
  /** Seconds of the longest wait on the row's plans. */
  readonly most: number;
}

/** Subsystems in which any plan has work waiting. */
export function waitRows(plans: readonly PlanFigures[]): WaitRow[] {
  const longest = Math.max(
    1,
    ...plans.flatMap((plan) => plan.waits.map((waits) => waits.waitSecondsP90 ?? 0)),
  );
  return SUBSYSTEM_IDS.flatMap((subsystem) => {
    const cells = plans.map((plan) => plan.waits.find((row) => row.subsystem === subsystem) ?? null);
    const hasWork = cells.some((cell) => (cell?.tasks ?? 0) > 0);
    return hasWork ? [{ subsystem, cells, most: longest }] : [];
  });
}

export interface UseRow {
  readonly pool: PoolUse;
  readonly cells: readonly (PoolUse | null)[];
  readonly differs: boolean;
}

/** Every pool of today's plan, those first whose load, capacity or unmet demand differs in some plan. */
export function useRows(plans: readonly PlanFigures[]): UseRow[] {
  const [today] = plans;
  if (!today) return [];
  const rows = today.pools.map((pool): UseRow => {
    const cells = plans.map((plan) => plan.pools.find((use) => use.poolId === pool.poolId) ?? null);
    const differs = cells.some(
      (cell) =>
        cell !== null &&
        (cell.load !== pool.load || cell.capacity !== pool.capacity || cell.unmet !== pool.unmet),
    );
    return { pool, cells, differs };
  });
  return [...rows.filter((row) => row.differs), ...rows.filter((row) => !row.differs)];
}
