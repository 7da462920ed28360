/**
 * Books the sample clinic's demand in the order it was entered, and sees to it that nobody is booked into two places
 * at once: whoever is taken at that time lends the demand to another patient it suits. Pure.
 */
import type { PatientId } from '../../../shared/ids.ts';
import { MINUTE } from '../../../shared/units.ts';
import type { Demand, DemandSource } from './demand.ts';
import { suitablePatients } from './demand.ts';
import type { Booked } from './happen.ts';
import type { SamplePatient } from './people.ts';
import type { Reserved, UnitBooks } from './unit-books.ts';

/** Between two things with one patient; work rarely keeps to its minute. */
const MARGIN_SECONDS = 20 * MINUTE;

type Diaries = Map<PatientId, Reserved[]>;

/** What finds no place within ten days was sent elsewhere and is left out. */
export function bookAll(demands: readonly Demand[], books: UnitBooks, source: DemandSource): Booked[] {
  const diaries: Diaries = new Map(source.patients.map((patient) => [patient.id, []]));
  return demands.flatMap((demand) => {
    const { kind } = demand.kind;
    const reserved = books.reserve({
      subsystem: kind.subsystem,
      needs: kind.needs,
      durationSeconds: kind.durationSeconds,
      earliestStart: demand.earliestStart,
      bookedAt: demand.submittedAt,
    });
    return reserved ? [{ demand: forSomebodyFree(demand, reserved, source, diaries), reserved }] : [];
  });
}

function forSomebodyFree(demand: Demand, reserved: Reserved, source: DemandSource, diaries: Diaries): Demand {
  if (!demand.patient || isDeskWork(demand)) return demand;
  const others = suitablePatients(demand.kind.whom, source.patients);
  const turned = others.map((_, index) => others[(demand.seed + index) % others.length]);
  const free = [demand.patient, ...turned].find((one) => one && isFree(one, reserved, diaries));
  const patient = free ?? demand.patient;
  diaries.get(patient.id)?.push(reserved);
  return { ...demand, patient, requester: patient.id };
}

/** Claims, readings and reconstructions are about a patient who is not there. */
function isDeskWork({ kind }: Demand): boolean {
  const desks: readonly string[] = ['claims-clerks', 'reading-seats', 'cores'];
  return kind.kind.needs.every((need) => desks.includes(need.poolId));
}

function isFree(patient: SamplePatient, { start, end }: Reserved, diaries: Diaries): boolean {
  const taken = diaries.get(patient.id) ?? [];
  return !taken.some((row) => row.start < end + MARGIN_SECONDS && start < row.end + MARGIN_SECONDS);
}
