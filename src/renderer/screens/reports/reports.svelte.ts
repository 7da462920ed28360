/**
 * Reports: the period shown, the report of it, the pool looked at, and putting the report into a file. Given an `Api`;
 * touches no DOM. Only the latest answer is shown: a slower one for a period already left is dropped.
 */
import type { Api } from '../../api.ts';
import type { Response } from '../../../shared/contract/index.ts';
import type { ReportFigure } from '../../../shared/domain/report-parts.ts';
import type { Locale } from '../../../shared/domain/local-text.ts';
import type {
  Comparison,
  ExportFormat,
  IdentityReason,
  PeriodChoice,
  PeriodKind,
  PoolComparison,
  PoolReport,
  ReportFilters,
  UtilizationReport,
} from '../../../shared/domain/report.ts';
import type { Grouping } from '../../../shared/domain/report-grouping.ts';
import { SUBSYSTEM_IDS } from '../../../shared/domain/subsystem.ts';
import type { SubsystemId } from '../../../shared/domain/subsystem.ts';
import type { PoolId } from '../../../shared/ids.ts';
import type { LocalDate } from '../../../shared/local-time.ts';
import type { Refusal } from '../../../shared/result.ts';
import { isComparable } from './pool-figures.ts';
import type { NamedPool } from './report-words.ts';

export type ReportablePeriods = Response<'report.periods'>;
export type FigureParts = Response<'report.drill'>;
export type FailedExport = Response<'report.schedules'>['schedules'][number];
export type ExportedFile = Response<'report.export'>;

/** What the table of pools tells: where the time went, or whose load it was. */
export const POOL_VIEWS = ['time', 'load'] as const;
export type PoolView = (typeof POOL_VIEWS)[number];

/** Who a file is for, and why it names patients; null: it names nobody. */
export interface Audience {
  readonly isForOutside: boolean;
  readonly identities: IdentityReason | null;
}

const NO_FILTERS: ReportFilters = { poolIds: null, subsystems: null };

export interface ReportsOptions {
  /** First day of the month to open with, from a link; null: main says which. */
  readonly opensOn: LocalDate | null;
  /** Told of every refusal but a person's own cancelling. */
  readonly refuse: (refusal: Refusal) => void;
  /** Told when a person has stopped an export: no file is left. */
  readonly stopped: () => void;
}

export class ReportsState {
  periods = $state.raw<ReportablePeriods | null>(null);
  report = $state.raw<UtilizationReport | null>(null);
  filters = $state.raw<ReportFilters>(NO_FILTERS);
  /** Every pool of the clinic, also while the report is about some of them. */
  allPools = $state.raw<readonly NamedPool[]>([]);
  view = $state<PoolView>('time');
  /** Null: by pool. */
  grouping = $state.raw<Grouping | null>(null);
  /** A custom period is being typed; the report still shows the one before. */
  isChoosingDates = $state(false);
  format = $state<ExportFormat>('xlsx');
  /** Null while nothing is being exported. */
  progress = $state.raw<{ readonly done: number; readonly total: number } | null>(null);
  /** Scheduled exports that are due and could not be written. */
  failedExports = $state.raw<readonly FailedExport[]>([]);
  /** The figure that is taken apart, with its parts; null while none is. */
  drill = $state.raw<{ readonly figure: ReportFigure; readonly parts: FigureParts } | null>(null);
  #choice = $state.raw<PeriodChoice | null>(null);
  #poolId = $state<PoolId | null>(null);
  #asked = 0;
  #drilled = 0;

  /** The pool of the chart: the one chosen, else the first; until its chart has come, the one before. */
  readonly pool: PoolReport | null = $derived.by(() => {
    const pools = this.report?.pools ?? [];
    const charted = pools.filter(({ buckets }) => buckets.length > 0);
    return charted.find(({ poolId }) => poolId === this.#poolId) ?? charted[0] ?? pools[0] ?? null;
  });
  /** The pool that is chosen, also while its chart is on the way. */
  readonly selectedId: PoolId | null = $derived(
    this.report?.pools.find(({ poolId }) => poolId === this.#poolId)?.poolId ?? this.pool?.poolId ?? null,
  );
  readonly kind: PeriodKind = $derived(
    this.isChoosingDates ? 'custom' : (this.#choice?.kind ?? this.report?.period.kind ?? 'month'),
  );
  readonly isExporting: boolean = $derived(this.progress !== null);
  readonly #before: ReadonlyMap<string, PoolComparison> = $derived(comparablePools(this.report?.comparison));

  readonly #api: Api;
  readonly #options: ReportsOptions;

  constructor(api: Api, options: ReportsOptions) {
    this.#api = api;
    this.#options = options;
  }

  /** The same pool in the period before; null where that cannot be compared with. */
  before(poolId: PoolId): PoolComparison | null {
    return this.#before.get(poolId) ?? null;
  }

  /** Asks for everything shown; the first time also for what there is to show, which takes a look at all the books. */
  async load(): Promise<void> {
    if (!this.periods) {
      const periods = await this.#api.query('report.periods', {});
      if (!periods.ok) return this.#options.refuse(periods.error);
      this.periods = periods.value;
      this.#choice = { kind: 'month', from: this.#options.opensOn ?? periods.value.opensOn };
    }
    await this.#ask();
    const schedules = await this.#api.query('report.schedules', {});
    if (schedules.ok) this.failedExports = schedules.value.schedules.filter(({ failed }) => failed > 0);
  }

  /** Another length of period, around what is shown now: today, where that lies within it. */
  async showKind(kind: PeriodKind): Promise<void> {
    const period = this.report?.period;
    const today = this.periods?.today;
    if (!period || !today) return;
    if (kind === 'custom') {
      this.isChoosingDates = true;
      return;
    }
    const isToday = period.fromDate <= today && today < period.untilDate;
    await this.#show({ kind, from: isToday ? today : period.fromDate });
  }

  /** @param until  the day after the last */
  async showDates(from: LocalDate, until: LocalDate): Promise<void> {
    await this.#show({ kind: 'custom', from, until });
  }

  async showPrevious(): Promise<void> {
    const before = this.report?.comparison.period;
    if (before) await this.#showFrom(before.fromDate, before.untilDate);
  }

  async showNext(): Promise<void> {
    const period = this.report?.period;
    if (!period) return;
    await this.#showFrom(period.untilDate, sameDaysAfter(period.fromDate, period.untilDate));
  }

  async selectPool(poolId: string): Promise<void> {
    this.#poolId = this.report?.pools.find((pool) => pool.poolId === poolId)?.poolId ?? null;
    if (this.pool?.poolId !== this.#poolId) await this.#ask();
  }

  /** Takes a pool in or out; a report is about one at least. */
  async togglePool(poolId: PoolId): Promise<void> {
    const all = this.allPools.map((pool) => pool.poolId);
    await this.#filter({ ...this.filters, poolIds: toggled(this.filters.poolIds, poolId, all) });
  }

  async toggleSubsystem(subsystem: SubsystemId): Promise<void> {
    const subsystems = toggled(this.filters.subsystems, subsystem, SUBSYSTEM_IDS);
    await this.#filter({ ...this.filters, subsystems });
  }

  async groupBy(grouping: Grouping | null): Promise<void> {
    this.grouping = grouping;
    // A group of another grouping is not on the screen any more.
    const group = this.drill && 'group' in this.drill.figure ? this.drill.figure.group : undefined;
    if (group && group.by !== grouping) this.closeFigure();
    await this.#ask();
  }

  async clearFilters(): Promise<void> {
    await this.#filter(NO_FILTERS);
  }

  /** Asks for what makes a figure up; asked for the figure that is open, it closes it. */
  async toggleFigure(figure: ReportFigure): Promise<void> {
    if (this.isOpen(figure)) this.closeFigure();
    else await this.openFigure(figure);
  }

  isOpen(figure: ReportFigure): boolean {
    return this.drill !== null && JSON.stringify(this.drill.figure) === JSON.stringify(figure);
  }

  closeFigure(): void {
    this.#drilled += 1;
    this.drill = null;
  }

  async openFigure(figure: ReportFigure): Promise<void> {
    const period = this.#choice;
    if (!period) return;
    this.#drilled += 1;
    const asked = this.#drilled;
    const reply = await this.#api.query('report.drill', { period, ...requestOf(this.filters), figure });
    if (asked !== this.#drilled) return;
    if (!reply.ok) return this.#options.refuse(reply.error);
    this.drill = { figure, parts: reply.value };
  }

  /**
   * Writes the report shown into a file; main asks where.
   * @returns the file, or null when it was cancelled or refused
   */
  async export(locale: Locale, audience: Audience): Promise<ExportedFile | null> {
    const choice = this.#choice;
    if (!choice || this.progress) return null;
    this.progress = { done: 0, total: 1 };
    const off = this.#api.on('export.progress', (progress) => (this.progress = progress));
    const reply = await this.#api.command('report.export', {
      period: choice,
      ...requestOf(this.filters),
      grouping: this.grouping,
      format: this.format,
      locale,
      path: null,
      ...audience,
    });
    off();
    this.progress = null;
    if (reply.ok) return reply.value.path === null ? null : reply.value;
    if (reply.error.code === 'cancelled') this.#options.stopped();
    else this.#options.refuse(reply.error);
    return null;
  }

  async cancelExport(): Promise<void> {
    await this.#api.query('report.cancel-export', {});
  }

  async #showFrom(from: LocalDate, until: LocalDate): Promise<void> {
    const kind = this.report?.period.kind ?? 'month';
    await this.#show(kind === 'custom' ? { kind, from, until } : { kind, from });
  }

  async #filter(filters: ReportFilters): Promise<void> {
    this.filters = filters;
    await this.#ask();
  }

  async #show(choice: PeriodChoice): Promise<void> {
    this.isChoosingDates = false;
    this.#choice = choice;
    await this.#ask();
  }

  async #ask(): Promise<void> {
    const period = this.#choice;
    if (!period) return;
    this.#asked += 1;
    const asked = this.#asked;
    const reply = await this.#api.query('report.utilization', {
      period,
      ...requestOf(this.filters),
      ...(this.grouping && { grouping: this.grouping }),
      ...(this.#poolId !== null && { chartPoolId: this.#poolId }),
    });
    if (asked !== this.#asked) return;
    if (!reply.ok) return this.#options.refuse(reply.error);
    this.report = reply.value;
    if (reply.value.filters.poolIds === null) this.allPools = reply.value.pools;
    if (this.drill) await this.openFigure(this.drill.figure);
  }
}

/** `id` in or out of what is chosen, in the order of `all`; null, which is all, when none is missing. Never empty. */
export function toggled<Id>(chosen: readonly Id[] | null, id: Id, all: readonly Id[]): readonly Id[] | null {
  const next = all.filter((each) => (chosen?.includes(each) ?? true) !== (each === id));
  if (next.length === 0) return chosen;
  return next.length === all.length ? null : next;
}

function requestOf({ poolIds, subsystems }: ReportFilters): {
  poolIds: PoolId[] | null;
  subsystems: SubsystemId[] | null;
} {
  return { poolIds: poolIds?.slice() ?? null, subsystems: subsystems?.slice() ?? null };
}

/** The pools of the period before by id; none of them when that was hardly written down. */
export function comparablePools(comparison: Comparison | undefined): Map<string, PoolComparison> {
  if (!comparison || !isComparable(comparison)) return new Map();
  return new Map(comparison.pools.map((pool) => [pool.poolId, pool]));
}

/** The day after a period of as many days that begins at `until`. */
function sameDaysAfter(from: LocalDate, until: LocalDate): LocalDate {
  const [start, end] = [Date.parse(`${from}T00:00:00Z`), Date.parse(`${until}T00:00:00Z`)];
  return new Date(end + (end - start)).toISOString().slice(0, 10);
}
