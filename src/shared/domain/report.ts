/**
 * The utilization report as plain data: what the accounting measured, over which window, for whom, and from which
 * ledger. Screens draw it, writers put it into files, the print page prints it; none of them computes a figure.
 *
 * Figures are integers: work in thousandth-unit · seconds, loads in thousandths of the pool's unit, times in seconds.
 * Ratios stay numerator and denominator until somebody reads them. Nothing here identifies a patient.
 */
import type { PoolId, StaffId } from '../ids.ts';
import type { LocalDate } from '../local-time.ts';
import type { Instant, Milli, Seconds, Work } from '../units.ts';
import type { LocalText } from './local-text.ts';
import type { PoolKind, PoolTemplate } from './pool.ts';
import type { Count, Ratio, StateWork } from './report-figures.ts';
import type { ReportGroups } from './report-grouping.ts';
import type { SubsystemId } from './subsystem.ts';
import type { UrgencyClass } from './urgency.ts';

export type { Count, Ratio, StateWork } from './report-figures.ts';

export const CALENDAR_PERIODS = ['day', 'week', 'month', 'quarter', 'year'] as const;
export const PERIOD_KINDS = [...CALENDAR_PERIODS, 'custom'] as const;
export type PeriodKind = (typeof PERIOD_KINDS)[number];

/** What a person asks for. A calendar period is named by any local date in it; `until` is the day after the last. */
export type PeriodChoice =
  | { readonly kind: (typeof CALENDAR_PERIODS)[number]; readonly from: LocalDate }
  | { readonly kind: 'custom'; readonly from: LocalDate; readonly until: LocalDate };

/** A chosen period in the clinic's zone: local dates and the instants [from, until) they cover. */
export interface ReportPeriod {
  readonly kind: PeriodKind;
  readonly fromDate: LocalDate;
  /** The day after the last. */
  readonly untilDate: LocalDate;
  readonly from: Instant;
  readonly until: Instant;
}

/** What is measured over any stretch of time: a whole period, a day of it, an hour. */
export interface Account {
  /** Nominal capacity × time: the sum of the six states. */
  readonly capacityWork: Work;
  readonly states: StateWork;
  /** Capacity offered × time (hours, less maintenance, less outages), the future included. */
  readonly offeredWork: Work;
  /** The part of `offeredWork` that lies before the report's `asOf`: the denominator of utilization. */
  readonly offeredElapsedWork: Work;
  /** Load above what was offered. Beside the states, never inside. */
  readonly overcommittedWork: Work;
  /** The part of it that closed or failed units carried, up to the nominal capacity: work outside hours. */
  readonly overcommittedOutsideWork: Work;
  /** Units wanted by waiting tasks beyond the idle ones, while the pool was in its hours. Beside, never inside. */
  readonly unmetWork: Work;
  readonly plannedWork: Work;
  readonly reservedWork: Work;
  readonly actualWork: Work;
  /** Seconds before `asOf` during which the pool offered anything, and the load within them, for averages. */
  readonly openElapsedSeconds: Seconds;
  readonly actualWhileOpenWork: Work;
  /** Highest load before `asOf`. */
  readonly peakMilli: Milli;
}

/** One row of E, I, H, D, M for one pool, in the pool's unit. */
export interface FormulaLoad {
  readonly subsystem: SubsystemId;
  readonly symbol: 'E' | 'I' | 'H' | 'D' | 'M';
  /** Load at `asOf`; null when `asOf` lies outside the period. */
  readonly nowMilli: Milli | null;
  readonly actualWork: Work;
  /** Average load in thousandths of a unit while the pool was open. */
  readonly average: Ratio;
  /** Its part of the pool's utilization. */
  readonly utilization: Ratio;
}

/** A local hour, day or month of the period. */
export interface BucketAccount extends Account {
  readonly from: Instant;
  readonly until: Instant;
}

/** A stretch of the load chart. Height is work ÷ (until − from), so steps stay exact when long windows are binned. */
export interface LoadStep {
  readonly from: Instant;
  readonly until: Instant;
  readonly actualWork: Work;
  readonly reservedWork: Work;
  readonly plannedWork: Work;
  readonly offeredWork: Work;
}

/**
 * A pool of beds as health authorities measure it: by the midnight census, over the whole days of the period that were
 * over at `asOf`. Bed-days in thousandths.
 */
export interface BedFigures {
  readonly days: number;
  /** Beds open at the end of each day, summed over the days. */
  readonly availableMilliDays: number;
  readonly occupiedMilliDays: number;
  /** Stays that ended on one of the days. */
  readonly discharges: Count;
  readonly occupancy: Ratio;
  /** Days per stay that ended. */
  readonly lengthOfStayDays: Ratio | null;
  /** Stays ended per bed open on average. */
  readonly turnoverRate: Ratio | null;
  /** Days a bed stood empty between two stays; below zero when more were in bed than there were beds. */
  readonly turnoverIntervalDays: Ratio | null;
}

export interface PoolReport extends Account {
  readonly poolId: PoolId;
  readonly name: LocalText;
  readonly unitName: LocalText;
  readonly kind: PoolKind;
  readonly template: PoolTemplate;
  /** Nominal capacity at the end of the period. */
  readonly nominalMilli: Milli;
  /** Load R at `asOf`; null when `asOf` lies outside the period. */
  readonly nowMilli: Milli | null;
  /** Average load R in thousandths of a unit while the pool was open. */
  readonly average: Ratio;
  /** ∫ load ÷ ∫ capacity offered; above one when overcommitted. */
  readonly utilization: Ratio;
  /** The same with load counted up to what was offered; never above one. */
  readonly utilizationCapped: Ratio;
  /** Five rows, in the order of the subsystems. */
  readonly formulas: readonly FormulaLoad[];
  /** None, and no series, of a pool whose chart was not asked for; the window asks for one. */
  readonly buckets: readonly BucketAccount[];
  readonly series: readonly LoadStep[];
  /** Null for a pool that is no pool of beds. */
  readonly beds: BedFigures | null;
}

/** Waits of the tasks that started in the period, from eligible to started, against the class's target. */
export interface WaitRow {
  readonly subsystem: SubsystemId;
  readonly urgency: UrgencyClass;
  readonly started: Count;
  readonly waitSecondsMedian: Seconds | null;
  readonly waitSecondsP90: Seconds | null;
  readonly targetSeconds: Seconds;
  readonly withinTarget: Ratio | null;
  /** Tasks of this row that are eligible and have not started at `asOf` (or the period's end). */
  readonly stillWaiting: Count;
}

/** How a subsystem's tasks of the period ended. */
export interface OutcomeRow {
  readonly subsystem: SubsystemId;
  readonly finished: Count;
  readonly missed: Ratio | null;
  readonly onTime: Ratio | null;
  readonly finishedEarly: Ratio | null;
  readonly finishedLate: Ratio | null;
  /** Those that finished and whose turnaround is known: what its median is of. */
  readonly turnarounds: Count;
  readonly turnaroundSecondsMedian: Seconds | null;
  readonly turnaroundSecondsP90: Seconds | null;
}

/** How often a subsystem's promised or running work had to give way, for one reason. */
export interface PreemptionRow {
  readonly subsystem: SubsystemId;
  /** The reason's code; null where none was given. */
  readonly cause: string | null;
  readonly count: Count;
  /** Those whose work had begun; the others had their promise taken back. */
  readonly running: Count;
}

export interface FairnessShare {
  readonly subsystem: SubsystemId;
  /** Where its share is largest; null when it used nothing. */
  readonly dominantPoolId: PoolId | null;
  readonly share: Ratio;
}

export interface Fairness {
  /** Jain's index over the subsystems that used or wanted anything: between 1 ÷ their number and 1. */
  readonly jain: Ratio;
  readonly shares: readonly FairnessShare[];
}

/** How far the figures can be trusted. */
export interface Completeness {
  /** Tasks that ran or waited in the period and have not ended. */
  readonly openTasks: Count;
  /** Ends taken from the plan or a default because nobody recorded one. */
  readonly assumedEnds: Count;
  /** Open pool·seconds on days with at least one record ÷ all open pool·seconds, before `asOf`. */
  readonly recorded: Ratio;
  /** Hours in which the clinic was open on days without a single record, in seconds, counted once for all pools. */
  readonly withoutDataSeconds: Seconds;
}

export interface IndicatorDefinition {
  readonly id: string;
  readonly name: LocalText;
  /** Symbols, and words where there is no symbol. */
  readonly formula: LocalText;
  readonly numerator: LocalText;
  readonly denominator: LocalText;
  readonly unit: LocalText;
  readonly exclusions: LocalText;
  /** Where the definition comes from (author, year; or the product's own). */
  readonly source: string;
}

/** Who made the report, from what. */
export interface Provenance {
  readonly clinicName: LocalText;
  readonly isSample: boolean;
  readonly timeZone: string;
  readonly authorId: StaffId;
  readonly authorName: string;
  readonly generatedAt: Instant;
  readonly applicationVersion: string;
  readonly head: { readonly epoch: number; readonly length: number; readonly hash: string };
}

export interface ReportFilters {
  /** Null: every pool. */
  readonly poolIds: readonly PoolId[] | null;
  /** Null: all five. Narrows formulas, waits and outcomes; a pool's time is always accounted whole. */
  readonly subsystems: readonly SubsystemId[] | null;
}

/** The same pool in the period before. */
export interface PoolComparison {
  readonly poolId: PoolId;
  readonly states: StateWork;
  readonly offeredWork: Work;
  readonly utilization: Ratio;
  readonly average: Ratio;
}

export interface Comparison {
  readonly period: ReportPeriod;
  /** As in `Completeness`: a period before the books began compares with nothing. */
  readonly recorded: Ratio;
  readonly pools: readonly PoolComparison[];
}

export const BUCKET_SIZES = ['hour', 'day', 'month'] as const;
export type BucketSize = (typeof BUCKET_SIZES)[number];

/** An urgency class by the name of the clinic's triage level for it. */
export interface NamedUrgency {
  readonly urgency: UrgencyClass;
  readonly name: LocalText;
}

export interface UtilizationReport {
  readonly period: ReportPeriod;
  /** The instant up to which things have happened; later time counts bookings as reserved, never as used. */
  readonly asOf: Instant;
  readonly filters: ReportFilters;
  /** Counts of fewer persons were taken out, for readers outside the clinic; null: nothing was. */
  readonly smallestCount: number | null;
  readonly bucketSize: BucketSize;
  /** What the clinic calls each urgency class, class 1 first. */
  readonly levels: readonly NamedUrgency[];
  /** In the clinic's order of pools; a pool without bookings stays in with zeros. */
  readonly pools: readonly PoolReport[];
  readonly comparison: Comparison;
  readonly waits: readonly WaitRow[];
  readonly outcomes: readonly OutcomeRow[];
  readonly preemptions: readonly PreemptionRow[];
  readonly fairness: Fairness;
  /** The same figures grouped otherwise; null where that was not asked for. */
  readonly groups: ReportGroups | null;
  readonly completeness: Completeness;
  readonly provenance: Provenance;
  readonly definitions: readonly IndicatorDefinition[];
}

/** What the print page lays a report out for: sheets of paper, or a page that a browser opens. */
export const PRINT_MEDIA = ['paper', 'page'] as const;
export type PrintMedium = (typeof PRINT_MEDIA)[number];

export const EXPORT_FORMATS = ['xlsx', 'pdf', 'html', 'csv', 'json', 'fhir', 'dhis2', 'allocations'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** Why a file names patients. Chosen, never typed: a reason in somebody's own words could name them too. */
export const IDENTITY_REASONS = [
  'patient-request',
  'authority-order',
  'internal-audit',
  'data-correction',
] as const;
export type IdentityReason = (typeof IDENTITY_REASONS)[number];
