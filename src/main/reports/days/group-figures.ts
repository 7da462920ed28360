/**
 * What a run of days adds to a report grouped by hour of the day or by work: sums per pool and group, and for each group
 * the very seconds that medians are made of. Like the days themselves (`day-figures.ts`) they may have been kept, one day
 * by one, or be measured now; groups of whole days are made of the days. Decision 0276.
 */
import type { TaskTraits } from '../../ledger/index.ts';
import type { WorkGrouping } from '../../../shared/domain/report-grouping.ts';
import { WORK_GROUPINGS } from '../../../shared/domain/report-grouping.ts';
import { SUBSYSTEM_IDS } from '../../../shared/domain/subsystem.ts';
import type { PoolId, TaskId } from '../../../shared/ids.ts';
import type { LocalDay } from '../../../shared/local-time.ts';
import type { Instant } from '../../../shared/units.ts';
import type { KeptSums, Sums } from '../indicators/account-sums.ts';
import { ACCOUNT_SUMS, addStretch } from '../indicators/account-sums.ts';
import type { Span } from '../indicators/booked-spans.ts';
import { groupBounds, timeGroupAt } from '../indicators/grouped-time.ts';
import { isFinishedIn, turnaroundOf } from '../indicators/outcomes.ts';
import { CLAIMED_FIGURES, claimedWork } from '../indicators/pool-parts.ts';
import { sweep } from '../indicators/sweep.ts';
import { waitsOfRow } from '../indicators/waits.ts';
import type { SecondsList } from './day-figures.ts';
import { WAIT_ROWS } from './day-figures.ts';
import type { LiveBooks, PoolBooks } from './measure-days.ts';
import { waitsByPool } from './measure-days.ts';

/** Groupings whose groups are not made of whole days. */
export const KEPT_GROUPINGS = ['hour', ...WORK_GROUPINGS] as const;
export type KeptGrouping = (typeof KEPT_GROUPINGS)[number];

export function isKeptGrouping(by: string): by is KeptGrouping {
  return KEPT_GROUPINGS.some((kept) => kept === by);
}

/** Numbers of one pool in one group: an account, or `CLAIMED_FIGURES`. */
export function cellSize(by: KeptGrouping): number {
  return by === 'hour' ? ACCOUNT_SUMS : CLAIMED_FIGURES.length;
}

/** Lists of a group's tasks: waits by row of `WAIT_ROWS`, then those that finished by subsystem. */
const FINISHED_AT = WAIT_ROWS.length;

/** A group's tasks of one kind: those that started, of a subsystem and urgency, or those of a subsystem that finished. */
export interface GroupedSeconds {
  readonly groupId: string;
  /** A row of `WAIT_ROWS`, or from there on the place of the subsystem. */
  readonly list: number;
  /** Tasks; more than seconds where a turnaround is not known. */
  readonly count: number;
  /** Waits or turnarounds. */
  readonly seconds: SecondsList;
}

export interface GroupFigures {
  readonly days: readonly Pick<LocalDay, 'start' | 'end'>[];
  /** In the order of their places. A pool described later is not among them. */
  readonly poolIds: readonly PoolId[];
  readonly groupIds: readonly string[];
  /** Per cell: the pool's place × the number of groups + the group's place, then `cellSize` numbers; ascending. */
  readonly cells: KeptSums;
  readonly tasks: readonly GroupedSeconds[];
}

/** Whose tasks a list counts, and whether it counts starts or ends. */
export function listMeaning(list: number): (typeof WAIT_ROWS)[number] | (typeof SUBSYSTEM_IDS)[number] {
  const meaning = WAIT_ROWS[list] ?? SUBSYSTEM_IDS[list - FINISHED_AT];
  if (meaning === undefined) throw new RangeError('there is no such list'); // written by `groupedSeconds`
  return meaning;
}

export function finishedList(subsystem: (typeof SUBSYSTEM_IDS)[number]): number {
  return FINISHED_AT + SUBSYSTEM_IDS.indexOf(subsystem);
}

export interface GroupsToMeasure {
  /** Of every task of the books. */
  readonly traits: ReadonlyMap<TaskId, TaskTraits>;
  readonly groupings: readonly KeptGrouping[];
}

/**
 * @param days  ascending, without a gap, not empty; each pool's steps cover them
 * @returns the figures of each grouping asked for, in that order
 * @throws RangeError when a task has no traits (caller bug)
 */
export function measureGroups(
  books: LiveBooks,
  days: readonly LocalDay[],
  { traits, groupings }: GroupsToMeasure,
): GroupFigures[] {
  const [first, last] = [days[0], days.at(-1)];
  if (!first || !last) throw new RangeError('no days to measure');
  const window = { from: first.start, until: last.end };
  const waits = waitsByPool(books.pools, books.waits, window);
  const { asOf, zone } = books.input;
  return groupings.map((by) => {
    const parts = ({ pool, spans }: PoolBooks): Parameters<typeof claimedWork>[0] => ({
      steps: pool.steps,
      spans,
      waits: waits.get(pool.id) ?? [],
      window,
      asOf,
    });
    const rows =
      by === 'hour'
        ? books.pools.map((own) => hourSums(parts(own), zone))
        : books.pools.map((own) => workSums(parts(own), (taskId) => workGroupOf(taskId, by, traits)));
    const groupIds = [...new Set(rows.flatMap((row) => [...row.keys()]))].sort();
    const groupOf = (taskId: TaskId, at: Instant): string =>
      by === 'hour' ? timeGroupAt(at, by, zone) : workGroupOf(taskId, by, traits);
    return {
      days,
      poolIds: books.pools.map(({ pool }) => pool.id),
      groupIds,
      cells: cellsOf(rows, groupIds, cellSize(by)),
      tasks: groupedSeconds(books, window, groupOf),
    };
  });
}

/** A pool's account by hour of the day. */
export function hourSums(input: Parameters<typeof claimedWork>[0], zone: string): Map<string, Float64Array> {
  const { window, asOf } = input;
  const bounds = groupBounds(window, 'hour', zone);
  const groups = new Map<string, Float64Array>();
  let next = 0;
  let sums: Sums = new Float64Array(ACCOUNT_SUMS);
  sweep({ ...input, cuts: [asOf, ...bounds] }, (stretch) => {
    for (let at = bounds[next]; at !== undefined && at <= stretch.from; next += 1, at = bounds[next]) {
      const id = timeGroupAt(at, 'hour', zone);
      sums = groups.get(id) ?? new Float64Array(ACCOUNT_SUMS);
      groups.set(id, sums);
    }
    addStretch(sums, 0, stretch, stretch.from < asOf);
  });
  return groups;
}

function workSums(
  input: Parameters<typeof claimedWork>[0],
  groupOf: (taskId: TaskId) => string,
): Map<string, Float64Array> {
  return new Map(
    Array.from(claimedWork(input, groupOf), ([id, given]) => [
      id,
      Float64Array.from(CLAIMED_FIGURES, (figure) => given[figure]),
    ]),
  );
}

export function workGroupOf(
  taskId: TaskId,
  by: WorkGrouping,
  traits: ReadonlyMap<TaskId, TaskTraits>,
): string {
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

function cellsOf(
  rows: readonly ReadonlyMap<string, Float64Array>[],
  groupIds: readonly string[],
  size: number,
): Float64Array {
  const count = rows.reduce((sum, row) => sum + row.size, 0);
  const cells = new Float64Array(count * (size + 1));
  let at = 0;
  rows.forEach((row, pool) => {
    groupIds.forEach((id, group) => {
      const sums = row.get(id);
      if (!sums) return;
      cells[at] = pool * groupIds.length + group;
      cells.set(sums, at + 1);
      at += size + 1;
    });
  });
  return cells;
}

/** The tasks that started and that finished in a window, by group, then list. */
function groupedSeconds(
  { input, eligible }: LiveBooks,
  window: Span,
  groupOf: (taskId: TaskId, at: Instant) => string,
): GroupedSeconds[] {
  const { tasks, asOf } = input;
  const lists = new Map<string, { groupId: string; list: number; count: number; seconds: number[] }>();
  const put = (groupId: string, list: number, value: number | null): void => {
    const key = `${groupId} ${list}`;
    const row = lists.get(key) ?? { groupId, list, count: 0, seconds: [] };
    lists.set(key, row);
    row.count += 1;
    if (value !== null) row.seconds.push(value);
  };
  for (const { task, from, until } of waitsOfRow(tasks, { eligible, window, asOf, causes: [] }).started) {
    const list = WAIT_ROWS.findIndex(
      ({ subsystem, urgency }) => subsystem === task.subsystem && urgency === task.urgency,
    );
    put(groupOf(task.id, until), list, Math.max(0, until - from));
  }
  for (const task of tasks) {
    if (!isFinishedIn(task, window)) continue;
    put(groupOf(task.id, task.endedAt), finishedList(task.subsystem), turnaroundOf(task, eligible));
  }
  return [...lists.values()].sort(
    (left, right) =>
      Number(left.groupId > right.groupId) - Number(left.groupId < right.groupId) || left.list - right.list,
  );
}
