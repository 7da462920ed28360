/**
 * A report's periods and buckets in words, in the window's language. Dates are read as they stand (local dates need no
 * zone); instants go through the clinic's formats.
 */
import { m } from '../../../shared/messages/index.ts';
import type { AccountingState } from '../../../shared/domain/capacity.ts';
import type {
  BucketSize,
  Comparison,
  ExportFormat,
  IdentityReason,
  PeriodKind,
  PoolReport,
  ReportFilters,
  ReportPeriod,
  UtilizationReport,
} from '../../../shared/domain/report.ts';
import { SUBSYSTEM_IDS } from '../../../shared/domain/subsystem.ts';
import type { LocalDate } from '../../../shared/local-time.ts';
import { format } from '../../format/format.svelte.ts';
import { locale, text } from '../../locale.svelte.ts';
import { SUBSYSTEM_SHORT } from '../../ui/subsystem-words.ts';

export type NamedPool = Pick<PoolReport, 'poolId' | 'name'>;

const LANGUAGE_TAG = { en: 'en-GB', zh: 'zh-CN' } as const;
const DAY_MS = 86_400_000;
/** More months than this are told by their years. */
const MONTHS_NAMED_MAX = 24;

export const PERIOD_KIND_WORDS: Readonly<Record<PeriodKind, () => string>> = {
  day: m.reports_kind_day,
  week: m.reports_kind_week,
  month: m.reports_kind_month,
  quarter: m.reports_kind_quarter,
  year: m.reports_kind_year,
  custom: m.reports_kind_custom,
};

export const FORMAT_DETAILS: Readonly<Record<ExportFormat, () => string>> = {
  xlsx: m.reports_format_xlsx,
  pdf: m.reports_format_pdf,
  html: m.reports_format_html,
  csv: m.reports_format_csv,
  json: m.reports_format_json,
  fhir: m.reports_format_fhir,
  dhis2: m.reports_format_dhis2,
  allocations: m.reports_format_allocations,
};

export const REASON_WORDS: Readonly<Record<IdentityReason, () => string>> = {
  'patient-request': m.reports_reason_patient_request,
  'authority-order': m.reports_reason_authority_order,
  'internal-audit': m.reports_reason_internal_audit,
  'data-correction': m.reports_reason_data_correction,
};

/** What a format is called: by its extension, and raw bookings by what they are. */
export function formatName(format: ExportFormat): string {
  return format === 'allocations' ? m.reports_format_allocations_name() : format.toUpperCase();
}

/** States that take up offered capacity, in the order in which a column stacks them. */
export const STACKED_STATES: readonly AccountingState[] = ['used', 'reserved-unused', 'idle-while-waited'];

export const CHART_TITLES: Readonly<Record<BucketSize, (inputs: { pool: string; unit: string }) => string>> =
  {
    hour: m.reports_chart_hour,
    day: m.reports_chart_day,
    month: m.reports_chart_month,
  };

/** `October 2026`, `Q4 2026`, `9–15 November 2026`; `2026年10月`, `2026 年第 4 季度`. */
export function periodName(period: Pick<ReportPeriod, 'kind' | 'fromDate' | 'untilDate'>): string {
  const { kind, fromDate } = period;
  const year = fromDate.slice(0, 4);
  if (kind === 'year') return m.reports_year({ year });
  if (kind === 'quarter')
    return m.reports_quarter({ year, quarter: Math.ceil(Number(fromDate.slice(5, 7)) / 3) });
  if (kind === 'month') return dateFormat({ month: 'long', year: 'numeric' }).format(dateOf(fromDate));
  const lastDate = dayBefore(period.untilDate);
  const wide = { day: 'numeric', month: 'long', year: 'numeric' } as const;
  if (lastDate === fromDate)
    return dateFormat({ weekday: 'long', ...wide })
      .format(dateOf(fromDate))
      .replace(',', '');
  return dateRange(fromDate, lastDate, wide);
}

/** `compared with September 2026`, and how much of that was written down where some or all of it was not. */
export function comparisonWords({ period, recorded }: Comparison): string {
  if (recorded.numerator === 0 && recorded.denominator > 0)
    return m.reports_compared_nothing({ period: periodName(period) });
  const compared = m.reports_compared({ period: periodName(period) });
  return [compared, ...recordedPart({ recorded })].join(m.reports_list_comma());
}

/** `14 % of it recorded`; nothing where all of a period was written down. */
export function recordedPart({ recorded }: Pick<Comparison, 'recorded'>): string[] {
  const { numerator, denominator } = recorded;
  return numerator === denominator
    ? []
    : [m.reports_recorded_part({ share: format.percent(numerator, denominator) })];
}

/** The last day of a period whose end is the day after. */
export function dayBefore(date: LocalDate): LocalDate {
  return new Date(Date.parse(`${date}T00:00:00Z`) - DAY_MS).toISOString().slice(0, 10);
}

export function dayAfter(date: LocalDate): LocalDate {
  return new Date(Date.parse(`${date}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 10);
}

/** The bucket's whole name: `10:00`, `Wed 18 Nov`, `Nov 2026`. */
export function bucketName(from: number, size: BucketSize): string {
  if (size === 'hour') return format.time(from);
  return size === 'day' ? format.shortDate(from) : format.month(from);
}

/** Under the chart's axis: `10:00`, `18`; months as `2026`, `Feb`, `Mar`, in a long row of them as their year. */
export function bucketLabel(from: number, size: BucketSize, bucketCount: number): string {
  if (size === 'hour') return format.time(from);
  if (size === 'day') return format.dayOfMonth(from);
  const date = format.isoDate(from);
  const isYear = bucketCount > MONTHS_NAMED_MAX || date.slice(5, 7) === '01';
  return isYear ? date.slice(0, 4) : dateFormat({ month: 'short' }).format(dateOf(date));
}

/** `All pools`, `CT · Imaging`, `3 of 12 pools · 2 of 5 subsystems`. */
export function filterWords({ poolIds, subsystems }: ReportFilters, pools: readonly NamedPool[]): string {
  const [poolId, ...morePools] = poolIds ?? [];
  const [subsystem, ...moreSubsystems] = subsystems ?? [];
  const counts = (chosen: readonly unknown[], of: number): { count: number; total: number } => ({
    count: chosen.length + 1,
    total: of,
  });
  const only = morePools.length === 0 ? pools.find((pool) => pool.poolId === poolId) : undefined;
  const poolWords = only ? text(only.name) : m.reports_filter_pools(counts(morePools, pools.length));
  const parts = [
    ...(poolId === undefined ? [] : [poolWords]),
    ...(subsystem === undefined
      ? []
      : [
          moreSubsystems.length === 0
            ? SUBSYSTEM_SHORT[subsystem]()
            : m.reports_filter_subsystems(counts(moreSubsystems, SUBSYSTEM_IDS.length)),
        ]),
  ];
  return parts.length === 0 ? m.reports_filter_all() : parts.join(' · ');
}

/** `99.2 %, 6 tasks still open, 2 ends assumed`. */
export function completenessWords({ completeness }: UtilizationReport): string {
  const { openTasks, assumedEnds } = completeness;
  return [
    recordedWords(completeness),
    ...(openTasks !== null && openTasks > 0 ? [m.reports_open_tasks({ count: openTasks })] : []),
    ...(assumedEnds !== null && assumedEnds > 0 ? [m.reports_assumed_ends({ count: assumedEnds })] : []),
  ].join(m.reports_list_comma());
}

/** `99.2 %`: how much of the open time has a record. */
export function recordedWords({ recorded }: UtilizationReport['completeness']): string {
  return format.percent(recorded.numerator, recorded.denominator, 1);
}

/** `184,220 entries · 9f3c…e1a7`. */
export function ledgerWords({ provenance }: UtilizationReport): string {
  const { hash, length } = provenance.head;
  return m.reports_ledger({ count: length, hash: `${hash.slice(0, 4)}…${hash.slice(-4)}` });
}

/** `9–15 November 2026`; `2026年11月9日至11月15日`, where the engine's own range would be all slashes. */
function dateRange(first: LocalDate, last: LocalDate, wide: Intl.DateTimeFormatOptions): string {
  if (locale.current === 'en') {
    return dateFormat(wide).formatRange(dateOf(first), dateOf(last)).replace(/\s–\s/, '–');
  }
  const isOneYear = first.slice(0, 4) === last.slice(0, 4);
  const short = { day: 'numeric', month: 'long' } as const;
  const lastName = dateFormat(isOneYear ? short : wide).format(dateOf(last));
  return `${dateFormat(wide).format(dateOf(first))}至${lastName}`;
}

function dateOf(date: LocalDate): Date {
  return new Date(`${date}T00:00:00Z`);
}

function dateFormat(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(LANGUAGE_TAG[locale.current], { timeZone: 'UTC', ...options });
}
