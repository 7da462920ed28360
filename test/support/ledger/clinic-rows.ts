/** Builders of what a clinic's ledger holds: each gives a valid row, and takes what a test wants otherwise. */
import type { EntryPayloads } from '../../../src/main/ledger/index.ts';
import { poolId, staffId, taskId, unitId, workKindId } from '../../../src/shared/ids.ts';
import type { StaffMember } from '../../../src/shared/domain/clinic.ts';
import type { TaskAction, TaskState } from '../../../src/shared/domain/lifecycle.ts';
import { sameText } from '../../../src/shared/domain/local-text.ts';
import type { Pool } from '../../../src/shared/domain/pool.ts';
import type { Allocation, Need, Task, WorkKind } from '../../../src/shared/domain/task.ts';
import { instant, milli, seconds } from '../../../src/shared/units.ts';
import type { Digest } from '../../../src/main/ledger/index.ts';
import type { TemporaryLedger } from './temporary-ledger.ts';

export const ROOM = poolId('room');
export const SERVER = poolId('server');
export const SCAN = workKindId('scan');

export function roomPool(over: Partial<Pool> = {}): Pool {
  return {
    id: ROOM,
    name: sameText('Ultrasound rooms'),
    unitName: sameText('rooms'),
    template: 'room',
    kind: 'countable',
    capacityMilli: milli(2000),
    units: ['room-1', 'room-2'].map((id) => ({ id: unitId(id), name: sameText(id) })),
    weeklyHours: null,
    exceptions: [],
    outages: [],
    shares: [],
    gridSeconds: seconds(300),
    reclaimSeconds: seconds(0),
    ...over,
  };
}

export function serverPool(over: Partial<Pool> = {}): Pool {
  return {
    ...roomPool(),
    id: SERVER,
    name: sameText('Compute server'),
    unitName: sameText('cores'),
    template: 'compute',
    kind: 'divisible',
    capacityMilli: milli(32_000),
    units: [],
    ...over,
  };
}

export function need(over: Partial<Need> = {}): Need {
  return { poolId: ROOM, rateMilli: milli(1000), amount: null, ...over };
}

export function scanKind(over: Partial<WorkKind> = {}): WorkKind {
  return {
    id: SCAN,
    subsystem: 'imaging',
    name: sameText('Carotid ultrasound'),
    needs: [need()],
    durationSeconds: seconds(1800),
    urgency: 4,
    preemptibility: 'restart',
    maySpanClosures: false,
    code: null,
    ...over,
  };
}

export function staffMember(over: Partial<StaffMember> = {}): StaffMember {
  return {
    id: staffId('li-na'),
    name: '李娜',
    jobTitle: { en: 'Front desk', zh: '前台' },
    role: 'staff',
    isActive: true,
    ...over,
  };
}

export function scanTask(id: string, over: Partial<Task> = {}): Task {
  return {
    id: taskId(id),
    subsystem: 'imaging',
    workKindId: SCAN,
    patientId: null,
    requester: 'requester-1',
    needs: [need()],
    durationSeconds: seconds(1800),
    urgency: 4,
    submittedAt: instant(1_795_000_000),
    earliestStart: instant(1_795_000_000),
    fixedStart: null,
    due: null,
    weight: 1,
    after: [],
    elastic: null,
    preemptibility: 'restart',
    maySpanClosures: false,
    state: 'waiting',
    startedAt: null,
    endedAt: null,
    isAssumed: false,
    batchId: null,
    enteredBy: null,
    ...over,
  };
}

/** One room from `start` for `lengthSeconds`, in one segment. */
export function roomFor(task: string, start: number, lengthSeconds = 1800, unit = 'room-1'): Allocation {
  return {
    taskId: taskId(task),
    segments: [{ start: instant(start), end: instant(start + lengthSeconds), ratesMilli: [milli(1000)] }],
    units: [[unitId(unit)]],
  };
}

export function submitted(
  task: Task,
  over: Partial<EntryPayloads['task-submitted']> = {},
): EntryPayloads['task-submitted'] {
  return { task, note: null, sourceDigest: null, ...over };
}

export function moved(
  id: string,
  move: readonly [from: TaskState, action: TaskAction, to: TaskState],
  at: number,
  over: Partial<EntryPayloads['task-moved']> = {},
): EntryPayloads['task-moved'] {
  const [from, action, to] = move;
  return {
    taskId: taskId(id),
    action,
    from,
    to,
    at: instant(at),
    allocation: null,
    isAssumed: false,
    cause: null,
    ...over,
  };
}

export function planOf(
  digest: Digest,
  now: number,
  over: Partial<EntryPayloads['plan-adopted']> = {},
): EntryPayloads['plan-adopted'] {
  return {
    plannerVersion: '1',
    settingsHash: digest,
    timeZoneData: '2026a',
    seed: 1,
    budgetUsed: 1,
    baseSeq: 1,
    now: instant(now),
    changes: [],
    reasons: [],
    clearedReasons: [],
    planHash: digest,
    ...over,
  };
}

/** Adopts a plan with these windows, as one command. */
export async function adopt(books: TemporaryLedger, allocations: readonly Allocation[]): Promise<void> {
  const changes = allocations.map((allocation) => ({ taskId: allocation.taskId, allocation }));
  await books.append('plan-adopted', planOf(books.keys.digest('plan'), books.clock.now, { changes }));
}

/** Two pools, one kind of work, one member of staff: enough for tasks to be entered. */
export async function setUpClinic(books: TemporaryLedger): Promise<void> {
  await books.append('clinic-set', {
    name: { en: 'Riverside Clinic', zh: '河畔诊所' },
    timeZone: 'Asia/Shanghai',
    language: 'zh',
    triagePreset: 'china',
    isSample: false,
  });
  await books.append('staff-set', staffMember());
  await books.append('pool-set', roomPool());
  await books.append('pool-set', serverPool());
  await books.append('work-kind-set', scanKind());
}
