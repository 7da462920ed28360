/** The utilization report on screen, and which periods there are to report on. */
import { iterateStartedWork, listPools, listTaskTraits, listWorkKinds } from '../../ledger/index.ts';
import { reportGroups } from '../../reports/grouping.ts';
import { reportablePeriods, resolvePeriod } from '../../reports/period.ts';
import { utilizationReport } from '../../reports/report.ts';
import type { ReportInput } from '../../reports/input.ts';
import type { Request } from '../../../shared/contract/index.ts';
import type { StaffMember } from '../../../shared/domain/clinic.ts';
import type { Grouping, ReportGroups } from '../../../shared/domain/report-grouping.ts';
import type { UtilizationReport } from '../../../shared/domain/report.ts';
import type { Result } from '../../../shared/result.ts';
import { accept, refuse } from '../../../shared/result.ts';
import { getClinic } from '../planning/books.ts';
import type { Usecase } from '../usecase.ts';
import type { ReportBooks } from './report-books.ts';
import { NOTHING_SETTLED, reportInput } from './report-input.ts';

export const getReport: Usecase<'report.utilization'> = (place, request) => makeReport(place, request);

/** @param author  whose name stands in it */
export function makeReport(
  place: ReportBooks,
  { period, poolIds, subsystems, grouping = null }: Request<'report.utilization'>,
  author: StaffMember | null = place.person(),
): Result<UtilizationReport, 'invalid-period' | 'unknown-pool'> {
  const periods = resolvePeriod(period, getClinic(place.db).timeZone);
  if (!periods.ok) return periods;
  const known = new Set(listPools(place.db, place.now()).map((pool) => pool.id));
  const unknown = poolIds?.find((id) => !known.has(id));
  if (unknown !== undefined) return refuse('unknown-pool', { poolId: unknown });
  // Groups are made of the tasks themselves, which days that were measured before no longer name.
  const settled = grouping === null ? null : NOTHING_SETTLED;
  const input = reportInput(place, periods.value, { poolIds, subsystems }, author, settled);
  const report = utilizationReport(input);
  return accept(grouping === null ? report : { ...report, groups: groupsOf(place, input, grouping) });
}

function groupsOf({ db }: ReportBooks, input: ReportInput, by: Grouping): ReportGroups {
  const taskIds = new Set([
    ...input.tasks.map(({ id }) => id),
    ...input.bookings.map(({ taskId }) => taskId),
  ]);
  return reportGroups(input, { by, traits: listTaskTraits(db, taskIds), workKinds: listWorkKinds(db) });
}

export const getPeriods: Usecase<'report.periods'> = (place) =>
  accept(reportablePeriods(iterateStartedWork(place.db), place.now(), getClinic(place.db).timeZone));
