/**
 * Gathers what a utilization report is made of from one look at the ledger: days that were measured before, the books of
 * the others, and who asks.
 */
import type { MarkedDay, ReadDb, Stretch } from '../../ledger/index.ts';
import {
  listBookingFiguresIn,
  listMarkedDays,
  listOpenEndedFigures,
  listPreemptions,
  listSettledGroups,
} from '../../ledger/index.ts';
import type { DayFigures } from '../../reports/days/day-figures.ts';
import type { GroupFigures, KeptGrouping } from '../../reports/days/group-figures.ts';
import { unsettledRuns } from '../../reports/days/period-days.ts';
import { showsQuarters } from '../../reports/days/pool-days.ts';
import type { SortedSeconds } from '../../reports/days/sorted-seconds.ts';
import type { ReportInput, SettledFigures } from '../../reports/input.ts';
import type { PeriodPair } from '../../reports/period.ts';
import { isDrawn, isHourly } from '../../reports/period.ts';
import type { StaffMember } from '../../../shared/domain/clinic.ts';
import type { Provenance, ReportFilters, ReportPeriod } from '../../../shared/domain/report.ts';
import type { SubsystemId } from '../../../shared/domain/subsystem.ts';
import { triageTargets, urgencyNames } from '../../../shared/domain/urgency.ts';
import type { LocalDay } from '../../../shared/local-time.ts';
import { localDays } from '../../../shared/local-time.ts';
import type { PoolId } from '../../../shared/ids.ts';
import type { Instant } from '../../../shared/units.ts';
import { DAY, instant } from '../../../shared/units.ts';
import { getClinic, readSubsystems } from '../planning/books.ts';
import type { DayMemory } from './day-memory.ts';
import type { AheadDay, AheadQuery } from './measured-ahead.ts';
import { measuredAhead } from './measured-ahead.ts';
import { memoryOf } from './day-memory.ts';
import type { ReportBooks } from './report-books.ts';
import type { BooksRead, DayBasis, LiveStretches } from './report-days.ts';
import { dayBasis, dayInput, perSubsystem, settledFigures } from './report-days.ts';

/** Measures every day from the books themselves: what settled days must agree with. */
export const NOTHING_SETTLED: SettledFigures = new Map();

type KeptGroups = ReadonlyMap<Instant, GroupFigures>;

/** Where in the period to read, and what there. */
export interface OnlyRead {
  /** Ascending, disjoint and apart. */
  readonly stretches: readonly Stretch[];
  readonly reads: BooksRead;
}

/** Which days need not be measured (those that the ledger keeps where nothing is said), and what is told. */
export interface InputChoice {
  readonly settled?: SettledFigures | null;
  /** Groups of the period's own days, by their start: a day without is measured for both; null where none are asked for. */
  readonly groups?: { readonly by: KeptGrouping; readonly kept: KeptGroups } | null;
  /** Whether each day is to hold its own waits and turnarounds. */
  readonly holdsSeconds?: boolean;
  /** Where only a part of the books is needed. */
  readonly only?: OnlyRead | null;
  /** Whose buckets and load are told: one pool's, the first one's where that is not in the report. */
  readonly charts?: 'all' | 'first' | PoolId;
}

export function reportInput(
  place: ReportBooks,
  periods: PeriodPair,
  filters: ReportFilters,
  author: StaffMember | null,
  { settled = null, groups = null, holdsSeconds = false, only = null, charts = 'all' }: InputChoice = {},
): ReportInput & { readonly settledGroups: KeptGroups } {
  const { db } = place;
  const now = place.now();
  const clinic = getClinic(db);
  const { current } = periods;
  const basis = dayBasis(db, clinic.timeZone);
  const kept = settled
    ? { days: settled, seconds: [] }
    : settledBefore(place, periods, basis, { groups, holdsSeconds });
  const ahead = settled
    ? NOTHING_AHEAD
    : aheadOf(db, periods, kept.days, { basis, asOf: now, by: groups?.by ?? null });
  const known = new Map([...kept.days, ...ahead.days]);
  const live = liveStretches(periods, known, now, clinic.timeZone);
  const settings = readSubsystems(db);
  const weightOf = (id: SubsystemId): number => settings.find((each) => each.subsystem === id)?.weight ?? 1;
  const days = dayInput(db, { ...live, ...(only && { ...only, unknownPools: () => true }) }, basis, now);
  const chosen = days.pools.map(({ id }) => id).filter((id) => filters.poolIds?.includes(id) ?? true);
  const chartPoolId = charts === 'all' ? null : (chosen.find((id) => id === charts) ?? chosen[0] ?? null);
  return {
    ...days,
    periods,
    filters,
    settled: known,
    settledSeconds: kept.seconds,
    settledGroups: new Map([...(groups?.kept ?? []), ...ahead.groups]),
    chartPoolId,
    drawn:
      isDrawn(current) && !only
        ? listBookingFiguresIn(db, { from: current.from, to: current.until }, chartPoolId)
        : null,
    openEnded: listOpenEndedFigures(db),
    preemptions: listPreemptions(db, { from: current.from, to: current.until }),
    targets: triageTargets(clinic),
    levels: urgencyNames(clinic),
    weights: perSubsystem(weightOf),
    provenance: provenanceOf(place, now, author),
  };
}

interface KeptDays {
  readonly days: SettledFigures;
  readonly seconds: readonly SortedSeconds[];
}

/** A period that is told by its hours has its own days measured anew. */
function settledBefore(
  place: ReportBooks,
  { current, previous }: PeriodPair,
  basis: DayBasis,
  { groups, holdsSeconds }: Required<Pick<InputChoice, 'groups' | 'holdsSeconds'>>,
): KeptDays {
  const { db } = place;
  const asOf = place.now();
  const memory = memoryOf(db);
  const ofPrevious = rememberedDays(memory, markedDays(db, previous, basis, asOf));
  if (isHourly(current)) return { days: new Map(ofPrevious), seconds: [] };
  const isWanted = (start: Instant): boolean => groups?.kept.has(start) ?? true;
  const quarters = !isDrawn(current) && showsQuarters((current.until - current.from) / DAY);
  if (quarters || holdsSeconds) {
    const parts = quarters ? 'all' : 'sums-and-seconds';
    const ofCurrent = [...settledFigures(db, current, { basis, asOf, parts })];
    return { days: new Map([...ofPrevious, ...ofCurrent.filter(([start]) => isWanted(start))]), seconds: [] };
  }
  const marked = markedDays(db, current, basis, asOf).filter(({ from }) => isWanted(instant(from)));
  const days = new Map([...ofPrevious, ...rememberedDays(memory, marked)]);
  return { days, seconds: memory.secondsOf(marked) };
}

interface AheadDays {
  readonly days: SettledFigures;
  readonly groups: KeptGroups;
}

const NOTHING_AHEAD: AheadDays = { days: new Map(), groups: new Map() };

/** Many days that the ledger does not keep are measured before the rest; not those that are told by their hours. */
function aheadOf(
  db: ReadDb,
  { current, previous }: PeriodPair,
  known: SettledFigures,
  query: AheadQuery,
): AheadDays {
  const isKnown = ({ start, end }: LocalDay): boolean => known.get(start)?.end === end;
  const of = ({ from, until }: ReportPeriod, by: AheadQuery['by']): AheadDay[] => {
    const days = localDays(from, until, query.basis.zone);
    return [...measuredAhead(db, days, isKnown, { ...query, by }).values()];
  };
  const ahead = [...of(previous, null), ...(isHourly(current) ? [] : of(current, query.by))];
  return {
    days: new Map(ahead.map(({ figures }) => [figures.start, figures])),
    groups: new Map(ahead.flatMap(({ figures, groups }) => (groups ? [[figures.start, groups]] : []))),
  };
}

/** The days of a period that the ledger keeps. */
function markedDays(
  db: ReadDb,
  { from, until }: ReportPeriod,
  { zone, key }: DayBasis,
  asOf: Instant,
): MarkedDay[] {
  const ends = new Map(localDays(from, until, zone).map(({ start, end }) => [start, end]));
  const marked = listMarkedDays(db, { from, to: until, basis: key, asOf });
  return marked.filter((day) => ends.get(instant(day.from)) === day.to);
}

/**
 * Days of a period by a grouping that is not made of whole days, as measured before, by their start; where several are
 * told as one, all of them by that one.
 */
export function settledGroups(
  db: ReadDb,
  period: ReportPeriod,
  { basis, asOf, by }: { readonly basis: DayBasis; readonly asOf: Instant; readonly by: KeptGrouping },
): KeptGroups {
  const marked = markedDays(db, period, basis, asOf);
  const figures = memoryOf(db).groupsOf(by, marked, (first, last) =>
    listSettledGroups(db, { from: first.from, to: last.to, basis: basis.key, asOf, grouping: by }),
  );
  return new Map(figures.flatMap((each) => each.days.map(({ start }) => [start, each])));
}

function rememberedDays(memory: DayMemory, marked: readonly MarkedDay[]): [Instant, DayFigures][] {
  return Array.from(memory.figuresOf(marked).values(), (day) => [day.start, day]);
}

function liveStretches(
  { current, previous }: PeriodPair,
  settled: SettledFigures,
  now: Instant,
  zone: string,
): LiveStretches {
  const ofPeriod = ({ from, until }: ReportPeriod): LocalDay[] => localDays(from, until, zone);
  const days = [...ofPeriod(previous), ...ofPeriod(current)];
  const isSettled = (day: LocalDay): boolean => settled.get(day.start)?.end === day.end;
  const isOfDrawn = (day: LocalDay): boolean => isDrawn(current) && day.start >= current.from;
  const lists = [...new Set(Array.from(settled.values(), ({ poolIds }) => poolIds))].map(
    (ids) => new Set(ids),
  );
  return {
    stretches: stretchesOf(unsettledRuns(days, isSettled)),
    stepped: stretchesOf(unsettledRuns(days, (day) => isSettled(day) && !isOfDrawn(day))),
    window: { from: previous.from, to: current.until },
    unknownPools: (poolId) => lists.some((ids) => !ids.has(poolId)),
    open: { to: current.until, waitedAt: instant(Math.min(now, current.until)) },
  };
}

function stretchesOf(runs: readonly (readonly LocalDay[])[]): Stretch[] {
  return runs.flatMap((run) => {
    const [first, last] = [run[0], run.at(-1)];
    return first && last ? [{ from: first.start, to: last.end }] : [];
  });
}

/** Who made a file, when, and from which books. */
export function provenanceOf(place: ReportBooks, now: Instant, person: StaffMember | null): Provenance {
  const clinic = getClinic(place.db);
  if (!person) throw new Error('a report has an author'); // the bridge asks for a person before any report
  const head = place.head();
  return {
    clinicName: clinic.name,
    isSample: clinic.isSample,
    timeZone: clinic.timeZone,
    authorId: person.id,
    authorName: person.name,
    generatedAt: now,
    applicationVersion: place.surroundings.version,
    head: { epoch: head.epoch, length: head.seq, hash: head.hash },
  };
}
