/** The exports that the application makes by itself: which there are, how they went, and changing them. */
import { isAbsolute } from 'node:path';
import type { LedgerTx } from '../../ledger/index.ts';
import { listExportRuns, listPools } from '../../ledger/index.ts';
import { dayAfter, firstDue } from '../../reports/schedule.ts';
import type { ExportSchedule } from '../../../shared/domain/export-schedule.ts';
import { localDateOf } from '../../../shared/local-time.ts';
import { accept, refuse } from '../../../shared/result.ts';
import { getClinic } from '../planning/books.ts';
import type { Usecase } from '../usecase.ts';
import { commandOf } from '../usecase.ts';
import { listDue, readSchedules, SCHEDULES_KEY } from './scheduled-exports.ts';

export const getSchedules: Usecase<'report.schedules'> = (place) => {
  const { db } = place;
  const today = localDateOf(place.now(), getClinic(db).timeZone);
  const runs = listExportRuns(db);
  const failed = listDue(db, today).filter(({ failure }) => failure !== null);
  return accept({
    schedules: readSchedules(db).map((schedule) => {
      const last = runs.findLast(({ scheduleId }) => scheduleId === schedule.id);
      const failures = failed.filter((due) => due.schedule.id === schedule.id);
      const failure = failures.at(-1);
      const from = last && last.due >= today ? dayAfter(today) : today;
      return {
        ...schedule,
        nextDue: firstDue(schedule.cadence, from > schedule.since ? from : schedule.since),
        last: last ? { due: last.due, code: last.code } : null,
        lastFailure: failure ? { due: failure.due, code: failure.failure ?? '' } : null,
        failed: failures.length,
      };
    }),
  });
};

export const setSchedule: Usecase<'report.set-schedule'> = (place, schedule, call) =>
  place.command(commandOf(call, schedule), (tx) => {
    const person = place.person();
    if (!person) throw new Error('a schedule has somebody who made it'); // the bridge asks for a person
    if (schedule.isForOutside && schedule.format === 'allocations') return refuse('raw-stays-inside');
    if (!isAbsolute(schedule.folder)) return refuse('folder-not-absolute');
    const known = new Set(listPools(tx.db, tx.now).map((pool) => pool.id));
    const unknown = schedule.poolIds?.find((id) => !known.has(id));
    if (unknown !== undefined) return refuse('unknown-pool', { poolId: unknown });
    const all = readSchedules(tx.db);
    const before = all.find(({ id }) => id === schedule.id);
    const since = before?.since ?? localDateOf(tx.now, getClinic(tx.db).timeZone);
    const next: ExportSchedule = { ...schedule, madeBy: person.id, since };
    writeSchedules(tx, before ? all.map((each) => (each === before ? next : each)) : [...all, next]);
    return accept({});
  });

export const dropSchedule: Usecase<'report.drop-schedule'> = (place, { id }, call) =>
  place.command(commandOf(call, { id }), (tx) => {
    const all = readSchedules(tx.db);
    const kept = all.filter((schedule) => schedule.id !== id);
    if (kept.length === all.length) return refuse('unknown-schedule');
    writeSchedules(tx, kept);
    return accept({});
  });

function writeSchedules(tx: LedgerTx, schedules: readonly ExportSchedule[]): void {
  const value = schedules.map((schedule) => ({
    ...schedule,
    cadence: { ...schedule.cadence },
    grouping: schedule.grouping ?? null,
    poolIds: schedule.poolIds?.slice() ?? null,
    subsystems: schedule.subsystems?.slice() ?? null,
  }));
  tx.append('settings-changed', { key: SCHEDULES_KEY, value });
}
