/**
 * What a report is and where it comes from, as labelled lines in one language: period, filters, author, ledger,
 * completeness. Every file and the print page's foot carry these, so a figure can be traced to its books.
 */
import { GROUPING_WORDS } from '../../../shared/messages/grouping-words.ts';
import { m } from '../../../shared/messages/index.ts';
import type { Locale } from '../../../shared/domain/local-text.ts';
import type { Count, Ratio, UtilizationReport } from '../../../shared/domain/report.ts';
import { localTimeOf, offsetSecondsAt } from '../../../shared/local-time.ts';
import type { Instant } from '../../../shared/units.ts';
import { HOUR, MINUTE } from '../../../shared/units.ts';
import { SUBSYSTEM_NAMES } from '../indicators/definitions.ts';
import type { Figure, Message } from './table.ts';
import { SUPPRESSED_MARK, countFigure, durationFigure } from './table.ts';

export interface AboutLine {
  /** The same in every language. */
  readonly id: string;
  readonly label: string;
  readonly text: string;
  /** Set where the line is a figure. */
  readonly figure: Figure;
}

export function aboutLines(report: UtilizationReport, locale: Locale): AboutLine[] {
  const say = (message: Message): string => message({}, { locale });
  const { period, provenance, completeness, comparison } = report;
  const { head, timeZone } = provenance;
  const line = (id: string, message: Message, text: string): AboutLine => ({
    id,
    label: say(message),
    text,
    figure: null,
  });
  const figureLine = (id: string, message: Message, text: string, figure: Figure): AboutLine => ({
    id,
    label: say(message),
    text,
    figure,
  });
  return [
    line('clinic', m.reports_about_clinic, provenance.clinicName[locale]),
    ...(provenance.isSample ? [line('sample', m.reports_about_sample, say(m.reports_about_sample_yes))] : []),
    line('period', m.reports_about_period, `${period.fromDate} – ${lastDateOf(report)}`),
    line('period-from', m.reports_col_from, isoLocal(period.from, timeZone)),
    line('period-until', m.reports_col_until, isoLocal(period.until, timeZone)),
    line('as-of', m.reports_about_as_of, isoLocal(report.asOf, timeZone)),
    line(
      'previous-period',
      m.reports_table_previous,
      `${isoLocal(comparison.period.from, timeZone)} – ${isoLocal(comparison.period.until, timeZone)}`,
    ),
    line('time-zone', m.reports_about_time_zone, timeZone),
    line('filter-pools', m.reports_about_pools, poolFilterText(report, locale)),
    line('filter-subsystems', m.reports_about_subsystems, subsystemFilterText(report, locale)),
    line('grouping', m.reports_about_grouping, groupingText(report, locale)),
    line('audience', m.reports_about_audience, audienceText(report, locale)),
    line('author', m.reports_about_author, `${provenance.authorName} (${provenance.authorId})`),
    line('generated-at', m.reports_about_generated, isoLocal(provenance.generatedAt, timeZone)),
    line('application', m.reports_about_application, `Clinic Allocator ${provenance.applicationVersion}`),
    line('ledger-epoch', m.reports_about_ledger_epoch, String(head.epoch)),
    line('ledger-length', m.reports_about_ledger_length, String(head.length)),
    line('ledger-head', m.reports_about_ledger_head, head.hash),
    figureLine(
      'open-tasks',
      m.reports_about_open_tasks,
      countText(completeness.openTasks),
      countFigure(completeness.openTasks),
    ),
    figureLine(
      'assumed-ends',
      m.reports_about_assumed_ends,
      countText(completeness.assumedEnds),
      countFigure(completeness.assumedEnds),
    ),
    figureLine(
      'recorded',
      m.reports_def_recorded_name,
      percentText(completeness.recorded),
      completeness.recorded,
    ),
    figureLine(
      'without-data',
      m.reports_about_without_data,
      `${(completeness.withoutDataSeconds / HOUR).toFixed(1)} h`,
      durationFigure(completeness.withoutDataSeconds),
    ),
    line('symbols', m.reports_about_symbols, say(m.reports_symbols)),
  ];
}

/** Local wall time with its offset, `2026-10-01T00:00+02:00` (ISO 8601): readable, and still one certain instant. */
export function isoLocal(at: Instant, timeZone: string): string {
  const { date, minute } = localTimeOf(at, timeZone);
  const offsetMinutes = Math.round(offsetSecondsAt(at, timeZone) / MINUTE);
  const sign = offsetMinutes < 0 ? '-' : '+';
  return `${date}T${clock(minute)}${sign}${clock(Math.abs(offsetMinutes))}`;
}

/** The last local date of the period. */
export function lastDateOf({ period }: UtilizationReport): string {
  const last = new Date(Date.parse(`${period.untilDate}T00:00:00Z`) - 24 * HOUR * 1000);
  return last.toISOString().slice(0, 10);
}

function clock(minutes: number): string {
  const [hour, minute] = [Math.floor(minutes / 60), minutes % 60];
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}

function poolFilterText({ filters, pools }: UtilizationReport, locale: Locale): string {
  if (!filters.poolIds) return m.reports_about_all({}, { locale });
  return pools.map((pool) => pool.name[locale]).join(', ');
}

function subsystemFilterText({ filters }: UtilizationReport, locale: Locale): string {
  if (!filters.subsystems) return m.reports_about_all({}, { locale });
  return filters.subsystems.map((id) => SUBSYSTEM_NAMES[id]({}, { locale })).join(', ');
}

function groupingText({ groups }: UtilizationReport, locale: Locale): string {
  return (groups ? GROUPING_WORDS[groups.by] : m.reports_grouping_pool)({}, { locale });
}

export function audienceText({ smallestCount }: UtilizationReport, locale: Locale): string {
  if (smallestCount === null) return m.reports_about_inside({}, { locale });
  return m.reports_about_outside({ count: smallestCount, mark: SUPPRESSED_MARK }, { locale });
}

function countText(count: Count): string {
  return count === null ? SUPPRESSED_MARK : String(count);
}

function percentText({ numerator, denominator }: Ratio): string {
  return denominator === 0 ? '–' : `${((100 * numerator) / denominator).toFixed(1)} %`;
}
