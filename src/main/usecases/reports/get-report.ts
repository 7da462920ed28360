/** The utilization report on screen, and which month it opens with. */
import {
  countEndedWork,
  findEndedWork,
  hasOwnStartedWork,
  listPools,
  listWorkKinds,
} from '../../ledger/index.ts';
import type { ReadDb } from '../../ledger/index.ts';
import type { GroupFigures, KeptGrouping } from '../../reports/days/group-figures.ts';
import { isKeptGrouping } from '../../reports/days/group-figures.ts';
import type { GroupingInput } from '../../reports/grouping.ts';
import type { ImportedWork } from '../../reports/period.ts';
import { isHourly, reportablePeriods, resolvePeriod } from '../../reports/period.ts';
import { utilizationReport } from '../../reports/report.ts';
import type { ReportInput } from '../../reports/input.ts';
import type { Request } from '../../../shared/contract/index.ts';
import type { StaffMember } from '../../../shared/domain/clinic.ts';
import type { Grouping } from '../../../shared/domain/report-grouping.ts';
import type { ReportPeriod, UtilizationReport } from '../../../shared/domain/report.ts';
import type { Result } from '../../../shared/result.ts';
import type { Instant } from '../../../shared/units.ts';
import { accept, refuse } from '../../../shared/result.ts';
import { getClinic } from '../planning/books.ts';
import type { Usecase } from '../usecase.ts';
import type { ReportBooks } from './report-books.ts';
import { dayBasis, traitsOf } from './report-days.ts';
import type { InputChoice } from './report-input.ts';
import { reportInput, settledGroups } from './report-input.ts';

export const getReport: Usecase<'report.utilization'> = (place, request) =>
  makeReport(place, request, place.person(), request.chartPoolId ?? 'first');

/**
 * @param author  whose name stands in it
 * @param charts  whose buckets and load are told
 */
export function makeReport(
  place: ReportBooks,
  { period, poolIds, subsystems, grouping = null }: Omit<Request<'report.utilization'>, 'chartPoolId'>,
  author: StaffMember | null = place.person(),
  charts: InputChoice['charts'] = 'all',
): Result<UtilizationReport, 'invalid-period' | 'unknown-pool'> {
  const periods = resolvePeriod(period, getClinic(place.db).timeZone);
  if (!periods.ok) return periods;
  const known = new Set(listPools(place.db, place.now()).map((pool) => pool.id));
  const unknown = poolIds?.find((id) => !known.has(id));
  if (unknown !== undefined) return refuse('unknown-pool', { poolId: unknown });
  const by = grouping ?? null;
  const groups =
    by !== null && isKeptGrouping(by) ? { by, kept: keptGroups(place, periods.value.current, by) } : null;
  const input = reportInput(place, periods.value, { poolIds, subsystems }, author, {
    groups,
    holdsSeconds: by !== null && !isKeptGrouping(by),
    charts,
  });
  return accept(utilizationReport(input, by && groupingOf(place, input, by, input.settledGroups)));
}

/** None of a period that is told by its hours: its days are measured anew. */
function keptGroups(
  place: ReportBooks,
  period: ReportPeriod,
  by: KeptGrouping,
): ReadonlyMap<Instant, GroupFigures> {
  if (isHourly(period)) return new Map();
  const basis = dayBasis(place.db, getClinic(place.db).timeZone);
  return settledGroups(place.db, period, { basis, asOf: place.now(), by });
}

export function groupingOf(
  { db }: Pick<ReportBooks, 'db'>,
  input: ReportInput,
  by: Grouping,
  settled: GroupingInput['settled'],
): GroupingInput {
  return { by, traits: traitsOf(db, input), workKinds: listWorkKinds(db), settled };
}

export const getPeriods: Usecase<'report.periods'> = (place) =>
  accept(reportablePeriods(onlyImported(place.db), place.now(), getClinic(place.db).timeZone));

function onlyImported(db: ReadDb): ImportedWork | null {
  const hull = hasOwnStartedWork(db) ? null : findEndedWork(db);
  return hull && { hull, countEnded: (stretch) => countEndedWork(db, stretch) };
}
