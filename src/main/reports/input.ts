/** What a utilization report is made from, as plain data. */
import type { BookingFigures, WaitCause } from '../ledger/index.ts';
import type { AccountingStep } from '../../shared/calendar.ts';
import type { Pool } from '../../shared/domain/pool.ts';
import type { NamedUrgency, Provenance, ReportFilters } from '../../shared/domain/report.ts';
import type { SubsystemId } from '../../shared/domain/subsystem.ts';
import type { PoolId, TaskId } from '../../shared/ids.ts';
import type { Instant, Milli, Seconds } from '../../shared/units.ts';
import type { DayFigures } from './days/day-figures.ts';
import type { SortedSeconds } from './days/sorted-seconds.ts';
import type { DefaultDurations } from './indicators/booked-spans.ts';
import type { Preemption } from './indicators/preemptions.ts';
import type { ReportTask } from './indicators/waits.ts';
import type { PeriodPair } from './period.ts';

export interface ReportPool extends Pick<Pool, 'id' | 'name' | 'unitName' | 'kind' | 'template'> {
  /** At the end of the period. */
  readonly nominalMilli: Milli;
  /** From `accountingSteps`, over every day that is not settled, is drawn or does not know the pool; ascending. */
  readonly steps: readonly AccountingStep[];
}

/** Days that need not be measured, by their start. */
export type SettledFigures = ReadonlyMap<Instant, DayFigures>;

export interface ReportInput {
  readonly periods: PeriodPair;
  readonly asOf: Instant;
  readonly filters: ReportFilters;
  /** Every pool of the clinic, in its order: filters choose what is reported, the others still decide who waited why. */
  readonly pools: readonly ReportPool[];
  /** Days of both periods; none of a current period that is told by its hours. */
  readonly settled: SettledFigures;
  /** Waits and turnarounds of the settled days of this period that do not hold them themselves. */
  readonly settledSeconds: readonly SortedSeconds[];
  /** Of the days that are not settled: every booking that touches one, and all others of the same tasks; each once. */
  readonly bookings: readonly BookingFigures[];
  /** The one pool whose buckets and load are told; null: all. */
  readonly chartPoolId: PoolId | null;
  /** Every booking of those pools that touches a period that is drawn, in no order; null for a period that is not. */
  readonly drawn: readonly BookingFigures[] | null;
  /** Every booking that has begun and whose end nobody has recorded, of tasks that have no end either. */
  readonly openEnded: readonly BookingFigures[];
  /**
   * Every task that waited, ran, was promised or ended on a day that is not settled, every one that waited when the
   * period ended, and every open one; each once.
   */
  readonly tasks: readonly ReportTask[];
  /** When tasks ended that are not among these, but that some of these come after. */
  readonly earlierEnds: ReadonlyMap<TaskId, Instant | null>;
  /** What the adopted plans of the time said held tasks back, on days that are not settled; by task, then time. */
  readonly waitCauses: readonly WaitCause[];
  /** Every preemption of this period. */
  readonly preemptions: readonly Preemption[];
  readonly defaultDurations: DefaultDurations;
  /** Target wait per urgency class, class 1 first. */
  readonly targets: readonly Seconds[];
  /** What each class is called, class 1 first. */
  readonly levels: readonly NamedUrgency[];
  readonly weights: Readonly<Record<SubsystemId, number>>;
  readonly provenance: Provenance;
}
