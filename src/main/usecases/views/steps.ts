/**
 * Step functions for screens: holds added up into load, merged and clipped to a window. Pure; knows no pool.
 */
import type { Instant, Milli } from '../../../shared/units.ts';
import { milli } from '../../../shared/units.ts';

export interface Step {
  readonly at: Instant;
  readonly milli: Milli;
}

export interface Hold {
  readonly from: Instant;
  readonly until: Instant;
  readonly rateMilli: Milli;
}

/**
 * The load of all `holds` within [from, until) as steps, ascending; the first stands at `from`, equal neighbours are
 * merged. Holds outside the window or of no length add nothing.
 */
export function loadSteps(holds: readonly Hold[], from: Instant, until: Instant): Step[] {
  const changes = new Map<Instant, number>([[from, 0]]);
  const change = (at: Instant, by: number) => changes.set(at, (changes.get(at) ?? 0) + by);
  for (const hold of holds) {
    if (hold.until <= from || hold.from >= until || hold.until <= hold.from) continue;
    change(hold.from < from ? from : hold.from, hold.rateMilli);
    if (hold.until < until) change(hold.until, -hold.rateMilli);
  }
  const steps: Step[] = [];
  let load = 0;
  for (const at of [...changes.keys()].sort((left, right) => left - right)) {
    load += changes.get(at) ?? 0;
    if (steps.at(-1)?.milli !== load) steps.push({ at, milli: milli(load) });
  }
  return steps;
}

/** The value of ascending `steps` at an instant; 0 before the first. */
export function valueAt(steps: readonly Step[], at: Instant): Milli {
  let value = milli(0);
  for (const step of steps) {
    if (step.at > at) break;
    value = step.milli;
  }
  return value;
}

/** First instant at or after `from` (and before `until`) where offered − load ≥ wanted; null when there is none. */
export function freeFrom(given: {
  readonly offered: readonly Step[];
  readonly load: readonly Step[];
  readonly wantedMilli: Milli;
  readonly from: Instant;
  readonly until: Instant;
}): Instant | null {
  const turns = [given.from, ...given.offered.map((step) => step.at), ...given.load.map((step) => step.at)]
    .filter((at) => at >= given.from && at < given.until)
    .sort((left, right) => left - right);
  return (
    turns.find((at) => valueAt(given.offered, at) - valueAt(given.load, at) >= given.wantedMilli) ?? null
  );
}
