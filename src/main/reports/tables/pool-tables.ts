/**
 * Tables about pools: totals, the five formulas, every hour or day or month, and the period before.
 */
import { m } from '../../../shared/messages/index.ts';
import { ACCOUNTING_STATES } from '../../../shared/domain/capacity.ts';
import type { Locale } from '../../../shared/domain/local-text.ts';
import type {
  Account,
  BucketSize,
  PoolReport,
  Ratio,
  UtilizationReport,
} from '../../../shared/domain/report.ts';
import { SUBSYSTEM_NAMES } from '../indicators/definitions.ts';
import type { FigureColumn, Key, KeyColumn, Message, Table } from './table.ts';
import { averageFigure, countFigure, loadFigure, milliFigure, shareFigure, workFigure } from './table.ts';

export const STATE_NAMES: Readonly<Record<(typeof ACCOUNTING_STATES)[number], Message>> = {
  used: m.common_state_used,
  'reserved-unused': m.common_state_reserved_unused,
  'idle-while-waited': m.common_state_idle_while_waited,
  idle: m.common_state_idle,
  down: m.common_state_down,
  closed: m.common_state_closed,
};

const BUCKET_TITLES: Readonly<Record<BucketSize, Message>> = {
  hour: m.reports_table_by_hour,
  day: m.reports_table_by_day,
  month: m.reports_table_by_month,
};

/** One row per pool: the six states, what stands beside them, loads and utilization. */
export function poolTable(report: UtilizationReport, locale: Locale): Table {
  const say = (message: Message): string => message({}, { locale });
  return {
    id: 'pools',
    title: say(m.reports_table_pools),
    keys: poolKeys(say),
    figures: [
      ...accountColumns(say),
      { id: 'overcommitted-outside', label: say(m.reports_col_overcommitted_outside), kind: 'work' },
      { id: 'planned', label: say(m.reports_col_planned), kind: 'work' },
      { id: 'reserved', label: say(m.reports_col_reserved), kind: 'work' },
      { id: 'actual', label: say(m.reports_col_actual), kind: 'work' },
      { id: 'load-now', label: say(m.reports_col_load_now), kind: 'load' },
      { id: 'load', label: say(m.reports_col_load_average), kind: 'load' },
      { id: 'load-peak', label: say(m.reports_col_load_peak), kind: 'load' },
      { id: 'utilization', label: say(m.reports_def_utilization_name), kind: 'ratio' },
      { id: 'utilization-capped', label: say(m.reports_def_utilization_capped_name), kind: 'ratio' },
    ],
    rows: report.pools.map((pool) => ({
      id: pool.poolId,
      keys: poolKeyCells(pool, locale),
      figures: [
        ...accountFigures(pool),
        workFigure(pool.overcommittedOutsideWork),
        workFigure(pool.plannedWork),
        workFigure(pool.reservedWork),
        workFigure(pool.actualWork),
        loadFigure(pool.nowMilli),
        averageFigure(pool.average),
        loadFigure(pool.peakMilli),
        pool.utilization,
        pool.utilizationCapped,
      ],
      unitName: pool.unitName[locale],
    })),
  };
}

/** One row per pool and subsystem: R's parts E, I, H, D, M in the pool's unit. */
export function formulaTable(report: UtilizationReport, locale: Locale): Table {
  const say = (message: Message): string => message({}, { locale });
  return {
    id: 'formulas',
    title: say(m.reports_table_formulas),
    keys: [...poolKeys(say), { id: 'subsystem', label: say(m.reports_col_subsystem), kind: 'text' }],
    figures: [
      { id: 'load-now', label: say(m.reports_col_load_now), kind: 'load' },
      { id: 'load', label: say(m.reports_col_load_average), kind: 'load' },
      { id: 'actual', label: say(m.reports_col_actual), kind: 'work' },
      { id: 'utilization', label: say(m.reports_def_utilization_name), kind: 'ratio' },
    ],
    rows: report.pools.flatMap((pool) =>
      pool.formulas.map((row) => ({
        id: `${pool.poolId}-${row.subsystem}`,
        keys: [
          ...poolKeyCells(pool, locale),
          `${row.symbol} ${SUBSYSTEM_NAMES[row.subsystem]({}, { locale })}`,
        ],
        figures: [
          loadFigure(row.nowMilli),
          averageFigure(row.average),
          workFigure(row.actualWork),
          row.utilization,
        ],
        unitName: pool.unitName[locale],
      })),
    ),
  };
}

/** One row per pool and bucket. */
export function bucketTable(report: UtilizationReport, locale: Locale): Table {
  const say = (message: Message): string => message({}, { locale });
  return {
    id: `by-${report.bucketSize}`,
    title: say(BUCKET_TITLES[report.bucketSize]),
    keys: [...poolKeys(say), ...stretchKeys(say)],
    figures: [
      ...accountColumns(say),
      { id: 'utilization', label: say(m.reports_def_utilization_name), kind: 'ratio' },
    ],
    rows: report.pools.flatMap((pool) =>
      pool.buckets.map((bucket) => ({
        id: `${pool.poolId}-${bucket.from}`,
        keys: [...poolKeyCells(pool, locale), { at: bucket.from }, { at: bucket.until }],
        figures: [
          ...accountFigures(bucket),
          { numerator: bucket.actualWork, denominator: bucket.offeredElapsedWork },
        ],
        unitName: pool.unitName[locale],
      })),
    ),
  };
}

/** One row per pool of beds. */
export function bedTable(report: UtilizationReport, locale: Locale): Table {
  const say = (message: Message): string => message({}, { locale });
  return {
    id: 'beds',
    title: say(m.reports_table_beds),
    keys: poolKeys(say),
    figures: [
      { id: 'bed-days-counted', label: say(m.reports_col_bed_days), kind: 'count' },
      { id: 'bed-days-available', label: say(m.reports_col_bed_days_available), kind: 'bed-days' },
      { id: 'bed-days-occupied', label: say(m.reports_col_bed_days_occupied), kind: 'bed-days' },
      { id: 'bed-occupancy', label: say(m.reports_def_bed_occupancy_name), kind: 'ratio' },
      { id: 'discharges', label: say(m.reports_col_discharges), kind: 'count' },
      { id: 'bed-length-of-stay', label: say(m.reports_def_bed_stay_name), kind: 'days' },
      { id: 'bed-turnover-rate', label: say(m.reports_def_bed_turnover_name), kind: 'amount' },
      { id: 'bed-turnover-interval', label: say(m.reports_def_bed_interval_name), kind: 'days' },
    ],
    rows: report.pools.flatMap((pool) => {
      const { beds } = pool;
      if (!beds) return [];
      return {
        id: pool.poolId,
        keys: poolKeyCells(pool, locale),
        figures: [
          countFigure(beds.days),
          milliFigure(beds.availableMilliDays),
          milliFigure(beds.occupiedMilliDays),
          beds.occupancy,
          countFigure(beds.discharges),
          shareFigure(beds.lengthOfStayDays),
          shareFigure(beds.turnoverRate),
          shareFigure(beds.turnoverIntervalDays),
        ],
        unitName: pool.unitName[locale],
      };
    }),
  };
}

/** The same pools in the period before. */
export function comparisonTable(report: UtilizationReport, locale: Locale): Table {
  const say = (message: Message): string => message({}, { locale });
  const { period, pools } = report.comparison;
  const byId = new Map(report.pools.map((pool) => [pool.poolId, pool]));
  return {
    id: 'previous-period',
    title: say(m.reports_table_previous),
    keys: [...poolKeys(say), ...stretchKeys(say)],
    figures: [
      ...stateColumns(say),
      { id: 'offered', label: say(m.reports_col_offered), kind: 'work' },
      { id: 'load', label: say(m.reports_col_load_average), kind: 'load' },
      { id: 'utilization', label: say(m.reports_def_utilization_name), kind: 'ratio' },
    ],
    rows: pools.flatMap((before) => {
      const pool = byId.get(before.poolId);
      if (!pool) return [];
      return {
        id: pool.poolId,
        keys: [...poolKeyCells(pool, locale), { at: period.from }, { at: period.until }],
        figures: [
          ...ACCOUNTING_STATES.map((state) => workFigure(before.states[state])),
          workFigure(before.offeredWork),
          averageFigure(before.average),
          before.utilization,
        ],
        unitName: pool.unitName[locale],
      };
    }),
  };
}

export function poolKeys(say: (message: Message) => string): KeyColumn[] {
  return [
    { id: 'poolId', label: say(m.reports_col_pool_id), kind: 'text' },
    { id: 'pool', label: say(m.reports_col_pool), kind: 'text' },
    { id: 'unit', label: say(m.reports_col_unit), kind: 'text' },
  ];
}

function stretchKeys(say: (message: Message) => string): KeyColumn[] {
  return [
    { id: 'from', label: say(m.reports_col_from), kind: 'instant' },
    { id: 'until', label: say(m.reports_col_until), kind: 'instant' },
  ];
}

export function poolKeyCells(pool: PoolReport, locale: Locale): Key[] {
  return [pool.poolId, pool.name[locale], pool.unitName[locale]];
}

export function stateColumns(say: (message: Message) => string): FigureColumn[] {
  return ACCOUNTING_STATES.map((state) => ({ id: state, label: say(STATE_NAMES[state]), kind: 'work' }));
}

function accountColumns(say: (message: Message) => string): FigureColumn[] {
  return [
    { id: 'capacity', label: say(m.reports_col_capacity_time), kind: 'work' },
    ...stateColumns(say),
    { id: 'offered', label: say(m.reports_col_offered), kind: 'work' },
    { id: 'overcommitted', label: say(m.reports_def_overcommitted_name), kind: 'work' },
    { id: 'unmet', label: say(m.reports_def_unmet_name), kind: 'work' },
  ];
}

/** In the order of `accountColumns`. */
function accountFigures(account: Account): Ratio[] {
  return [
    workFigure(account.capacityWork),
    ...ACCOUNTING_STATES.map((state) => workFigure(account.states[state])),
    workFigure(account.offeredWork),
    workFigure(account.overcommittedWork),
    workFigure(account.unmetWork),
  ];
}
