import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CapacityStep } from '../../src/main/allocator/index.ts';
import { plan } from '../../src/main/allocator/index.ts';
import { offeredSteps, unchanged, unitsOut } from '../../src/shared/calendar.ts';
import { SUBSYSTEM_IDS } from '../../src/shared/domain/subsystem.ts';
import { dayNumberOf, startOfLocalDay } from '../../src/shared/local-time.ts';
import { DAY, HOUR, MINUTE, instant, seconds } from '../../src/shared/units.ts';
import {
  T0,
  aPool,
  aSnapshot,
  aTask,
  at,
  dailyHours,
  settings,
  step,
} from '../support/allocator/builders.ts';
import { violations } from '../support/allocator/feasibility.ts';
import { aPool as aClinicPool, anOutage, everyDay } from '../support/intake/pool-builder.ts';

/** Open from 8 to 18 local time over a change of clocks: UTC hours move by one from the second day on. */
function hoursAcross(shift: 1 | -1): CapacityStep[] {
  const before = [step(0, 0, 'closed'), step(8 * HOUR, 1), step(18 * HOUR, 0, 'closed')];
  return [...before, step(DAY + (8 - shift) * HOUR, 1), step(DAY + (18 - shift) * HOUR, 0, 'closed')];
}

describe('days on which the clocks change', () => {
  for (const [name, shift] of [
    ['forward', 1],
    ['back', -1],
  ] as const) {
    it(`open at the local hour when clocks go ${name}, and a full day's work still fits`, () => {
      const tasks = [aTask('a', { minutes: 600 }), aTask('b', { minutes: 600, submitted: 1 })];
      const made = plan(
        aSnapshot([aPool('room', 1, { capacity: hoursAcross(shift) })], tasks),
        at(0),
        settings(),
      );
      const starts = made.allocations.map((row) => ((row.segments[0]?.start ?? 0) - T0) / HOUR);
      expect(starts).toEqual([8, 24 + 8 - shift]);
    });
  }
});

describe('a year of random outages', () => {
  it('is planned around: every rule holds and all work is done', { timeout: 60_000 }, () => {
    const outage = fc.record({
      day: fc.nat({ max: 364 }),
      hours: fc.integer({ min: 1, max: 40 }),
      left: fc.nat({ max: 2 }),
    });
    fc.assert(
      fc.property(fc.array(outage, { maxLength: 40 }), (outages) => {
        const open = dailyHours(7, 20, 366, 3);
        const isOut = (time: number): number =>
          outages.reduce((left, row) => {
            const from = T0 + row.day * DAY + 9 * HOUR;
            return time >= from && time < from + row.hours * HOUR ? Math.min(left, row.left) : left;
          }, 3);
        const edges = outages.flatMap((row) => [
          row.day * DAY + 9 * HOUR,
          row.day * DAY + (9 + row.hours) * HOUR,
        ]);
        const instants = [...new Set([...open.map((row) => row.at - T0), ...edges])].sort(
          (left, right) => left - right,
        );
        const capacity = instants.map((offset): CapacityStep => {
          const hours = open.findLast((row) => row.at <= T0 + offset) ?? step(offset, 0, 'closed');
          const left = isOut(T0 + offset);
          if (hours.capacityMilli === 0 || left === 3) return { ...hours, at: at(offset) };
          return step(offset, left, 'outage');
        });
        const tasks = Array.from({ length: 60 }, (_, n) =>
          aTask(`t${n}`, {
            subsystem: SUBSYSTEM_IDS[n % 5] ?? 'records',
            minutes: 30 + 15 * (n % 20),
            earliest: (n % 50) * 7 * DAY,
            maySpanClosures: n % 3 === 0,
          }),
        );
        const pool = aPool('room', 3, { capacity, gridSeconds: seconds(5 * MINUTE) });
        const snapshot = aSnapshot([pool], tasks);
        const made = plan(snapshot, at(0), settings({ horizonSeconds: seconds(366 * DAY) }));
        expect(violations(snapshot, made, T0 + 366 * DAY)).toEqual([]);
        expect(made.allocations).toHaveLength(60);
      }),
      { numRuns: 20, seed: 31 },
    );
  });

  it(
    "of named units, expanded from the clinic's own hours, is planned around too",
    { timeout: 60_000 },
    () => {
      const zone = 'Europe/Berlin';
      const now = startOfLocalDay(dayNumberOf('2026-01-05'), zone);
      const window = { from: instant(now - 1), until: instant(now + 366 * DAY) };
      const outage = fc.record({
        unit: fc.constantFrom('room-1', 'room-2', 'room-3', null),
        from: fc.nat({ max: 364 * 24 * 60 }),
        minutes: fc.integer({ min: 1, max: 5 * 24 * 60 }),
        isPlanned: fc.boolean(),
      });
      fc.assert(
        fc.property(fc.array(outage, { minLength: 10, maxLength: 60 }), (outages) => {
          const rooms = aClinicPool({
            weeklyHours: everyDay([7, 12], [13, 20]),
            outages: outages.map(({ unit, from, minutes, isPlanned }) =>
              anOutage(now + from * MINUTE, now + (from + minutes) * MINUTE, {
                isPlanned,
                ...(unit === null ? {} : { unit }),
              }),
            ),
          });
          const pool = aPool('room', 3, {
            capacity: offeredSteps(unchanged(rooms), window, zone),
            absences: unitsOut(unchanged(rooms), window),
            gridOffset: now,
          });
          const tasks = Array.from({ length: 60 }, (_, n) => ({
            ...aTask(`t${n}`, {
              subsystem: SUBSYSTEM_IDS[n % 5] ?? 'records',
              needs: { room: 1 + (n % 3) },
              minutes: 30 + 15 * (n % 18),
              maySpanClosures: n % 4 === 0,
            }),
            earliestStart: instant(now + (n % 50) * 7 * DAY),
          }));
          const snapshot = aSnapshot([pool], tasks);
          const made = plan(snapshot, now, settings({ horizonSeconds: seconds(366 * DAY) }));
          expect(violations(snapshot, made, now + 366 * DAY)).toEqual([]);
          expect(made.allocations).toHaveLength(60);
        }),
        { numRuns: 20, seed: 32 },
      );
    },
  );
});
