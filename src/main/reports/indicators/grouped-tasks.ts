/**
 * Waits and ends by group: tasks that started in the period by when or as what they did, and tasks that finished. The
 * groups' counts add up to those of the tables of waits and of outcomes.
 */
import type { GroupedTaskRow } from '../../../shared/domain/report-grouping.ts';
import type { Instant } from '../../../shared/units.ts';
import { seconds } from '../../../shared/units.ts';
import type { ReportInput } from '../input.ts';
import { MEDIAN, P90, percentiles } from './percentile.ts';
import type { ReportTask } from './waits.ts';
import { eligibleFrom, secondsOrNull, waitsOfRow } from './waits.ts';
import { isFinishedIn } from './outcomes.ts';

interface GroupUnderWay {
  readonly waits: number[];
  withinTarget: number;
  finished: number;
  readonly turnarounds: number[];
}

/**
 * @param groupOf  a task's group by itself, or by the instant at which it started or finished
 * @returns one row per group with a start or an end, in no order
 */
export function groupedTasks(
  { tasks, earlierEnds, filters, periods, asOf, targets }: ReportInput,
  groupOf: (task: ReportTask, at: Instant) => string,
): GroupedTaskRow[] {
  const window = periods.current;
  const chosen = tasks.filter(({ subsystem }) => filters.subsystems?.includes(subsystem) ?? true);
  const eligible = eligibleFrom(tasks, earlierEnds);
  const groups = new Map<string, GroupUnderWay>();
  const rowOf = (task: ReportTask, at: Instant): GroupUnderWay => {
    const id = groupOf(task, at);
    const row = groups.get(id) ?? { waits: [], withinTarget: 0, finished: 0, turnarounds: [] };
    groups.set(id, row);
    return row;
  };
  for (const { task, from, until } of waitsOfRow(chosen, { eligible, window, asOf }).started) {
    const row = rowOf(task, until);
    const waited = Math.max(0, until - from);
    row.waits.push(waited);
    const target = targets[task.urgency - 1] ?? targets.at(-1) ?? seconds(0);
    if (waited <= target) row.withinTarget += 1;
  }
  for (const task of chosen) {
    if (!isFinishedIn(task, window)) continue;
    const row = rowOf(task, task.endedAt);
    row.finished += 1;
    const from = eligible.get(task.id);
    if (from !== undefined) row.turnarounds.push(Math.max(0, task.endedAt - from));
  }
  return [...groups].map(([groupId, row]) => rowFrom(groupId, row));
}

function rowFrom(
  groupId: string,
  { waits, withinTarget, finished, turnarounds }: GroupUnderWay,
): GroupedTaskRow {
  const [waitMedian = null, waitP90 = null] = percentiles([waits], [MEDIAN, P90]);
  const [wholeMedian = null, wholeP90 = null] = percentiles([turnarounds], [MEDIAN, P90]);
  return {
    groupId,
    started: waits.length,
    waitSecondsMedian: secondsOrNull(waitMedian),
    waitSecondsP90: secondsOrNull(waitP90),
    withinTarget: { numerator: withinTarget, denominator: waits.length },
    finished,
    turnaroundSecondsMedian: secondsOrNull(wholeMedian),
    turnaroundSecondsP90: secondsOrNull(wholeP90),
  };
}
