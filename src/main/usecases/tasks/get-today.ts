/**
 * Today: what runs, what is next, what is stuck; every pool's strip; what to be warned of.
 */
import { countTasks, listOpenTasks, listPools } from '../../ledger/index.ts';
import type { ReadDb } from '../../ledger/index.ts';
import { localDateOf } from '../../../shared/local-time.ts';
import type { SubsystemId } from '../../../shared/domain/subsystem.ts';
import { SUBSYSTEM_IDS } from '../../../shared/domain/subsystem.ts';
import { accept } from '../../../shared/result.ts';
import { backupAlerts, readLastBackup } from '../backup/last-backup.ts';
import { readPlan } from '../backup/plan.ts';
import { getClinic } from '../planning/books.ts';
import { dayListAlerts } from '../day/print-day-list.ts';
import { exportAlerts } from '../reports/scheduled-exports.ts';
import type { Usecase } from '../usecase.ts';
import { alertsOf } from '../views/alerts.ts';
import type { Alert } from '../views/alerts.ts';
import { rowContext } from '../views/context.ts';
import { compareRows, groupRows, isStuck } from '../views/groups.ts';
import { readStrips } from '../views/read-strips.ts';
import { rowOf } from '../views/task-rows.ts';

/** The last full verification found the ledger altered or damaged. */
const UNPROVEN: Alert = {
  code: 'ledger-unproven',
  poolId: null,
  poolName: null,
  taskId: null,
  count: 1,
  since: null,
};

export const getToday: Usecase<'today.get'> = (place) => {
  const { db } = place;
  const now = place.now();
  const open = listOpenTasks(db);
  const context = rowContext({ db, identities: place.identities, records: open, now });
  const rows = open.map(({ task }) => rowOf(task, context));
  const { running, next } = groupRows(rows, now);
  const pools = listPools(db, now);
  const { strips } = readStrips(db, pools, getClinic(db).timeZone, now);
  return accept({
    now,
    running,
    next,
    stuck: rows.filter((row) => row.state !== 'held' && isStuck(row, now)).sort(compareRows),
    strips,
    alerts: [
      ...alertsOf({ pools, strips, rows, displacements: place.proposals.at(db, now).displacements, now }),
      ...(place.dailyProof.isUnproven ? [UNPROVEN] : []),
      ...(place.past
        ? []
        : [
            ...exportAlerts(db, localDateOf(now, getClinic(db).timeZone)),
            ...dayListAlerts(db, localDateOf(now, getClinic(db).timeZone)),
            ...backupAlerts({
              isSample: getClinic(db).isSample,
              last: readLastBackup(place.ledger.path),
              failedAt: readPlan(place.ledger.path)?.failure?.at ?? null,
              now,
            }),
          ]),
    ],
    waitingCounts: waitingCounts(db),
  });
};

/** Tasks that wait or are planned but not promised, per subsystem; every subsystem is there. */
export function waitingCounts(db: ReadDb): Record<SubsystemId, number> {
  const counts = countTasks(db, { states: ['waiting', 'tentative'] });
  const sumOf = (id: SubsystemId) =>
    counts.filter((row) => row.subsystem === id).reduce((sum, row) => sum + row.count, 0);
  const [records, imaging, insurance, research, monitoring] = SUBSYSTEM_IDS;
  return {
    [records]: sumOf(records),
    [imaging]: sumOf(imaging),
    [insurance]: sumOf(insurance),
    [research]: sumOf(research),
    [monitoring]: sumOf(monitoring),
  };
}
