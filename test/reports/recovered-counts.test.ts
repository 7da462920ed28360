/** Nothing that a file for outside leaves out can be worked out from what it shows, in any grouping. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { forOutside } from '../../src/main/reports/suppression.ts';
import { utilizationReport } from '../../src/main/reports/report.ts';
import type { UtilizationReport } from '../../src/shared/domain/report.ts';
import { GROUPINGS } from '../../src/shared/domain/report-grouping.ts';
import type { Grouping } from '../../src/shared/domain/report-grouping.ts';
import type { SubsystemId } from '../../src/shared/domain/subsystem.ts';
import { SUBSYSTEM_IDS } from '../../src/shared/domain/subsystem.ts';
import type { UrgencyClass } from '../../src/shared/domain/urgency.ts';
import { batchId, taskId, workKindId } from '../../src/shared/ids.ts';
import { HOUR, MINUTE, instant } from '../../src/shared/units.ts';
import { facesOf, workedOut } from '../support/reports/attack.ts';
import { WINDOW, makeInput, makePool, makeTask } from '../support/reports/clinics.ts';

const RUNS = 40;

/** So many tasks that are alike: how many is drawn around what is suppressed. */
interface Batch {
  readonly count: number;
  readonly subsystem: SubsystemId;
  readonly urgency: UrgencyClass;
  readonly hour: number;
  readonly kind: number;
  readonly waitedMinutes: number;
  readonly isFinished: boolean;
  /** Written down after the fact: nobody knows how long it waited. */
  readonly isImported: boolean;
}

const anyBatch: fc.Arbitrary<Batch> = fc.record({
  count: fc.oneof(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 4, max: 14 })),
  subsystem: fc.constantFrom(...SUBSYSTEM_IDS, 'records' as const, 'insurance' as const),
  urgency: fc.constantFrom<UrgencyClass[]>(3, 4, 4, 5),
  hour: fc.constantFrom(8, 9, 32, 33),
  kind: fc.integer({ min: 1, max: 3 }),
  waitedMinutes: fc.constantFrom(0, 30, 400),
  isFinished: fc.boolean(),
  isImported: fc.boolean(),
});

/** Data sets are no persons: where a group is of nothing else it is hidden too, and telling it tells of nobody. */
const batch = anyBatch.map((one) => (one.subsystem === 'research' ? { ...one, count: one.count + 4 } : one));

const workKinds = SUBSYSTEM_IDS.flatMap((subsystem) =>
  [1, 2, 3].map((kind) => ({
    id: workKindId(`${subsystem}-${kind}`),
    name: { en: `${subsystem} ${kind}`, zh: `${subsystem} ${kind}` },
    subsystem,
  })),
);

function reportOf(batches: readonly Batch[], by: Grouping | null): UtilizationReport {
  const traits = new Map();
  const tasks = batches.flatMap((one, at) =>
    Array.from({ length: one.count }, (_, index) => {
      const id = taskId(`t-${at}-${index}`);
      const { subsystem, urgency, kind } = one;
      traits.set(id, { subsystem, urgency, workKindId: workKindId(`${subsystem}-${kind}`) });
      const startedAt = instant(WINDOW.from + one.hour * HOUR);
      const submittedAt = instant(startedAt - one.waitedMinutes * MINUTE);
      return makeTask({
        id,
        subsystem,
        urgency,
        startedAt,
        submittedAt: one.isImported ? startedAt : submittedAt,
        earliestStart: submittedAt,
        ...(one.isFinished
          ? { state: 'finished', endedAt: instant(startedAt + HOUR) }
          : { state: 'running', endedAt: null }),
        batchId: one.isImported ? batchId('b1') : null,
      });
    }),
  );
  const input = makeInput({ pools: [makePool('a', 1)], tasks, asOf: WINDOW.until });
  return utilizationReport(input, by && { by, traits, workKinds, settled: new Map() });
}

function leaksOf(batches: readonly Batch[], by: Grouping | null): string[] {
  const inside = reportOf(batches, by);
  const outside = forOutside(inside);
  return Object.entries(facesOf(inside, outside)).flatMap(([name, { cells, equalities }]) =>
    workedOut(cells, equalities).map((leak) => `${name}: ${leak}`),
  );
}

describe.each([null, ...GROUPINGS])('a file for outside grouped by %s', (by) => {
  it('hides nothing that can be worked out from what it shows', () => {
    const property = fc.property(fc.array(batch, { maxLength: 14 }), (batches) => {
      expect(leaksOf(batches, by)).toEqual([]);
    });
    fc.assert(property, { numRuns: RUNS });
  });

  it('tells no median over fewer than five', () => {
    const property = fc.property(fc.array(batch, { maxLength: 14 }), (batches) => {
      const { outcomes, waits, groups } = forOutside(reportOf(batches, by));
      const rows = [...waits, ...outcomes, ...(groups?.tasks ?? [])];
      const subsystems = new Map(groups?.groups.map(({ id, subsystem }) => [id, subsystem]));
      for (const row of rows) {
        const isResearch =
          'groupId' in row ? subsystems.get(row.groupId) === 'research' : row.subsystem === 'research';
        if (isResearch) continue;
        if ('waitSecondsMedian' in row && row.waitSecondsMedian !== null) {
          expect(row.started).toBeGreaterThanOrEqual(5);
        }
        if ('turnaroundSecondsMedian' in row && row.turnaroundSecondsMedian !== null) {
          expect(row.turnarounds).toBeGreaterThanOrEqual(5);
        }
      }
    });
    fc.assert(property, { numRuns: RUNS });
  });
});

describe('what used to be told', () => {
  const usual = { hour: 8, kind: 1, waitedMinutes: 0, isFinished: true, isImported: false } as const;
  const cases = [
    {
      name: 'three of one class, as a week’s total less what the table of waits shows',
      by: 'weekday',
      batches: [
        { ...usual, subsystem: 'insurance', urgency: 4, count: 3, isFinished: false },
        { ...usual, subsystem: 'imaging', urgency: 4, count: 20, hour: 32 },
        { ...usual, subsystem: 'imaging', urgency: 4, count: 9 },
      ],
    },
    {
      name: 'four within target, as a subsystem’s less those of its other class',
      by: 'subsystem',
      batches: [
        { ...usual, subsystem: 'imaging', urgency: 4, count: 6 },
        { ...usual, subsystem: 'imaging', urgency: 4, count: 7, waitedMinutes: 400 },
        { ...usual, subsystem: 'imaging', urgency: 5, count: 4 },
        { ...usual, subsystem: 'imaging', urgency: 5, count: 9, waitedMinutes: 400 },
      ],
    },
    {
      name: 'the median of two whose turnaround is known among many where it is not',
      by: null,
      batches: [
        { ...usual, subsystem: 'imaging', urgency: 4, count: 12, isImported: true },
        { ...usual, subsystem: 'imaging', urgency: 4, count: 2 },
      ],
    },
  ] as const;
  it.each(cases)('$name, is not', ({ by, batches }) => {
    expect(leaksOf(batches, by)).toEqual([]);
    const { outcomes } = forOutside(reportOf(batches, by));
    for (const { subsystem, turnarounds, turnaroundSecondsMedian } of outcomes) {
      if (subsystem !== 'research' && (turnarounds ?? 0) < 5) expect(turnaroundSecondsMedian).toBeNull();
    }
  });
});
