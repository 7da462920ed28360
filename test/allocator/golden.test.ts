/**
 * Golden plans: what a person has reviewed is what is planned, byte for byte. UPDATE_GOLDEN=1 writes the files of
 * `test/golden/allocator` anew; review the difference before committing it.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { plan } from '../../src/main/allocator/index.ts';
import type { Plan } from '../../src/shared/domain/plan.ts';
import { POLICIES } from '../../src/shared/domain/subsystem.ts';
import { localTimeOf } from '../../src/shared/local-time.ts';
import { DAY, instant } from '../../src/shared/units.ts';
import { T0, settings } from '../support/allocator/builders.ts';
import { clinicDay, dayNow } from '../support/allocator/clinic-day.ts';
import { violations } from '../support/allocator/feasibility.ts';
import { sampleDay } from '../support/allocator/sample-day.ts';

type Clock = (time: number) => string;

const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');

/** Hours and minutes of an instant, with the weekday counted from the builders' Monday. */
function dayClock(time: number): string {
  const passed = time - T0;
  return `day ${Math.floor(passed / DAY) + 1} ${two((passed % DAY) / 3600)}:${two((passed % 3600) / 60)}`;
}

/** Date, hours, minutes and seconds of an instant on the clinic's wall. */
function wallClock(zone: string): Clock {
  return (time) => {
    const { date, minute } = localTimeOf(instant(time), zone);
    return `${date} ${two(minute / 60)}:${two(minute % 60)}:${two(time % 60)}`;
  };
}

/** A plan as lines that a person can review. */
function readable(made: Plan, clockOf: Clock): string {
  const windows = made.allocations.map((row) => {
    const segments = row.segments.map(
      ({ start, end, ratesMilli }) => `${clockOf(start)}–${clockOf(end)} × ${ratesMilli.join('+')}`,
    );
    return `${row.taskId}: ${segments.join(', ')} ${row.units.flat().join(' ')}`.trim();
  });
  const reasons = made.reasons.map((row) => {
    const segments = row.segments.map(
      ({ from, until, poolId, rule, blockers }) =>
        `${clockOf(from)}–${clockOf(until)} ${rule} ${poolId ?? ''} ${blockers.join(' ')}`,
    );
    return `${row.taskId} waits: ${[...segments, row.refusal?.code ?? ''].join('; ')}`.trim();
  });
  const people = [...made.displacements, ...made.preemptions].map((row) => JSON.stringify(row));
  return `${[...windows, ...reasons, ...people].join('\n')}\n`;
}

function expectGolden(name: string, text: string): void {
  const file = new URL(`../golden/allocator/${name}.txt`, import.meta.url);
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(file, text);
  expect(text).toBe(readFileSync(file, 'utf8'));
}

describe('a Wednesday of a small clinic', () => {
  for (const policy of POLICIES) {
    it(`is planned as reviewed under the ${policy} policy (UPDATE_GOLDEN=1 writes it anew)`, () => {
      const snapshot = clinicDay(policy);
      const made = plan(snapshot, dayNow, settings({ budget: 200 }));
      expect(violations(snapshot, made, dayNow + 90 * DAY)).toEqual([]);
      expectGolden(`clinic-day-${policy}`, readable(made, dayClock));
    });
  }
});

describe('the day of the sample clinic', () => {
  for (const policy of POLICIES) {
    it(`is planned as reviewed with every subsystem under the ${policy} policy (UPDATE_GOLDEN=1 writes it anew)`, () => {
      const { snapshot, now, zone } = sampleDay(policy);
      const chosen = settings({ budget: 200 });
      const made = plan(snapshot, now, chosen);
      expect(violations(snapshot, made, now + chosen.horizonSeconds)).toEqual([]);
      expectGolden(`sample-day-${policy}`, readable(made, wallClock(zone)));
    });
  }
});
