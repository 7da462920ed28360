/**
 * A what-if as data: what would be different, applied to a snapshot. Names units that do not exist yet by their pool
 * and a number, and takes an outage's units from the end of the order of preference.
 */
import type { PolicyId, SubsystemId } from '../../shared/domain/subsystem.ts';
import type { Share } from '../../shared/domain/pool.ts';
import type { PoolId } from '../../shared/ids.ts';
import { unitId } from '../../shared/ids.ts';
import type { Instant, Milli } from '../../shared/units.ts';
import { instant, milli } from '../../shared/units.ts';
import { CapacitySteps } from './capacity-steps.ts';
import type { CapacityStep, Objective, PlanPool, Snapshot } from './snapshot.ts';

const WHOLE_UNIT = 1000;

export interface Variant {
  /** The caller's name for it. */
  readonly id: string;
  readonly policies?: Readonly<Partial<Record<SubsystemId, PolicyId>>>;
  readonly weights?: Readonly<Partial<Record<SubsystemId, number>>>;
  readonly shares?: readonly { readonly poolId: PoolId; readonly shares: readonly Share[] }[];
  /** Whole pools as they would be, calendars expanded; applied before everything below. */
  readonly pools?: readonly PlanPool[];
  /** Units more (or, negative, fewer) than now, for good. */
  readonly units?: readonly { readonly poolId: PoolId; readonly changeMilli: Milli }[];
  readonly outages?: readonly VariantOutage[];
  readonly objective?: Objective;
  /** True plans as a replan would, keeping tentative starts that still fit; false when left out. */
  readonly keepsTentative?: boolean;
}

export interface VariantOutage {
  readonly poolId: PoolId;
  readonly from: Instant;
  readonly until: Instant;
  readonly lostMilli: Milli;
}

/** The snapshot as it would be. Rows for pools that it lacks are ignored. */
export function applyVariant(snapshot: Snapshot, variant: Variant): Snapshot {
  const pools = snapshot.pools.map((before) => {
    const pool = variant.pools?.find((row) => row.id === before.id) ?? before;
    const shares = variant.shares?.find((row) => row.poolId === pool.id)?.shares ?? pool.shares;
    const change = variant.units?.find((row) => row.poolId === pool.id)?.changeMilli ?? 0;
    const outages = variant.outages?.filter((row) => row.poolId === pool.id) ?? [];
    return outages.reduce(withOutage, withUnits({ ...pool, shares }, change));
  });
  const subsystems = snapshot.subsystems.map((row) => ({
    ...row,
    policy: variant.policies?.[row.id] ?? row.policy,
    weight: variant.weights?.[row.id] ?? row.weight,
  }));
  return { ...snapshot, pools, subsystems };
}

function withUnits(pool: PlanPool, changeMilli: number): PlanPool {
  if (changeMilli === 0) return pool;
  const nominal = Math.max(0, pool.nominalMilli + changeMilli);
  const capacity = pool.capacity.map((step) => ({
    ...step,
    capacityMilli: milli(step.capacityMilli === 0 ? 0 : Math.max(0, step.capacityMilli + changeMilli)),
  }));
  const count = pool.units.length === 0 ? 0 : nominal / WHOLE_UNIT;
  const units = Array.from(
    { length: count },
    (_, index) => pool.units[index] ?? unitId(`${pool.id}:${index + 1}`),
  );
  return { ...pool, nominalMilli: milli(nominal), capacity, units };
}

function withOutage(pool: PlanPool, { from, until, lostMilli }: VariantOutage): PlanPool {
  const steps = new CapacitySteps(pool);
  const inside = pool.capacity.filter((step) => step.at > from && step.at < until).map((step) => step.at);
  const lowered = [from, ...inside].map((at): CapacityStep => {
    const left = Math.max(0, steps.at(at) - lostMilli);
    return { at, capacityMilli: milli(left), cause: steps.isClosedAt(at) ? 'closed' : 'outage' };
  });
  const after: CapacityStep = {
    at: until,
    capacityMilli: milli(steps.at(until)),
    cause: steps.causeAt(until),
  };
  const outside = pool.capacity.filter((step) => step.at < from || step.at > until);
  const capacity = [...outside, ...lowered, after].sort((left, right) => left.at - right.at);
  const lost = pool.units.slice(Math.max(0, pool.units.length - Math.ceil(lostMilli / WHOLE_UNIT)));
  const absences = lost.map((unit) => ({ unitId: unit, from: instant(from), until: instant(until) }));
  return { ...pool, capacity, absences: [...pool.absences, ...absences] };
}
