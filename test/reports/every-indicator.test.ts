/**
 * Every indicator of a report over random books against a recomputation that shares no code with it; the figures of the
 * pools themselves are in `accounting.test.ts`.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { UtilizationReport } from '../../src/shared/domain/report.ts';
import { utilizationReport } from '../../src/main/reports/report.ts';
import type { BruteInput } from '../support/reports/brute-force.ts';
import { bruteFigures } from '../support/reports/brute-force.ts';
import {
  bruteBeds,
  bruteCompleteness,
  bruteFairness,
  bruteOutcomes,
  brutePreemptions,
  bruteWaits,
  dayBounds,
} from '../support/reports/brute-tasks.ts';
import type { RandomBooks } from '../support/reports/clinics.ts';
import {
  DEFAULT_SECONDS,
  PERIODS,
  WINDOW,
  ZONE,
  makeInput,
  randomBooks,
} from '../support/reports/clinics.ts';

const RUNS = 40;
const TARGETS = [0, 600, 3600, 7200, 14400];
const DAYS = dayBounds(WINDOW.from, WINDOW.until, ZONE);

function check(want: (report: UtilizationReport, input: BruteInput, books: RandomBooks) => void): void {
  const property = fc.property(randomBooks, (books) => {
    const input = { ...books, ...WINDOW, zone: ZONE, defaultSeconds: DEFAULT_SECONDS };
    want(utilizationReport(makeInput(books)), input, books);
  });
  fc.assert(property, { numRuns: RUNS });
}

describe('over random books', () => {
  it('utilization, its parts and averages are the ratios that their definitions say', () => {
    check((report, input) => {
      const figures = bruteFigures(input);
      for (const pool of report.pools) {
        const want = figures.get(pool.poolId);
        expect(pool.utilization).toEqual({ numerator: want?.actual, denominator: want?.offeredElapsed });
        expect(pool.utilizationCapped).toEqual({ numerator: want?.used, denominator: want?.offeredElapsed });
        expect(pool.average).toEqual({
          numerator: want?.actualWhileOpen,
          denominator: want?.openElapsedSeconds,
        });
        for (const { subsystem, utilization } of pool.formulas) {
          expect(utilization.numerator).toBe(want?.bySubsystem[subsystem] ?? 0);
        }
      }
    });
  });

  it('the load now is what is marked as running at the report’s instant', () => {
    check((report, input) => {
      for (const pool of report.pools) {
        const runs = input.bookings.filter(
          (booking) =>
            booking.poolId === pool.poolId &&
            booking.state === 'running' &&
            booking.actualStart !== null &&
            booking.actualStart <= input.asOf &&
            booking.actualEnd === null,
        );
        const isNow = WINDOW.from <= input.asOf && input.asOf < WINDOW.until;
        const load = runs.reduce((sum, { rateMilli }) => sum + rateMilli, 0);
        expect(pool.nowMilli).toBe(isNow ? load : null);
      }
    });
  });

  it('the period before is measured as this one is', () => {
    check((report, input) => {
      const { from, until } = PERIODS.previous;
      const figures = bruteFigures({ ...input, from, until });
      for (const before of report.comparison.pools) {
        const want = figures.get(before.poolId);
        expect(before.states).toEqual({
          used: want?.used,
          'reserved-unused': want?.reservedUnused,
          'idle-while-waited': want?.idleWhileWaited,
          idle: want?.idle,
          down: want?.down,
          closed: want?.closed,
        });
        expect(before.utilization).toEqual({ numerator: want?.actual, denominator: want?.offeredElapsed });
        expect(before.average.numerator).toBe(want?.actualWhileOpen);
        expect(before.offeredWork).toBe(want?.offered);
      }
    });
  });

  it('waits agree: started, median, 90th percentile, within target, still waiting', () => {
    check((report, input) => {
      const rows = report.waits.map((row) => [
        `${row.subsystem} ${row.urgency}`,
        [
          row.started,
          row.waitSecondsMedian,
          row.waitSecondsP90,
          row.withinTarget?.numerator,
          row.stillWaiting,
        ],
      ]);
      expect(new Map(rows as [string, unknown[]][])).toEqual(bruteWaits(input, TARGETS));
    });
  });

  it('outcomes agree: finished, missed, on time, early, late, turnaround', () => {
    check((report, input) => {
      const rows = report.outcomes.map((row) => [
        row.subsystem,
        [
          row.finished,
          row.missed?.numerator,
          row.missed?.denominator,
          row.onTime?.numerator,
          row.onTime?.denominator,
          row.finishedEarly?.numerator,
          row.finishedLate?.numerator,
          row.finishedLate?.denominator,
          row.turnaroundSecondsMedian,
          row.turnaroundSecondsP90,
        ],
      ]);
      expect(new Map(rows as [string, unknown[]][])).toEqual(bruteOutcomes(input));
    });
  });

  it('preemptions agree, by subsystem and reason', () => {
    check((report, _input, { preemptions }) => {
      const rows = report.preemptions.map(({ subsystem, cause, count, running }) => [
        `${subsystem} ${cause}`,
        [count, running],
      ]);
      expect(new Map(rows as [string, [number, number]][])).toEqual(brutePreemptions(preemptions, WINDOW));
    });
  });

  it('beds agree: bed-days, stays ended, and what is made of them', () => {
    check((report, input) => {
      for (const { poolId, template, beds } of report.pools) {
        if (template !== 'bed') {
          expect(beds).toBeNull();
          continue;
        }
        const [days = 0, available = 0, occupied = 0, ended = 0, lengths = 0] = bruteBeds(
          input,
          poolId,
          DAYS,
        );
        expect(beds).toEqual({
          days,
          availableMilliDays: available,
          occupiedMilliDays: occupied,
          discharges: ended,
          occupancy: { numerator: occupied, denominator: available },
          lengthOfStayDays: { numerator: lengths, denominator: ended },
          turnoverRate: { numerator: ended * days * 1000, denominator: available },
          turnoverIntervalDays: { numerator: available - occupied, denominator: 1000 * ended },
        });
      }
    });
  });

  it('fairness is Jain’s index of the dominant shares', () => {
    check((report, input) => {
      const want = bruteFairness(input, bruteFigures(input));
      const { numerator, denominator } = report.fairness.jain;
      if (want === null) expect(denominator).toBe(0);
      else expect(numerator / denominator).toBeCloseTo(want, 4);
    });
  });

  it('completeness agrees: open tasks, assumed ends, recorded and silent hours', () => {
    check((report, input) => {
      const { openTasks, assumedEnds, recorded, withoutDataSeconds } = report.completeness;
      expect([openTasks, assumedEnds, recorded.numerator, recorded.denominator, withoutDataSeconds]).toEqual(
        bruteCompleteness(input, DAYS),
      );
    });
  });
});
