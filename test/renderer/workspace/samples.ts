/** Rows, pools and kinds of work for the renderer's tests; each takes what the test cares about. */
import type { TaskRow } from '../../../src/shared/contract/tasks.ts';
import type { Response } from '../../../src/shared/contract/index.ts';
import { patientId, poolId, taskId, unitId, workKindId } from '../../../src/shared/ids.ts';
import type { Instant } from '../../../src/shared/units.ts';
import { milli, seconds } from '../../../src/shared/units.ts';
import { instantOfWall, dayNumberOf } from '../../../src/shared/local-time.ts';

export const ZONE = 'Asia/Shanghai';

/** An instant of Wednesday 18 November 2026 (or another date) in the clinic's zone. */
export function clock(time: string, date = '2026-11-18'): Instant {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return instantOfWall(dayNumberOf(date), hours * 60 + minutes, ZONE);
}

export const NOW = clock('10:20');

type PoolSample = Response<'pool.list'>['pools'][number];
type KindSample = Response<'work-kind.list'>['workKinds'][number];

export const ultrasound: PoolSample = {
  id: poolId('ultrasound'),
  name: { en: 'Ultrasound', zh: '超声室' },
  unitName: { en: 'rooms', zh: '间' },
  template: 'room',
  kind: 'countable',
  capacityMilli: milli(2000),
  units: [
    { id: unitId('us-1'), name: { en: 'Ultrasound 1', zh: '超声室 1' } },
    { id: unitId('us-2'), name: { en: 'Ultrasound 2', zh: '超声室 2' } },
  ],
  weeklyHours: [0, 1, 2, 3, 4, 5, 6].map((day) => (day < 5 ? [{ fromMinute: 480, toMinute: 1050 }] : [])),
  exceptions: [],
  outages: [],
  shares: [],
  gridSeconds: seconds(300),
  reclaimSeconds: seconds(3600),
};

export const compute: PoolSample = {
  ...ultrasound,
  id: poolId('compute'),
  name: { en: 'Compute server', zh: '计算服务器' },
  unitName: { en: 'cores', zh: '核' },
  template: 'compute',
  kind: 'divisible',
  capacityMilli: milli(32_000),
  units: [],
  weeklyHours: null,
};

export const carotid: KindSample = {
  id: workKindId('carotid'),
  subsystem: 'imaging',
  name: { en: 'Carotid ultrasound', zh: '颈动脉超声' },
  needs: [{ poolId: ultrasound.id, rateMilli: milli(1000), amount: null }],
  durationSeconds: seconds(1800),
  urgency: 3,
  preemptibility: 'never',
  maySpanClosures: false,
  code: 'US',
};

export const thyroid: KindSample = {
  ...carotid,
  id: workKindId('thyroid'),
  name: { en: 'Thyroid ultrasound', zh: '甲状腺超声' },
};

export function taskRow(id: string, given: Partial<TaskRow> = {}): TaskRow {
  return {
    taskId: taskId(id),
    subsystem: 'imaging',
    workKindId: carotid.id,
    workKind: carotid.name,
    patientId: patientId('p-chen'),
    patient: { name: 'Jing Chen', birthDate: '1968-04-02', number: '20417' },
    needs: [
      {
        poolId: ultrasound.id,
        poolName: ultrasound.name,
        unitName: ultrasound.unitName,
        rateMilli: milli(1000),
        unitNames: [],
      },
    ],
    urgency: 3,
    state: 'tentative',
    submittedAt: clock('09:52'),
    waitedSeconds: seconds(1680),
    targetSeconds: seconds(3600),
    start: clock('10:40'),
    end: clock('11:10'),
    isEndAssumed: false,
    primaryAction: 'confirm',
    actions: ['confirm', 'start', 'hold', 'cancel'],
    reason: null,
    ...given,
  };
}

export function workspaceView(given: Partial<Response<'workspace.get'>> = {}): Response<'workspace.get'> {
  return {
    subsystem: 'imaging',
    policy: 'priority',
    now: NOW,
    chips: [],
    strips: [],
    ...given,
  };
}

/** The queue's answer with these rows by group, whatever page is asked for. */
export function queueView(
  given: Partial<Record<Response<'queue.get'>['groups'][number]['id'], readonly TaskRow[]>> = {},
): Response<'queue.get'> {
  const ids = ['running', 'next', 'waiting', 'later', 'held', 'ended', 'all'] as const;
  const groups = ids.flatMap((id) => (given[id] ? [{ id, count: given[id].length }] : []));
  const rows = ids.flatMap((id) => given[id] ?? []);
  return { now: NOW, total: rows.length, groups, rows };
}

export function taskDetail(row: TaskRow): Response<'task.get'> {
  const draft = {
    subsystem: row.subsystem,
    workKindId: row.workKindId,
    patient: row.patientId === null ? null : { patientId: row.patientId },
    needs: row.needs.map(({ poolId, rateMilli }) => ({ poolId, rateMilli, amount: null })),
    durationSeconds: seconds(1800),
    urgency: row.urgency,
    earliestStart: row.submittedAt,
    fixedStart: null,
    due: null,
    note: '',
    pathway: null,
    reference: row.reference ?? '',
  };
  return { row, note: '', draft, starts: [], pathway: null, links: { before: [], after: [] }, history: [] };
}

/** Lets answered promises run their continuations. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
}
