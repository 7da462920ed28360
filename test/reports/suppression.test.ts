/** What readers outside the clinic are told: no count of one to four persons, nor anything it can be worked out from. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Ratio, UtilizationReport } from '../../src/shared/domain/report.ts';
import { taskId } from '../../src/shared/ids.ts';
import { utilizationReport } from '../../src/main/reports/report.ts';
import { SMALLEST_COUNT, hiddenCells } from '../../src/main/reports/hidden-cells.ts';
import { forOutside } from '../../src/main/reports/suppression.ts';
import { reportTables } from '../../src/main/reports/tables/report-tables.ts';
import { SUPPRESSED } from '../../src/main/reports/tables/table.ts';
import { WINDOW, at, makeInput, makePool, makeTask, randomBooks } from '../support/reports/clinics.ts';
import { sampleReport } from '../support/reports/sample-report.ts';

const isSmall = (count: number): boolean => count >= 1 && count < SMALLEST_COUNT;

describe('cells of a group', () => {
  const cases = [
    { name: 'stay when none is small', counts: [12, 0, 5], want: [false, false, false] },
    {
      name: 'go with the smallest other, so that the total tells nothing',
      counts: [2, 40, 9],
      want: [true, false, true],
    },
    { name: 'go together when they hide enough', counts: [3, 4, 40], want: [true, true, false] },
    { name: 'take a third with them when two hide too little', counts: [1, 2, 40], want: [true, true, true] },
    { name: 'go alone when there is no other', counts: [0, 3], want: [false, true] },
  ];
  it.each(cases)('$name', ({ counts, want }) => {
    expect(hiddenCells(counts)).toEqual(want);
  });

  it('cannot be told from the total and the others, whatever they are', () => {
    const counts = fc.array(fc.oneof(fc.nat(6), fc.nat(60)), { maxLength: 8 });
    const property = fc.property(counts, (cells) => {
      const hidden = hiddenCells(cells);
      const gone = cells.filter((_, index) => hidden[index]);
      cells.forEach((count, index) => isSmall(count) && expect(hidden[index]).toBe(true));
      if (gone.length === 0) return;
      const isAllThereIs = cells.every((count, index) => count === 0 || hidden[index]);
      const sum = gone.reduce((total, count) => total + count, 0);
      expect(isAllThereIs || (gone.length >= 2 && sum >= SMALLEST_COUNT)).toBe(true);
    });
    fc.assert(property, { numRuns: 500 });
  });
});

/** Every count of persons that a report still tells, and every ratio of such counts. */
function toldCounts(report: UtilizationReport): { counts: (number | null)[]; ratios: (Ratio | null)[] } {
  const persons = <Row extends { subsystem: string }>(rows: readonly Row[]): Row[] =>
    rows.filter(({ subsystem }) => subsystem !== 'research');
  return {
    counts: [
      ...persons(report.waits).flatMap((row) => [row.started, row.stillWaiting]),
      ...persons(report.outcomes).map((row) => row.finished),
      ...persons(report.preemptions).flatMap((row) => [row.count, row.running]),
      ...report.pools.map(({ beds }) => beds?.discharges ?? null),
      report.completeness.openTasks,
      report.completeness.assumedEnds,
    ],
    ratios: [
      ...persons(report.waits).map((row) => row.withinTarget),
      ...persons(report.outcomes).flatMap((row) => [
        row.missed,
        row.onTime,
        row.finishedEarly,
        row.finishedLate,
      ]),
    ],
  };
}

describe('a report for outside', () => {
  it('tells no count of one to four persons, no part of so few, and every hour of the pools', () => {
    const property = fc.property(randomBooks, (books) => {
      const inside = utilizationReport(makeInput(books));
      const outside = forOutside(inside);
      const { counts, ratios } = toldCounts(outside);
      for (const count of counts) expect(isSmall(count ?? 0)).toBe(false);
      for (const ratio of ratios) {
        if (!ratio) continue;
        expect([ratio.numerator, ratio.denominator - ratio.numerator].some(isSmall)).toBe(false);
      }
      outside.pools.forEach((pool, index) => {
        const { beds: _beds, ...hours } = pool;
        expect(inside.pools[index]).toMatchObject(hours);
      });
    });
    fc.assert(property, { numRuns: 60 });
  });

  it('takes the medians of few with their count, and leaves research, which counts data sets', () => {
    const started = {
      startedAt: at('2026-03-29T08:10Z'),
      endedAt: at('2026-03-29T09:20Z'),
      state: 'finished' as const,
    };
    const tasks = [
      makeTask({ id: taskId('t1'), ...started }),
      makeTask({ id: taskId('t2'), subsystem: 'research', ...started }),
    ];
    const report = forOutside(
      utilizationReport(makeInput({ pools: [makePool('a', 1)], tasks, asOf: WINDOW.until })),
    );
    const [imaging, research] = report.waits;
    expect(imaging).toMatchObject({ started: null, waitSecondsMedian: null, withinTarget: null });
    expect(research).toMatchObject({ started: 1 });
    expect(research?.waitSecondsMedian).not.toBeNull();
  });

  it('marks what is missing in every table, and says so about itself', () => {
    const marked = reportTables(forOutside(sampleReport()), 'en').flatMap(({ rows }) =>
      rows.flatMap(({ figures }) => figures.filter((figure) => figure === SUPPRESSED)),
    );
    expect(marked.length).toBeGreaterThan(0);
    expect(
      reportTables(sampleReport(), 'en').flatMap(({ rows }) => rows.flatMap(({ figures }) => figures)),
    ).not.toContain(SUPPRESSED);
  });
});
