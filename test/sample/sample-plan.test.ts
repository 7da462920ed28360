/**
 * The sample clinic before the real planner: its open work fits the books as they are, at any hour, and the waits it
 * shows have reasons worth reading.
 */
import { describe, expect, it } from 'vitest';
import { plan } from '../../src/main/allocator/index.ts';
import { REPLAN_SETTINGS } from '../../src/main/usecases/planning/settings.ts';
import { snapshotOf } from '../../src/main/usecases/planning/snapshot.ts';
import { SAMPLE_SEED, demoInstant, sampleClinic } from '../../src/main/usecases/sample/sample-clinic.ts';
import type { Plan } from '../../src/shared/domain/plan.ts';
import { HOUR, instant } from '../../src/shared/units.ts';

function planAt(hoursLater: number, timeZone: string): Plan {
  const { clinic, pools, subsystems, open, now } = sampleClinic({
    now: instant(demoInstant(timeZone) + hoursLater * HOUR),
    seed: SAMPLE_SEED,
    timeZone,
  });
  const allocations = new Map(open.flatMap((row) => (row.allocation ? [[row.task.id, row.allocation]] : [])));
  const tasks = open.map((row) => row.task);
  const snapshot = snapshotOf({
    books: { clinic, pools, subsystems, tasks, allocations, used: [], ended: [] },
    now,
    horizonSeconds: REPLAN_SETTINGS.horizonSeconds,
    timeZoneData: 'test',
  });
  return plan(snapshot, now, REPLAN_SETTINGS);
}

describe('the open work of the sample', () => {
  it.each([
    ['at the demonstration', 0, 'Asia/Shanghai'],
    ['at night', -7, 'Asia/Shanghai'],
    ['in the afternoon', 5, 'Europe/Berlin'],
    ['on Saturday', 72, 'America/New_York'],
    ['on Sunday', 99, 'Australia/Lord_Howe'],
  ])('all finds a place, and little of what is promised is displaced: %s', (_name, hoursLater, zone) => {
    const { reasons, displacements } = planAt(hoursLater, zone);
    expect(reasons.filter((reason) => reason.refusal)).toEqual([]);
    // One appointment behind overdue work, seen in each pool it needs.
    expect(displacements.length).toBeLessThanOrEqual(3);
  });

  it('has one appointment in the way of overdue work at the demonstration', () => {
    expect(planAt(0, 'Asia/Shanghai').displacements).toHaveLength(1);
  });

  it('waits for several kinds of reasons at the demonstration', () => {
    const rules = new Set(
      planAt(0, 'Asia/Shanghai').reasons.flatMap(({ segments }) => segments.map((row) => row.rule)),
    );
    for (const rule of ['capacity', 'closed', 'precedence'] as const) expect(rules).toContain(rule);
  });
});
