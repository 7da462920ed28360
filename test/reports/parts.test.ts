/** Every figure that can be taken apart is the sum of its parts, over random books. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { figureParts } from '../../src/main/reports/parts.ts';
import type { ReportInput } from '../../src/main/reports/input.ts';
import { utilizationReport } from '../../src/main/reports/report.ts';
import { GROUPINGS } from '../../src/shared/domain/report-grouping.ts';
import type { ReportFigure } from '../../src/shared/domain/report-parts.ts';
import { POOL_FIGURES, POOL_SERIES } from '../../src/shared/domain/report-parts.ts';
import { poolId, taskId } from '../../src/shared/ids.ts';
import { HOUR, instant, milli } from '../../src/shared/units.ts';
import { everyNumber } from '../support/reports/drillable.ts';
import { traitsOf } from '../support/reports/traits.ts';
import { WINDOW, makeBooking, makeInput, makePool, randomBooks } from '../support/reports/clinics.ts';

const RUNS = 150;
const GROUP_RUNS = 8;

function sumOf(input: ReportInput, figure: ReportFigure, traits: Parameters<typeof figureParts>[2]): number {
  return figureParts(input, figure, traits).reduce((sum, { amount }) => sum + amount, 0);
}

describe('the parts of a figure over random books', () => {
  it('add up to it exactly: every number of the report', () => {
    fc.assert(
      fc.property(randomBooks, (books) => {
        const traits = traitsOf(makeInput(books));
        // A task is one subsystem's, in all of its bookings.
        const bookings = books.bookings.map((booking) => ({
          ...booking,
          subsystem: traits.get(booking.taskId)?.subsystem ?? booking.subsystem,
        }));
        const input = makeInput({ ...books, bookings });
        for (const { figure, amount } of everyNumber(utilizationReport(input))) {
          expect([figure, sumOf(input, figure, traits)]).toEqual([figure, amount]);
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('lie within the period, are positive, and name a task once', () => {
    fc.assert(
      fc.property(randomBooks, (books) => {
        const input = makeInput(books);
        for (const pool of books.pools) {
          for (const figure of [...POOL_FIGURES, ...POOL_SERIES]) {
            const parts = figureParts(input, { kind: 'pool', poolId: pool.id, figure });
            const tasks = parts.flatMap((part) => part.taskId ?? []);
            expect(new Set(tasks).size).toBe(tasks.length);
            for (const { from, until, amount } of parts) {
              expect(amount).toBeGreaterThan(0);
              expect(from).toBeGreaterThanOrEqual(WINDOW.from);
              expect(until).toBeLessThanOrEqual(WINDOW.until);
              expect(until).toBeGreaterThan(from);
            }
          }
        }
      }),
      { numRuns: RUNS },
    );
  });
});

describe.each(GROUPINGS)('the parts of a report grouped by %s, over random books', (by) => {
  it('add up to every figure of every group', () => {
    fc.assert(
      fc.property(randomBooks, (books) => {
        const input = makeInput(books);
        const traits = traitsOf(input);
        const report = utilizationReport(input, { by, traits, workKinds: [], settled: new Map() });
        if (!report.groups) throw new Error('groups were asked for');
        for (const { figure, amount } of everyNumber({ ...report, pools: [], waits: [], outcomes: [] })) {
          expect([figure, sumOf(input, figure, traits)]).toEqual([figure, amount]);
        }
      }),
      { numRuns: GROUP_RUNS },
    );
  });
});

describe('where more is booked than the pool has', () => {
  const start = WINDOW.from;
  const run = (id: string, fromHour: number, untilHour: number) =>
    makeBooking({
      taskId: taskId(id),
      actualStart: instant(start + fromHour * HOUR),
      actualEnd: instant(start + untilHour * HOUR),
    });
  const input = makeInput({ pools: [makePool('a', 1)], bookings: [run('late', 2, 6), run('first', 1, 4)] });
  const figure = { kind: 'pool', poolId: poolId('a') } as const;

  it('who came first has used it, and the latest to start is over', () => {
    expect(figureParts(input, { ...figure, figure: 'used' })).toEqual([
      part('first', 1, 4, 3),
      part('late', 4, 6, 2),
    ]);
    expect(figureParts(input, { ...figure, figure: 'overcommitted' })).toEqual([part('late', 2, 4, 2)]);
  });

  it('a pool outside the filters has no parts', () => {
    const narrowed = { ...input, filters: { poolIds: [poolId('b')], subsystems: null } };
    expect(figureParts(narrowed, { ...figure, figure: 'used' })).toEqual([]);
  });

  function part(id: string, fromHour: number, untilHour: number, hours: number) {
    return {
      taskId: taskId(id),
      from: start + fromHour * HOUR,
      until: start + untilHour * HOUR,
      amount: milli(1000) * hours * HOUR,
    };
  }
});
