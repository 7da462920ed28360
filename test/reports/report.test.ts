/**
 * Named cases of the report as a whole: what counts where, with round figures a person can check.
 */
import { describe, expect, it } from 'vitest';
import type { UtilizationReport } from '../../src/shared/domain/report.ts';
import { batchId, outageId, poolId, taskId, unitId } from '../../src/shared/ids.ts';
import type { Instant } from '../../src/shared/units.ts';
import { HOUR, MINUTE, milli, seconds } from '../../src/shared/units.ts';
import { jainIndex } from '../../src/main/reports/indicators/fairness.ts';
import { percentiles } from '../../src/main/reports/indicators/percentile.ts';
import { utilizationReport } from '../../src/main/reports/report.ts';
import { WINDOW, at, makeBooking, makeInput, makePool, makeTask } from '../support/reports/clinics.ts';
import { sampleInput, sampleReport } from '../support/reports/sample-report.ts';

/** One unit for one hour. */
const UNIT_HOUR = 1000 * HOUR;
/** 09:00 local on 29 March, eight hours after midnight because the clock has gone forward. */
const nine = WINDOW.from + 8 * HOUR;

const instantAt = (seconds: number): Instant => seconds as Instant; // whole seconds by construction
const onlyPool = (report: UtilizationReport): UtilizationReport['pools'][number] => {
  const [pool] = report.pools;
  if (!pool) throw new Error('the report has no pool');
  return pool;
};

describe('a pool', () => {
  const openNineToFive = {
    weeklyHours: Array.from({ length: 7 }, () => [{ fromMinute: 540, toMinute: 1020 }]),
  };

  it('stays in with zeros when nothing is booked', () => {
    const pool = onlyPool(utilizationReport(makeInput({ pools: [makePool('a', 2)] })));
    expect(pool.states).toMatchObject({ used: 0, idle: pool.capacityWork, closed: 0 });
    expect(pool.utilization).toEqual({ numerator: 0, denominator: pool.capacityWork });
  });

  it('has 47 hours on the two days on which the clock goes forward', () => {
    const pool = onlyPool(utilizationReport(makeInput({ pools: [makePool('a', 1)] })));
    expect(pool.capacityWork).toBe(47 * UNIT_HOUR);
    expect(pool.buckets).toHaveLength(47);
  });

  it('counts overlapping outages once', () => {
    const outage = { unitId: unitId('a-1'), isPlanned: false };
    const outages = [
      { ...outage, id: outageId('o1'), start: instantAt(nine), end: instantAt(nine + 2 * HOUR) },
      { ...outage, id: outageId('o2'), start: instantAt(nine + HOUR), end: instantAt(nine + 3 * HOUR) },
    ];
    const pool = onlyPool(utilizationReport(makeInput({ pools: [makePool('a', 2, { outages })] })));
    expect(pool.states.down).toBe(3 * UNIT_HOUR);
  });

  it('takes work across closing time as used until then and as overcommitted after it', () => {
    const booking = makeBooking({
      actualStart: instantAt(nine + 7 * HOUR),
      actualEnd: instantAt(nine + 9 * HOUR),
    });
    const input = makeInput({ pools: [makePool('a', 1, openNineToFive)], bookings: [booking] });
    const pool = onlyPool(utilizationReport(input));
    expect(pool.states.used).toBe(UNIT_HOUR);
    expect(pool.overcommittedWork).toBe(UNIT_HOUR);
    expect(pool.overcommittedOutsideWork).toBe(UNIT_HOUR);
    expect(pool.utilization.numerator).toBe(2 * UNIT_HOUR);
    expect(pool.utilizationCapped.numerator).toBe(UNIT_HOUR);
  });

  it('tells overlapping history as overcommitted, not as a fault', () => {
    const bookings = ['t1', 't2', 't3'].map((id) =>
      makeBooking({ taskId: taskId(id), actualStart: instantAt(nine), actualEnd: instantAt(nine + HOUR) }),
    );
    const pool = onlyPool(utilizationReport(makeInput({ pools: [makePool('a', 2)], bookings })));
    expect(pool.states.used).toBe(2 * UNIT_HOUR);
    expect(pool.overcommittedWork).toBe(UNIT_HOUR);
    expect(pool.overcommittedOutsideWork).toBe(0);
    expect(pool.peakMilli).toBe(3000);
  });

  it('calls a unit idle while someone waited only when all the task’s other needs were free', () => {
    const busy = makeBooking({
      taskId: taskId('busy'),
      poolId: poolId('b'),
      actualStart: instantAt(nine),
      actualEnd: instantAt(nine + HOUR),
    });
    const waits = makeTask({
      id: taskId('waits'),
      needs: ['a', 'b'].map((id) => ({ poolId: poolId(id), rateMilli: milli(1000), amount: null })),
      submittedAt: instantAt(nine),
      earliestStart: instantAt(nine),
      startedAt: instantAt(nine + 3 * HOUR),
      state: 'running',
    });
    const input = makeInput({
      pools: [makePool('a', 1), makePool('b', 1)],
      bookings: [busy],
      tasks: [waits],
    });
    const [first, second] = utilizationReport(input).pools;
    expect(first?.states['idle-while-waited']).toBe(2 * UNIT_HOUR);
    expect(second?.states['idle-while-waited']).toBe(2 * UNIT_HOUR);
    expect(second?.unmetWork).toBe(UNIT_HOUR);
  });

  it('shows the loads of E, I, H, D, M in its own unit, and R as their sum', () => {
    const report = sampleReport();
    const rooms = onlyPool(report);
    expect(rooms.formulas.map(({ symbol }) => symbol)).toEqual(['E', 'I', 'H', 'D', 'M']);
    expect(rooms.nowMilli).toBe(500);
    expect(rooms.formulas.find(({ symbol }) => symbol === 'E')?.nowMilli).toBe(500);
    const sum = rooms.formulas.reduce((total, { average }) => total + average.numerator, 0);
    expect(sum).toBe(rooms.average.numerator);
  });

  it('is compared with the same pool in the period before', () => {
    const booking = makeBooking({
      actualStart: instantAt(WINDOW.from - 10 * HOUR),
      actualEnd: instantAt(WINDOW.from - 7 * HOUR),
    });
    const report = utilizationReport(makeInput({ pools: [makePool('a', 1)], bookings: [booking] }));
    expect(onlyPool(report).states.used).toBe(0);
    expect(report.comparison.pools[0]?.states.used).toBe(3 * UNIT_HOUR);
  });
});

describe('filters', () => {
  it('choose pools, and leave a pool’s time whole when they choose subsystems', () => {
    const input = { ...sampleInput(), filters: { poolIds: [poolId('a')], subsystems: ['records'] as const } };
    const report = utilizationReport(input);
    expect(report.pools.map((pool) => pool.poolId)).toEqual(['a']);
    expect(onlyPool(report).formulas.map(({ subsystem }) => subsystem)).toEqual(['records']);
    expect(onlyPool(report).states).toEqual(onlyPool(sampleReport()).states);
    expect(report.waits).toEqual([]);
  });
});

describe('waits and outcomes', () => {
  it('measure from eligible to started, against the target of the class', () => {
    const [row] = sampleReport().waits.filter(({ started }) => started !== 0);
    expect(row).toMatchObject({
      subsystem: 'imaging',
      urgency: 4,
      waitSecondsMedian: 40 * MINUTE,
      withinTarget: { numerator: 1, denominator: 1 },
    });
  });

  it('have not begun, delay and all, while what a task comes after goes on', () => {
    const first = makeTask({ state: 'running', submittedAt: instantAt(nine), startedAt: instantAt(nine) });
    const then = makeTask({
      state: 'waiting',
      submittedAt: instantAt(nine),
      after: [first.id],
      delays: [seconds(HOUR)],
    });
    const input = makeInput({ pools: [makePool('a', 1)], tasks: [first, then] });
    const [row] = utilizationReport(input).waits;
    expect(row).toMatchObject({ started: 1, stillWaiting: 0 });
  });

  it('leave out imported history, whose waits nobody knows', () => {
    const fact = makeTask({
      state: 'finished',
      submittedAt: instantAt(nine),
      startedAt: instantAt(nine),
      endedAt: instantAt(nine + HOUR),
      batchId: batchId('b1'),
    });
    expect(utilizationReport(makeInput({ pools: [makePool('a', 1)], tasks: [fact] })).waits).toEqual([]);
  });

  it('count a start ten minutes late as not on time, and an end twenty minutes late as late', () => {
    const imaging = sampleReport().outcomes.find(({ subsystem }) => subsystem === 'imaging');
    expect(imaging).toMatchObject({
      finished: 1,
      onTime: { numerator: 0, denominator: 1 },
      finishedLate: { numerator: 1, denominator: 1 },
      turnaroundSecondsMedian: at('2026-03-29T09:20Z') - at('2026-03-29T07:30Z'),
    });
    const insurance = sampleReport().outcomes.find(({ subsystem }) => subsystem === 'insurance');
    expect(insurance?.missed).toEqual({ numerator: 1, denominator: 1 });
  });
});

describe('completeness', () => {
  it('counts open tasks, assumed ends, and days without a record', () => {
    const forgotten = makeBooking({ state: 'running', actualStart: instantAt(nine) });
    const input = makeInput({
      pools: [makePool('a', 1), makePool('b', 1)],
      bookings: [forgotten],
      tasks: [makeTask({ state: 'running', startedAt: instantAt(nine) })],
    });
    const { completeness } = utilizationReport(input);
    expect(completeness).toEqual({
      openTasks: 1,
      assumedEnds: 1,
      recorded: { numerator: 2 * 23 * HOUR, denominator: 2 * 47 * HOUR },
      withoutDataSeconds: 24 * HOUR,
    });
  });
});

describe('fairness', () => {
  const cases: readonly { name: string; values: readonly number[]; want: number }[] = [
    { name: 'is 1 for equal shares', values: [3, 3, 3], want: 1 },
    { name: 'is 1/n when one has everything', values: [7, 0, 0, 0], want: 0.25 },
    { name: 'is what Jain’s formula gives in between', values: [1, 2, 3], want: 36 / 42 },
    { name: 'is 1 when nobody got anything', values: [0, 0], want: 1 },
  ];
  it.each(cases)('$name', ({ values, want }) => {
    const { numerator, denominator } = jainIndex(values);
    expect(numerator / denominator).toBeCloseTo(want, 12);
  });
});

describe('percentiles', () => {
  const cases: readonly { name: string; values: readonly number[]; percent: number; want: number | null }[] =
    [
      { name: 'of nothing are nothing', values: [], percent: 50, want: null },
      { name: 'take the lower middle of an even number', values: [1, 2, 3, 4], percent: 50, want: 2 },
      { name: 'take the ninth of ten as P90', values: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], percent: 90, want: 9 },
      { name: 'take the only value', values: [5], percent: 90, want: 5 },
    ];
  it.each(cases)('$name', ({ values, percent, want }) => {
    expect(percentiles({ sorted: [], others: [values.slice(2), values.slice(0, 2)] }, [percent])).toEqual([
      want,
    ]);
  });
});
