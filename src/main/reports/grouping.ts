/**
 * Groups a report: each pool's time by the tasks that took or wanted it, or by the clinic's wall clock, and its waits and
 * ends likewise. From the same input as the report, by the same accounting: a pool's groups add up to its own row, in
 * integers. A filter on subsystems narrows the tasks alone, as everywhere. Decision 0235.
 */
import type { TaskTraits } from '../ledger/index.ts';
import type { WorkKind } from '../../shared/domain/task.ts';
import type {
  GroupedPoolRow,
  Grouping,
  ReportGroup,
  ReportGroups,
  TimeGrouping,
  WorkGrouping,
} from '../../shared/domain/report-grouping.ts';
import { TIME_GROUPINGS } from '../../shared/domain/report-grouping.ts';
import type { Account } from '../../shared/domain/report.ts';
import type { LocalText } from '../../shared/domain/local-text.ts';
import { sameText } from '../../shared/domain/local-text.ts';
import { SUBSYSTEM_IDS } from '../../shared/domain/subsystem.ts';
import type { SubsystemId } from '../../shared/domain/subsystem.ts';
import { URGENCY_CLASSES } from '../../shared/domain/urgency.ts';
import { compareIds } from '../../shared/ids.ts';
import type { TaskId } from '../../shared/ids.ts';
import { work } from '../../shared/units.ts';
import { accountDetails } from './indicators/account.ts';
import { together } from './indicators/account-sums.ts';
import { bookedSpans } from './indicators/booked-spans.ts';
import { SUBSYSTEM_NAMES } from './indicators/definitions.ts';
import { groupedTasks } from './indicators/grouped-tasks.ts';
import { groupBounds, timeGroupAt, timeGroups } from './indicators/grouped-time.ts';
import { claimedWork } from './indicators/pool-parts.ts';
import type { WaitingSpan } from './indicators/sweep.ts';
import { eligibleFrom, taskWaits } from './indicators/waits.ts';
import type { PoolBooks } from './days/measure-days.ts';
import { booksOf, waitsByPool } from './days/measure-days.ts';
import type { ReportInput } from './input.ts';

export interface GroupingInput {
  readonly by: Grouping;
  /** Of every task that the report's input names. */
  readonly traits: ReadonlyMap<TaskId, TaskTraits>;
  /** In the clinic's order. */
  readonly workKinds: readonly Pick<WorkKind, 'id' | 'name'>[];
}

/** One pool with what is booked on it and who waits for it. */
interface WantedPool extends PoolBooks {
  readonly waits: readonly WaitingSpan[];
}

/** @throws RangeError when a task has no traits (caller bug) */
export function reportGroups(input: ReportInput, grouping: GroupingInput): ReportGroups {
  const { by } = grouping;
  const pools = wantedPools(input);
  const rows = isTime(by)
    ? pools.flatMap((pool) => rowsOverTime(pool, input, by))
    : pools.flatMap((pool) => rowsOfWork(pool, input, grouping, by));
  const zone = input.provenance.timeZone;
  const tasks = groupedTasks(
    input,
    isTime(by) ? (_, at) => timeGroupAt(at, by, zone) : (task) => workGroupOf(task.id, by, grouping),
  );
  const named = new Set([...rows, ...tasks].map(({ groupId }) => groupId));
  const groups = everyGroup(input, grouping).filter(({ id }) => named.has(id));
  const places = new Map(groups.map(({ id }, place) => [id, place]));
  const inOrder = (left: { groupId: string | null }, right: { groupId: string | null }): number =>
    placeOf(left.groupId, places) - placeOf(right.groupId, places);
  return {
    by,
    groups,
    pools: pools.flatMap(({ pool }) => rows.filter(({ poolId }) => poolId === pool.id).sort(inOrder)),
    tasks: tasks.sort(inOrder),
  };
}

function placeOf(groupId: string | null, places: ReadonlyMap<string, number>): number {
  return groupId === null ? places.size : (places.get(groupId) ?? places.size);
}

function isTime(by: Grouping): by is TimeGrouping {
  return TIME_GROUPINGS.some((time) => time === by);
}

function wantedPools(input: ReportInput): WantedPool[] {
  const { asOf, filters, periods } = input;
  const spans = input.bookings.map((booking) => bookedSpans(booking, asOf, input.defaultDurations));
  const all = booksOf(input.pools, spans);
  const waits = taskWaits(input.tasks, eligibleFrom(input.tasks, input.earlierEnds), asOf, input.waitCauses);
  const waiting = waitsByPool(all, waits, periods.current);
  return all
    .filter(({ pool }) => filters.poolIds?.includes(pool.id) ?? true)
    .map((books) => ({ ...books, waits: waiting.get(books.pool.id) ?? [] }));
}

function rowsOverTime(
  { pool, spans, waits }: WantedPool,
  { periods, asOf, provenance }: ReportInput,
  by: TimeGrouping,
): GroupedPoolRow[] {
  const window = periods.current;
  const zone = provenance.timeZone;
  const bucketBounds = groupBounds(window, by, zone);
  const { buckets } = accountDetails({
    steps: pool.steps,
    spans,
    waits,
    window,
    asOf,
    bucketBounds,
    seriesStepsMax: 0,
  });
  const byGroup = Map.groupBy(buckets, ({ from }) => timeGroupAt(from, by, zone));
  return [...byGroup].map(([groupId, parts]) => {
    const whole = together(parts);
    return {
      poolId: pool.id,
      groupId,
      states: whole.states,
      overcommittedWork: whole.overcommittedWork,
      actualWork: whole.actualWork,
      utilization: { numerator: whole.actualWork, denominator: whole.offeredElapsedWork },
      offeredWork: whole.offeredWork,
      unmetWork: whole.unmetWork,
    };
  });
}

function rowsOfWork(
  { pool, spans, waits }: WantedPool,
  { periods, asOf }: ReportInput,
  grouping: GroupingInput,
  by: WorkGrouping,
): GroupedPoolRow[] {
  const { steps } = pool;
  const window = periods.current;
  const parts = { steps, spans, waits, window, asOf };
  const bucketBounds = [window.from, window.until];
  const total = together(accountDetails({ ...parts, bucketBounds, seriesStepsMax: 0 }).buckets);
  const claimed = claimedWork(parts, (taskId) => workGroupOf(taskId, by, grouping));
  const offered = total.offeredElapsedWork;
  const groups = [...claimed].map(([groupId, given]): GroupedPoolRow => {
    const actual = given.used + given.overcommitted;
    return {
      poolId: pool.id,
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
      utilization: { numerator: actual, denominator: offered },
      offeredWork: null,
      unmetWork: null,
    };
  });
  return [...groups, nobodysRow(pool.id, total)];
}

function nobodysRow(
  poolId: GroupedPoolRow['poolId'],
  { states, offeredElapsedWork }: Account,
): GroupedPoolRow {
  return {
    poolId,
    groupId: null,
    states: { ...states, used: work(0), 'reserved-unused': work(0), 'idle-while-waited': work(0) },
    overcommittedWork: work(0),
    actualWork: work(0),
    utilization: { numerator: 0, denominator: offeredElapsedWork },
    offeredWork: null,
    unmetWork: null,
  };
}

function workGroupOf(taskId: TaskId, by: WorkGrouping, { traits }: GroupingInput): string {
  const task = traits.get(taskId);
  if (!task) throw new RangeError('a task of the report has no traits');
  switch (by) {
    case 'subsystem':
      return task.subsystem;
    case 'urgency':
      return String(task.urgency);
    case 'work-kind':
      return task.workKindId;
  }
}

/** In the order to be shown. */
function everyGroup(input: ReportInput, { by, traits, workKinds }: GroupingInput): ReportGroup[] {
  switch (by) {
    case 'subsystem':
      return SUBSYSTEM_IDS.map((id) => ({ id, label: subsystemName(id), subsystem: id }));
    case 'urgency':
      return URGENCY_CLASSES.map((urgency) => ({
        id: String(urgency),
        label: sameText(String(urgency)),
        subsystem: null,
      }));
    case 'work-kind': {
      // A kind of work belongs to one subsystem; one that the clinic has given up keeps its id.
      const used = new Map([...traits.values()].map(({ workKindId, subsystem }) => [workKindId, subsystem]));
      const names = new Map(workKinds.map(({ id, name }) => [id, name]));
      const others = [...used.keys()].filter((id) => !names.has(id)).sort(compareIds);
      return [...names.keys(), ...others].map((id) => ({
        id,
        label: names.get(id) ?? sameText(id),
        subsystem: used.get(id) ?? null,
      }));
    }
    default:
      return timeGroups(input.periods.current, by, input.provenance.timeZone);
  }
}

function subsystemName(id: SubsystemId): LocalText {
  return { en: SUBSYSTEM_NAMES[id]({}, { locale: 'en' }), zh: SUBSYSTEM_NAMES[id]({}, { locale: 'zh' }) };
}
