/**
 * Which named unit of a countable pool is taken when. A unit's profile is 0 while it is free; every holder and every
 * absence adds 1, so that two holders forced onto one unit by the world come apart again cleanly.
 */
import type { UnitId } from '../../shared/ids.ts';
import { Profile } from './profile.ts';
import type { PlanPool } from './snapshot.ts';

const WHOLE_UNIT = 1000;
/** Profiles search for values *below* a level, so "taken" is counted downwards from 0. */
const FREE = 0;

export class UnitBook {
  readonly #names: readonly UnitId[];
  readonly #profiles: readonly Profile[];
  readonly #absences: PlanPool['absences'];

  constructor(pool: PlanPool) {
    this.#names = pool.units;
    this.#absences = pool.absences;
    this.#profiles = pool.units.map(() => new Profile(FREE));
    for (const absence of pool.absences) {
      this.#profiles[pool.units.indexOf(absence.unitId)]?.add(absence.from, absence.until, -1);
    }
  }

  indexesOf(names: readonly UnitId[]): number[] {
    return names.map((name) => this.#names.indexOf(name)).filter((index) => index >= 0);
  }

  isTaken(index: number, from: number, until: number): boolean {
    return (this.#profiles[index]?.lastBelow(from, until, FREE) ?? null) !== null;
  }

  change(index: number, from: number, until: number, sign: 1 | -1): void {
    this.#profiles[index]?.add(from, until, -sign);
  }

  /** Free over every window: preferred ones first, then in the pool's order; null when there are too few. */
  choose(
    rate: number,
    windows: readonly { readonly start: number; readonly end: number }[],
    preferred: readonly UnitId[],
  ): number[] | null {
    const wanted = rate / WHOLE_UNIT;
    const first = this.indexesOf(preferred);
    const chosen: number[] = [];
    for (const index of [...first, ...this.#names.keys()]) {
      if (chosen.length === wanted) break;
      if (chosen.includes(index)) continue;
      if (windows.every(({ start, end }) => !this.isTaken(index, start, end))) chosen.push(index);
    }
    return chosen.length === wanted ? chosen : null;
  }

  /**
   * Why fewer units than the rate asks for are free over the whole window: no start before `until` can find enough,
   * since each unit that is taken in the window stays so up to the end of its last taking.
   */
  obstacle(wish: {
    readonly rate: number;
    readonly from: number;
    readonly until: number;
  }): { readonly at: number; readonly until: number; readonly isAbsence: boolean } | null {
    const wanted = wish.rate / WHOLE_UNIT;
    if (this.#hasFree(wanted, wish.from, wish.until)) return null;
    const taken: { at: number; until: number; index: number }[] = [];
    for (const [index, profile] of this.#profiles.entries()) {
      const at = profile.lastBelow(wish.from, wish.until, FREE);
      if (at !== null) taken.push({ at, until: profile.nextAtLeast(at, FREE), index });
    }
    const free = this.#profiles.length - taken.length;
    taken.sort((left, right) => left.until - right.until || left.index - right.index);
    const decisive = taken[wanted - free - 1];
    if (!decisive) return { at: wish.from, until: Infinity, isAbsence: false };
    const isAbsence = this.#absences.some(
      (row) =>
        row.unitId === this.#names[decisive.index] && row.from <= decisive.at && decisive.at < row.until,
    );
    return { at: decisive.at, until: decisive.until, isAbsence };
  }

  /** Whether at least `wanted` units are free over the whole window. */
  #hasFree(wanted: number, from: number, until: number): boolean {
    let free = 0;
    for (const profile of this.#profiles) {
      if (profile.lastBelow(from, until, FREE) === null && ++free >= wanted) return true;
    }
    return false;
  }
}
