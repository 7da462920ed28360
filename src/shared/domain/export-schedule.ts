/**
 * Exports that the application makes by itself: every week or month, of the last whole one, into a folder. Kept in the
 * ledger as a setting; each attempt that changes what is known leaves an entry.
 */
import type { LocalDate } from '../local-time.ts';
import type { PoolId, StaffId } from '../ids.ts';
import type { Locale } from './local-text.ts';
import type { Grouping } from './report-grouping.ts';
import type { ExportFormat } from './report.ts';
import type { SubsystemId } from './subsystem.ts';

/** When it is due: on a weekday (0 for Monday), or on a day that every month has. */
export type Cadence =
  { readonly kind: 'weekly'; readonly weekday: number } | { readonly kind: 'monthly'; readonly day: number };

export const MONTH_DAY_MAX = 28;

export interface ExportSchedule {
  readonly id: string;
  readonly cadence: Cadence;
  readonly format: ExportFormat;
  readonly locale: Locale;
  /** Absolute. */
  readonly folder: string;
  readonly poolIds: readonly PoolId[] | null;
  readonly subsystems: readonly SubsystemId[] | null;
  /** Null or missing: by pool. */
  readonly grouping?: Grouping | null | undefined;
  readonly isForOutside: boolean;
  /** Whose name stands in the files, and whose permission is asked each time. */
  readonly madeBy: StaffId;
  /** Due from this day on. */
  readonly since: LocalDate;
}

/** What became of one due export. */
export interface ScheduledRun {
  readonly scheduleId: string;
  readonly due: LocalDate;
  /** `done`, or why not. */
  readonly code: string;
}
