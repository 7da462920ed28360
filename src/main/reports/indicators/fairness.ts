/**
 * Fairness between subsystems: Jain's index (Jain, Chiu, Hawe 1984) over their dominant shares (Ghodsi et al. 2011)
 * divided by their weights. A share is work done ÷ capacity offered, in the pool where it is largest. Subsystems that
 * neither used nor wanted anything in the period are left out: nobody was treated unfairly.
 *
 * Shares enter as whole millionths, so the index is an exact ratio of integers.
 */
import type { Fairness, FairnessShare, Ratio } from '../../../shared/domain/report.ts';
import type { SubsystemId } from '../../../shared/domain/subsystem.ts';
import { SUBSYSTEM_IDS } from '../../../shared/domain/subsystem.ts';
import type { PoolId } from '../../../shared/ids.ts';
import type { Work } from '../../../shared/units.ts';

export interface SubsystemUse {
  readonly subsystem: SubsystemId;
  readonly actualWork: Work;
  /** While the pool offered anything. */
  readonly actualWhileOpenWork: Work;
}

export interface PoolUse {
  readonly poolId: PoolId;
  /** Capacity offered × time before `asOf`. */
  readonly offeredElapsedWork: Work;
  readonly uses: readonly SubsystemUse[];
}

const MILLION = 1_000_000;

/**
 * @param weights  per subsystem, positive
 * @param wanting  subsystems with work that waited in the period
 * @returns shares of those that took part, in the order of the subsystems; the ratio 0/0 when none did
 */
export function fairnessOf(
  pools: readonly PoolUse[],
  weights: Readonly<Record<SubsystemId, number>>,
  wanting: ReadonlySet<SubsystemId>,
): Fairness {
  const shares = SUBSYSTEM_IDS.map((subsystem) => dominantShare(subsystem, pools)).filter(
    ({ subsystem, share }) => share.numerator > 0 || wanting.has(subsystem),
  );
  const weighted = shares.map(({ subsystem, share }) => millionths(share) / weights[subsystem]);
  return { jain: jainIndex(weighted.map(Math.round)), shares };
}

/**
 * (Σx)² ÷ (n Σx²). All zero is perfectly even: nobody got anything.
 * @param values  non-negative integers up to ten million, at most five
 */
export function jainIndex(values: readonly number[]): Ratio {
  const sum = values.reduce((total, value) => total + value, 0);
  const squares = values.reduce((total, value) => total + value * value, 0);
  if (squares === 0) return { numerator: values.length, denominator: values.length };
  return { numerator: sum * sum, denominator: values.length * squares };
}

function dominantShare(subsystem: SubsystemId, pools: readonly PoolUse[]): FairnessShare {
  let dominant: FairnessShare = {
    subsystem,
    dominantPoolId: null,
    share: { numerator: 0, denominator: 0 },
  };
  for (const { poolId, offeredElapsedWork, uses } of pools) {
    const used = uses.find((use) => use.subsystem === subsystem)?.actualWork ?? 0;
    const share = { numerator: used, denominator: offeredElapsedWork };
    if (used > 0 && millionths(share) > millionths(dominant.share)) {
      dominant = { subsystem, dominantPoolId: poolId, share };
    }
  }
  return dominant;
}

/** A share above ten times the capacity offered (work recorded while closed) is capped, or it would drown all others. */
function millionths({ numerator, denominator }: Ratio): number {
  if (denominator === 0) return numerator > 0 ? 10 * MILLION : 0;
  return Math.min(10 * MILLION, Math.round((numerator / denominator) * MILLION));
}
