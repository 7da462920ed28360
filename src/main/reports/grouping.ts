/**
 * Groups a report: each pool's time by the tasks that took or wanted it, or by the clinic's wall clock, and its waits and
 * ends likewise. From the same days as the report, by the same accounting: a pool's groups add up to its own row, in
 * integers. A filter on subsystems narrows the tasks alone, as everywhere. Decisions 0235 and 0276.
 */
import type { TaskTraits } from '../ledger/index.ts';
import type { WorkKind } from '../../shared/domain/task.ts';
import type {
  GroupedPoolRow,
  Grouping,
  ReportGroup,
  ReportGroups,
  TimeGrouping,
} from '../../shared/domain/report-grouping.ts';
import type { Account } from '../../shared/domain/report.ts';
import type { LocalText } from '../../shared/domain/local-text.ts';
import { sameText } from '../../shared/domain/local-text.ts';
import { SUBSYSTEM_IDS } from '../../shared/domain/subsystem.ts';
import type { SubsystemId } from '../../shared/domain/subsystem.ts';
import { URGENCY_CLASSES } from '../../shared/domain/urgency.ts';
import { compareIds } from '../../shared/ids.ts';
import type { TaskId } from '../../shared/ids.ts';
import type { LocalDay } from '../../shared/local-time.ts';
import type { Instant } from '../../shared/units.ts';
import { work } from '../../shared/units.ts';
import { OUTCOME_COUNTS, WAIT_ROWS } from './days/day-figures.ts';
import type { GroupFigures, GroupedSeconds, KeptGrouping } from './days/group-figures.ts';
import { finishedList, isKeptGrouping, measureGroups } from './days/group-figures.ts';
import { claimedOf, sumsOfGroups } from './days/group-sums.ts';
import type { LiveBooks } from './days/measure-days.ts';
import type { PeriodDays } from './days/period-days.ts';
import { unsettledRuns } from './days/period-days.ts';
import { DAY_SUMS } from './days/pool-days.ts';
import type { Sums } from './indicators/account-sums.ts';
import { ACCOUNT_SUMS, accountOf, joinRow } from './indicators/account-sums.ts';
import { SUBSYSTEM_NAMES } from './indicators/definitions.ts';
import { groupedTaskRows } from './indicators/grouped-tasks.ts';
import { timeGroupAt, timeGroups } from './indicators/grouped-time.ts';
import type { ReportInput, ReportPool } from './input.ts';

export interface GroupingInput {
  readonly by: Grouping;
  /** Of every task that the report's input names. */
  readonly traits: ReadonlyMap<TaskId, TaskTraits>;
  /** In the clinic's order. */
  readonly workKinds: readonly (Pick<WorkKind, 'id' | 'name'> & Partial<Pick<WorkKind, 'subsystem'>>)[];
  /**
   * Days that need not be measured, by their start, where several are told by one all of them; none for a grouping that
   * is made of whole days.
   */
  readonly settled: ReadonlyMap<Instant, GroupFigures>;
}

/** What the report has measured already. */
export interface MeasuredPeriod {
  readonly books: LiveBooks;
  readonly local: readonly LocalDay[];
  readonly period: PeriodDays;
  /** Those reported, in the order of their rows. */
  readonly pools: readonly ReportPool[];
  /** `DAY_SUMS` numbers for each of them. */
  readonly total: Sums;
}

/** @throws RangeError when a task has no traits (caller bug) */
export function reportGroups(
  input: ReportInput,
  grouping: GroupingInput,
  measured: MeasuredPeriod,
): ReportGroups {
  const { by } = grouping;
  const { rows, lists } = isKeptGrouping(by)
    ? rowsOfGroups(by, grouping, measured)
    : rowsOfDays(by, input.provenance.timeZone, measured);
  const { subsystems } = input.filters;
  const tasks = groupedTaskRows(lists, input.targets, (id) => subsystems?.includes(id) ?? true);
  const named = new Set([...rows, ...tasks].map(({ groupId }) => groupId));
  const groups = everyGroup(input, grouping, named).filter(({ id }) => named.has(id));
  const places = new Map(groups.map(({ id }, place) => [id, place]));
  const inOrder = (left: { groupId: string | null }, right: { groupId: string | null }): number =>
    placeOf(left.groupId, places) - placeOf(right.groupId, places);
  const byPool = Map.groupBy(rows, ({ poolId }) => poolId);
  return {
    by,
    groups,
    pools: measured.pools.flatMap(({ id }) => byPool.get(id)?.sort(inOrder) ?? []),
    tasks: tasks.sort(inOrder),
  };
}

function placeOf(groupId: string | null, places: ReadonlyMap<string, number>): number {
  return groupId === null ? places.size : (places.get(groupId) ?? places.size);
}

interface Rows {
  readonly rows: readonly GroupedPoolRow[];
  readonly lists: readonly GroupedSeconds[];
}

/** From groups measured before and, for the other days, from the books. */
function rowsOfGroups(by: KeptGrouping, { settled, traits }: GroupingInput, measured: MeasuredPeriod): Rows {
  const { books, local, pools, total } = measured;
  const known = new Set(local.flatMap((day) => settled.get(day.start) ?? []));
  const isSettled = ({ start, end }: LocalDay): boolean =>
    settled.get(start)?.days.some((day) => day.start === start && day.end === end) ?? false;
  const live = unsettledRuns(local, isSettled).flatMap((run) =>
    measureGroups(books, run, { traits, groupings: [by] }),
  );
  const figures = [...known, ...live];
  const sums = sumsOfGroups(by, figures, pools, books);
  const rows = pools.flatMap((pool, index) => {
    const own = [...(sums.get(pool.id) ?? [])];
    if (by === 'hour') return own.map(([id, row]) => timeRow(pool, id, accountOf(row)));
    const whole = accountOf(total, index * DAY_SUMS);
    return [...own.map(([id, row]) => workRow(pool, id, row, whole)), nobodysRow(pool, whole)];
  });
  return { rows, lists: figures.flatMap(({ tasks }) => tasks) };
}

/** Groups of whole days are made of the report's own days. */
function rowsOfDays(by: TimeGrouping, zone: string, { local, period, pools }: MeasuredPeriod): Rows {
  const last = local.at(-1);
  if (!last) return { rows: [], lists: [] };
  const groupIds = local.map(({ start }) => timeGroupAt(start, by, zone));
  const byGroup = new Map<string, Float64Array>();
  period.bucketSums(pools, [...local.map(({ start }) => start), last.end]).forEach((day, index) => {
    const id = groupIds[index] ?? '';
    const sums = byGroup.get(id) ?? new Float64Array(pools.length * ACCOUNT_SUMS);
    pools.forEach((_, pool) => {
      joinRow(sums, pool * ACCOUNT_SUMS, day, pool * DAY_SUMS, ACCOUNT_SUMS);
    });
    byGroup.set(id, sums);
  });
  const rows = pools.flatMap((pool, index) =>
    Array.from(byGroup, ([id, sums]) => timeRow(pool, id, accountOf(sums, index * ACCOUNT_SUMS))),
  );
  const lists = period.days.flatMap(({ tasks }, index): GroupedSeconds[] => {
    const groupId = groupIds[index] ?? '';
    const started = WAIT_ROWS.map((_, list) => {
      const values = tasks.waits[list] ?? [];
      return { groupId, list, count: values.length, seconds: values };
    });
    const finished = SUBSYSTEM_IDS.map((subsystem, place) => ({
      groupId,
      list: finishedList(subsystem),
      count: tasks.counts[place * OUTCOME_COUNTS.length + OUTCOME_COUNTS.indexOf('finished')] ?? 0,
      seconds: tasks.turnarounds[place] ?? [],
    }));
    return [...started, ...finished];
  });
  return { rows, lists };
}

function timeRow({ id }: ReportPool, groupId: string, account: Account): GroupedPoolRow {
  return {
    poolId: id,
    groupId,
    states: account.states,
    overcommittedWork: account.overcommittedWork,
    actualWork: account.actualWork,
    utilization: { numerator: account.actualWork, denominator: account.offeredElapsedWork },
    offeredWork: account.offeredWork,
    unmetWork: account.unmetWork,
  };
}

function workRow({ id }: ReportPool, groupId: string, row: Sums, whole: Account): GroupedPoolRow {
  const given = claimedOf(row);
  const actual = given.used + given.overcommitted;
  return {
    poolId: id,
    groupId,
    states: {
      used: work(given.used),
      'reserved-unused': work(given['reserved-unused']),
      'idle-while-waited': work(given['idle-while-waited']),
      idle: work(0),
      down: work(0),
      closed: work(0),
    },
    overcommittedWork: work(given.overcommitted),
    actualWork: work(actual),
    utilization: { numerator: actual, denominator: whole.offeredElapsedWork },
    offeredWork: null,
    unmetWork: null,
  };
}

function nobodysRow({ id }: ReportPool, { states, offeredElapsedWork }: Account): GroupedPoolRow {
  return {
    poolId: id,
    groupId: null,
    states: { ...states, used: work(0), 'reserved-unused': work(0), 'idle-while-waited': work(0) },
    overcommittedWork: work(0),
    actualWork: work(0),
    utilization: { numerator: 0, denominator: offeredElapsedWork },
    offeredWork: null,
    unmetWork: null,
  };
}

/** In the order to be shown. */
function everyGroup(
  input: ReportInput,
  { by, workKinds }: GroupingInput,
  named: ReadonlySet<string | null>,
): ReportGroup[] {
  switch (by) {
    case 'subsystem':
      return SUBSYSTEM_IDS.map((id) => ({ id, label: subsystemName(id), subsystem: id }));
    case 'urgency':
      return URGENCY_CLASSES.map((urgency) => ({
        id: String(urgency),
        label: input.levels.find((level) => level.urgency === urgency)?.name ?? sameText(String(urgency)),
        subsystem: null,
      }));
    case 'work-kind': {
      // One that the clinic has given up keeps its id.
      const kinds = new Map<string, GroupingInput['workKinds'][number]>(
        workKinds.map((kind) => [kind.id, kind]),
      );
      const others = [...named].filter((id) => id !== null).filter((id) => !kinds.has(id));
      return [...kinds.keys(), ...others.sort(compareIds)].map((id) => ({
        id,
        label: kinds.get(id)?.name ?? sameText(id),
        subsystem: kinds.get(id)?.subsystem ?? null,
      }));
    }
    default:
      return timeGroups(input.periods.current, by, input.provenance.timeZone);
  }
}

function subsystemName(id: SubsystemId): LocalText {
  return { en: SUBSYSTEM_NAMES[id]({}, { locale: 'en' }), zh: SUBSYSTEM_NAMES[id]({}, { locale: 'zh' }) };
}
