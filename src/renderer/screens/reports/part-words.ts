/** What a figure that is taken apart is called, and its rows in words. */
import type { FigurePart } from '../../../shared/contract/report-parts.ts';
import type { ReportGroups } from '../../../shared/domain/report-grouping.ts';
import type {
  GroupTaskFigure,
  OutcomeFigure,
  PoolFigure,
  ReportFigure,
  WaitFigure,
} from '../../../shared/domain/report-parts.ts';
import type { UtilizationReport } from '../../../shared/domain/report.ts';
import { URGENCY_CLASSES } from '../../../shared/domain/urgency.ts';
import { triage } from '../../format/triage.svelte.ts';
import { m } from '../../../shared/messages/index.ts';
import { STATE_WORDS } from '../../charts/state-words.ts';
import { format } from '../../format/format.svelte.ts';
import { text } from '../../locale.svelte.ts';
import { SUBSYSTEM_SHORT } from '../../ui/subsystem-words.ts';
import { groupName } from './group-figures.ts';
import { hours } from './pool-figures.ts';

export const POOL_FIGURE_WORDS: Readonly<Record<PoolFigure, () => string>> = {
  ...STATE_WORDS,
  overcommitted: m.reports_parts_overcommitted,
};

export const WAIT_FIGURE_WORDS: Readonly<Record<WaitFigure, () => string>> = {
  started: m.reports_col_started,
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
  finished: m.reports_col_finished,
};

/** `CT · used`, `CT · Monday · used`, `Monday · Started`, `Imaging · urgency 2 · Started`. */
export function figureName(figure: ReportFigure, { pools, groups }: UtilizationReport): string {
  if (figure.kind === 'pool') {
    const pool = pools.find(({ poolId }) => poolId === figure.poolId);
    const words = [POOL_FIGURE_WORDS[figure.figure]()];
    if (groups && figure.group) words.unshift(groupWords(groups, figure.group.id));
    if (pool) words.unshift(text(pool.name));
    return words.join(' · ');
  }
  if (figure.kind === 'group-tasks') {
    const words = [GROUP_TASK_FIGURE_WORDS[figure.figure]()];
    if (groups) words.unshift(groupWords(groups, figure.group.id));
    return words.join(' · ');
  }
  const subsystem = SUBSYSTEM_SHORT[figure.subsystem]();
  return figure.kind === 'waits'
    ? [
        subsystem,
        m.common_urgency_named({ level: figure.urgency, name: triage.nameOf(figure.urgency) }),
        WAIT_FIGURE_WORDS[figure.figure](),
      ].join(' · ')
    : [subsystem, OUTCOME_FIGURE_WORDS[figure.figure]()].join(' · ');
}

/** An urgency is also said by its level. */
function groupWords(groups: ReportGroups, groupId: string | null): string {
  const level = URGENCY_CLASSES.find((each) => groups.by === 'urgency' && String(each) === groupId);
  return level ? m.common_urgency_named({ level, name: triage.nameOf(level) }) : groupName(groups, groupId);
}

/** A part as its row says it: its hours of units, or how long the counted task waited or took. */
export function partAmount(part: FigurePart, kind: ReportFigure['kind']): string {
  if (kind === 'pool') return hours(part.amount, 2);
  return part.until === null ? '' : format.duration(Math.max(0, part.until - part.from));
}

/** `Wed 18 Nov 10:00–10:45`, `Wed 18 Nov 10:00 – Thu 19 Nov 09:00`, `since Wed 18 Nov 10:00`. */
export function partTime({ from, until }: Pick<FigurePart, 'from' | 'until'>): string {
  const begin = `${format.longDate(from)} ${format.time(from)}`;
  if (until === null) return m.reports_parts_since({ time: begin });
  if (format.isoDate(from) === format.isoDate(until)) return `${begin}–${format.time(until)}`;
  return `${begin} – ${format.longDate(until)} ${format.time(until)}`;
}
