import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { plan } from '../../src/main/allocator/index.ts';
import type { Plan } from '../../src/shared/domain/plan.ts';
import { POLICIES } from '../../src/shared/domain/subsystem.ts';
import { DAY } from '../../src/shared/units.ts';
import { T0, settings } from '../support/allocator/builders.ts';
import { clinicDay, dayNow } from '../support/allocator/clinic-day.ts';
import { violations } from '../support/allocator/feasibility.ts';

/** Hours and minutes of an instant, with the weekday counted from the builders' Monday. */
function clockOf(time: number): string {
  const passed = time - T0;
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  return `day ${Math.floor(passed / DAY) + 1} ${two((passed % DAY) / 3600)}:${two((passed % 3600) / 60)}`;
}

/** A plan as lines that a person can review. */
function readable(made: Plan): string {
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

describe('a Wednesday of a small clinic', () => {
  for (const policy of POLICIES) {
    it(`is planned as reviewed under the ${policy} policy (UPDATE_GOLDEN=1 writes it anew)`, () => {
      const snapshot = clinicDay(policy);
      const made = plan(snapshot, dayNow, settings({ budget: 200 }));
      expect(violations(snapshot, made, dayNow + 90 * DAY)).toEqual([]);
      const file = new URL(`../golden/allocator/clinic-day-${policy}.txt`, import.meta.url);
      if (process.env['UPDATE_GOLDEN'] === '1' || !existsSync(file)) writeFileSync(file, readable(made));
      expect(readable(made)).toBe(readFileSync(file, 'utf8'));
    });
  }
});
