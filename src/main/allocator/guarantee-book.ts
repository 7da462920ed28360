/**
 * Units held back for subsystems with a guarantee, over time. A subsystem's unused guarantee is closed to everybody
 * else (unless they may borrow); where capacity is lowered, guarantees shrink pro rata, in countable pools to whole
 * units. Owns, per subsystem, what is left of its guarantee and what lies open to it beside the others' guarantees.
 * Work that may borrow never closes what is open: it is the first to stand on lent units. So at every instant the
 * load that may not borrow plus all unused guarantees is at most the capacity.
 */
import type { SubsystemId } from '../../shared/domain/subsystem.ts';
import { Profile } from './profile.ts';
import type { PlanPool } from './snapshot.ts';

const WHOLE_UNIT = 1000;

interface GuaranteeChange {
  readonly subsystem: SubsystemId;
  readonly rate: number;
  readonly from: number;
  readonly until: number;
  readonly mayBorrow: boolean;
}

/** The guarantee that is left of `guaranteeMilli` when the pool offers `capacityMilli` of its nominal units. */
function scaled(pool: PlanPool, guaranteeMilli: number, capacityMilli: number): number {
  if (capacityMilli >= pool.nominalMilli) return guaranteeMilli;
  const share = Math.floor((guaranteeMilli * capacityMilli) / pool.nominalMilli);
  return pool.kind === 'countable' ? share - (share % WHOLE_UNIT) : share;
}

export class GuaranteeBook {
  /** Guarantee minus load, per guaranteed subsystem; negative where it uses more than its guarantee. */
  readonly #left = new Map<SubsystemId, Profile>();
  /** Capacity minus load that may not borrow, minus everybody else's unused guarantee, per guaranteed subsystem. */
  readonly #openTo = new Map<SubsystemId, Profile>();
  /** The same for subsystems without a guarantee. */
  readonly #openToOthers: Profile;

  constructor(pool: PlanPool) {
    const guaranteed = pool.shares.filter((share) => share.guaranteeMilli > 0);
    for (const share of guaranteed) {
      const others = guaranteed.filter((other) => other !== share);
      const left = pool.capacity.map(({ at, capacityMilli }) => ({
        at,
        value: scaled(pool, share.guaranteeMilli, capacityMilli),
      }));
      this.#left.set(share.subsystem, Profile.ofSteps(left));
      this.#openTo.set(share.subsystem, openBeside(pool, others));
    }
    this.#openToOthers = openBeside(pool, guaranteed);
  }

  /** What is left of a subsystem's guarantee at `time`, in thousandths; 0 when it has none. */
  leftAt(subsystem: SubsystemId, time: number): number {
    return this.#left.get(subsystem)?.at(time) ?? 0;
  }

  /** What lies open to work of a subsystem that may not borrow. */
  openTo(subsystem: SubsystemId): Profile {
    return this.#openTo.get(subsystem) ?? this.#openToOthers;
  }

  /** Whether others stand on units over [from, until) that are a subsystem's own, trusting it to use them. */
  isReliedOn(subsystem: SubsystemId, from: number, until: number): boolean {
    if (!this.#left.has(subsystem)) return false;
    const others = [...this.#openTo].filter(([other]) => other !== subsystem).map(([, profile]) => profile);
    return [...others, this.#openToOthers].some((profile) => profile.minimum(from, until) < 0);
  }

  /** Books (`sign` 1) or gives back (−1) a rate over a window. */
  change(booking: GuaranteeChange, sign: 1 | -1): void {
    const { subsystem, from, until } = booking;
    const taken = -sign * booking.rate;
    const left = this.#left.get(subsystem);
    if (!booking.mayBorrow) {
      for (const profile of [...this.#openTo.values(), this.#openToOthers]) profile.add(from, until, taken);
    }
    if (!left) return;
    for (const stretch of left.stretches(from, until)) {
      const heldBackLess = Math.max(0, stretch.value) - Math.max(0, stretch.value + taken);
      for (const [other, profile] of this.#openTo) {
        if (other !== subsystem) profile.add(stretch.from, stretch.until, heldBackLess);
      }
      this.#openToOthers.add(stretch.from, stretch.until, heldBackLess);
    }
    left.add(from, until, taken);
  }
}

function openBeside(pool: PlanPool, others: PlanPool['shares']): Profile {
  return Profile.ofSteps(
    pool.capacity.map(({ at, capacityMilli }) => ({
      at,
      value: others.reduce<number>(
        (open, other) => open - scaled(pool, other.guaranteeMilli, capacityMilli),
        capacityMilli,
      ),
    })),
  );
}
