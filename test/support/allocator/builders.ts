/**
 * Short ways to say a snapshot in a test: pools, tasks and settings with every field that the case is not about set to
 * something plain. Times are seconds from `T0`, a Monday midnight UTC.
 */
import type {
  CapacityStep,
  PlanPool,
  PlanSettings,
  PlanSubsystem,
  PlanTask,
  Snapshot,
} from '../../../src/main/allocator/index.ts';
import { SUBSYSTEMS } from '../../../src/shared/domain/subsystem.ts';
import type { Allocation } from '../../../src/shared/domain/task.ts';
import { poolId, taskId, unitId } from '../../../src/shared/ids.ts';
import { DAY, HOUR, MINUTE, instant, milli, seconds } from '../../../src/shared/units.ts';

/** Monday 2026-01-05 00:00 UTC. */
export const T0 = 1_767_571_200;

export const UNIT = 1000;

/** The instant `offset` seconds after `T0`. */
export const at = (offset: number): ReturnType<typeof instant> => instant(T0 + offset);

/** A step of capacity: from `offset` seconds after `T0`. */
export function step(offset: number, units: number, cause: CapacityStep['cause'] = 'open'): CapacityStep {
  return { at: at(offset), capacityMilli: milli(units * UNIT), cause };
}

export type PoolOverrides = Partial<Omit<PlanPool, 'id' | 'nominalMilli'>> & { readonly gridless?: boolean };

/** A countable pool of `size` named units, always open, on a grid of five minutes. */
export function aPool(id: string, size: number, overrides: PoolOverrides = {}): PlanPool {
  const { gridless = false, ...rest } = overrides;
  const kind = rest.kind ?? 'countable';
  return {
    id: poolId(id),
    kind,
    nominalMilli: milli(size * UNIT),
    capacity: [step(0, size)],
    units:
      kind === 'countable' ? Array.from({ length: size }, (_, index) => unitId(`${id}-${index + 1}`)) : [],
    absences: [],
    shares: [],
    gridSeconds: seconds(gridless ? 1 : 5 * MINUTE),
    gridOffset: at(0),
    reclaimSeconds: seconds(0),
    ...rest,
  };
}

export interface TaskSketch extends Partial<
  Omit<
    PlanTask,
    'id' | 'needs' | 'durationSeconds' | 'after' | 'earliestStart' | 'fixedStart' | 'due' | 'submittedAt'
  >
> {
  /** Units per pool. */
  readonly needs?: Readonly<Record<string, number>>;
  readonly minutes?: number;
  /** Seconds after `T0`, as the next four. */
  readonly earliest?: number;
  readonly fixed?: number;
  readonly due?: number;
  readonly submitted?: number;
  readonly after?: readonly string[];
}

/** A waiting routine task of medical records that needs one unit of `room` for half an hour. */
export function aTask(id: string, sketch: TaskSketch = {}): PlanTask {
  const {
    needs = { room: 1 },
    minutes = 30,
    earliest = 0,
    fixed,
    due,
    submitted = 0,
    after = [],
    ...rest
  } = sketch;
  return {
    id: taskId(id),
    subsystem: 'records',
    requester: id,
    needs: Object.entries(needs).map(([pool, units]) => ({
      poolId: poolId(pool),
      rateMilli: milli(units * UNIT),
      amount: null,
    })),
    durationSeconds: seconds(minutes * MINUTE),
    urgency: 4,
    submittedAt: at(submitted),
    earliestStart: at(earliest),
    fixedStart: fixed === undefined ? null : at(fixed),
    due: due === undefined ? null : at(due),
    weight: 1,
    after: after.map((before) => taskId(before)),
    elastic: null,
    preemptibility: 'never',
    maySpanClosures: false,
    state: 'waiting',
    current: null,
    ...rest,
  };
}

/** One window for a task, from `start` to `end` seconds after `T0`, with unit names where given. */
export function aWindow(
  task: PlanTask,
  start: number,
  end: number,
  units: readonly string[][] = [],
): Allocation {
  return {
    taskId: task.id,
    segments: [{ start: at(start), end: at(end), ratesMilli: task.needs.map((need) => need.rateMilli) }],
    units: task.needs.map((_, index) => (units[index] ?? []).map((name) => unitId(name))),
  };
}

/** The task as confirmed (or running) over a window. */
export function committed(
  task: PlanTask,
  start: number,
  end: number,
  units: readonly string[][] = [],
  state: 'confirmed' | 'running' | 'tentative' = 'confirmed',
): PlanTask {
  return { ...task, state, current: aWindow(task, start, end, units) };
}

export const MANCHESTER = [0, 10, 60, 120, 240].map((minutes) => seconds(minutes * MINUTE));

export function aSnapshot(
  pools: readonly PlanPool[],
  tasks: readonly PlanTask[],
  overrides: Partial<Omit<Snapshot, 'pools' | 'tasks'>> = {},
): Snapshot {
  return {
    pools,
    tasks,
    subsystems: subsystems(),
    ended: [],
    targets: MANCHESTER,
    timeZoneData: 'test',
    ...overrides,
  };
}

/** The five subsystems under their default policies, with equal weights; overrides by id. */
export function subsystems(
  overrides: Readonly<Partial<Record<PlanSubsystem['id'], Partial<PlanSubsystem>>>> = {},
): PlanSubsystem[] {
  return SUBSYSTEMS.map(({ id, defaultPolicy }) => ({
    id,
    policy: defaultPolicy,
    weight: 1,
    used: [],
    ...overrides[id],
  }));
}

export function settings(overrides: Partial<PlanSettings> = {}): PlanSettings {
  return {
    horizonSeconds: seconds(90 * DAY),
    objective: 'idle-while-waiting',
    seed: 1,
    budget: 0,
    keepsTentative: true,
    ...overrides,
  };
}

/** Open from `open` to `close` o'clock UTC on each of `days` days from `T0`, all seven days of the week. */
export function dailyHours(open: number, close: number, days: number, units: number): CapacityStep[] {
  const steps: CapacityStep[] = [step(0, 0, 'closed')];
  for (let day = 0; day < days; day++) {
    steps.push(step(day * DAY + open * HOUR, units), step(day * DAY + close * HOUR, 0, 'closed'));
  }
  return open === 0 ? steps.slice(1) : steps;
}
