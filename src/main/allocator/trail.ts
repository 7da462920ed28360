/**
 * The way from a task's earliest wish to its start, as reason segments: every stretch that was skipped, why, and
 * behind whom. Neighbouring stretches with the same pool and rule become one. Lives for one fit.
 */
import type { ReasonRule, ReasonSegment } from '../../shared/domain/reason.ts';
import type { PoolId, TaskId } from '../../shared/ids.ts';
import { instant } from '../../shared/units.ts';

/** At most this many tasks are named per segment. */
export const BLOCKERS_MAX = 5;

interface OpenSegment {
  readonly from: number;
  until: number;
  readonly poolId: PoolId | null;
  readonly rule: ReasonRule;
  readonly blockers: TaskId[];
}

export class Trail {
  readonly #segments: OpenSegment[] = [];

  /** Records that no start in [from, until) is possible; `from` is where the previous stretch ended. */
  block(
    from: number,
    until: number,
    rule: ReasonRule,
    poolId: PoolId | null,
    blockers: readonly TaskId[],
  ): void {
    if (until <= from) return;
    const last = this.#segments.at(-1);
    if (last && last.poolId === poolId && last.rule === rule && last.until === from) {
      last.until = until;
      for (const blocker of blockers) {
        if (last.blockers.length < BLOCKERS_MAX && !last.blockers.includes(blocker))
          last.blockers.push(blocker);
      }
      return;
    }
    this.#segments.push({ from, until, poolId, rule, blockers: blockers.slice(0, BLOCKERS_MAX) });
  }

  /** Names more tasks behind the last segment, as far as there is room. */
  nameAlso(blockers: readonly TaskId[]): void {
    const last = this.#segments.at(-1);
    for (const blocker of blockers) {
      if (last && last.blockers.length < BLOCKERS_MAX && !last.blockers.includes(blocker))
        last.blockers.push(blocker);
    }
  }

  /** Whether the last segment of this pool and rule still has room for names. */
  wantsBlockers(poolId: PoolId, rule: ReasonRule): boolean {
    const last = this.#segments.at(-1);
    return !last || last.poolId !== poolId || last.rule !== rule || last.blockers.length < BLOCKERS_MAX;
  }

  /** Segments up to `end`, clipped there; open ends are clipped too. */
  segments(end: number): ReasonSegment[] {
    return this.#segments
      .filter((segment) => segment.from < end)
      .map(({ from, until, poolId, rule, blockers }) => ({
        from: instant(from),
        until: instant(Math.min(until, end)),
        poolId,
        rule,
        blockers,
      }));
  }
}
