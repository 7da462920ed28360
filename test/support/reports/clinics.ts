/**
 * Builders and generators for report tests: pools, bookings and tasks on a few days around a change of the clock, on
 * whole minutes, with everything that goes wrong in real books: overlaps, missing ends, outages on top of each other.
 */
import { urgencyNames } from '../../../src/shared/domain/urgency.ts';
import fc from 'fast-check';
import type { Booking } from '../../../src/shared/domain/booking.ts';
import { TASK_STATES } from '../../../src/shared/domain/lifecycle.ts';
import { sameText } from '../../../src/shared/domain/local-text.ts';
import { REASON_RULES } from '../../../src/shared/domain/reason.ts';
import type { Outage, Pool, PoolTemplate } from '../../../src/shared/domain/pool.ts';
import type { Provenance } from '../../../src/shared/domain/report.ts';
import { SUBSYSTEM_IDS } from '../../../src/shared/domain/subsystem.ts';
import { URGENCY_CLASSES } from '../../../src/shared/domain/urgency.ts';
import { accountingSteps, unchanged } from '../../../src/shared/calendar.ts';
import { batchId, compareIds, outageId, poolId, staffId, taskId, unitId } from '../../../src/shared/ids.ts';
import type { Instant } from '../../../src/shared/units.ts';
import { DAY, HOUR, MINUTE, instant, milli, seconds } from '../../../src/shared/units.ts';
import type { WaitCause } from '../../../src/main/ledger/index.ts';
import type { DefaultDurations } from '../../../src/main/reports/indicators/booked-spans.ts';
import type { Preemption } from '../../../src/main/reports/indicators/preemptions.ts';
import type { ReportTask } from '../../../src/main/reports/indicators/waits.ts';
import type { PeriodPair } from '../../../src/main/reports/period.ts';
import { isDrawn } from '../../../src/main/reports/period.ts';
import type { ReportInput } from '../../../src/main/reports/input.ts';

export const ZONE = 'Europe/Berlin';
/** Spring forward in Berlin: 29 March 2026, 02:00 → 03:00. Periods of two days, 27–28 and 29–30 March. */
export const WINDOW = { from: at('2026-03-28T23:00Z'), until: at('2026-03-30T22:00Z') };
const BEFORE = { from: at('2026-03-26T23:00Z'), until: WINDOW.from };

export const PERIODS: PeriodPair = {
  current: { kind: 'custom', fromDate: '2026-03-29', untilDate: '2026-03-31', ...WINDOW },
  previous: { kind: 'custom', fromDate: '2026-03-27', untilDate: '2026-03-29', ...BEFORE },
};

export const DEFAULT_SECONDS = seconds(30 * MINUTE);
export const DEFAULT_DURATIONS: DefaultDurations = {
  records: DEFAULT_SECONDS,
  imaging: DEFAULT_SECONDS,
  insurance: DEFAULT_SECONDS,
  research: DEFAULT_SECONDS,
  monitoring: DEFAULT_SECONDS,
};

export const PROVENANCE: Provenance = {
  clinicName: { en: 'Clearwater Clinic', zh: '清河诊所' },
  isSample: false,
  timeZone: ZONE,
  authorId: staffId('min-li'),
  authorName: 'Min Li',
  generatedAt: at('2026-04-01T08:00Z'),
  applicationVersion: '0.1.0',
  head: { epoch: 1, length: 1840, hash: '9f3c'.repeat(16) },
};

/** An instant from ISO text. */
export function at(iso: string): Instant {
  return instant(Date.parse(iso) / 1000);
}

export function makePool(id: string, unitCount: number, changes: Partial<Pool> = {}): Pool {
  const units = Array.from({ length: unitCount }, (_, index) => ({
    id: unitId(`${id}-${index + 1}`),
    name: sameText(`${id} ${index + 1}`),
  }));
  return {
    id: poolId(id),
    name: sameText(id),
    unitName: { en: 'rooms', zh: '间' },
    template: 'room',
    kind: 'countable',
    capacityMilli: milli(unitCount * 1000),
    units,
    weeklyHours: null,
    exceptions: [],
    outages: [],
    shares: [],
    gridSeconds: seconds(300),
    reclaimSeconds: seconds(900),
    ...changes,
  };
}

export function makeBooking(changes: Partial<Booking> = {}): Booking {
  return {
    taskId: taskId('t1'),
    poolId: poolId('a'),
    subsystem: 'imaging',
    urgency: 4,
    state: 'finished',
    rateMilli: milli(1000),
    unitIds: [],
    plannedStart: null,
    plannedEnd: null,
    isReserved: false,
    actualStart: null,
    actualEnd: null,
    ...changes,
  };
}

export function makeTask(changes: Partial<ReportTask> = {}): ReportTask {
  return {
    id: taskId('t1'),
    subsystem: 'imaging',
    urgency: 4,
    needs: [{ poolId: poolId('a'), rateMilli: milli(1000) }],
    state: 'waiting',
    submittedAt: WINDOW.from,
    earliestStart: WINDOW.from,
    fixedStart: null,
    after: [],
    startedAt: null,
    endedAt: null,
    isAssumed: false,
    batchId: null,
    ...changes,
  };
}

/** A whole input over `PERIODS`; pools have always been what they are. */
export function makeInput(parts: {
  readonly pools: readonly Pool[];
  readonly bookings?: readonly Booking[];
  readonly tasks?: readonly ReportTask[];
  readonly waitCauses?: readonly WaitCause[];
  readonly preemptions?: readonly Preemption[];
  readonly asOf?: Instant;
}): ReportInput {
  const span = { from: BEFORE.from, until: WINDOW.until };
  return {
    periods: PERIODS,
    asOf: parts.asOf ?? WINDOW.until,
    filters: { poolIds: null, subsystems: null },
    pools: parts.pools.map((pool) => ({
      ...pool,
      nominalMilli: pool.capacityMilli,
      steps: accountingSteps(unchanged(pool), span, ZONE),
    })),
    settled: new Map(),
    settledSeconds: [],
    chartPoolId: null,
    drawn: isDrawn(PERIODS.current) ? (parts.bookings ?? []) : null,
    bookings: parts.bookings ?? [],
    openEnded: (parts.bookings ?? []).filter(
      ({ taskId: id, actualStart, actualEnd }) =>
        actualStart !== null &&
        actualEnd === null &&
        parts.tasks?.find((task) => task.id === id)?.endedAt == null,
    ),
    tasks: parts.tasks ?? [],
    earlierEnds: new Map(),
    waitCauses: parts.waitCauses ?? [],
    preemptions: parts.preemptions ?? [],
    defaultDurations: DEFAULT_DURATIONS,
    targets: [0, 10, 60, 120, 240].map((minutes) => seconds(minutes * MINUTE)),
    levels: urgencyNames({ triagePreset: 'manchester' }),
    weights: { records: 1, imaging: 1, insurance: 1, research: 1, monitoring: 1 },
    provenance: PROVENANCE,
  };
}

/** Whole minutes around the window, well beyond both of its ends. */
const minuteAround = fc
  .integer({ min: -6 * 60, max: (WINDOW.until - WINDOW.from) / MINUTE + 6 * 60 })
  .map((minutes) => instant(WINDOW.from + minutes * MINUTE));

const minuteOrNull = fc.option(minuteAround, { freq: 3 });

/** Range bounds that no change of the clock touches, but whose ranges may span one. */
const openRanges = fc.subarray([0, 360, 480, 720, 780, 1020, 1200, 1440]).map((bounds) => {
  const ranges = [];
  for (let index = 0; index + 1 < bounds.length; index += 2) {
    ranges.push({ fromMinute: bounds[index] ?? 0, toMinute: bounds[index + 1] ?? 0 });
  }
  return ranges;
});

function outageOf(pool: string, unitCount: number): fc.Arbitrary<Outage> {
  return fc.record({
    id: fc.constant(outageId('out')),
    unitId: fc.option(fc.integer({ min: 1, max: unitCount }).map((unit) => unitId(`${pool}-${unit}`))),
    start: minuteAround,
    end: minuteOrNull,
    isPlanned: fc.boolean(),
  });
}

function poolArbitrary(id: string, template: fc.Arbitrary<PoolTemplate>): fc.Arbitrary<Pool> {
  return fc.integer({ min: 1, max: 3 }).chain((units) =>
    fc
      .record({
        template,
        weeklyHours: fc.option(fc.array(openRanges, { minLength: 7, maxLength: 7 })),
        outages: fc.array(outageOf(id, units), { maxLength: 3 }),
      })
      .map((parts) => makePool(id, units, parts)),
  );
}

const room = fc.constant<PoolTemplate>('room');
const roomOrBeds = fc.constantFrom<PoolTemplate>('bed', 'bed', 'room');
const pools = fc.tuple(
  poolArbitrary('a', room),
  poolArbitrary('b', roomOrBeds),
  poolArbitrary('unbooked', roomOrBeds),
);

const rate = fc.constantFrom(250, 1000, 2000).map(milli);
const bookedPool = fc.constantFrom(poolId('a'), poolId('b'));
const someTask = fc.integer({ min: 1, max: 6 }).map((number) => taskId(`t${number}`));

const booking: fc.Arbitrary<Booking> = fc
  .record({
    taskId: someTask,
    poolId: bookedPool,
    subsystem: fc.constantFrom(...SUBSYSTEM_IDS),
    urgency: fc.constantFrom(...URGENCY_CLASSES),
    state: fc.constantFrom(...TASK_STATES),
    rateMilli: rate,
    unitIds: fc.constant([]),
    isReserved: fc.boolean(),
    actualStart: minuteOrNull,
    plannedStart: minuteOrNull,
    // Tens: a tenth more, which work past its end is taken to last, is then whole minutes too.
    plannedMinutes: fc.integer({ min: 0, max: 60 }).map((tens) => tens * 10),
    actualMinutes: fc.option(fc.integer({ min: -30, max: 600 })),
  })
  .map(({ plannedMinutes, actualMinutes, ...parts }) => ({
    ...parts,
    plannedEnd: parts.plannedStart && instant(parts.plannedStart + plannedMinutes * MINUTE),
    actualEnd:
      parts.actualStart && actualMinutes !== null
        ? instant(parts.actualStart + actualMinutes * MINUTE)
        : null,
  }));

const task: fc.Arbitrary<ReportTask> = fc.record({
  id: someTask,
  subsystem: fc.constantFrom(...SUBSYSTEM_IDS),
  urgency: fc.constantFrom(...URGENCY_CLASSES),
  needs: fc.uniqueArray(fc.record({ poolId: bookedPool, rateMilli: rate, amount: fc.constant(null) }), {
    minLength: 1,
    maxLength: 2,
    selector: (need) => need.poolId,
  }),
  state: fc.constantFrom(...TASK_STATES),
  submittedAt: minuteAround,
  earliestStart: minuteAround,
  fixedStart: fc.option(minuteAround, { freq: 1 }),
  after: fc.array(someTask, { maxLength: 1 }),
  startedAt: minuteOrNull,
  endedAt: minuteOrNull,
  isAssumed: fc.boolean(),
  batchId: fc.option(fc.constant(batchId('b1')), { freq: 1 }),
});

/** A stretch of a wait with what held it back; made disjoint per task below. */
const cause = fc.record({
  taskId: someTask,
  from: minuteAround,
  minutes: fc.integer({ min: 1, max: 900 }),
  poolId: fc.option(bookedPool, { freq: 4 }),
  rule: fc.constantFrom(...REASON_RULES, 'refused' as const),
});

const waitCauses: fc.Arbitrary<WaitCause[]> = fc.array(cause, { maxLength: 10 }).map((drawn) => {
  const causes: WaitCause[] = [];
  const ordered = drawn.sort(
    (left, right) => compareIds(left.taskId, right.taskId) || left.from - right.from,
  );
  for (const { minutes, ...row } of ordered) {
    const before = causes.at(-1);
    const from = before?.taskId === row.taskId ? Math.max(before.until, row.from) : row.from;
    causes.push({ ...row, from: instant(from), until: instant(from + minutes * MINUTE) });
  }
  return causes;
});

const preemption: fc.Arbitrary<Preemption> = fc.record({
  taskId: someTask,
  subsystem: fc.constantFrom(...SUBSYSTEM_IDS),
  at: minuteAround,
  wasRunning: fc.boolean(),
  cause: fc.constantFrom('urgent-work', 'other', null),
});

export interface RandomBooks {
  readonly pools: readonly Pool[];
  readonly bookings: readonly Booking[];
  readonly tasks: readonly ReportTask[];
  readonly waitCauses: readonly WaitCause[];
  readonly preemptions: readonly Preemption[];
  readonly asOf: Instant;
}

/** Random books of a small clinic, looked at from before, within or after the window. */
export const randomBooks: fc.Arbitrary<RandomBooks> = fc.record({
  pools,
  bookings: fc.array(booking, { maxLength: 14 }),
  tasks: fc.uniqueArray(task, { maxLength: 5, selector: ({ id }) => id }),
  waitCauses,
  preemptions: fc.array(preemption, { maxLength: 6 }),
  asOf: fc.oneof(
    minuteAround,
    fc.constant(instant(WINDOW.until + DAY)),
    fc.constant(instant(WINDOW.from - HOUR)),
  ),
});
