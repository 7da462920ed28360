/**
 * One subsystem's workspace: its formula per pool, its pools' strips, and its tasks in groups.
 */
import type { ReadDb, TaskRecord } from '../../ledger/index.ts';
import { listOpenTasks, listPools, listTasks, listWorkKinds } from '../../ledger/index.ts';
import type { Response } from '../../../shared/contract/index.ts';
import type { StripView } from '../../../shared/contract/pools.ts';
import type { Booking } from '../../../shared/domain/booking.ts';
import type { Pool } from '../../../shared/domain/pool.ts';
import type { SubsystemId } from '../../../shared/domain/subsystem.ts';
import { getSubsystem } from '../../../shared/domain/subsystem.ts';
import { localDayNumberOf, startOfLocalDay } from '../../../shared/local-time.ts';
import { accept } from '../../../shared/result.ts';
import type { Instant } from '../../../shared/units.ts';
import { milli } from '../../../shared/units.ts';
import { getClinic, readSubsystems } from '../planning/books.ts';
import type { Usecase } from '../usecase.ts';
import { rowContext } from '../views/context.ts';
import { groupRows } from '../views/groups.ts';
import { readStrips } from '../views/read-strips.ts';
import { rowOf } from '../views/task-rows.ts';

const ENDED_SHOWN = 50;

type Chip = Response<'workspace.get'>['chips'][number];

export const getWorkspace: Usecase<'workspace.get'> = (place, { subsystem }) => {
  const { db } = place;
  const now = place.now();
  const zone = getClinic(db).timeZone;
  const open = listOpenTasks(db).filter(({ task }) => task.subsystem === subsystem);
  const ended = endedToday(db, subsystem, zone, now);
  const context = rowContext({ db, identities: place.identities, records: [...open, ...ended], now });
  const pools = poolsOf(db, subsystem, open, now);
  const { strips, bookings } = readStrips(db, pools, zone, now);
  return accept({
    subsystem,
    policy:
      readSubsystems(db).find((setting) => setting.subsystem === subsystem)?.policy ??
      getSubsystem(subsystem).defaultPolicy,
    now,
    chips: strips.map((strip) => chipOf(strip, bookings, subsystem)),
    strips,
    ...groupRows(
      open.map(({ task }) => rowOf(task, context)),
      now,
    ),
    ended: ended.map(({ task }) => rowOf(task, context)),
  });
};

/** The last that ended since local midnight, newest first. */
function endedToday(db: ReadDb, subsystem: SubsystemId, zone: string, now: Instant): TaskRecord[] {
  const midnight = startOfLocalDay(localDayNumberOf(now, zone), zone);
  const filter = {
    subsystems: [subsystem],
    states: ['finished', 'released', 'missed', 'cancelled'] as const,
  };
  const page = { offset: 0, limit: ENDED_SHOWN, direction: 'backward' } as const;
  return listTasks(db, filter, page)
    .filter(({ task }) => (task.endedAt ?? task.startedAt ?? task.earliestStart) >= midnight)
    .sort((left, right) => (right.task.endedAt ?? 0) - (left.task.endedAt ?? 0));
}

/** Pools that the subsystem's kinds of work or open tasks need, in the clinic's order. */
function poolsOf(db: ReadDb, subsystem: SubsystemId, open: readonly TaskRecord[], now: Instant): Pool[] {
  const kinds = listWorkKinds(db).filter((kind) => kind.subsystem === subsystem);
  const needs = [...kinds.flatMap((kind) => kind.needs), ...open.flatMap(({ task }) => task.needs)];
  const ids = new Set(needs.map((need) => need.poolId));
  return listPools(db, now).filter((pool) => ids.has(pool.id));
}

/** The subsystem's own load on the pool at this instant: one term of E, I, H, D or M. */
function chipOf(strip: StripView, bookings: readonly Booking[], subsystem: SubsystemId): Chip {
  const load = bookings
    .filter(
      (each) => each.poolId === strip.poolId && each.subsystem === subsystem && each.state === 'running',
    )
    .filter((each) => each.actualStart !== null && each.actualStart <= strip.now && each.actualEnd === null)
    .reduce((sum, each) => sum + each.rateMilli, 0);
  return {
    poolId: strip.poolId,
    name: strip.name,
    unitName: strip.unitName,
    loadMilli: milli(load),
    offeredMilli: strip.offeredMilli,
  };
}
