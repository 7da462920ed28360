/**
 * One Wednesday of a small clinic, made by hand for golden plans: two ultrasound rooms, technicians, a compute server
 * and a claims clerk; confirmed, running and waiting work of all five subsystems, an outage and an overrun.
 */
import type { PlanSubsystem, Snapshot } from '../../../src/main/allocator/index.ts';
import type { PolicyId } from '../../../src/shared/domain/subsystem.ts';
import { DAY, HOUR, MINUTE, seconds } from '../../../src/shared/units.ts';
import { aPool, aSnapshot, aTask, at, committed, dailyHours, step, subsystems } from './builders.ts';

/** Wednesday 10:20, seconds after the builders' Monday midnight. */
export const DAY_NOW = 2 * DAY + 10 * HOUR + 20 * MINUTE;

const clock = (hour: number, minute = 0): number => 2 * DAY + hour * HOUR + minute * MINUTE;

/** The day with every subsystem under one policy. */
export function clinicDay(policy: PolicyId): Snapshot {
  const hours = (units: number): ReturnType<typeof dailyHours> => dailyHours(8, 18, 14, units);
  const pools = [
    aPool('ultrasound', 2, { capacity: hours(2), reclaimSeconds: seconds(20 * MINUTE) }),
    aPool('technician', 3, { capacity: hours(3) }),
    aPool('compute', 16, {
      kind: 'divisible',
      capacity: [step(0, 16), step(clock(13), 8, 'outage'), step(clock(15), 16)],
    }),
    aPool('clerk', 1, { capacity: hours(1) }),
  ];
  const scan = { ultrasound: 1, technician: 1 };
  const tasks = [
    committed(
      aTask('a-running', {
        subsystem: 'imaging',
        needs: scan,
        minutes: 60,
        urgency: 3,
        preemptibility: 'restart',
      }),
      clock(9),
      clock(10),
      [['ultrasound-1'], ['technician-1']],
      'running',
    ),
    committed(aTask('b-confirmed', { needs: scan, minutes: 45 }), clock(10, 30), clock(11, 15), [
      ['ultrasound-2'],
      ['technician-2'],
    ]),
    aTask('c-urgent', {
      subsystem: 'imaging',
      needs: scan,
      urgency: 1,
      submitted: DAY_NOW,
      earliest: DAY_NOW,
    }),
    ...[1, 2, 3, 4].map((n) =>
      aTask(`d-visit-${n}`, {
        needs: { technician: 1 },
        minutes: 20 * n,
        requester: `patient-${n % 2}`,
        submitted: clock(9, n),
        earliest: clock(9, n),
      }),
    ),
    ...[1, 2, 3].map((n) =>
      aTask(`e-scan-${n}`, {
        subsystem: 'imaging',
        needs: scan,
        minutes: 30,
        urgency: n === 3 ? 3 : 4,
        due: clock(11 + n),
        submitted: clock(8, n),
        earliest: clock(8, n),
      }),
    ),
    ...[1, 2, 3].map((n) =>
      aTask(`f-claim-${n}`, {
        subsystem: 'insurance',
        needs: { clerk: 1 },
        minutes: 50 * n,
        submitted: clock(8),
        earliest: clock(8),
        after: n === 3 ? ['f-claim-1'] : [],
      }),
    ),
    ...[1, 2].map((n) =>
      aTask(`g-study-${n}`, {
        subsystem: 'research',
        needs: { compute: 16 },
        minutes: 120,
        elastic: { minimumShareMilli: 250 },
        submitted: clock(7),
        earliest: clock(7),
      }),
    ),
    aTask('h-audit', {
      subsystem: 'insurance',
      needs: { clerk: 1 },
      minutes: 11 * 60,
      maySpanClosures: true,
      submitted: clock(9),
      earliest: clock(9),
    }),
    aTask('i-monitor', {
      subsystem: 'monitoring',
      needs: { technician: 1 },
      minutes: 15,
      fixed: clock(14),
      submitted: clock(9),
      earliest: clock(9),
    }),
  ];
  const rows = subsystems().map((row): PlanSubsystem => ({ ...row, policy }));
  return aSnapshot(pools, tasks, { subsystems: rows });
}

export const dayNow = at(DAY_NOW);
