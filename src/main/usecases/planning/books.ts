/**
 * Reads from the ledger what planning needs to know: pools in force, open tasks with their windows and reasons, what
 * was used in the last day, which predecessors have ended. Works inside a transaction and beside it alike.
 */
import type { ReadDb, TaskRecord } from '../../ledger/index.ts';
import {
  countPreemptions,
  findClinic,
  listEnded,
  listOpenTasks,
  listPools,
  listReasons,
  listSubsystemSettings,
  listUsedWork,
} from '../../ledger/index.ts';
import type { Clinic, SubsystemSetting } from '../../../shared/domain/clinic.ts';
import type { Reason } from '../../../shared/domain/reason.ts';
import { SUBSYSTEMS } from '../../../shared/domain/subsystem.ts';
import type { Allocation } from '../../../shared/domain/task.ts';
import type { TaskId } from '../../../shared/ids.ts';
import type { Instant } from '../../../shared/units.ts';
import { DAY, instant } from '../../../shared/units.ts';
import type { Books } from './snapshot.ts';

/** Planning books, and the records and reasons behind them. */
export interface OpenBooks extends Books {
  readonly records: ReadonlyMap<TaskId, TaskRecord>;
  readonly reasons: ReadonlyMap<TaskId, Reason>;
}

/** Every subsystem's setting; one that nobody has set has its default policy and weight 1. */
export function readSubsystems(db: ReadDb): SubsystemSetting[] {
  const known = new Map(listSubsystemSettings(db).map((setting) => [setting.subsystem, setting]));
  return SUBSYSTEMS.map(
    (row) => known.get(row.id) ?? { subsystem: row.id, policy: row.defaultPolicy, weight: 1 },
  );
}

/** @throws Error when the ledger has no clinic yet (caller bug: first run comes first) */
export function getClinic(db: ReadDb): Clinic {
  const clinic = findClinic(db);
  if (!clinic) throw new Error('the ledger has no clinic yet');
  return clinic;
}

export function readBooks(db: ReadDb, now: Instant): OpenBooks {
  const open = listOpenTasks(db);
  const tasks = open.map((record) => record.task);
  const predecessors = [...new Set(tasks.flatMap((task) => task.after))];
  return {
    clinic: getClinic(db),
    pools: listPools(db, now),
    subsystems: readSubsystems(db),
    tasks,
    allocations: allocationsOf(open),
    timesPreempted: countPreemptions(
      db,
      tasks.map((task) => task.id),
    ),
    used: listUsedWork(db, { from: instant(now - DAY), to: now }),
    ended: listEnded(db, predecessors),
    records: new Map(open.map((record) => [record.task.id, record])),
    reasons: new Map(listReasons(db).map((reason) => [reason.taskId, reason])),
  };
}

function allocationsOf(records: readonly TaskRecord[]): Map<TaskId, Allocation> {
  const allocations = new Map<TaskId, Allocation>();
  for (const { task, allocation } of records) if (allocation) allocations.set(task.id, allocation);
  return allocations;
}
