/**
 * A small report with something in every table: two pools, an outage, work that ran, was missed and still waits.
 */
import type { Pool } from '../../../src/shared/domain/pool.ts';
import type { UtilizationReport } from '../../../src/shared/domain/report.ts';
import { outageId, poolId, taskId, unitId } from '../../../src/shared/ids.ts';
import { milli } from '../../../src/shared/units.ts';
import type { ReportInput } from '../../../src/main/reports/input.ts';
import { utilizationReport } from '../../../src/main/reports/report.ts';
import { at, makeBooking, makeInput, makePool, makeTask } from './clinics.ts';

/** Names that a spreadsheet or a careless writer would stumble over. */
export const AWKWARD_NAME = '=HYPERLINK("http://x","Ultrasound, 2")';

export function samplePools(): Pool[] {
  const rooms = makePool('a', 2, {
    name: { en: AWKWARD_NAME, zh: '超声室\n"二楼"' },
    outages: [
      {
        id: outageId('o1'),
        unitId: unitId('a-1'),
        start: at('2026-03-29T12:00Z'),
        end: at('2026-03-29T15:00Z'),
        isPlanned: false,
      },
    ],
  });
  const clerks = makePool('b', 1, {
    name: { en: 'Claims clerks', zh: '理赔专员' },
    unitName: { en: 'people', zh: '人' },
    weeklyHours: Array.from({ length: 7 }, () => [{ fromMinute: 480, toMinute: 1020 }]),
  });
  return [rooms, clerks];
}

export function sampleInput(): ReportInput {
  return makeInput({
    pools: samplePools(),
    asOf: at('2026-03-30T10:00Z'),
    bookings: [
      makeBooking({
        taskId: taskId('ran'),
        isReserved: true,
        plannedStart: at('2026-03-29T08:00Z'),
        plannedEnd: at('2026-03-29T09:00Z'),
        actualStart: at('2026-03-29T08:10Z'),
        actualEnd: at('2026-03-29T09:20Z'),
      }),
      makeBooking({
        taskId: taskId('runs'),
        subsystem: 'records',
        state: 'running',
        rateMilli: milli(500),
        actualStart: at('2026-03-30T09:50Z'),
      }),
      makeBooking({
        taskId: taskId('missed'),
        poolId: poolId('b'),
        subsystem: 'insurance',
        state: 'missed',
        isReserved: true,
        plannedStart: at('2026-03-30T08:00Z'),
        plannedEnd: at('2026-03-30T08:45Z'),
      }),
    ],
    tasks: [
      makeTask({
        id: taskId('ran'),
        state: 'finished',
        submittedAt: at('2026-03-29T07:00Z'),
        earliestStart: at('2026-03-29T07:30Z'),
        startedAt: at('2026-03-29T08:10Z'),
        endedAt: at('2026-03-29T09:20Z'),
      }),
      makeTask({ id: taskId('missed'), subsystem: 'insurance', state: 'missed' }),
      makeTask({
        id: taskId('waits'),
        needs: [{ poolId: poolId('b'), rateMilli: milli(1000) }],
        submittedAt: at('2026-03-30T09:00Z'),
        earliestStart: at('2026-03-30T09:00Z'),
      }),
    ],
  });
}

export function sampleReport(): UtilizationReport {
  return utilizationReport(sampleInput());
}
