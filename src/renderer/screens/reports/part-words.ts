/** What a figure that is taken apart is called, and its rows in words. */
import type { FigurePart } from '../../../shared/contract/report-parts.ts';
import type { ReportGroups } from '../../../shared/domain/report-grouping.ts';
import type {
  CompletenessFigure,
  FigureGroup,
  GroupTaskFigure,
  OutcomeFigure,
  PoolFigure,
  PreemptionFigure,
  ReportFigure,
  WaitFigure,
} from '../../../shared/domain/report-parts.ts';
import type { UtilizationReport } from '../../../shared/domain/report.ts';
import type { SubsystemId } from '../../../shared/domain/subsystem.ts';
import { SUBSYSTEM_IDS } from '../../../shared/domain/subsystem.ts';
import { causeWords } from '../../../shared/messages/cause-words.ts';
import { URGENCY_CLASSES } from '../../../shared/domain/urgency.ts';
import { triage } from '../../format/triage.svelte.ts';
import { m } from '../../../shared/messages/index.ts';
import { STATE_WORDS } from '../../charts/state-words.ts';
import { format } from '../../format/format.svelte.ts';
import { locale, text } from '../../locale.svelte.ts';
import { SUBSYSTEM_SHORT } from '../../ui/subsystem-words.ts';
import { groupName } from './group-figures.ts';
import { hours } from './pool-figures.ts';

export const POOL_FIGURE_WORDS: Readonly<Record<PoolFigure, () => string>> = {
  ...STATE_WORDS,
  overcommitted: m.reports_parts_overcommitted,
  actual: m.reports_col_actual,
  planned: m.reports_col_planned,
  reserved: m.reports_col_reserved,
  unmet: m.reports_def_unmet_name,
};

export const WAIT_FIGURE_WORDS: Readonly<Record<WaitFigure, () => string>> = {
  started: m.reports_col_started,
  'within-target': m.reports_def_target_name,
  'still-waiting': m.reports_col_still_waiting,
};

export const OUTCOME_FIGURE_WORDS: Readonly<Record<OutcomeFigure, () => string>> = {
  finished: m.reports_col_finished,
  'on-time': m.reports_def_on_time_name,
  missed: m.reports_def_missed_name,
  'finished-early': m.reports_col_finished_early,
  'finished-late': m.reports_col_finished_late,
};

export const GROUP_TASK_FIGURE_WORDS: Readonly<Record<GroupTaskFigure, () => string>> = {
  started: m.reports_col_started,
  'within-target': m.reports_def_target_name,
  finished: m.reports_col_finished,
};

export const PREEMPTION_FIGURE_WORDS: Readonly<Record<PreemptionFigure, () => string>> = {
  preempted: m.reports_col_preempted,
  'preempted-running': m.reports_col_preempted_running,
};

export const COMPLETENESS_FIGURE_WORDS: Readonly<Record<CompletenessFigure, () => string>> = {
  'open-tasks': m.reports_about_open_tasks,
  'assumed-ends': m.reports_about_assumed_ends,
};

/** `CT · used`, `CT · Monday · used`, `Monday · Started`, `Imaging · urgency 2 · Started`. */
export function figureName(figure: ReportFigure, { pools, groups }: UtilizationReport): string {
  if (figure.kind === 'pool') {
    const pool = pools.find(({ poolId }) => poolId === figure.poolId);
    const words = [POOL_FIGURE_WORDS[figure.figure]()];
    if (figure.group) words.unshift(figureGroupWords(groups, figure.group));
    if (pool) words.unshift(text(pool.name));
    return words.join(' · ');
  }
  if (figure.kind === 'group-tasks') {
    const words = [GROUP_TASK_FIGURE_WORDS[figure.figure]()];
    if (groups) words.unshift(groupWords(groups, figure.group.id));
    return words.join(' · ');
  }
  if (figure.kind === 'beds') {
    const pool = pools.find(({ poolId }) => poolId === figure.poolId);
    return [...(pool ? [text(pool.name)] : []), m.reports_col_discharges()].join(' · ');
  }
  if (figure.kind === 'completeness') return COMPLETENESS_FIGURE_WORDS[figure.figure]();
  return [SUBSYSTEM_SHORT[figure.subsystem](), ...wordsOfTasks(figure)].join(' · ');
}

function wordsOfTasks(figure: Extract<ReportFigure, { subsystem: SubsystemId }>): string[] {
  switch (figure.kind) {
    case 'waits':
      return [
        m.common_urgency_named({ level: figure.urgency, name: triage.nameOf(figure.urgency) }),
        WAIT_FIGURE_WORDS[figure.figure](),
      ];
    case 'outcomes':
      return [OUTCOME_FIGURE_WORDS[figure.figure]()];
    case 'preemptions':
      return [causeWords(figure.cause, locale.current), PREEMPTION_FIGURE_WORDS[figure.figure]()];
  }
}

/** A subsystem's part of a pool is told in every report, grouped by something else or not at all. */
function figureGroupWords(groups: ReportGroups | null, { by, id }: FigureGroup): string {
  const subsystem = by === 'subsystem' ? SUBSYSTEM_IDS.find((each) => each === id) : undefined;
  if (subsystem) return SUBSYSTEM_SHORT[subsystem]();
  return groups ? groupWords(groups, id) : '';
}

/** An urgency is also said by its level. */
function groupWords(groups: ReportGroups, groupId: string | null): string {
  const level = URGENCY_CLASSES.find((each) => groups.by === 'urgency' && String(each) === groupId);
  return level ? m.common_urgency_named({ level, name: triage.nameOf(level) }) : groupName(groups, groupId);
}

/** A part as its row says it: its hours of units, or how long the counted task waited or took. */
export function partAmount(part: FigurePart, kind: ReportFigure['kind']): string {
  if (kind === 'pool') return hours(part.amount, 2);
  return part.until === null || part.until === part.from
    ? ''
    : format.duration(Math.max(0, part.until - part.from));
}

/** `Wed 18 Nov 10:00–10:45`, `Wed 18 Nov 10:00 – Thu 19 Nov 09:00`, `since Wed 18 Nov 10:00`. */
export function partTime({ from, until }: Pick<FigurePart, 'from' | 'until'>): string {
  const begin = `${format.longDate(from)} ${format.time(from)}`;
  if (until === null) return m.reports_parts_since({ time: begin });
  if (until === from) return begin;
  if (format.isoDate(from) === format.isoDate(until)) return `${begin}–${format.time(until)}`;
  return `${begin} – ${format.longDate(until)} ${format.time(until)}`;
}
