/** What a report's groupings are called, the same on screen and in files. */
import type { Grouping } from '../domain/report-grouping.ts';
import { m } from './index.ts';

export const GROUPING_WORDS = {
  subsystem: m.reports_grouping_subsystem,
  urgency: m.reports_grouping_urgency,
  'work-kind': m.reports_grouping_work_kind,
  hour: m.reports_grouping_hour,
  weekday: m.reports_grouping_weekday,
  day: m.reports_grouping_day,
  week: m.reports_grouping_week,
  month: m.reports_grouping_month,
} as const satisfies Readonly<Record<Grouping, unknown>>;

/** Titles of the table of tasks. */
export const GROUPED_TASKS_WORDS = {
  subsystem: m.reports_table_tasks_by_subsystem,
  urgency: m.reports_table_tasks_by_urgency,
  'work-kind': m.reports_table_tasks_by_work_kind,
  hour: m.reports_table_tasks_by_hour,
  weekday: m.reports_table_tasks_by_weekday,
  day: m.reports_table_tasks_by_day,
  week: m.reports_table_tasks_by_week,
  month: m.reports_table_tasks_by_month,
} as const satisfies Readonly<Record<Grouping, unknown>>;
