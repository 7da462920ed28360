/** A grouped report as its chart and tables show it: the groups of one pool by name, as columns, and their sum. Pure. */
import { m } from '../../../shared/messages/index.ts';
import type { GroupedPoolRow, Grouping, ReportGroups } from '../../../shared/domain/report-grouping.ts';
import { GROUPINGS, TIME_GROUPINGS } from '../../../shared/domain/report-grouping.ts';
import type { PoolId } from '../../../shared/ids.ts';
import type { DayColumn } from '../../charts/DayColumns.svelte';
import { format } from '../../format/format.svelte.ts';
import { text } from '../../locale.svelte.ts';
import { STACKED_STATES } from './report-words.ts';

/** Thousandth-unit · seconds in one unit · hour. */
const UNIT_HOUR = 3_600_000;

const CHOICE_WORDS: Readonly<Record<GroupingChoice, () => string>> = {
  pool: m.reports_by_pool,
  subsystem: m.reports_by_subsystem,
  urgency: m.reports_by_urgency,
  'work-kind': m.reports_by_work_kind,
  hour: m.reports_by_hour,
  weekday: m.reports_by_weekday,
  day: m.reports_by_day,
  week: m.reports_by_week,
  month: m.reports_by_month,
};

export type GroupingChoice = Grouping | 'pool';

/** By pool first: that is what every report is. */
const CHOICES: readonly GroupingChoice[] = ['pool', ...GROUPINGS];

/** `By weekday`. */
export function groupingWords(by: Grouping): string {
  return CHOICE_WORDS[by]();
}

export function groupingOptions(): { value: GroupingChoice; label: string }[] {
  return CHOICES.map((value) => ({ value, label: CHOICE_WORDS[value]() }));
}

export function isOverTime(by: Grouping): boolean {
  return TIME_GROUPINGS.some((time) => time === by);
}

export function rowsOfPool({ pools }: ReportGroups, poolId: PoolId): GroupedPoolRow[] {
  return pools.filter((row) => row.poolId === poolId);
}

/** `Imaging`, `Monday`, `Mon 2 Nov`, `2026-W45`, `Nov 2026`; what no task took is told as that. */
export function groupName({ by, groups }: ReportGroups, groupId: string | null): string {
  if (groupId === null) return m.reports_group_nobody();
  if (by === 'day') return format.shortDate(noonOf(groupId));
  if (by === 'month') return format.month(noonOf(`${groupId}-01`));
  const group = groups.find(({ id }) => id === groupId);
  return group ? text(group.label) : groupId;
}

/** One column per group of time, in unit · hours under what was offered. */
export function groupColumns(groups: ReportGroups, rows: readonly GroupedPoolRow[]): DayColumn[] {
  return rows.flatMap((row) =>
    row.groupId === null
      ? []
      : {
          id: row.groupId,
          label: axisLabel(groups, row.groupId),
          name: groupName(groups, row.groupId),
          capacity: (row.offeredWork ?? 0) / UNIT_HOUR,
          parts: STACKED_STATES.map((key) => ({ key, value: row.states[key] / UNIT_HOUR })),
        },
  );
}

/** Short: `08`, `Mon`, `2`, `W45`, `11`. */
function axisLabel(groups: ReportGroups, groupId: string): string {
  switch (groups.by) {
    case 'hour':
      return groupId;
    case 'day':
      return String(Number(groupId.slice(8)));
    case 'week':
      return groupId.slice(5);
    case 'month':
      return String(Number(groupId.slice(5)));
    default:
      return groupName(groups, groupId);
  }
}

/** A local date has no zone; its noon has that date almost everywhere, and the formats read the clinic's clock. */
function noonOf(date: string): number {
  return Date.parse(`${date}T12:00:00Z`) / 1000;
}
