/**
 * The timeline's rows as boxes: under each pool its named units with their bars in lanes, or one row of stacked rates
 * where a pool is divisible. Pure; pixels downwards from the pool's own top. What overlaps gets a lane of its own, so
 * that nothing ever hides behind something else.
 */
import type { TimelineBar, TimelinePool } from '../../shared/contract/timeline.ts';
import type { UnitId } from '../../shared/ids.ts';

/** A bar where it stands: `top` within its pool. */
export interface PlacedBar {
  /** Task, pool, segment and unit: one bar of the drawing. */
  readonly key: string;
  readonly bar: TimelineBar;
  readonly top: number;
  readonly height: number;
}

export interface TimelineRow {
  readonly key: string;
  /** `pool` carries the curve; `unit` a named unit; `shared` stacked rates; `rest` what holds no named unit. */
  readonly kind: 'pool' | 'unit' | 'shared' | 'rest';
  readonly unitId: UnitId | null;
  readonly top: number;
  readonly height: number;
  /** By start. */
  readonly bars: readonly PlacedBar[];
}

export interface PoolLayout {
  readonly pool: TimelinePool;
  readonly isExpanded: boolean;
  readonly rows: readonly TimelineRow[];
  readonly height: number;
}

export interface RowMetrics {
  /** Height of a unit's row with one lane. */
  readonly row: number;
  /** UTC seconds. */
  readonly now: number;
}

const POOL_HEIGHT = 44;
/** Without single bars the curve is all there is. */
const DENSE_HEIGHT = 76;
const SHARED_HEIGHT = 84;
/** Room above and below bars within a row. */
const INSET = 4;
const LANE_GAP = 2;
const THINNEST = 3;

export const barKey = (poolId: string, bar: TimelineBar, unitId: string | null): string =>
  `${bar.taskId} ${poolId} ${bar.segment} ${unitId ?? ''} ${bar.start}`;

export function layoutPool(
  pool: TimelinePool,
  view: { readonly isExpanded: boolean; readonly isDense: boolean },
  metrics: RowMetrics,
): PoolLayout {
  const height = view.isDense ? DENSE_HEIGHT : POOL_HEIGHT;
  const head: TimelineRow = {
    key: pool.poolId,
    kind: 'pool',
    unitId: null,
    top: 0,
    height,
    bars: [],
  };
  if (view.isDense || !view.isExpanded) {
    return { pool, isExpanded: view.isExpanded && !view.isDense, rows: [head], height };
  }
  const rows = [head];
  let top = height;
  const add = (row: TimelineRow): void => {
    rows.push(row);
    top += row.height;
  };
  if (pool.kind === 'divisible') add(sharedRow(pool, top));
  else for (const lane of unitLanes(pool)) add(laneRow(pool, lane, top, metrics));
  return { pool, isExpanded: true, rows, height: top };
}

interface UnitLane {
  readonly unitId: UnitId | null;
  readonly bars: readonly TimelineBar[];
}

/** One per unit in the pool's order; then, if there are any, bars that hold no unit the pool still has. */
function unitLanes(pool: TimelinePool): UnitLane[] {
  const byUnit = new Map<UnitId, TimelineBar[]>(pool.units.map((unit) => [unit.id, []]));
  const rest: TimelineBar[] = [];
  for (const bar of pool.bars) {
    const lists = bar.unitIds.flatMap((id) => byUnit.get(id) ?? []);
    const known = bar.unitIds.filter((id) => byUnit.has(id));
    for (const id of known) byUnit.get(id)?.push(bar);
    if (known.length === 0 && lists.length === 0) rest.push(bar);
  }
  const lanes: UnitLane[] = pool.units.map((unit) => ({ unitId: unit.id, bars: byUnit.get(unit.id) ?? [] }));
  return rest.length === 0 ? lanes : [...lanes, { unitId: null, bars: rest }];
}

function laneRow(
  pool: TimelinePool,
  { unitId, bars }: UnitLane,
  top: number,
  metrics: RowMetrics,
): TimelineRow {
  const lanes = lanesOf(bars, metrics.now);
  const count = Math.max(1, ...lanes.map((lane) => lane + 1));
  const barHeight = metrics.row - 2 * INSET;
  const height = 2 * INSET + count * barHeight + (count - 1) * LANE_GAP;
  return {
    key: `${pool.poolId} ${unitId ?? 'rest'}`,
    kind: unitId === null ? 'rest' : 'unit',
    unitId,
    top,
    height,
    bars: bars.map((bar, index) => ({
      key: barKey(pool.poolId, bar, unitId),
      bar,
      top: top + INSET + (lanes[index] ?? 0) * (barHeight + LANE_GAP),
      height: barHeight,
    })),
  };
}

type Laned = Pick<TimelineBar, 'start' | 'end' | 'isEndAssumed' | 'isDisplaced'>;

/**
 * The first lane that is free at each bar's start, in the bars' order (by start): the fewest lanes there can be. An end
 * that is only assumed makes no room for itself: what is planned next stands in the same lane.
 */
export function lanesOf(bars: readonly Laned[], now: number): number[] {
  const ends: number[] = [];
  return bars.map((bar) => {
    const free = ends.findIndex((end) => end <= bar.start);
    const lane = free === -1 ? ends.length : free;
    ends[lane] = bar.isEndAssumed && !bar.isDisplaced ? Math.min(bar.end, now) : bar.end;
    return lane;
  });
}

/** Bars as high as their rate, each on the lowest stretch of the pool that is free while it runs. */
function sharedRow(pool: TimelinePool, top: number): TimelineRow {
  const offsets = stackOffsets(pool.bars);
  const most = pool.bars.reduce<number>(
    (peak, bar, index) => Math.max(peak, (offsets[index] ?? 0) + bar.rateMilli),
    pool.capacityMilli,
  );
  const perMilli = (SHARED_HEIGHT - 2 * INSET) / Math.max(1, most);
  const bottom = top + SHARED_HEIGHT - INSET;
  return {
    key: `${pool.poolId} shared`,
    kind: 'shared',
    unitId: null,
    top,
    height: SHARED_HEIGHT,
    bars: pool.bars.map((bar, index) => {
      const height = Math.max(THINNEST, bar.rateMilli * perMilli - 1);
      const foot = bottom - (offsets[index] ?? 0) * perMilli;
      return { key: barKey(pool.poolId, bar, null), bar, top: Math.round(foot - height), height };
    }),
  };
}

/** Where each bar's rate stands on the pool, in thousandths from the bottom; bars are ascending by start. */
export function stackOffsets(bars: readonly Pick<TimelineBar, 'start' | 'end' | 'rateMilli'>[]): number[] {
  const placed: { readonly end: number; readonly from: number; readonly to: number }[] = [];
  return bars.map((bar) => {
    const beside = placed
      .filter((other) => other.end > bar.start)
      .sort((left, right) => left.from - right.from);
    let offset = 0;
    for (const other of beside) {
      if (other.from >= offset + bar.rateMilli) break;
      offset = Math.max(offset, other.to);
    }
    placed.push({ end: bar.end, from: offset, to: offset + bar.rateMilli });
    return offset;
  });
}

/** Which unit's row lies at a height within the pool; null outside any. */
export function unitAt(layout: PoolLayout, y: number): UnitId | null {
  const row = layout.rows.find((each) => y >= each.top && y < each.top + each.height);
  return row?.kind === 'unit' ? row.unitId : null;
}

/** A unit's row `by` rows further down; null beyond the last and above the first. */
export function unitBeside(pool: TimelinePool, unitId: UnitId | null, by: 1 | -1): UnitId | null {
  const at = pool.units.findIndex((unit) => unit.id === unitId);
  return at === -1 ? null : (pool.units[at + by]?.id ?? null);
}
