/**
 * The six-state accounting against its identity and against a recomputation that shares no code with it.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Account, PoolReport } from '../../src/shared/domain/report.ts';
import { utilizationReportField } from '../../src/shared/contract/report.ts';
import { utilizationReport } from '../../src/main/reports/report.ts';
import type { BruteFigures } from '../support/reports/brute-force.ts';
import { bruteFigures } from '../support/reports/brute-force.ts';
import {
  DEFAULT_SECONDS,
  WINDOW,
  ZONE,
  at,
  makeBooking,
  makeInput,
  makePool,
  makeTask,
  randomBooks,
} from '../support/reports/clinics.ts';

const RUNS = 120;

function sumOfStates({ states }: Account): number {
  return Object.values(states).reduce((sum: number, work) => sum + work, 0);
}

/** The report's figures under the names of the brute force. */
function figuresOf(pool: PoolReport): BruteFigures {
  const used = pool.formulas.filter(({ actualWork }) => actualWork > 0);
  return {
    capacity: pool.capacityWork,
    used: pool.states.used,
    reservedUnused: pool.states['reserved-unused'],
    idleWhileWaited: pool.states['idle-while-waited'],
    idle: pool.states.idle,
    down: pool.states.down,
    closed: pool.states.closed,
    offered: pool.offeredWork,
    offeredElapsed: pool.offeredElapsedWork,
    overcommitted: pool.overcommittedWork,
    overcommittedOutside: pool.overcommittedOutsideWork,
    unmet: pool.unmetWork,
    planned: pool.plannedWork,
    reserved: pool.reservedWork,
    actual: pool.actualWork,
    actualWhileOpen: pool.actualWhileOpenWork,
    openElapsedSeconds: pool.openElapsedSeconds,
    peak: pool.peakMilli,
    bySubsystem: Object.fromEntries(used.map(({ subsystem, actualWork }) => [subsystem, actualWork])),
    openBySubsystem: Object.fromEntries(
      pool.formulas
        .filter(({ average }) => average.numerator > 0)
        .map(({ subsystem, average }) => [subsystem, average.numerator]),
    ),
  };
}

describe('accounting over random books', () => {
  it('splits capacity × time into six states without a remainder, in every pool and every bucket', () => {
    fc.assert(
      fc.property(randomBooks, (books) => {
        for (const pool of utilizationReport(makeInput(books)).pools) {
          expect(sumOfStates(pool)).toBe(pool.capacityWork);
          expect(pool.capacityWork).toBe(pool.nominalMilli * (WINDOW.until - WINDOW.from));
          for (const bucket of pool.buckets) {
            expect(sumOfStates(bucket)).toBe(pool.nominalMilli * (bucket.until - bucket.from));
          }
          const parts = pool.formulas.reduce((sum, { actualWork }) => sum + actualWork, 0);
          expect(parts).toBe(pool.actualWork);
          expect(pool.states.used + pool.overcommittedWork).toBe(pool.actualWork);
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('agrees with a minute-by-minute recomputation in every figure', () => {
    fc.assert(
      fc.property(randomBooks, (books) => {
        const want = bruteFigures({ ...books, ...WINDOW, zone: ZONE, defaultSeconds: DEFAULT_SECONDS });
        for (const pool of utilizationReport(makeInput(books)).pools) {
          expect({ [pool.poolId]: figuresOf(pool) }).toEqual({ [pool.poolId]: want.get(pool.poolId) });
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('loses nothing between the load chart, the buckets and the total', () => {
    fc.assert(
      fc.property(randomBooks, (books) => {
        for (const pool of utilizationReport(makeInput(books)).pools) {
          const sum = (rows: readonly { actualWork: number; reservedWork: number }[]): number[] => [
            rows.reduce((total, row) => total + row.actualWork, 0),
            rows.reduce((total, row) => total + row.reservedWork, 0),
          ];
          expect(sum(pool.series)).toEqual([pool.actualWork, pool.reservedWork]);
          expect(sum(pool.buckets)).toEqual([pool.actualWork, pool.reservedWork]);
          expect(pool.series[0]?.from).toBe(WINDOW.from);
          expect(pool.series.at(-1)?.until).toBe(WINDOW.until);
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('answers in the shape that the bridge promises', () => {
    fc.assert(
      fc.property(randomBooks, (books) => {
        const report = utilizationReport(makeInput(books));
        expect(utilizationReportField.parse(JSON.parse(JSON.stringify(report)))).toEqual(report);
      }),
      { numRuns: 20 },
    );
  });
});

describe('a task that has a room', () => {
  const window = { plannedStart: at('2026-03-29T10:00Z'), plannedEnd: at('2026-03-29T11:00Z') };
  const begun = { actualStart: at('2026-03-29T10:30Z'), actualEnd: at('2026-03-29T11:00Z') };
  const wish = { submittedAt: window.plannedStart, earliestStart: window.plannedStart };
  const ended = {
    ...wish,
    state: 'finished',
    startedAt: begun.actualStart,
    endedAt: begun.actualEnd,
  } as const;

  it('waits for no second one when it begins late: the first is reserved unused', () => {
    const bookings = [makeBooking({ ...window, ...begun, isReserved: true })];
    const input = makeInput({ pools: [makePool('a', 2)], bookings, tasks: [makeTask(ended)] });
    const [pool] = utilizationReport(input).pools;
    expect(pool?.states).toMatchObject({ 'reserved-unused': 1000 * 1800, 'idle-while-waited': 0 });
    const single = makeInput({ pools: [makePool('a', 1)], bookings, tasks: [makeTask(ended)] });
    expect(utilizationReport(single).pools[0]?.unmetWork).toBe(0);
  });

  it('did not wait while it ran, before it had to give way', () => {
    const bookings = [
      makeBooking({
        actualStart: window.plannedStart,
        actualEnd: at('2026-03-29T10:20Z'),
        state: 'released',
      }),
      makeBooking(begun),
    ];
    const input = makeInput({ pools: [makePool('a', 2)], bookings, tasks: [makeTask(ended)] });
    // Ten minutes between the two.
    expect(utilizationReport(input).pools[0]?.states['idle-while-waited']).toBe(1000 * 600);
  });
});
