/**
 * What a variant changes, as a person puts it together: one more room, an outage, another policy. Pure: from changes
 * and what is now to the settings and whole pools that the bridge compares, and what is wrong with a change.
 */
import type { VariantSent } from '../../../shared/contract/whatif.ts';
import type { Pool, Share, WeeklyHours } from '../../../shared/domain/pool.ts';
import { sameText } from '../../../shared/domain/local-text.ts';
import type { PolicyId, SubsystemId } from '../../../shared/domain/subsystem.ts';
import { outageId, unitId } from '../../../shared/ids.ts';
import { instant, milli } from '../../../shared/units.ts';
import { parseRanges } from '../../format/typed-hours.ts';

export const CHANGE_KINDS = ['units', 'outage', 'hours', 'shares', 'policy', 'weight'] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];

export const DAY_CHOICES = ['every-day', 'weekdays', 'saturday', 'sunday'] as const;
export type DayChoice = (typeof DAY_CHOICES)[number];

/** Fields of all kinds, so that changing the kind loses nothing; each kind reads its own. */
export interface Change {
  /** Ids of what it would add begin with this, so that they stay the same from comparing to committing. */
  readonly id: string;
  kind: ChangeKind;
  poolId: string;
  subsystem: SubsystemId;
  policy: PolicyId;
  weight: number;
  /** Units more, or, negative, fewer. */
  by: number | null;
  outageUnit: string | null;
  start: number | null;
  end: number | null;
  isPlanned: boolean;
  days: DayChoice;
  hours: string;
  guarantee: number | null;
  /** Null: no limit. */
  limit: number | null;
  /** Something stands in these fields that is no number. */
  isGuaranteeUnreadable: boolean;
  isLimitUnreadable: boolean;
}

export type ChangeProblem =
  | 'pool-missing'
  | 'units-missing'
  | 'nothing-left'
  | 'outage-times-missing'
  | 'outage-ends-before-start'
  | 'hours-unreadable'
  | 'guarantee-unreadable'
  | 'limit-unreadable'
  | 'share-not-whole'
  | 'guarantee-exceeds-limit';

const MILLI = 1000;
const DAYS_OF: Readonly<Record<DayChoice, readonly number[]>> = {
  'every-day': [0, 1, 2, 3, 4, 5, 6],
  weekdays: [0, 1, 2, 3, 4],
  saturday: [5],
  sunday: [6],
};
const ALWAYS: WeeklyHours = DAYS_OF['every-day'].map(() => [{ fromMinute: 0, toMinute: 1440 }]);

/** A change of a kind with what is now already filled in. */
export function newChange(given: {
  readonly kind: ChangeKind;
  readonly poolId: string;
  readonly subsystem: SubsystemId;
  readonly policy: PolicyId;
  readonly start: number;
  readonly end: number;
}): Change {
  return {
    ...given,
    id: crypto.randomUUID(),
    weight: 2,
    by: 1,
    outageUnit: null,
    isPlanned: true,
    days: 'weekdays',
    hours: '08:00–20:00',
    guarantee: 1,
    limit: null,
    isGuaranteeUnreadable: false,
    isLimitUnreadable: false,
  };
}

/** What keeps a change from being compared, or null. */
export function changeProblem(change: Change, pools: readonly Pool[]): ChangeProblem | null {
  if (change.kind === 'policy' || change.kind === 'weight') return null;
  const pool = pools.find(({ id }) => id === change.poolId);
  if (!pool) return 'pool-missing';
  switch (change.kind) {
    case 'units':
      return unitsProblem(change, pool);
    case 'outage':
      if (change.start === null || change.end === null) return 'outage-times-missing';
      return change.end <= change.start ? 'outage-ends-before-start' : null;
    case 'hours':
      return parseRanges(change.hours) === null ? 'hours-unreadable' : null;
    case 'shares':
      return shareProblem(change, pool);
  }
}

function unitsProblem({ by }: Change, pool: Pool): ChangeProblem | null {
  const isWhole = by !== null && (pool.kind === 'divisible' || Number.isInteger(by));
  if (!isWhole || by === 0) return 'units-missing';
  return pool.capacityMilli + by * MILLI <= 0 ? 'nothing-left' : null;
}

function shareProblem(change: Change, pool: Pool): ChangeProblem | null {
  if (change.isGuaranteeUnreadable) return 'guarantee-unreadable';
  if (change.isLimitUnreadable) return 'limit-unreadable';
  const { guarantee, limit } = change;
  const figures = [guarantee ?? 0, limit ?? 0];
  if (pool.kind === 'countable' && !figures.every(Number.isInteger)) return 'share-not-whole';
  return limit !== null && (guarantee ?? 0) > limit ? 'guarantee-exceeds-limit' : null;
}

/** The settings and pools that differ from what is now; null while a change has a problem. */
export function variantOf(
  changes: readonly Change[],
  now: { readonly pools: readonly Pool[]; readonly subsystems: VariantSent['subsystems'] },
): VariantSent | null {
  if (changes.some((change) => changeProblem(change, now.pools) !== null)) return null;
  const subsystems = now.subsystems.map((setting) =>
    changes
      .filter((change) => change.subsystem === setting.subsystem)
      .reduce((made, change) => {
        if (change.kind === 'policy') return { ...made, policy: change.policy };
        return change.kind === 'weight' ? { ...made, weight: change.weight } : made;
      }, setting),
  );
  const pools = now.pools.map((pool) =>
    changes.filter((change) => change.poolId === pool.id).reduce(changedPool, pool),
  );
  return {
    subsystems: subsystems.filter((setting, index) => setting !== now.subsystems[index]),
    pools: pools.filter((pool, index) => pool !== now.pools[index]).map(sentPool),
  };
}

function changedPool(pool: Pool, change: Change): Pool {
  switch (change.kind) {
    case 'units':
      return withUnits(pool, change);
    case 'outage':
      return withOutage(pool, change);
    case 'hours':
      return withHours(pool, change);
    case 'shares':
      return { ...pool, shares: withShare(pool.shares, change) };
    default:
      return pool;
  }
}

function withUnits(pool: Pool, { by, id }: Change): Pool {
  const more = by ?? 0;
  const capacityMilli = milli(Math.round(pool.capacityMilli + more * MILLI));
  if (pool.kind === 'divisible') return { ...pool, capacityMilli };
  const added = Array.from({ length: Math.max(0, more) }, (_, index) => ({
    id: unitId(`unit-${id}-${index + 1}`),
    name: sameText(nextName(pool.units.at(-1)?.name.en ?? '', index + 1)),
  }));
  const units = [...pool.units, ...added].slice(0, capacityMilli / MILLI);
  const kept = new Set(units.map((unit) => unit.id));
  const outages = pool.outages.filter((outage) => outage.unitId === null || kept.has(outage.unitId));
  return { ...pool, capacityMilli, units, outages };
}

/** `Room 3` after `Room 2`; without a number to go on, `+1`. */
function nextName(last: string, step: number): string {
  const parts = /^(.*?)(\d+)$/.exec(last);
  return parts ? `${parts[1] ?? ''}${Number(parts[2]) + step}` : `${last} +${step}`.trim();
}

function withOutage(pool: Pool, change: Change): Pool {
  if (change.start === null || change.end === null) return pool;
  const unit = pool.units.find(({ id }) => id === change.outageUnit);
  const outage = {
    id: outageId(`outage-${change.id}`),
    unitId: unit?.id ?? null,
    start: instant(change.start),
    end: instant(change.end),
    isPlanned: change.isPlanned,
  };
  return { ...pool, outages: [...pool.outages, outage] };
}

function withHours(pool: Pool, change: Change): Pool {
  const ranges = parseRanges(change.hours) ?? [];
  const week = pool.weeklyHours ?? ALWAYS;
  const days = DAYS_OF[change.days];
  return { ...pool, weeklyHours: week.map((former, day) => (days.includes(day) ? ranges : former)) };
}

function withShare(shares: readonly Share[], change: Change): Share[] {
  const others = shares.filter((share) => share.subsystem !== change.subsystem);
  if (!change.guarantee && change.limit === null) return others;
  return [
    ...others,
    {
      subsystem: change.subsystem,
      guaranteeMilli: milli(Math.round((change.guarantee ?? 0) * MILLI)),
      limitMilli: change.limit === null ? null : milli(Math.round(change.limit * MILLI)),
    },
  ];
}

/** The contract's lists can be changed and the domain's cannot; nobody does. */
function sentPool(pool: Pool): VariantSent['pools'][number] {
  return pool;
}
