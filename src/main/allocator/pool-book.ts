/**
 * One pool's books while a plan is made: what is free, what each subsystem may still take under its limit, what is
 * held back for guarantees, which named unit is busy when, and who holds what. Owns every rule about a single pool;
 * knows nothing of tasks, ranks or several pools at once. Everything reserved can be released again, exactly.
 */
import type { SubsystemId } from '../../shared/domain/subsystem.ts';
import type { ReasonRule } from '../../shared/domain/reason.ts';
import type { PoolId, TaskId, UnitId } from '../../shared/ids.ts';
import { GuaranteeBook } from './guarantee-book.ts';
import { HolderList } from './holder-list.ts';
import { Profile } from './profile.ts';
import { CapacitySteps } from './capacity-steps.ts';
import type { PlanPool } from './snapshot.ts';
import { UnitBook } from './unit-book.ts';

/** A wish for `rate` thousandths of a pool's unit over [from, until), on behalf of a subsystem. */
export interface PoolWish {
  readonly rate: number;
  readonly from: number;
  readonly until: number;
  readonly subsystem: SubsystemId;
  /** Whether it may use units held back for others: preemptible, or short enough to be back in time. */
  readonly mayBorrow: boolean;
}

/** No start in [the asked start, until) is possible, because of what stands at `at`. */
export interface Obstacle {
  readonly poolId: PoolId;
  readonly rule: ReasonRule;
  /** Where the violation lies: from here to `until` the rule is broken at every instant. */
  readonly at: number;
  readonly until: number;
}

/** What a booking holds of one pool over one segment. */
export interface Booking {
  readonly taskId: TaskId;
  readonly subsystem: SubsystemId;
  readonly mayBorrow: boolean;
  readonly rate: number;
  readonly from: number;
  readonly until: number;
  /** Indexes of named units; empty where the pool has none. */
  readonly units: readonly number[];
}

/** One rule's bound over time, to be read only. */
export interface PoolBound {
  readonly rule: ReasonRule;
  readonly profile: Pick<Profile, 'minimum' | 'stretches'>;
}

export class PoolBook {
  readonly pool: PlanPool;
  readonly capacity: CapacitySteps;
  readonly holders = new HolderList();
  readonly #free: Profile;
  readonly #limitLeft = new Map<SubsystemId, Profile>();
  readonly #guarantees: GuaranteeBook | null;
  readonly #units: UnitBook | null;

  constructor(pool: PlanPool) {
    this.pool = pool;
    this.capacity = new CapacitySteps(pool);
    this.#free = Profile.ofSteps(pool.capacity.map((step) => ({ at: step.at, value: step.capacityMilli })));
    for (const share of pool.shares) {
      if (share.limitMilli !== null) this.#limitLeft.set(share.subsystem, new Profile(share.limitMilli));
    }
    this.#guarantees = pool.shares.some((share) => share.guaranteeMilli > 0) ? new GuaranteeBook(pool) : null;
    this.#units = pool.kind === 'countable' && pool.units.length > 0 ? new UnitBook(pool) : null;
  }

  /** Units not held by anyone at `time`, in thousandths; negative where the world has broken the plan. */
  freeAt(time: number): number {
    return this.#free.at(time);
  }

  /** The smallest number of free thousandths over [from, until). */
  freeOver(from: number, until: number): number {
    return this.#free.minimum(from, until);
  }

  /** The first instant after `time` at which what is free changes; Infinity when it never does. */
  nextChange(time: number): number {
    return this.#free.nextKey(time);
  }

  /** What bounds a subsystem's work: what is free, its limit, what lies open beside guarantees; each as a profile. */
  boundsOf(subsystem: SubsystemId, mayBorrow: boolean): readonly PoolBound[] {
    const bounds: PoolBound[] = [{ rule: 'capacity', profile: this.#free }];
    const limit = this.#limitLeft.get(subsystem);
    if (limit) bounds.push({ rule: 'limit', profile: limit });
    if (this.#guarantees && !mayBorrow) {
      bounds.push({ rule: 'guarantee', profile: this.#guarantees.openTo(subsystem) });
    }
    return bounds;
  }

  /** Whether others' work counts on the subsystem using its guarantee over [from, until). */
  isReliedOn(subsystem: SubsystemId, from: number, until: number): boolean {
    return this.#guarantees?.isReliedOn(subsystem, from, until) ?? false;
  }

  /** Stretches of [from, until) with what is free in each, ascending. */
  freeStretches(from: number, until: number): ReturnType<Profile['stretches']> {
    return this.#free.stretches(from, until);
  }

  /** Whether `rate` more would still lie within the subsystem's guarantee at `time`. */
  isBelowGuarantee(subsystem: SubsystemId, rate: number, time: number): boolean {
    return this.#guarantees !== null && this.#guarantees.leftAt(subsystem, time) >= rate;
  }

  /**
   * The obstacle to a wish that lasts longest, or null when the wish fits. Of obstacles that last equally long the
   * first rule in this order is named: closed or outage, capacity, limit, guarantee, named units.
   */
  obstacle(wish: PoolWish): Obstacle | null {
    let worst = this.#capacityObstacle(wish);
    const limit = this.#limitLeft.get(wish.subsystem);
    if (limit) worst = later(worst, this.#profileObstacle(limit, 'limit', wish));
    if (this.#guarantees && !wish.mayBorrow) {
      const openTo = this.#guarantees.openTo(wish.subsystem);
      worst = later(worst, this.#profileObstacle(openTo, 'guarantee', wish));
    }
    if (worst === null && this.#units) worst = this.#unitObstacle(this.#units, wish);
    return worst;
  }

  /**
   * Named units that are free over every window, in order of preference.
   * @param preferred  units to keep where they are free
   * @returns null when there are fewer than the rate asks for; empty for a pool without names
   */
  chooseUnits(
    rate: number,
    windows: readonly { readonly start: number; readonly end: number }[],
    preferred: readonly UnitId[],
  ): readonly number[] | null {
    return this.#units ? this.#units.choose(rate, windows, preferred) : [];
  }

  /** Indexes of the units with these names; names that the pool lacks are left out. */
  unitIndexes(names: readonly UnitId[]): readonly number[] {
    return this.#units ? this.#units.indexesOf(names) : [];
  }

  unitNames(indexes: readonly number[]): UnitId[] {
    return indexes.flatMap((index) => this.pool.units[index] ?? []);
  }

  /** Whether one of these units is busy or absent somewhere in the window. */
  isUnitTaken(index: number, from: number, until: number): boolean {
    return this.#units !== null && this.#units.isTaken(index, from, until);
  }

  reserve(booking: Booking): void {
    this.#change(booking, 1);
    this.holders.insert(booking);
  }

  release(booking: Booking): void {
    this.#change(booking, -1);
    this.holders.remove(booking);
  }

  #change(booking: Booking, sign: 1 | -1): void {
    const { from, until, subsystem } = booking;
    const taken = -sign * booking.rate;
    this.#free.add(from, until, taken);
    this.#guarantees?.change(booking, sign);
    this.#limitLeft.get(subsystem)?.add(from, until, taken);
    for (const unit of booking.units) this.#units?.change(unit, from, until, sign);
  }

  #capacityObstacle(wish: PoolWish): Obstacle | null {
    const at = this.#free.lastBelow(wish.from, wish.until, wish.rate);
    if (at === null) return null;
    const end = this.#free.nextAtLeast(at, wish.rate);
    const shortage = this.capacity.shortageAt(at, wish.rate);
    if (shortage) {
      return { poolId: this.pool.id, rule: shortage.cause, at, until: Math.min(end, shortage.until) };
    }
    const until = Math.min(end, this.capacity.nextShortage(at, wish.rate));
    return { poolId: this.pool.id, rule: 'capacity', at, until };
  }

  #profileObstacle(profile: Profile, rule: ReasonRule, wish: PoolWish): Obstacle | null {
    const at = profile.lastBelow(wish.from, wish.until, wish.rate);
    if (at === null) return null;
    return { poolId: this.pool.id, rule, at, until: profile.nextAtLeast(at, wish.rate) };
  }

  #unitObstacle(units: UnitBook, wish: PoolWish): Obstacle | null {
    const found = units.obstacle(wish);
    return (
      found && {
        poolId: this.pool.id,
        rule: found.isAbsence ? 'outage' : 'capacity',
        at: found.at,
        until: found.until,
      }
    );
  }
}

/** The obstacle that lasts longer; the left one where both end together. */
export function later(left: Obstacle | null, right: Obstacle | null): Obstacle | null {
  if (left === null) return right;
  return right !== null && right.until > left.until ? right : left;
}
