/**
 * What Today warns of: pools loaded above what they offer, outages, work past its end, no-shows, targets passed. Pure.
 */
import type { Response } from '../../../shared/contract/index.ts';
import type { StripView } from '../../../shared/contract/pools.ts';
import type { TaskRow } from '../../../shared/contract/tasks.ts';
import type { Pool } from '../../../shared/domain/pool.ts';
import type { Displacement } from '../../../shared/domain/plan.ts';
import type { Instant } from '../../../shared/units.ts';
import { isNoShow, isPastEnd, isPastTarget } from './groups.ts';

export type Alert = Response<'today.get'>['alerts'][number];

export function alertsOf(given: {
  readonly pools: readonly Pool[];
  readonly strips: readonly StripView[];
  readonly rows: readonly TaskRow[];
  readonly displacements: readonly Displacement[];
  readonly now: Instant;
}): Alert[] {
  const { now, rows } = given;
  return [
    ...given.strips
      .filter((strip) => strip.loadMilli > strip.offeredMilli)
      .map((strip) => poolAlert('overcommitted', strip, 1, null)),
    ...displacedAlerts(given.displacements, given.pools),
    ...outageAlerts(given.pools, now),
    ...rows.filter((row) => isPastEnd(row)).map((row) => taskAlert('past-end', row, row.start)),
    ...rows.filter((row) => isNoShow(row, now)).map((row) => taskAlert('no-show', row, row.start)),
    ...targetAlerts(rows),
  ];
}

function poolAlert(
  code: 'overcommitted' | 'outage',
  pool: Pick<StripView, 'poolId' | 'name'>,
  count: number,
  since: Instant | null,
): Alert {
  return { code, poolId: pool.poolId, poolName: pool.name, taskId: null, count, since };
}

function taskAlert(code: 'past-end' | 'no-show', row: TaskRow, since: Instant | null): Alert {
  return { code, poolId: null, poolName: null, taskId: row.taskId, count: 1, since };
}

function displacedAlerts(displacements: readonly Displacement[], pools: readonly Pool[]): Alert[] {
  return displacements.map((displaced) => ({
    code: 'displaced',
    poolId: displaced.poolId,
    poolName: pools.find((pool) => pool.id === displaced.poolId)?.name ?? null,
    taskId: displaced.taskId,
    count: 1,
    since: displaced.from,
  }));
}

/** One row per pool with an unplanned outage at this instant; `count` is how many outages. */
function outageAlerts(pools: readonly Pool[], now: Instant): Alert[] {
  return pools.flatMap((pool) => {
    const current = pool.outages.filter(
      (outage) => !outage.isPlanned && outage.start <= now && (outage.end === null || outage.end > now),
    );
    const first = current[0];
    return first
      ? [poolAlert('outage', { poolId: pool.id, name: pool.name }, current.length, first.start)]
      : [];
  });
}

/** One row for all waits beyond their targets: staff see the tasks themselves under "stuck". */
function targetAlerts(rows: readonly TaskRow[]): Alert[] {
  const late = rows.filter(isPastTarget);
  if (late.length === 0) return [];
  return [
    { code: 'target-passed', poolId: null, poolName: null, taskId: null, count: late.length, since: null },
  ];
}
