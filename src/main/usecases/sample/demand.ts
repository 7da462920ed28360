/**
 * What is asked of the sample clinic, day by day: which patient wants what, how urgently, when it was entered and from
 * when it may start. Each day has dice of its own, so that the same day looks the same from any later `now`. Pure.
 */
import type { UrgencyClass } from '../../../shared/domain/urgency.ts';
import type { DayNumber } from '../../../shared/local-time.ts';
import { instantOfWall, weekdayOf } from '../../../shared/local-time.ts';
import type { Instant } from '../../../shared/units.ts';
import { MINUTE, instant } from '../../../shared/units.ts';
import type { SamplePatient } from './people.ts';
import { Dice } from './random.ts';
import type { SampleKind } from './kind-row.ts';
import { PROFILES } from './kind-row.ts';
import { SAMPLE_KINDS } from './work-kinds.ts';

export interface Demand {
  /** Unique; its order is the order of days, kinds and arrivals. */
  readonly key: string;
  /** Seeds whatever happens to this one later. */
  readonly seed: number;
  readonly kind: SampleKind;
  readonly patient: SamplePatient | null;
  readonly requester: string;
  readonly urgency: UrgencyClass;
  readonly submittedAt: Instant;
  readonly earliestStart: Instant;
  /** Agreed days ahead; otherwise it comes in and waits. */
  readonly isAppointment: boolean;
}

export interface DemandSource {
  readonly seed: number;
  readonly zone: string;
  readonly patients: readonly SamplePatient[];
}

/** Appointments are made this long before they are wished for. */
const APPOINTMENT_LEAD_MINUTES = [8 * 60, 60 * 60] as const;
const STUDIES = 6;

/** Everything wished for on one local day, in the order of the catalogue. */
export function demandOfDay(dayNumber: DayNumber, source: DemandSource): Demand[] {
  const weekday = weekdayOf(dayNumber);
  return SAMPLE_KINDS.flatMap((kind, index) => {
    const dice = new Dice(source.seed, dayNumber, index);
    const average = kind.perDay[weekday < 5 ? 0 : weekday === 5 ? 1 : 2];
    const spread = Math.ceil(average / 4);
    const count = average === 0 ? 0 : Math.max(0, average + dice.between(-spread, spread));
    return Array.from({ length: count }, (_, turn) =>
      oneDemand(
        `${dayNumber}-${String(index).padStart(2, '0')}-${String(turn).padStart(2, '0')}`,
        dayNumber,
        kind,
        source,
        dice,
      ),
    );
  });
}

function oneDemand(
  key: string,
  dayNumber: DayNumber,
  kind: SampleKind,
  source: DemandSource,
  dice: Dice,
): Demand {
  const hour = dice.weighted(hoursOf(kind, dayNumber));
  const wished = instantOfWall(dayNumber, hour * 60 + dice.below(60), source.zone);
  const isAppointment = dice.percent(kind.bookedPercent);
  const lead = isAppointment ? dice.between(...APPOINTMENT_LEAD_MINUTES) : dice.between(0, 6);
  const patient = kind.whom === 'nobody' ? null : dice.pick(suitablePatients(kind.whom, source.patients));
  return {
    key,
    seed: dice.below(0x7fffffff),
    kind,
    patient,
    requester: patient?.id ?? `study-${dice.between(1, STUDIES)}`,
    urgency: urgencyFor(kind, dice),
    submittedAt: instant(wished - lead * MINUTE),
    earliestStart: wished,
    isAppointment,
  };
}

/** Weights per hour. Where nothing is open on Sundays, Saturdays end at noon, and nobody comes after 11. */
function hoursOf(kind: SampleKind, dayNumber: DayNumber): readonly number[] {
  const weights = PROFILES[kind.profile];
  const isShortDay = weekdayOf(dayNumber) === 5 && kind.perDay[2] === 0;
  return isShortDay ? weights.slice(0, 11) : weights;
}

/** Mostly the kind's own class; now and then one class more or less urgent, and class 1 only for emergencies. */
function urgencyFor({ kind }: SampleKind, dice: Dice): UrgencyClass {
  const shift = [0, 0, 0, 0, 0, 0, 1, 1, -1, -1][dice.below(10)] ?? 0;
  const most = kind.urgency <= 2 ? 1 : 2;
  return Math.min(5, Math.max(most, kind.urgency + shift)) as UrgencyClass; // clamped to 1–5 on this line
}

/** Whom a kind of work is for. */
export function suitablePatients(
  whom: SampleKind['whom'],
  patients: readonly SamplePatient[],
): readonly SamplePatient[] {
  if (whom === 'women')
    return patients.filter((one) => one.isWoman && one.ageYears >= 20 && one.ageYears <= 44);
  if (whom === 'children') return patients.filter((one) => one.ageYears <= 15);
  if (whom === 'elders') return patients.filter((one) => one.ageYears >= 50);
  return patients.filter((one) => one.ageYears >= 16);
}
