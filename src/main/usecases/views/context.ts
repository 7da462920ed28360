/**
 * Gathers what rows of a screen need from the ledger and the identity book: one read per kind of thing, not per row.
 */
import type { ReadDb, TaskRecord } from '../../ledger/index.ts';
import { findTask, findReason, listPools, listWorkKinds } from '../../ledger/index.ts';
import { offeredSteps, unchanged } from '../../../shared/calendar.ts';
import type { Reason } from '../../../shared/domain/reason.ts';
import { triageTargets } from '../../../shared/domain/urgency.ts';
import type { PatientId, TaskId } from '../../../shared/ids.ts';
import type { Instant } from '../../../shared/units.ts';
import { instant } from '../../../shared/units.ts';
import type { IdentityBook } from '../identities.ts';
import { getClinic } from '../planning/books.ts';
import type { RowContext } from './task-rows.ts';

/** @param records  the tasks that will be shown; others (blockers) are read when a reason names them */
export function rowContext(given: {
  readonly db: ReadDb;
  readonly identities: IdentityBook;
  readonly records: readonly TaskRecord[];
  readonly now: Instant;
}): RowContext {
  const { db, identities, now } = given;
  const pools = new Map(listPools(db, now).map((pool) => [pool.id, pool]));
  const workKinds = new Map(listWorkKinds(db).map((kind) => [kind.id, kind]));
  const records = new Map(given.records.map((record) => [record.task.id, record]));
  const reasons = new Map<TaskId, Reason | null>();
  const clinic = getClinic(db);
  const names = new Map(
    identities.of(
      db,
      given.records.flatMap((record) => (record.task.patientId === null ? [] : [record.task.patientId])),
    ),
  );
  const recordOf = (id: TaskId): TaskRecord | null => {
    const known = records.get(id) ?? findTask(db, id);
    if (known) records.set(id, known);
    return known;
  };
  const identityOf = (id: PatientId) => {
    for (const [patientId, identity] of names.has(id) ? [] : identities.of(db, [id]))
      names.set(patientId, identity);
    return names.get(id) ?? null;
  };
  return {
    now,
    targets: triageTargets(clinic),
    pool: (id) => pools.get(id) ?? null,
    isClosed: (id, at) => {
      const pool = pools.get(id);
      if (!pool) return false;
      const window = { from: at, until: instant(at + 1) };
      const [step] = offeredSteps(unchanged(pool), window, clinic.timeZone);
      return step?.cause === 'closed' && step.capacityMilli === 0;
    },
    workKind: (id) => workKinds.get(id) ?? null,
    identity: identityOf,
    task: (id) => recordOf(id)?.task ?? null,
    allocation: (id) => recordOf(id)?.allocation ?? null,
    reference: (id) => {
      const record = recordOf(id);
      return record === null ? '' : identities.reference(record);
    },
    reason: (id) => {
      if (!reasons.has(id)) reasons.set(id, findReason(db, id));
      return reasons.get(id) ?? null;
    },
  };
}
