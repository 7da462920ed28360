/** Every figure that can be taken apart is the sum of its parts, over random books. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { figureParts } from '../../src/main/reports/parts.ts';
import type { ReportInput } from '../../src/main/reports/input.ts';
import { utilizationReport } from '../../src/main/reports/report.ts';
import { GROUPINGS } from '../../src/shared/domain/report-grouping.ts';
import type { ReportFigure } from '../../src/shared/domain/report-parts.ts';
import { OUTCOME_FIGURES, POOL_FIGURES } from '../../src/shared/domain/report-parts.ts';
import { SUBSYSTEM_IDS } from '../../src/shared/domain/subsystem.ts';
import { URGENCY_CLASSES } from '../../src/shared/domain/urgency.ts';
import { poolId, taskId } from '../../src/shared/ids.ts';
import { HOUR, instant, milli } from '../../src/shared/units.ts';
import { traitsOf } from '../support/reports/traits.ts';
import { WINDOW, makeBooking, makeInput, makePool, randomBooks } from '../support/reports/clinics.ts';

const RUNS = 150;
const GROUP_RUNS = 8;

function sumOf(input: ReportInput, figure: ReportFigure): number {
  return figureParts(input, figure).reduce((sum, { amount }) => sum + amount, 0);
}

describe('the parts of a figure over random books', () => {
  it('add up to it exactly, in every pool, for every state and for what was overcommitted', () => {
    fc.assert(
      fc.property(randomBooks, (books) => {
        const input = makeInput(books);
        for (const pool of utilizationReport(input).pools) {
          const sums = POOL_FIGURES.map((figure) => [
            figure,
            sumOf(input, { kind: 'pool', poolId: pool.poolId, figure }),
          ]);
          expect(Object.fromEntries(sums)).toEqual({
            ...pool.states,
            overcommitted: pool.overcommittedWork,
          });
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
          for (const figure of POOL_FIGURES) {
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

  it('are the tasks counted, in every row of waits and outcomes', () => {
    fc.assert(
      fc.property(randomBooks, (books) => {
        const input = makeInput(books);
        const report = utilizationReport(input);
        for (const subsystem of SUBSYSTEM_IDS) {
          for (const urgency of URGENCY_CLASSES) {
            const row = report.waits.find((each) => each.subsystem === subsystem && each.urgency === urgency);
            const of = { kind: 'waits', subsystem, urgency } as const;
            expect(sumOf(input, { ...of, figure: 'started' })).toBe(row?.started ?? 0);
            expect(sumOf(input, { ...of, figure: 'still-waiting' })).toBe(row?.stillWaiting ?? 0);
          }
          const row = report.outcomes.find((each) => each.subsystem === subsystem);
          const counts = OUTCOME_FIGURES.map((figure) =>
            sumOf(input, { kind: 'outcomes', subsystem, figure }),
          );
          expect(counts).toEqual([
            row?.finished,
            row?.onTime?.numerator,
            row?.missed?.numerator,
            row?.finishedEarly?.numerator,
            row?.finishedLate?.numerator,
          ]);
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
        const { groups } = utilizationReport(input, { by, traits, workKinds: [], settled: new Map() });
        if (!groups) throw new Error('groups were asked for');
        const sum = (figure: ReportFigure): number =>
          figureParts(input, figure, traits).reduce((total, { amount }) => total + amount, 0);
        for (const { poolId: id, groupId, states, overcommittedWork } of groups.pools) {
          const figureOf = (figure: (typeof POOL_FIGURES)[number]): ReportFigure => ({
            kind: 'pool',
            poolId: id,
            figure,
            group: { by, id: groupId },
          });
          const sums = POOL_FIGURES.map((figure) => [figure, sum(figureOf(figure))]);
          expect(Object.fromEntries(sums)).toEqual({ ...states, overcommitted: overcommittedWork });
        }
        for (const { groupId, started, finished } of groups.tasks) {
          const group = { by, id: groupId };
          expect(sum({ kind: 'group-tasks', group, figure: 'started' })).toBe(started);
          expect(sum({ kind: 'group-tasks', group, figure: 'finished' })).toBe(finished);
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
