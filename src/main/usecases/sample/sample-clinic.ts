/**
 * The sample clinic as plain data, made for any instant: eight weeks of finished history before it, and a day under
 * way at it. A pure generator: the same minute, seed, zone and language give the same clinic on every machine. It
 * writes nothing; a use case turns it into ledger entries.
 *
 * Units of countable pools are never double-booked and no pool is used above its capacity, but for one visit of the
 * past that ran into the next (`withOneOverrun`).
 */
import type {
  Clinic,
  PatientIdentity,
  StaffMember,
  SubsystemSetting,
} from '../../../shared/domain/clinic.ts';
import type { Locale } from '../../../shared/domain/local-text.ts';
import type { Pool } from '../../../shared/domain/pool.ts';
import { SUBSYSTEMS } from '../../../shared/domain/subsystem.ts';
import type { WorkKind } from '../../../shared/domain/task.ts';
import type { PatientId } from '../../../shared/ids.ts';
import { dayNumberOf, instantOfWall, localDayNumberOf, startOfLocalDay } from '../../../shared/local-time.ts';
import type { Instant } from '../../../shared/units.ts';
import { MINUTE, instant } from '../../../shared/units.ts';
import { bookAll } from './book-all.ts';
import type { Demand, DemandSource } from './demand.ts';
import { demandOfDay } from './demand.ts';
import { happen, withOneOverrun } from './happen.ts';
import { samplePatients, sampleStaff } from './people.ts';
import { samplePools } from './pools.ts';
import type { SampleHistoryRow } from './rows.ts';
import type { SampleOpenRow } from './today.ts';
import { cutAtNow } from './today.ts';
import { UnitBooks } from './unit-books.ts';
import { waitingLine } from './waiting-line.ts';
import { SAMPLE_KINDS } from './work-kinds.ts';

export interface SampleRequest {
  readonly now: Instant;
  readonly seed: number;
  /** Shanghai when left out. */
  readonly timeZone?: string;
  /** The language patients and staff are named in; Chinese when left out. */
  readonly language?: Locale;
}

export interface SampleClinic {
  /** `now`, rounded down to the minute. */
  readonly now: Instant;
  /** The clinic's first day: pools, staff and catalogue exist from then on. */
  readonly openedAt: Instant;
  readonly clinic: Clinic;
  readonly staff: readonly StaffMember[];
  readonly subsystems: readonly SubsystemSetting[];
  /** With all outages up to now and the planned ones ahead. */
  readonly pools: readonly Pool[];
  readonly workKinds: readonly WorkKind[];
  readonly patients: readonly { readonly id: PatientId; readonly identity: PatientIdentity }[];
  /** Finished, missed and cancelled tasks, in the order of their bookings. */
  readonly history: readonly SampleHistoryRow[];
  /** Running, confirmed and waiting tasks. */
  readonly open: readonly SampleOpenRow[];
}

/** The seed of the sample that everybody sees: with it the demonstration finds both ultrasound rooms busy. */
export const SAMPLE_SEED = 148;
export const SAMPLE_TIME_ZONE = 'Asia/Shanghai';
export const HISTORY_DAYS = 56;
/** Before the first day of history, so that long work is under way when it begins. */
const WARM_UP_DAYS = 3;
/** Appointments are made at most so many days ahead. */
const AHEAD_DAYS = 3;

/** What a demonstration shows: Wednesday, 18 November 2026, 10:20 in the clinic's zone. */
export function demoInstant(timeZone: string = SAMPLE_TIME_ZONE): Instant {
  return instantOfWall(dayNumberOf('2026-11-18'), 10 * 60 + 20, timeZone);
}

export function sampleClinic(request: SampleRequest): SampleClinic {
  const { seed, timeZone: zone = SAMPLE_TIME_ZONE, language = 'zh' } = request;
  const now = instant(request.now - (request.now % MINUTE));
  const today = localDayNumberOf(now, zone);
  const openedAt = startOfLocalDay(today - HISTORY_DAYS, zone);
  const pools = samplePools(now, zone);
  const patients = samplePatients(seed, today, language);
  const source: DemandSource = { seed, zone, patients };

  const books = new UnitBooks(
    pools,
    {
      from: startOfLocalDay(today - HISTORY_DAYS - WARM_UP_DAYS - 1, zone),
      until: startOfLocalDay(today + AHEAD_DAYS + 12, zone),
    },
    zone,
  );
  const booked = bookAll(demandUntil(now, today, source), books, source);
  const outcomes = happen(booked, pools).filter((row) => row.reserved.start >= openedAt);
  const { history, open } = cutAtNow(withOneOverrun(outcomes, startOfLocalDay(today, zone)), pools, now);
  return {
    now,
    openedAt,
    clinic: {
      name: { en: 'Clearwater Community Clinic', zh: '清河社区卫生服务中心' },
      timeZone: zone,
      language,
      triagePreset: 'manchester',
      isSample: true,
    },
    staff: sampleStaff(language),
    subsystems: SUBSYSTEMS.map(({ id, defaultPolicy }) => ({
      subsystem: id,
      policy: defaultPolicy,
      weight: 1,
    })),
    pools,
    workKinds: SAMPLE_KINDS.map((row) => row.kind),
    patients: patients.map(({ id, identity }) => ({ id, identity })),
    history,
    open: [...open, ...waitingLine({ pools, source, now, promised: open })],
  };
}

/** Everything entered by now, in the order of entering. */
function demandUntil(now: Instant, today: number, source: DemandSource): Demand[] {
  const days = Array.from(
    { length: WARM_UP_DAYS + HISTORY_DAYS + 1 + AHEAD_DAYS },
    (_, index) => today - HISTORY_DAYS - WARM_UP_DAYS + index,
  );
  return days
    .flatMap((day) => demandOfDay(day, source))
    .filter((demand) => demand.submittedAt <= now)
    .sort((left, right) => left.submittedAt - right.submittedAt || (left.key < right.key ? -1 : 1));
}
