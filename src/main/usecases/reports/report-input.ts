/**
 * Gathers what a utilization report is made of from one look at the ledger: pools as they were over both periods,
 * bookings, tasks that waited or ran, and who asks.
 */
import type { ReadDb } from '../../ledger/index.ts';
import {
  listBookingFigures,
  listPools,
  listPoolVersions,
  listPreemptions,
  listTaskFigures,
  listWaitCauses,
  listWorkKinds,
} from '../../ledger/index.ts';
import type { PeriodPair } from '../../reports/period.ts';
import type { ReportInput, ReportPool } from '../../reports/report.ts';
import type { PoolVersion } from '../../../shared/calendar.ts';
import { accountingSteps } from '../../../shared/calendar.ts';
import type { StaffMember } from '../../../shared/domain/clinic.ts';
import type { Provenance, ReportFilters } from '../../../shared/domain/report.ts';
import type { SubsystemId } from '../../../shared/domain/subsystem.ts';
import { SUBSYSTEM_IDS } from '../../../shared/domain/subsystem.ts';
import { triageTargets } from '../../../shared/domain/urgency.ts';
import type { PoolId } from '../../../shared/ids.ts';
import type { Instant, Seconds } from '../../../shared/units.ts';
import { HOUR, instant, seconds } from '../../../shared/units.ts';
import { getClinic, readSubsystems } from '../planning/books.ts';
import type { ReportBooks } from './report-books.ts';

interface Window {
  readonly from: Instant;
  readonly until: Instant;
}

export function reportInput(
  place: ReportBooks,
  periods: PeriodPair,
  filters: ReportFilters,
  author: StaffMember | null,
): ReportInput {
  const { db } = place;
  const now = place.now();
  const clinic = getClinic(db);
  const window = { from: periods.previous.from, until: periods.current.until };
  const settings = readSubsystems(db);
  const weightOf = (id: SubsystemId) => settings.find((each) => each.subsystem === id)?.weight ?? 1;
  const durations = defaultDurations(db);
  return {
    periods,
    asOf: now,
    filters,
    pools: poolsOver(db, window, clinic.timeZone, now),
    bookings: listBookingFigures(db, { from: window.from, to: window.until }),
    tasks: listTaskFigures(db, { from: window.from, to: window.until }),
    waitCauses: listWaitCauses(db, { from: window.from, to: window.until }, now),
    preemptions: listPreemptions(db, { from: periods.current.from, to: periods.current.until }),
    defaultDurations: perSubsystem((id) => durations.get(id) ?? seconds(HOUR)),
    targets: triageTargets(clinic),
    weights: perSubsystem(weightOf),
    provenance: provenanceOf(place, now, author),
  };
}

function perSubsystem<Value>(valueOf: (id: SubsystemId) => Value): Record<SubsystemId, Value> {
  const [records, imaging, insurance, research, monitoring] = SUBSYSTEM_IDS;
  return {
    [records]: valueOf(records),
    [imaging]: valueOf(imaging),
    [insurance]: valueOf(insurance),
    [research]: valueOf(research),
    [monitoring]: valueOf(monitoring),
  };
}

/**
 * Every pool of the clinic in its order. What a pool was before it was first described is taken to be its first
 * description: imported history is older than the books, and must be measured against something.
 */
function poolsOver(db: ReadDb, window: Window, zone: string, now: Instant): ReportPool[] {
  const versions = new Map<PoolId, PoolVersion[]>();
  for (const { pool, effectiveFrom } of listPoolVersions(db, { from: window.from, to: window.until })) {
    const known = versions.get(pool.id);
    if (known) known.push({ from: effectiveFrom, pool });
    else versions.set(pool.id, [{ from: instant(Math.min(effectiveFrom, window.from)), pool }]);
  }
  const named = new Map(listPools(db, now).map((pool) => [pool.id, pool]));
  return [...versions].flatMap(([poolId, list]) => {
    const pool = named.get(poolId) ?? list.at(-1)?.pool;
    if (!pool) return [];
    const { name, unitName, kind, template } = pool;
    return [{ id: poolId, name, unitName, kind, template, steps: accountingSteps(list, window, zone) }];
  });
}

/** The median duration of each subsystem's kinds of work: how long work without an end is taken to last. */
function defaultDurations(db: ReadDb): Map<SubsystemId, Seconds> {
  const bySubsystem = Map.groupBy(listWorkKinds(db), (kind) => kind.subsystem);
  return new Map(
    [...bySubsystem].map(([subsystem, kinds]) => {
      const sorted = kinds.map((kind) => kind.durationSeconds).sort((left, right) => left - right);
      return [subsystem, sorted[Math.floor(sorted.length / 2)] ?? seconds(HOUR)];
    }),
  );
}

/** Who made a file, when, and from which books. */
export function provenanceOf(place: ReportBooks, now: Instant, person: StaffMember | null): Provenance {
  const clinic = getClinic(place.db);
  if (!person) throw new Error('a report has an author'); // the bridge asks for a person before any report
  const head = place.head();
  return {
    clinicName: clinic.name,
    isSample: clinic.isSample,
    timeZone: clinic.timeZone,
    authorId: person.id,
    authorName: person.name,
    generatedAt: now,
    applicationVersion: place.surroundings.version,
    head: { epoch: head.epoch, length: head.seq, hash: head.hash },
  };
}
