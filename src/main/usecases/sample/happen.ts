/**
 * What became of each booking: people come a little late or not at all, work takes less or more time than planned, a
 * room fails. Walks the bookings in the order of their starts, so that no unit is ever used twice at once. Pure; each
 * booking brings its own dice.
 */
import type { Outage, Pool } from '../../../shared/domain/pool.ts';
import type { UnitId } from '../../../shared/ids.ts';
import type { Instant } from '../../../shared/units.ts';
import { HOUR, MINUTE, instant } from '../../../shared/units.ts';
import type { Demand } from './demand.ts';
import { Dice } from './random.ts';
import type { Reserved } from './unit-books.ts';

export interface Booked {
  readonly demand: Demand;
  readonly reserved: Reserved;
}

export type Outcome = Booked &
  (
    | {
        readonly fate: 'done';
        readonly startedAt: Instant;
        readonly endedAt: Instant;
        readonly isAssumed: boolean;
      }
    | { readonly fate: 'missed' }
    | { readonly fate: 'cancelled'; readonly cancelledAt: Instant }
  );

/** Somebody booked who has not come this long after the agreed start is missed. */
const GRACE_SECONDS = 15 * MINUTE;

const MISSED_PERCENT = 5;
const CANCELLED_PERCENT = 3;
/** Day close took the planned times because nobody pressed Finish. */
const ASSUMED_PERCENT = 2;
/** Who has waited this long beyond the agreed time goes home. */
const PATIENCE_SECONDS = 45 * MINUTE;

/** How late work starts, in seconds: mostly within minutes, now and then early. */
const DELAYS: readonly (readonly [weight: number, least: number, most: number])[] = [
  [40, 0, 180],
  [35, 180, 480],
  [15, 480, 900],
  [10, -300, 0],
];

/** When somebody who does not come is given up. */
export function missedAt(reserved: Reserved): Instant {
  return instant(reserved.start + GRACE_SECONDS);
}

/** One outcome per booking, in the order of reserved starts, then keys. */
export function happen(booked: readonly Booked[], pools: readonly Pool[]): Outcome[] {
  const failures = new Map(
    pools.flatMap((pool) =>
      pool.outages.flatMap((row) => (row.unitId && !row.isPlanned ? [[row.unitId, row]] : [])),
    ),
  );
  const freeAt = new Map<UnitId, number>();
  const inOrder = [...booked].sort(
    (left, right) =>
      left.reserved.start - right.reserved.start || (left.demand.key < right.demand.key ? -1 : 1),
  );
  return inOrder.map((one) => {
    const outcome = outcomeOf(one, freeAt, failures);
    if (outcome.fate === 'done') {
      for (const unit of one.reserved.units.flat()) freeAt.set(unit, outcome.endedAt);
    }
    return outcome;
  });
}

function outcomeOf(
  booked: Booked,
  freeAt: ReadonlyMap<UnitId, number>,
  failures: ReadonlyMap<UnitId, Outage>,
): Outcome {
  const { demand, reserved } = booked;
  const dice = new Dice(demand.seed);
  const mayFail = demand.isAppointment && demand.patient !== null;
  if (mayFail && dice.percent(CANCELLED_PERCENT)) {
    const cancelledAt = reserved.start - dice.between(HOUR, 24 * HOUR);
    return {
      ...booked,
      fate: 'cancelled',
      cancelledAt: instant(Math.max(cancelledAt, demand.submittedAt + MINUTE)),
    };
  }
  if (mayFail && dice.percent(MISSED_PERCENT)) return { ...booked, fate: 'missed' };

  const units = reserved.units.flat();
  const timing = timingOf(booked, dice);
  const start = Math.max(timing.start, demand.earliestStart, ...units.map((unit) => freeAt.get(unit) ?? 0));
  const broken = units.flatMap((unit) => failures.get(unit) ?? []);
  const isOut = broken.some((row) => row.start <= start && start < (row.end ?? Infinity));
  if (isOut || start > reserved.start + PATIENCE_SECONDS) {
    return {
      ...booked,
      fate: 'cancelled',
      cancelledAt: instant(Math.max(start, demand.submittedAt + MINUTE)),
    };
  }
  const failsAt = Math.min(...broken.filter((row) => row.start > start).map((row) => row.start));
  const endedAt = Math.min(start + timing.length, failsAt);
  return {
    ...booked,
    fate: 'done',
    startedAt: instant(start),
    endedAt: instant(endedAt),
    isAssumed: timing.isAssumed,
  };
}

/** Machines keep their times and finish early at most; people do neither. */
function timingOf(
  { demand, reserved }: Booked,
  dice: Dice,
): { start: number; length: number; isAssumed: boolean } {
  const planned = reserved.end - reserved.start;
  const isMachine = reserved.units.every((units) => units.length === 0);
  if (isMachine) {
    return {
      start: reserved.start,
      length: Math.floor((planned * dice.between(82, 100)) / 100),
      isAssumed: false,
    };
  }
  if (demand.patient && dice.percent(ASSUMED_PERCENT)) {
    return { start: reserved.start, length: planned, isAssumed: true };
  }
  const [, least, most] = DELAYS[dice.weighted(DELAYS.map(([weight]) => weight))] ?? [0, 0, 0];
  return {
    start: reserved.start + dice.between(least, most),
    length: Math.floor((planned * dice.between(68, 118)) / 100),
    isAssumed: false,
  };
}

/**
 * Lets one visit of the past run into the next one in the same room, as it happens where a door is not locked: the
 * only double use in the sample's books.
 */
export function withOneOverrun(outcomes: readonly Outcome[], before: Instant): Outcome[] {
  const done = outcomes.filter((row) => row.fate === 'done' && row.endedAt < before);
  for (const first of done.toReversed()) {
    const [room] = first.reserved.units.flat();
    if (first.fate !== 'done' || first.demand.kind.kind.id !== 'visit' || !room) continue;
    const next = done.find(
      (row) =>
        row.fate === 'done' && row.startedAt >= first.endedAt && row.reserved.units.flat().includes(room),
    );
    if (next?.fate !== 'done' || next.startedAt > first.endedAt + 5 * MINUTE) continue;
    const endedAt = instant(next.startedAt + Math.floor((next.endedAt - next.startedAt) / 2));
    return outcomes.map((row) => (row === first ? { ...first, endedAt } : row));
  }
  return [...outcomes];
}
