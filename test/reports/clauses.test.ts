/** Clauses of the accounting, one by one: what each says at its edge. The random books hold them to the whole. */
import { describe, expect, it } from 'vitest';
import { accountingSteps } from '../../src/shared/calendar.ts';
import type { PoolReport } from '../../src/shared/domain/report.ts';
import { outageId, taskId, unitId } from '../../src/shared/ids.ts';
import { DAY, HOUR, MINUTE, instant, milli } from '../../src/shared/units.ts';
import { jainIndex } from '../../src/main/reports/indicators/fairness.ts';
import { resolvePeriod } from '../../src/main/reports/period.ts';
import { utilizationReport } from '../../src/main/reports/report.ts';
import { WINDOW, ZONE, at, makeBooking, makeInput, makePool, makeTask } from '../support/reports/clinics.ts';

const UNIT_HOUR = 1000 * HOUR;
const ten = at('2026-03-29T10:00Z');
const later = (minutes: number) => instant(ten + minutes * MINUTE);

function only(input: ReturnType<typeof makeInput>): PoolReport {
  const [pool] = utilizationReport(input).pools;
  if (!pool) throw new Error('one pool was given');
  return pool;
}

const oneRoom = [makePool('a', 1)];
const hour = { plannedStart: ten, plannedEnd: later(60), isReserved: true };

describe('a pool', () => {
  it('loses one named unit to its outage, and the others to none', () => {
    const outage = {
      id: outageId('o'),
      unitId: unitId('a-2'),
      start: ten,
      end: later(120),
      isPlanned: false,
    };
    const pool = only(makeInput({ pools: [makePool('a', 3, { outages: [outage] })] }));
    expect(pool.states.down).toBe(2 * UNIT_HOUR);
  });

  it('that is divisible is used in parts of a unit', () => {
    const pools = [makePool('a', 0, { kind: 'divisible', capacityMilli: milli(64_000), units: [] })];
    const bookings = [makeBooking({ rateMilli: milli(250), actualStart: ten, actualEnd: later(60) })];
    const pool = only(makeInput({ pools, bookings }));
    expect(pool.states.used).toBe(250 * HOUR);
    expect(pool.capacityWork).toBe(64_000 * (WINDOW.until - WINDOW.from));
  });

  it('whose capacity changes in the middle of the period adds up to what it was at each time', () => {
    const input = makeInput({ pools: [makePool('a', 3)] });
    const versions = [
      { from: instant(WINDOW.from - 9 * DAY), pool: makePool('a', 1) },
      { from: ten, pool: makePool('a', 3) },
    ];
    const span = { from: input.periods.previous.from, until: WINDOW.until };
    const pools = input.pools.map((pool) => ({ ...pool, steps: accountingSteps(versions, span, ZONE) }));
    const pool = only({ ...input, pools });
    expect(pool.capacityWork).toBe(1000 * (ten - WINDOW.from) + 3000 * (WINDOW.until - ten));
    expect(pool.states.idle).toBe(pool.capacityWork);
  });

  it('is above 100 % where more ran than there was, and at 100 % capped', () => {
    const ranAll = { actualStart: WINDOW.from, actualEnd: WINDOW.until };
    const bookings = [makeBooking(ranAll), makeBooking({ ...ranAll, taskId: taskId('t2') })];
    const { utilization, utilizationCapped } = only(makeInput({ pools: oneRoom, bookings }));
    expect(utilization.numerator / utilization.denominator).toBe(2);
    expect(utilizationCapped.numerator / utilizationCapped.denominator).toBe(1);
  });

  it('of a period to come is used by nobody: what is promised is reserved, and there is nothing to divide by', () => {
    const asOf = instant(WINDOW.from - HOUR);
    const pool = only(
      makeInput({ pools: oneRoom, bookings: [makeBooking({ ...hour, state: 'confirmed' })], asOf }),
    );
    expect(pool.states).toMatchObject({ used: 0, 'reserved-unused': UNIT_HOUR });
    expect(pool.utilization).toEqual({ numerator: 0, denominator: 0 });
  });
});

describe('work', () => {
  it('over both bounds of the period counts within it alone', () => {
    const bookings = [
      makeBooking({ actualStart: instant(WINDOW.from - DAY), actualEnd: instant(WINDOW.until + DAY) }),
    ];
    const report = utilizationReport(
      makeInput({ pools: oneRoom, bookings, asOf: instant(WINDOW.until + 2 * DAY) }),
    );
    expect(report.pools[0]?.actualWork).toBe(1000 * (WINDOW.until - WINDOW.from));
    expect(report.comparison.pools[0]?.states.used).toBe(1000 * DAY);
  });

  it('that ends early gives the rest of its window back: idle, not reserved unused', () => {
    const bookings = [makeBooking({ ...hour, actualStart: ten, actualEnd: later(20) })];
    const { states } = only(makeInput({ pools: oneRoom, bookings }));
    expect([states.used, states['reserved-unused']]).toEqual([1000 * 20 * MINUTE, 0]);
  });

  it('to which nobody came is reserved unused until it was given up, and missed', () => {
    const bookings = [makeBooking({ ...hour, plannedEnd: later(15), state: 'missed' })];
    const tasks = [makeTask({ state: 'missed' })];
    const report = utilizationReport(makeInput({ pools: oneRoom, bookings, tasks }));
    expect(report.pools[0]?.states['reserved-unused']).toBe(1000 * 15 * MINUTE);
    expect(report.outcomes[1]?.missed).toEqual({ numerator: 1, denominator: 1 });
  });

  it.each([
    ['is believed to go on until twice its length', later(110), 110],
    ['counts as planned after that: it is never busy for ever', later(121), 60],
  ])('without an end %s', (_, asOf, minutes) => {
    const bookings = [makeBooking({ ...hour, state: 'running', actualStart: ten })];
    const tasks = [makeTask({ state: 'running', startedAt: ten })];
    const report = utilizationReport(makeInput({ pools: oneRoom, bookings, tasks, asOf }));
    expect(report.pools[0]?.states.used).toBe(1000 * minutes * MINUTE);
    expect(report.completeness.assumedEnds).toBe(minutes === 60 ? 1 : 0);
  });

  it('that is wanted while the pool is closed is no unmet demand', () => {
    const weeklyHours = Array.from({ length: 7 }, () => []);
    const pools = [makePool('a', 1, { weeklyHours })];
    expect(only(makeInput({ pools, tasks: [makeTask()] })).unmetWork).toBe(0);
  });
});

describe('tolerances and targets', () => {
  it.each([
    [5, 'on time', 1],
    [6, 'not on time', 0],
  ])('a start %i minutes after the promised one is %s', (minutes, _, want) => {
    const startedAt = later(minutes);
    const bookings = [makeBooking({ ...hour, actualStart: startedAt, actualEnd: later(60) })];
    const tasks = [makeTask({ state: 'finished', startedAt, endedAt: later(60) })];
    expect(utilizationReport(makeInput({ pools: oneRoom, bookings, tasks })).outcomes[1]?.onTime).toEqual({
      numerator: want,
      denominator: 1,
    });
  });

  it.each([
    [-6, [1, 0]],
    [-5, [0, 0]],
    [5, [0, 0]],
    [6, [0, 1]],
  ])('an end %i minutes from the promised one is early and late %j', (minutes, want) => {
    const endedAt = later(60 + minutes);
    const bookings = [makeBooking({ ...hour, actualStart: ten, actualEnd: endedAt })];
    const task = makeTask({ state: 'finished', startedAt: ten, endedAt });
    const row = utilizationReport(makeInput({ pools: oneRoom, bookings, tasks: [task] })).outcomes[1];
    expect([row?.finishedEarly?.numerator, row?.finishedLate?.numerator]).toEqual(want);
    const assumed = [{ ...task, isAssumed: true }];
    const none = utilizationReport(makeInput({ pools: oneRoom, bookings, tasks: assumed })).outcomes[1];
    expect(none?.finishedEarly?.denominator).toBe(0);
  });

  it('a wait of exactly the target is within it; median and 90th percentile are waits that were measured', () => {
    const waits = [10, 20, 30, 40, 50, 60, 70, 80, 120, 121];
    const tasks = waits.map((minutes, index) =>
      makeTask({
        id: taskId(`w${index}`),
        state: 'running',
        submittedAt: ten,
        earliestStart: ten,
        startedAt: later(minutes),
      }),
    );
    const [row] = utilizationReport(makeInput({ pools: oneRoom, tasks })).waits;
    expect(row).toMatchObject({
      targetSeconds: 120 * MINUTE,
      withinTarget: { numerator: 9, denominator: 10 },
      waitSecondsMedian: 50 * MINUTE,
      waitSecondsP90: 120 * MINUTE,
    });
  });

  it('Jain’s index is one where shares are even, and one in n where one has all', () => {
    expect(jainIndex([7, 7, 7])).toEqual({ numerator: 441, denominator: 441 });
    expect(jainIndex([7, 0, 0, 0])).toEqual({ numerator: 49, denominator: 196 });
  });
});

describe('periods of other lengths are compared as they are, by ratios', () => {
  const days = (from: number, until: number): number => (until - from) / DAY;
  it.each([
    ['March of a leap year with its February', { kind: 'month', from: '2028-03-31' }, 'UTC', 31, 29],
    ['a year after a leap year', { kind: 'year', from: '2029-06-01' }, 'UTC', 365, 366],
    ['a quarter of the calendar', { kind: 'quarter', from: '2026-05-05' }, 'UTC', 91, 90],
    ['the week of the change of the clock', { kind: 'week', from: '2026-03-29' }, ZONE, 7 - 1 / 24, 7],
    [
      'one day of one’s own',
      { kind: 'custom', from: '2026-03-30', until: '2026-03-31' },
      ZONE,
      1,
      1 - 1 / 24,
    ],
  ] as const)('%s', (_, choice, zone, current, previous) => {
    const made = resolvePeriod(choice, zone);
    if (!made.ok) throw new Error(made.error.code);
    const { current: now, previous: before } = made.value;
    expect(days(now.from, now.until)).toBeCloseTo(current, 9);
    expect(days(before.from, before.until)).toBeCloseTo(previous, 9);
    expect(before.until).toBe(now.from);
  });

  it('a clinic without pools and work has a report of nothing', () => {
    const report = utilizationReport(makeInput({ pools: [] }));
    expect(report.pools).toEqual([]);
    expect(report.fairness).toEqual({ jain: { numerator: 0, denominator: 0 }, shares: [] });
    expect(report.completeness.recorded).toEqual({ numerator: 0, denominator: 0 });
  });

  it('another zone draws other days and loses no second', () => {
    const bookings = [makeBooking({ actualStart: ten, actualEnd: later(900) })];
    const input = makeInput({ pools: oneRoom, bookings });
    const shifted = { ...input, provenance: { ...input.provenance, timeZone: 'Europe/Madrid' } };
    expect(only(shifted).states).toEqual(only(input).states);
  });
});
