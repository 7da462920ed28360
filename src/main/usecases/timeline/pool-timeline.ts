/**
 * One pool over a window as the timeline draws it: what it offers and why not more, its load as step functions, and
 * what holds it. Pure: bookings and pool versions in, a view out. Wide windows get means instead of single steps.
 */
import type { WorkKind } from '../../../shared/domain/task.ts';
import { offeredSteps } from '../../../shared/calendar.ts';
import type { OfferedStep, PoolVersion } from '../../../shared/calendar.ts';
import type { TimelineBar, TimelinePool } from '../../../shared/contract/timeline.ts';
import type { Booking } from '../../../shared/domain/booking.ts';
import { sameText } from '../../../shared/domain/local-text.ts';
import type { TaskState } from '../../../shared/domain/lifecycle.ts';
import type { Pool } from '../../../shared/domain/pool.ts';
import type { TaskId, WorkKindId } from '../../../shared/ids.ts';
import type { Instant } from '../../../shared/units.ts';
import { instant, milli } from '../../../shared/units.ts';
import type { TimelineBooking } from '../../ledger/index.ts';
import type { Hold, Step } from '../views/steps.ts';
import { loadSteps } from '../views/steps.ts';
import { actualHolds, plannedHolds, runningEnd, runningHolds } from '../views/strips.ts';

/** [from, until), in UTC seconds. */
export interface Stretch {
  readonly from: Instant;
  readonly until: Instant;
}

export interface TimelineFacts {
  readonly window: Stretch;
  readonly now: Instant;
  readonly zone: string;
  /** Between which instants load is averaged, ascending; null: every step as it is, and single bars. */
  readonly boundaries: readonly Instant[] | null;
  readonly displaced: ReadonlySet<TaskId>;
  workKind(id: WorkKindId): WorkKind | null;
}

/**
 * @param versions  what the pool was from when on, ascending; a pool younger than the window counts as it began
 * @param bookings  the pool's, of the window, by start
 */
export function poolTimeline(
  pool: Pool,
  versions: readonly PoolVersion[],
  bookings: readonly TimelineBooking[],
  facts: TimelineFacts,
): TimelinePool {
  const { window, boundaries } = facts;
  const offered = offeredSteps(fromTheBeginning(versions, pool), window, facts.zone);
  const { past, ahead, ...load } = loadOf(bookings, facts);
  const capacity = offered.map((step) => ({ at: step.at, milli: step.capacityMilli }));
  const drawn = (steps: readonly Step[], stretch: Stretch): readonly Step[] =>
    boundaries === null ? steps : meanSteps(steps, stretch, boundaries);
  return {
    poolId: pool.id,
    name: pool.name,
    unitName: pool.unitName,
    template: pool.template,
    kind: pool.kind,
    capacityMilli: pool.capacityMilli,
    gridSeconds: pool.gridSeconds,
    units: pool.units.map(({ id, name }) => ({ id, name })),
    capacity: drawn(capacity, window),
    closed: closedStretches(offered, window.until),
    outages: outagesIn(pool, window),
    actual: drawn(load.actual, past),
    reserved: drawn(load.reserved, ahead),
    tentative: drawn(load.tentative, ahead),
    overcommitted: [
      ...excessStretches([load.actual], capacity, past),
      ...excessStretches([load.reserved, load.tentative], capacity, ahead),
    ],
    bars: boundaries === null ? bookings.flatMap((booking) => barOf(booking, facts)) : [],
  };
}

function fromTheBeginning(versions: readonly PoolVersion[], pool: Pool): PoolVersion[] {
  const [first, ...rest] = versions;
  const always = instant(Number.MIN_SAFE_INTEGER);
  return first ? [{ ...first, from: always }, ...rest] : [{ from: always, pool }];
}

/** Load as it was up to now, and as it is promised and planned from now on; one of the two stretches may be empty. */
function loadOf(bookings: readonly Booking[], { window, now }: TimelineFacts) {
  const turn = now < window.from ? window.from : now > window.until ? window.until : now;
  const past: Stretch = { from: window.from, until: turn };
  const ahead: Stretch = { from: turn, until: window.until };
  const over = (stretch: Stretch, holds: readonly Hold[]): Step[] =>
    stretch.from < stretch.until ? loadSteps(holds, stretch.from, stretch.until) : [];
  const promised = [...runningHolds(bookings, now), ...plannedHolds(bookings, ['confirmed'])];
  return {
    past,
    ahead,
    actual: over(past, actualHolds(bookings, now)),
    reserved: over(ahead, promised),
    tentative: over(ahead, plannedHolds(bookings, ['tentative'])),
  };
}

/**
 * Time-weighted means, one from each boundary to the next (and from the window's start, and to its end); rounded to
 * whole thousandths.
 * @param boundaries  ascending
 */
export function meanSteps(steps: readonly Step[], window: Stretch, boundaries: readonly Instant[]): Step[] {
  const cursor = new Cursor(steps);
  const within = boundaries.filter((at) => at > window.from && at < window.until);
  const turns = [window.from, ...within, window.until];
  const means: Step[] = [];
  let index = 0;
  for (const [position, at] of turns.slice(0, -1).entries()) {
    const end = turns[position + 1] ?? window.until;
    let sum = 0;
    for (let from: number = at; from < end;) {
      while (index < steps.length && (steps[index]?.at ?? Infinity) <= from) index += 1;
      const next = Math.min(end, steps[index]?.at ?? end);
      sum += cursor.at(from) * (next - from);
      from = next;
    }
    const mean = end > at ? Math.round(sum / (end - at)) : 0;
    if (end > at && means.at(-1)?.milli !== mean) means.push({ at, milli: milli(mean) });
  }
  return means;
}

function closedStretches(offered: readonly OfferedStep[], until: Instant): Stretch[] {
  return offered.flatMap((step, index) =>
    step.capacityMilli === 0 && step.cause === 'closed'
      ? [{ from: step.at, until: offered[index + 1]?.at ?? until }]
      : [],
  );
}

function outagesIn(pool: Pool, window: Stretch): TimelinePool['outages'] {
  return pool.outages
    .filter(({ start, end }) => start < window.until && (end === null || end > window.from))
    .map(({ start, end, unitId, isPlanned }) => ({
      from: start > window.from ? start : window.from,
      until: end === null || end > window.until ? window.until : end,
      unitId,
      isPlanned,
    }));
}

/** Where the series together exceed capacity within the stretch; neighbours are one. */
function excessStretches(
  series: readonly (readonly Step[])[],
  capacity: readonly Step[],
  { from, until }: Stretch,
): Stretch[] {
  const turns = new Set([from, ...[...capacity, ...series.flat()].map((step) => step.at)]);
  const ascending = [...turns].filter((at) => at >= from && at < until).sort((left, right) => left - right);
  const cursors = series.map((steps) => new Cursor(steps));
  const offered = new Cursor(capacity);
  const found: Stretch[] = [];
  for (const [position, at] of ascending.entries()) {
    const load = cursors.reduce((sum, cursor) => sum + cursor.at(at), 0);
    if (load <= offered.at(at)) continue;
    const end = ascending[position + 1] ?? until;
    const last = found.at(-1);
    if (last?.until === at) found[found.length - 1] = { from: last.from, until: end };
    else found.push({ from: at, until: end });
  }
  return found;
}

/** Reads a step function at ascending instants. */
class Cursor {
  readonly #steps: readonly Step[];
  #index = -1;

  constructor(steps: readonly Step[]) {
    this.#steps = steps;
  }

  at(asked: number): number {
    while ((this.#steps[this.#index + 1]?.at ?? Infinity) <= asked) this.#index += 1;
    return this.#steps[this.#index]?.milli ?? 0;
  }
}

const MOVABLE: readonly TaskState[] = ['tentative', 'confirmed'];
const EXTENSIBLE: readonly TaskState[] = [...MOVABLE, 'running'];

/** A hold as a bar; none for one that has neither run nor is planned any more. */
function barOf(booking: TimelineBooking, facts: TimelineFacts): TimelineBar[] {
  const { now } = facts;
  const expected = booking.state === 'running' ? runningEnd(booking, now) : null;
  const start = booking.actualStart ?? booking.plannedStart;
  const end = booking.actualStart === null ? booking.plannedEnd : (booking.actualEnd ?? expected ?? now);
  if (start === null || end === null || end <= facts.window.from || start >= facts.window.until) return [];
  const isCurrent = !booking.isEarlierRun;
  return [
    {
      taskId: booking.taskId,
      subsystem: booking.subsystem,
      workKind: facts.workKind(booking.workKindId)?.name ?? sameText(booking.workKindId),
      urgency: booking.urgency,
      state: booking.state,
      segment: booking.segment,
      unitIds: [...booking.unitIds],
      rateMilli: booking.rateMilli,
      start,
      end,
      isActual: booking.actualStart !== null,
      isEndAssumed: expected !== null && (booking.plannedEnd ?? expected) <= now,
      isDisplaced: isCurrent && facts.displaced.has(booking.taskId),
      mayMove: isCurrent && MOVABLE.includes(booking.state),
      mayExtend: isCurrent && EXTENSIBLE.includes(booking.state),
    },
  ];
}
