/**
 * Expands what a clinic says about a pool (weekly hours, exceptions, outages, changes over time) into step functions
 * over UTC instants: one for the planner (what is offered, and why not more) and one for accounting (how much was
 * scheduled to be open, and how much of that was down). Pure; nothing here knows the present.
 *
 * At every instant nominal = open + closed and offered = open − down. Closures that overlap count once: outside hours
 * everything is closed; planned maintenance of a unit counts as closed even while the unit is also out of order.
 */
import type { HoursException, OpenRange, Outage, Pool } from './domain/pool.ts';
import type { UnitId } from './ids.ts';
import { compareIds } from './ids.ts';
import { dayNumberOf, instantOfWall, localDays } from './local-time.ts';
import type { DayNumber } from './local-time.ts';
import type { Instant, Milli } from './units.ts';
import { milli } from './units.ts';

/** [from, until), in UTC seconds. */
export interface Window {
  readonly from: Instant;
  readonly until: Instant;
}

/** What a pool was from an instant on, until the next version's `from`. Before the first version there is no pool. */
export interface PoolVersion {
  readonly from: Instant;
  readonly pool: Pool;
}

/** The planner's shape (`CapacityStep` of the allocator): capacity offered from `at` on. */
export interface OfferedStep {
  readonly at: Instant;
  readonly capacityMilli: Milli;
  /** What lowers it below nominal: outside hours or planned maintenance, an outage, or (`open`) nothing. */
  readonly cause: 'open' | 'closed' | 'outage';
}

export interface AccountingStep {
  readonly at: Instant;
  readonly nominalMilli: Milli;
  /** Scheduled to be open: in hours, less planned maintenance. The rest of nominal is closed. */
  readonly openMilli: Milli;
  /** Lost to unplanned outages while it was scheduled to be open; at most `openMilli`. */
  readonly downMilli: Milli;
}

/** A stretch in which one named unit is out although the pool may be open. */
export interface UnitOut {
  readonly unitId: UnitId;
  readonly from: Instant;
  readonly until: Instant;
}

interface OutageStep {
  readonly at: Instant;
  readonly plannedMilli: number;
  readonly downMilli: number;
}

interface Stretch {
  readonly from: number;
  readonly until: number;
}

/**
 * Capacity offered over the window, ascending, the first step at `window.from`; neighbouring steps differ. Nothing is
 * said about instants from `window.until` on, where the last step merely goes on.
 * @throws RangeError when the zone is unknown or the window is empty (caller bug)
 */
export function offeredSteps(versions: readonly PoolVersion[], window: Window, zone: string): OfferedStep[] {
  const steps: OfferedStep[] = [];
  for (const step of accountingSteps(versions, window, zone)) {
    const capacityMilli = milli(step.openMilli - step.downMilli);
    const cause = causeOf(step);
    const last = steps.at(-1);
    if (last?.capacityMilli === capacityMilli && last.cause === cause) continue;
    steps.push({ at: step.at, capacityMilli, cause });
  }
  return steps;
}

/**
 * Nominal, open and down over the window, ascending, the first step at `window.from`; neighbouring steps differ.
 * @throws RangeError when the zone is unknown or the window is empty (caller bug)
 */
export function accountingSteps(
  versions: readonly PoolVersion[],
  window: Window,
  zone: string,
): AccountingStep[] {
  if (window.until <= window.from) throw new RangeError('the window is empty');
  const steps: AccountingStep[] = [];
  for (const { pool, from, until } of versionStretches(versions, window)) {
    const stretch = pool ? stepsOfVersion(pool, { from, until }, zone) : [noPool(from)];
    for (const step of stretch) if (!sameStep(steps.at(-1), step)) steps.push(step);
  }
  return steps;
}

/**
 * When each named unit is out within the window: its own outages (planned or not; an open end lasts to the window's),
 * and the stretches whose version of the pool lacks it. Overlaps are merged; ordered by unit id, then time.
 */
export function unitsOut(versions: readonly PoolVersion[], window: Window): UnitOut[] {
  const stretches = versionStretches(versions, window);
  const ids = new Set(stretches.flatMap(({ pool }) => pool?.units.map((unit) => unit.id) ?? []));
  const out: UnitOut[] = [];
  for (const unitId of [...ids].sort(compareIds)) {
    const parts: Stretch[] = [];
    for (const { pool, from, until } of stretches) {
      if (!pool?.units.some((unit) => unit.id === unitId)) parts.push({ from, until });
      else parts.push(...clipped(outagesOf(pool, unitId), { from, until }));
    }
    for (const part of merged(parts)) {
      out.push({ unitId, from: part.from as Instant, until: part.until as Instant }); // integers of instants above
    }
  }
  return out;
}

/** A pool that has always been what it is now. */
export function unchanged(pool: Pool): PoolVersion[] {
  return [{ from: Number.MIN_SAFE_INTEGER as Instant, pool }]; // earlier than any instant that is compared with it
}

function causeOf(step: AccountingStep): OfferedStep['cause'] {
  if (step.downMilli > 0) return 'outage';
  return step.openMilli < step.nominalMilli || step.nominalMilli === 0 ? 'closed' : 'open';
}

function noPool(at: Instant): AccountingStep {
  return { at, nominalMilli: milli(0), openMilli: milli(0), downMilli: milli(0) };
}

function sameStep(left: AccountingStep | undefined, right: AccountingStep): boolean {
  return (
    left?.nominalMilli === right.nominalMilli &&
    left.openMilli === right.openMilli &&
    left.downMilli === right.downMilli
  );
}

/** The window cut where versions change; a null pool before the first version. */
function versionStretches(
  versions: readonly PoolVersion[],
  window: Window,
): { pool: Pool | null; from: Instant; until: Instant }[] {
  const ordered = [...versions].sort((left, right) => left.from - right.from);
  const stretches: { pool: Pool | null; from: Instant; until: Instant }[] = [];
  let [pool, from]: [Pool | null, Instant] = [null, window.from];
  for (const version of ordered) {
    if (version.from >= window.until) break;
    if (version.from > from) {
      stretches.push({ pool, from, until: version.from });
      from = version.from;
    }
    pool = version.pool;
  }
  stretches.push({ pool, from, until: window.until });
  return stretches;
}

/** What was worked out last for a pool; reports of the same days ask for the same steps again and again. */
const lastSteps = new WeakMap<Pool, Window & { readonly zone: string; readonly steps: AccountingStep[] }>();
/** A year of two openings a day is not kept for every pool. */
const KEPT_STEPS_MAX = 400;

function stepsOfVersion(pool: Pool, { from, until }: Window, zone: string): readonly AccountingStep[] {
  const last = lastSteps.get(pool);
  if (last?.from === from && last.until === until && last.zone === zone) return last.steps;
  const steps = expandedSteps(pool, { from, until }, zone);
  if (steps.length <= KEPT_STEPS_MAX) lastSteps.set(pool, { from, until, zone, steps });
  return steps;
}

/** Walks hours and outages side by side: both are short ascending lists, so this is linear in their sum. */
function expandedSteps(pool: Pool, window: Window, zone: string): AccountingStep[] {
  const hours = openStretches(pool, window, zone);
  const outages = outageSteps(pool, window);
  const bounds = new Set<number>([window.from]);
  for (const { from, until } of hours) {
    bounds.add(from);
    if (until < window.until) bounds.add(until);
  }
  for (const { at } of outages) bounds.add(at);

  const steps: AccountingStep[] = [];
  let [hoursIndex, outageIndex] = [0, 0];
  for (const at of [...bounds].sort((left, right) => left - right)) {
    while ((hours[hoursIndex]?.until ?? Infinity) <= at) hoursIndex += 1;
    while ((outages[outageIndex + 1]?.at ?? Infinity) <= at) outageIndex += 1;
    const isOpen = (hours[hoursIndex]?.from ?? Infinity) <= at;
    const { plannedMilli, downMilli } = outages[outageIndex] ?? { plannedMilli: 0, downMilli: 0 };
    steps.push({
      at: at as Instant, // one of the integer bounds collected above
      nominalMilli: pool.capacityMilli,
      openMilli: milli(isOpen ? pool.capacityMilli - plannedMilli : 0),
      downMilli: milli(isOpen ? downMilli : 0),
    });
  }
  return steps;
}

/** Opening hours as disjoint ascending stretches within the window. */
function openStretches(pool: Pool, window: Window, zone: string): Stretch[] {
  const { weeklyHours } = pool;
  const exceptions = exceptionsByDay(pool.exceptions);
  if (!weeklyHours && exceptions.size === 0) return [{ from: window.from, until: window.until }];
  const stretches: Stretch[] = [];
  for (const { dayNumber, weekday, start, end } of localDays(window.from, window.until, zone)) {
    const ranges = exceptions.get(dayNumber) ?? (weeklyHours ? (weeklyHours[weekday] ?? []) : null);
    if (ranges === null) {
      stretches.push({ from: start, until: end });
      continue;
    }
    for (const { fromMinute, toMinute } of ranges) {
      stretches.push({
        from: instantOfWall(dayNumber, fromMinute, zone),
        until: instantOfWall(dayNumber, toMinute, zone),
      });
    }
  }
  return merged(clipped(stretches, window));
}

function exceptionsByDay(exceptions: readonly HoursException[]): Map<DayNumber, readonly OpenRange[]> {
  return new Map(exceptions.map(({ date, ranges }) => [dayNumberOf(date), ranges]));
}

/** How much planned maintenance and how much unplanned outage there is, whatever the hours; starts at the window. */
function outageSteps(pool: Pool, window: Window): OutageStep[] {
  const inWindow = pool.outages.filter(
    ({ start, end }) => start < window.until && (end ?? Infinity) > Math.max(window.from, start),
  );
  const bounds = new Set<Instant>([window.from]);
  for (const { start, end } of inWindow) {
    if (start > window.from) bounds.add(start);
    if (end !== null && end < window.until) bounds.add(end);
  }
  const ascending = [...bounds].sort((left, right) => left - right);
  return ascending.map((at) => {
    const running = inWindow.filter(({ start, end }) => start <= at && at < (end ?? Infinity));
    const plannedMilli = capacityOut(
      pool,
      running.filter((outage) => outage.isPlanned),
    );
    return { at, plannedMilli, downMilli: capacityOut(pool, running) - plannedMilli };
  });
}

/** Thousandths of a unit that these outages take together, each unit once. */
function capacityOut(pool: Pool, outages: readonly Outage[]): number {
  if (outages.some(({ unitId }) => unitId === null)) return pool.capacityMilli;
  const units = new Set(outages.map(({ unitId }) => unitId));
  return pool.units.filter(({ id }) => units.has(id)).length * 1000;
}

function outagesOf(pool: Pool, unitId: UnitId): Stretch[] {
  return pool.outages
    .filter((outage) => outage.unitId === unitId)
    .map(({ start, end }) => ({ from: start, until: end ?? Infinity }));
}

function clipped(stretches: readonly Stretch[], window: Window): Stretch[] {
  return stretches
    .map(({ from, until }) => ({ from: Math.max(from, window.from), until: Math.min(until, window.until) }))
    .filter(({ from, until }) => from < until);
}

/** The union of the stretches, ascending and disjoint; stretches that touch become one. */
function merged(stretches: readonly Stretch[]): Stretch[] {
  const union: Stretch[] = [];
  for (const stretch of [...stretches].sort((left, right) => left.from - right.from)) {
    const last = union.at(-1);
    if (last && stretch.from <= last.until) {
      union[union.length - 1] = { from: last.from, until: Math.max(last.until, stretch.until) };
    } else union.push(stretch);
  }
  return union;
}
