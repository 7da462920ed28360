/**
 * Reads what days of a report are measured from, and days that were measured before. One reading of the books for the
 * report on screen and for the days that are settled: both measure the same.
 */
import type {
  BookingFigures,
  ReadDb,
  SettledGroups,
  SettledReport,
  Stretch,
  TaskFigures,
  TaskTraits,
  WaitCause,
} from '../../ledger/index.ts';
import {
  findFirstStart,
  listBookingFigures,
  listPools,
  listPoolVersions,
  listSettledReports,
  listNamedTaskFigures,
  listTaskEnds,
  listTaskFigures,
  listTaskTraits,
  listWaitCauses,
  listWorkKinds,
} from '../../ledger/index.ts';
import { KEPT_GROUPINGS, measureGroups } from '../../reports/days/group-figures.ts';
import { packGroups } from '../../reports/days/packed-groups.ts';
import type { DayInput, LiveBooks } from '../../reports/days/measure-days.ts';
import { liveBooks, measureDays } from '../../reports/days/measure-days.ts';
import { dayUnpacker, packDay } from '../../reports/days/packed-days.ts';
import type { DefaultDurations } from '../../reports/indicators/booked-spans.ts';
import { isKnownBefore } from '../../reports/indicators/booked-spans.ts';
import type { ReportPool, SettledFigures } from '../../reports/input.ts';
import type { PoolVersion } from '../../../shared/calendar.ts';
import { accountingSteps } from '../../../shared/calendar.ts';
import type { SubsystemId } from '../../../shared/domain/subsystem.ts';
import { SUBSYSTEM_IDS } from '../../../shared/domain/subsystem.ts';
import type { PoolId, TaskId } from '../../../shared/ids.ts';
import type { LocalDay } from '../../../shared/local-time.ts';
import { localDays } from '../../../shared/local-time.ts';
import type { Instant, Seconds } from '../../../shared/units.ts';
import { HOUR, instant, milli, seconds } from '../../../shared/units.ts';

/** Rises when days come to be measured otherwise: those kept before are then measured anew. */
export const MEASURED_AS = 3;

/** The settings that days are measured by. */
export interface DayBasis {
  readonly zone: string;
  readonly defaultDurations: DefaultDurations;
  /** Both as one text. */
  readonly key: string;
}

export function dayBasis(db: ReadDb, zone: string): DayBasis {
  const durations = medianDurations(db);
  const defaultDurations = perSubsystem((id) => durations.get(id) ?? seconds(HOUR));
  const key = JSON.stringify([MEASURED_AS, zone, SUBSYSTEM_IDS.map((id) => defaultDurations[id])]);
  return { zone, defaultDurations, key };
}

export function perSubsystem<Value>(valueOf: (id: SubsystemId) => Value): Record<SubsystemId, Value> {
  const [records, imaging, insurance, research, monitoring] = SUBSYSTEM_IDS;
  return {
    [records]: valueOf(records),
    [imaging]: valueOf(imaging),
    [insurance]: valueOf(insurance),
    [research]: valueOf(research),
    [monitoring]: valueOf(monitoring),
  };
}

/** The median duration of each subsystem's kinds of work: how long work without an end is taken to last. */
function medianDurations(db: ReadDb): Map<SubsystemId, Seconds> {
  const bySubsystem = Map.groupBy(listWorkKinds(db), (kind) => kind.subsystem);
  return new Map(
    [...bySubsystem].map(([subsystem, kinds]) => {
      const sorted = kinds.map((kind) => kind.durationSeconds).sort((left, right) => left - right);
      return [subsystem, sorted[Math.floor(sorted.length / 2)] ?? seconds(HOUR)];
    }),
  );
}

/**
 * Days of a period that were measured before and still hold, by their start.
 * @param parts  whether the quarters of days are read too
 */
export function settledFigures(
  db: ReadDb,
  { from, until }: { readonly from: Instant; readonly until: Instant },
  {
    basis,
    asOf,
    parts,
  }: {
    readonly basis: DayBasis;
    readonly asOf: Instant;
    readonly parts: 'sums-and-seconds' | 'all';
  },
): SettledFigures {
  const unpack = dayUnpacker();
  const rows = listSettledReports(db, {
    from,
    to: until,
    basis: basis.key,
    asOf,
    withBins: parts === 'all',
    withSeconds: true,
  });
  return new Map(rows.map((row) => [instant(row.from), unpack(row)]));
}

/** What the tasks of some books are grouped by. */
export function traitsOf(
  db: ReadDb,
  { tasks, bookings }: Pick<DayInput, 'tasks' | 'bookings'>,
): Map<TaskId, TaskTraits> {
  return listTaskTraits(db, new Set([...tasks.map(({ id }) => id), ...bookings.map(({ taskId }) => taskId)]));
}

/** What days without a settled figure are measured from. */
export interface LiveStretches {
  /** Ascending, disjoint and apart. */
  readonly stretches: readonly Stretch[];
  /** The whole that they are part of. */
  readonly window: Stretch;
  /** Where the pools' steps are wanted, if that is more than those stretches; likewise. */
  readonly stepped?: readonly Stretch[];
  /** Pools that some settled day does not know: their steps are wanted everywhere. */
  readonly unknownPools: (poolId: PoolId) => boolean;
  /** Until when a report wants to know what is open, and just before which instant who was waiting. */
  readonly open: { readonly to: Instant; readonly waitedAt: Instant };
  /** All that there is where nothing is said. */
  readonly reads?: BooksRead;
}

/** Which books are read for a figure that needs no others. */
export interface BooksRead {
  readonly tasks: boolean;
  /** Of all pools, of one, or none. */
  readonly bookings: 'all' | { readonly poolId: PoolId } | 'none';
}

const ALL_BOOKS: BooksRead = { tasks: true, bookings: 'all' };

/** Reads everything that is needed of some stretches of days. */
export function dayInput(db: ReadDb, live: LiveStretches, basis: DayBasis, asOf: Instant): DayInput {
  // A task that ended or was to begin the very second a stretch begins belongs to it, though its booking does not.
  const windows = live.stretches.map(({ from, to }) => ({ from: from - 1, to }));
  const reads = live.reads ?? ALL_BOOKS;
  const listed = reads.tasks ? listTaskFigures(db, windows, live.open) : [];
  const waitCauses = reads.tasks ? causesIn(db, live, asOf) : [];
  const tasks = [...listed, ...givenUp(db, listed, waitCauses)];
  const known = new Set(tasks.map(({ id }) => id));
  const before = new Set(tasks.flatMap((task) => task.after.filter((id) => !known.has(id))));
  return {
    asOf,
    zone: basis.zone,
    pools: poolsOver(db, live, basis.zone, asOf),
    bookings: bookingsRead(db, windows, reads.bookings),
    tasks,
    earlierEnds: listTaskEnds(db, [...before]),
    waitCauses,
    defaultDurations: basis.defaultDurations,
  };
}

/** Those of the stretches, and of the instant before which the waiting are counted; each once. */
function causesIn(db: ReadDb, { stretches, open }: LiveStretches, asOf: Instant): WaitCause[] {
  const last = { from: open.waitedAt - 1, to: open.waitedAt };
  const isRead = stretches.some(({ from, to }) => from <= last.from && last.to <= to);
  const causes = (isRead ? stretches : [...stretches, last]).flatMap(({ from, to }) =>
    listWaitCauses(db, { from: instant(from), to: instant(to) }, asOf),
  );
  return stretches.length + Number(!isRead) < 2
    ? causes
    : [...new Map(causes.map((cause) => [Object.values(cause).join(' '), cause])).values()];
}

/** Tasks that waited, as was logged then, and were called off before they began: no time of theirs says that they were. */
function givenUp(db: ReadDb, listed: readonly TaskFigures[], causes: readonly WaitCause[]): TaskFigures[] {
  const known = new Set(listed.map(({ id }) => id));
  const others = new Set(causes.map(({ taskId }) => taskId).filter((id) => !known.has(id)));
  return listNamedTaskFigures(db, [...others]);
}

function bookingsRead(
  db: ReadDb,
  windows: readonly Stretch[],
  wanted: BooksRead['bookings'],
): BookingFigures[] {
  if (wanted === 'none') return [];
  return listBookingFigures(db, windows, wanted === 'all' ? null : wanted.poolId);
}

/**
 * Every pool of the clinic in its order. What a pool was before it was first described is taken to be its first
 * description: imported history is older than the books, and must be measured against something.
 */
function poolsOver(db: ReadDb, live: LiveStretches, zone: string, now: Instant): ReportPool[] {
  const window = { from: instant(live.window.from), to: instant(live.window.to) };
  const versions = new Map<PoolId, PoolVersion[]>();
  for (const { pool, effectiveFrom } of listPoolVersions(db, window)) {
    const known = versions.get(pool.id);
    if (known) known.push({ from: effectiveFrom, pool });
    else versions.set(pool.id, [{ from: instant(Math.min(effectiveFrom, window.from)), pool }]);
  }
  const named = new Map(listPools(db, now).map((pool) => [pool.id, pool]));
  return [...versions].flatMap(([poolId, list]) => {
    const pool = named.get(poolId) ?? list.at(-1)?.pool;
    if (!pool) return [];
    const { name, unitName, kind, template } = pool;
    const nominalMilli = list.findLast(({ from }) => from < window.to)?.pool.capacityMilli ?? milli(0);
    const stretches = live.unknownPools(poolId) ? [live.window] : (live.stepped ?? live.stretches);
    const steps = stretches.flatMap(({ from, to }) =>
      accountingSteps(list, { from: instant(from), until: instant(to) }, zone),
    );
    return [{ id: poolId, name, unitName, kind, template, nominalMilli, steps }];
  });
}

/**
 * Measures one day that is over.
 * @returns null while something on it may still turn out otherwise: work past its end that may be running on
 */
export function measureSettledDay(
  db: ReadDb,
  day: Stretch,
  basis: DayBasis,
  now: Instant,
): SettledReport | null {
  const days = localDays(instant(day.from), instant(day.to), basis.zone);
  if (days.length !== 1 || days[0]?.start !== day.from || days[0].end !== day.to) return null;
  const end = instant(day.to);
  const live = {
    stretches: [day],
    window: day,
    unknownPools: () => false,
    open: { to: end, waitedAt: end },
  };
  const input = dayInput(db, live, basis, now);
  const isCertain = (booking: BookingFigures): boolean =>
    isKnownBefore(booking, end, now, basis.defaultDurations);
  if (!input.bookings.every(isCertain)) return null;
  const books = liveBooks(input);
  const [figures] = measureDays(books, days);
  const packed = figures && packDay(figures);
  if (!packed) return null;
  const groups = packedGroups(db, books, days);
  return groups && { ...packed, measuredAt: now, basis: basis.key, groups };
}

/** None for a day before the books begin: it is there to be compared with. */
function packedGroups(db: ReadDb, books: LiveBooks, days: readonly LocalDay[]): SettledGroups[] | null {
  const first = findFirstStart(db) ?? Infinity;
  if (days.every(({ end }) => end <= first)) return [];
  const measured = measureGroups(books, days, {
    traits: traitsOf(db, books.input),
    groupings: KEPT_GROUPINGS,
  });
  const packed = KEPT_GROUPINGS.flatMap((by, index) => {
    const figures = measured[index];
    return (figures && packGroups(by, figures)) ?? [];
  });
  return packed.length === KEPT_GROUPINGS.length ? packed : null;
}
