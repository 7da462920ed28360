/** Tables of a grouped report: each pool's time by group, and the tasks of each group. */
import { GROUPED_TASKS_WORDS, GROUPING_WORDS } from '../../../shared/messages/grouping-words.ts';
import { m } from '../../../shared/messages/index.ts';
import { ACCOUNTING_STATES } from '../../../shared/domain/capacity.ts';
import type { Locale } from '../../../shared/domain/local-text.ts';
import type { Grouping, ReportGroups } from '../../../shared/domain/report-grouping.ts';
import type { UtilizationReport } from '../../../shared/domain/report.ts';
import { poolKeyCells, poolKeys, stateColumns } from './pool-tables.ts';
import type { FigureColumn, KeyColumn, Message, Table } from './table.ts';
import { countFigure, durationOver, shareFigure, workFigure } from './table.ts';

const POOL_TITLES: Readonly<Record<Grouping, Message>> = {
  subsystem: m.reports_table_pools_by_subsystem,
  urgency: m.reports_table_pools_by_urgency,
  'work-kind': m.reports_table_pools_by_work_kind,
  hour: m.reports_table_pools_by_hour,
  weekday: m.reports_table_pools_by_weekday,
  day: m.reports_table_pools_by_day,
  week: m.reports_table_pools_by_week,
  month: m.reports_table_pools_by_month,
};

/** One row per pool and group; a pool's rows add up to its own row, state by state. */
export function groupedPoolTable(report: UtilizationReport, groups: ReportGroups, locale: Locale): Table {
  const say = (message: Message): string => message({}, { locale });
  const labels = labelsOf(groups, locale);
  const pools = new Map(report.pools.map((pool) => [pool.poolId, pool]));
  // Capacity is offered to everybody: work has no part of it, time has.
  const ofCapacity: FigureColumn[] = groups.pools.some(({ offeredWork }) => offeredWork !== null)
    ? [
        { id: 'offered', label: say(m.reports_col_offered), kind: 'work' },
        { id: 'unmet', label: say(m.reports_def_unmet_name), kind: 'work' },
      ]
    : [];
  return {
    id: `pools-by-${groups.by}`,
    title: say(POOL_TITLES[groups.by]),
    keys: [...poolKeys(say), ...groupKeys(groups, say)],
    figures: [
      ...stateColumns(say),
      ...ofCapacity,
      { id: 'overcommitted', label: say(m.reports_def_overcommitted_name), kind: 'work' },
      { id: 'actual', label: say(m.reports_col_actual), kind: 'work' },
      { id: 'utilization', label: say(m.reports_def_utilization_name), kind: 'ratio' },
    ],
    rows: groups.pools.flatMap((row) => {
      const pool = pools.get(row.poolId);
      if (!pool) return [];
      const { offeredWork, unmetWork, groupId } = row;
      const label = groupId === null ? say(m.reports_group_nobody) : (labels.get(groupId) ?? groupId);
      return {
        id: `${row.poolId}-${groupId ?? 'nobody'}`,
        keys: [...poolKeyCells(pool, locale), groupId, label],
        figures: [
          ...ACCOUNTING_STATES.map((state) => workFigure(row.states[state])),
          ...(offeredWork === null || unmetWork === null
            ? []
            : [workFigure(offeredWork), workFigure(unmetWork)]),
          workFigure(row.overcommittedWork),
          workFigure(row.actualWork),
          row.utilization,
        ],
        unitName: pool.unitName[locale],
      };
    }),
  };
}

/** One row per group in which a task started or finished. */
export function groupedTaskTable(groups: ReportGroups, locale: Locale): Table {
  const say = (message: Message): string => message({}, { locale });
  const labels = labelsOf(groups, locale);
  return {
    id: `tasks-by-${groups.by}`,
    title: say(GROUPED_TASKS_WORDS[groups.by]),
    keys: groupKeys(groups, say),
    figures: [
      { id: 'started', label: say(m.reports_col_started), kind: 'count' },
      { id: 'wait-median', label: say(m.reports_col_wait_median), kind: 'duration' },
      { id: 'wait-p90', label: say(m.reports_col_wait_p90), kind: 'duration' },
      { id: 'within-target', label: say(m.reports_def_target_name), kind: 'ratio' },
      { id: 'finished', label: say(m.reports_col_finished), kind: 'count' },
      { id: 'turnaround-median', label: say(m.reports_col_turnaround_median), kind: 'duration' },
      { id: 'turnaround-p90', label: say(m.reports_col_turnaround_p90), kind: 'duration' },
    ],
    rows: groups.tasks.map((row) => ({
      id: row.groupId,
      keys: [row.groupId, labels.get(row.groupId) ?? row.groupId],
      figures: [
        countFigure(row.started),
        durationOver(row.waitSecondsMedian, row.started),
        durationOver(row.waitSecondsP90, row.started),
        shareFigure(row.withinTarget),
        countFigure(row.finished),
        durationOver(row.turnaroundSecondsMedian, row.turnarounds),
        durationOver(row.turnaroundSecondsP90, row.turnarounds),
      ],
      unitName: null,
    })),
  };
}

/** A group by the id that every language and export gives it, then by its name. */
function groupKeys({ by }: ReportGroups, say: (message: Message) => string): KeyColumn[] {
  return [
    { id: 'groupId', label: say(m.reports_col_group_id), kind: 'text' },
    { id: 'group', label: say(GROUPING_WORDS[by]), kind: 'text' },
  ];
}

function labelsOf({ groups }: ReportGroups, locale: Locale): ReadonlyMap<string, string> {
  return new Map(groups.map(({ id, label }) => [id, label[locale]]));
}
