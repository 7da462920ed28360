/**
 * Tables about tasks: waits against targets, outcomes, and fairness between subsystems.
 */
import { causeWords } from '../../../shared/messages/cause-words.ts';
import { m } from '../../../shared/messages/index.ts';
import type { Locale } from '../../../shared/domain/local-text.ts';
import type { UtilizationReport } from '../../../shared/domain/report.ts';
import type { UrgencyClass } from '../../../shared/domain/urgency.ts';
import { SUBSYSTEM_NAMES } from '../indicators/definitions.ts';
import type { Message, Table } from './table.ts';
import { countFigure, durationFigure, durationOver, shareFigure } from './table.ts';

/** One row per subsystem and urgency class that had a start or a waiting task. */
export function waitTable(report: UtilizationReport, locale: Locale): Table {
  const say = (message: Message): string => message({}, { locale });
  return {
    id: 'waits',
    title: say(m.reports_table_waits),
    keys: [
      { id: 'subsystem', label: say(m.reports_col_subsystem), kind: 'text' },
      { id: 'urgency', label: say(m.reports_col_urgency), kind: 'text' },
      { id: 'level', label: say(m.reports_col_level), kind: 'text' },
    ],
    figures: [
      { id: 'started', label: say(m.reports_col_started), kind: 'count' },
      { id: 'wait-median', label: say(m.reports_col_wait_median), kind: 'duration' },
      { id: 'wait-p90', label: say(m.reports_col_wait_p90), kind: 'duration' },
      { id: 'target', label: say(m.reports_col_target), kind: 'duration' },
      { id: 'within-target', label: say(m.reports_def_target_name), kind: 'ratio' },
      { id: 'still-waiting', label: say(m.reports_col_still_waiting), kind: 'count' },
    ],
    rows: report.waits.map((row) => ({
      id: `${row.subsystem}-${row.urgency}`,
      keys: [
        SUBSYSTEM_NAMES[row.subsystem]({}, { locale }),
        String(row.urgency),
        levelName(report, row.urgency, locale),
      ],
      figures: [
        countFigure(row.started),
        durationOver(row.waitSecondsMedian, row.started),
        durationOver(row.waitSecondsP90, row.started),
        durationFigure(row.targetSeconds),
        shareFigure(row.withinTarget),
        countFigure(row.stillWaiting),
      ],
      unitName: null,
    })),
  };
}

/** What the clinic calls a class. */
export function levelName(
  { levels }: Pick<UtilizationReport, 'levels'>,
  urgency: UrgencyClass,
  locale: Locale,
): string {
  return levels.find((level) => level.urgency === urgency)?.name[locale] ?? '';
}

/** One row per subsystem. */
export function outcomeTable(report: UtilizationReport, locale: Locale): Table {
  const say = (message: Message): string => message({}, { locale });
  return {
    id: 'outcomes',
    title: say(m.reports_table_outcomes),
    keys: [{ id: 'subsystem', label: say(m.reports_col_subsystem), kind: 'text' }],
    figures: [
      { id: 'finished', label: say(m.reports_col_finished), kind: 'count' },
      { id: 'missed', label: say(m.reports_def_missed_name), kind: 'ratio' },
      { id: 'on-time', label: say(m.reports_def_on_time_name), kind: 'ratio' },
      { id: 'finished-early', label: say(m.reports_col_finished_early), kind: 'ratio' },
      { id: 'finished-late', label: say(m.reports_col_finished_late), kind: 'ratio' },
      { id: 'turnaround-median', label: say(m.reports_col_turnaround_median), kind: 'duration' },
      { id: 'turnaround-p90', label: say(m.reports_col_turnaround_p90), kind: 'duration' },
    ],
    rows: report.outcomes.map((row) => ({
      id: row.subsystem,
      keys: [SUBSYSTEM_NAMES[row.subsystem]({}, { locale })],
      figures: [
        countFigure(row.finished),
        shareFigure(row.missed),
        shareFigure(row.onTime),
        shareFigure(row.finishedEarly),
        shareFigure(row.finishedLate),
        durationOver(row.turnaroundSecondsMedian, row.turnarounds),
        durationOver(row.turnaroundSecondsP90, row.turnarounds),
      ],
      unitName: null,
    })),
  };
}

/** One row per subsystem and reason; none where nothing had to give way. */
export function preemptionTable(report: UtilizationReport, locale: Locale): Table {
  const say = (message: Message): string => message({}, { locale });
  return {
    id: 'preemptions',
    title: say(m.reports_table_preemptions),
    keys: [
      { id: 'subsystem', label: say(m.reports_col_subsystem), kind: 'text' },
      { id: 'reason', label: say(m.reports_col_reason), kind: 'text' },
    ],
    figures: [
      { id: 'preempted', label: say(m.reports_col_preempted), kind: 'count' },
      { id: 'preempted-running', label: say(m.reports_col_preempted_running), kind: 'count' },
    ],
    rows: report.preemptions.map((row) => ({
      id: `${row.subsystem}-${row.cause ?? 'no-reason'}`,
      keys: [SUBSYSTEM_NAMES[row.subsystem]({}, { locale }), causeWords(row.cause, locale)],
      figures: [countFigure(row.count), countFigure(row.running)],
      unitName: null,
    })),
  };
}

/** One row per subsystem that took part, and one for the index itself. */
export function fairnessTable(report: UtilizationReport, locale: Locale): Table {
  const say = (message: Message): string => message({}, { locale });
  const names = new Map(report.pools.map((pool) => [pool.poolId, pool.name[locale]]));
  return {
    id: 'fairness',
    title: say(m.reports_def_jain_name),
    keys: [
      { id: 'subsystem', label: say(m.reports_col_subsystem), kind: 'text' },
      { id: 'pool', label: say(m.reports_col_dominant_pool), kind: 'text' },
    ],
    figures: [
      { id: 'dominant-share', label: say(m.reports_col_dominant_share), kind: 'ratio' },
      { id: 'fairness', label: say(m.reports_col_jain), kind: 'amount' },
    ],
    rows: [
      ...report.fairness.shares.map((row) => ({
        id: row.subsystem,
        keys: [
          SUBSYSTEM_NAMES[row.subsystem]({}, { locale }),
          (row.dominantPoolId && names.get(row.dominantPoolId)) ?? null,
        ],
        figures: [row.share, null],
        unitName: null,
      })),
      {
        id: 'all',
        keys: [say(m.reports_row_all_subsystems), null],
        figures: [null, report.fairness.jain],
        unitName: null,
      },
    ],
  };
}
