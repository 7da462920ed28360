/**
 * Random clinics for property tests: small pools with hours, outages, absent units and shares; tasks of every kind,
 * some of them confirmed where they fit or do not. Small numbers, so that everything collides.
 */
import fc from 'fast-check';
import type { CapacityStep, PlanPool, PlanTask, Snapshot } from '../../../src/main/allocator/index.ts';
import { POLICIES, SUBSYSTEM_IDS } from '../../../src/shared/domain/subsystem.ts';
import type { Preemptibility } from '../../../src/shared/domain/task.ts';
import type { UrgencyClass } from '../../../src/shared/domain/urgency.ts';
import { unitId } from '../../../src/shared/ids.ts';
import { HOUR, MINUTE, milli, seconds } from '../../../src/shared/units.ts';
import { UNIT, aPool, aSnapshot, aTask, at, committed, dailyHours, step, subsystems } from './builders.ts';

/** The value in one case of `oneIn`, null in the others. */
function sometimes<Value>(oneIn: number, value: fc.Arbitrary<Value>): fc.Arbitrary<Value | null> {
  return fc.oneof({ weight: oneIn - 1, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: value });
}

const subsystem = fc.constantFrom(...SUBSYSTEM_IDS);

const poolSketch = fc.record({
  size: fc.integer({ min: 1, max: 4 }),
  isDivisible: fc.boolean(),
  hours: fc.constantFrom('always', 'always', 'day', 'short'),
  outage: sometimes(
    3,
    fc.record({ from: fc.integer({ min: -2, max: 20 }), hours: fc.integer({ min: 1, max: 6 }) }),
  ),
  lostUnits: fc.integer({ min: 1, max: 4 }),
  guarantee: sometimes(3, subsystem),
  limit: sometimes(3, subsystem),
  grid: fc.constantFrom(1, 5, 15),
  reclaim: fc.constantFrom(0, 30, 120),
});
type PoolSketch = typeof poolSketch extends fc.Arbitrary<infer Value> ? Value : never;

const taskSketch = fc.record({
  subsystem,
  first: fc.nat({ max: 9 }),
  second: sometimes(2, fc.nat({ max: 9 })),
  units: fc.constantFrom(1, 1, 1, 2, 3),
  minutes: fc.constantFrom(10, 15, 30, 47, 90, 240),
  urgency: fc.constantFrom<UrgencyClass>(1, 2, 3, 4, 5),
  earliest: fc.integer({ min: -60, max: 300 }),
  fixed: sometimes(12, fc.integer({ min: 0, max: 600 })),
  due: sometimes(2, fc.integer({ min: 60, max: 900 })),
  after: sometimes(4, fc.nat({ max: 10 })),
  elastic: sometimes(4, fc.constantFrom(100, 333, 500, 1000)),
  preemptibility: fc.constantFrom<Preemptibility>('resume', 'restart', 'never'),
  maySpanClosures: fc.boolean(),
  state: fc.constantFrom('waiting', 'waiting', 'waiting', 'tentative', 'confirmed', 'running'),
  begun: fc.integer({ min: 0, max: 240 }),
  requester: fc.constantFrom('ann', 'bob', 'cy'),
  delay: sometimes(2, fc.constantFrom(5, 30, 90, 400)),
});
type TaskSketchValue = typeof taskSketch extends fc.Arbitrary<infer Value> ? Value : never;

function capacityOf(sketch: PoolSketch): CapacityStep[] {
  const hours =
    sketch.hours === 'always'
      ? [step(-24 * HOUR, sketch.size)]
      : dailyHours(sketch.hours === 'day' ? 7 : 1, sketch.hours === 'day' ? 19 : 4, 8, sketch.size);
  if (!sketch.outage) return hours;
  const from = sketch.outage.from * HOUR;
  const until = from + sketch.outage.hours * HOUR;
  const value = (offset: number): CapacityStep =>
    hours.findLast((row) => row.at <= at(offset)) ?? step(offset, sketch.size);
  const lower = (row: CapacityStep, offset: number): CapacityStep =>
    row.capacityMilli === 0
      ? { ...row, at: at(offset) }
      : step(offset, Math.max(0, row.capacityMilli / UNIT - sketch.lostUnits), 'outage');
  const inside = hours.filter((row) => row.at > at(from) && row.at < at(until)).map((row) => row.at - at(0));
  return [
    ...hours.filter((row) => row.at < at(from)),
    lower(value(from), from),
    ...inside.map((offset) => lower(value(offset), offset)),
    { ...value(until), at: at(until) },
    ...hours.filter((row) => row.at > at(until)),
  ];
}

function poolOf(sketch: PoolSketch, index: number): PlanPool {
  const id = `p${index}`;
  const shares = [
    ...(sketch.guarantee
      ? [{ subsystem: sketch.guarantee, guaranteeMilli: milli(UNIT), limitMilli: null }]
      : []),
    ...(sketch.limit && sketch.limit !== sketch.guarantee
      ? [
          {
            subsystem: sketch.limit,
            guaranteeMilli: milli(0),
            limitMilli: milli(UNIT * Math.max(1, sketch.size - 1)),
          },
        ]
      : []),
  ];
  const isUnitOut = !sketch.isDivisible && sketch.outage !== null;
  const lost = isUnitOut
    ? Array.from({ length: Math.min(sketch.size, sketch.lostUnits) }, (_, n) => n + 1)
    : [];
  return aPool(id, sketch.size, {
    kind: sketch.isDivisible ? 'divisible' : 'countable',
    capacity: capacityOf(sketch),
    absences: lost.map((n) => ({
      unitId: unitId(`${id}-${n}`),
      from: at((sketch.outage?.from ?? 0) * HOUR),
      until: at(((sketch.outage?.from ?? 0) + (sketch.outage?.hours ?? 0)) * HOUR),
    })),
    shares,
    gridSeconds: seconds(sketch.grid * MINUTE),
    reclaimSeconds: seconds(sketch.reclaim * MINUTE),
  });
}

function taskOf(sketch: TaskSketchValue, index: number, pools: readonly PlanPool[]): PlanTask {
  const [first, second] = [pools[sketch.first % pools.length], pools[(sketch.second ?? 0) % pools.length]];
  const needs: Record<string, number> = {};
  if (first) needs[first.id] = sketch.units;
  if (second && sketch.second !== null && second !== first) needs[second.id] = 1;
  const task = aTask(`t${String(index).padStart(2, '0')}`, {
    subsystem: sketch.subsystem,
    needs,
    minutes: sketch.minutes,
    urgency: sketch.urgency,
    earliest: sketch.earliest * MINUTE,
    submitted: Math.min(sketch.earliest, 0) * MINUTE,
    ...(sketch.fixed === null ? {} : { fixed: sketch.fixed * MINUTE }),
    ...(sketch.due === null ? {} : { due: sketch.due * MINUTE }),
    after: sketch.after === null ? [] : [`t${String(sketch.after).padStart(2, '0')}`],
    ...(sketch.after !== null && sketch.delay !== null && { delays: [seconds(sketch.delay * MINUTE)] }),
    elastic: sketch.elastic === null ? null : { minimumShareMilli: sketch.elastic },
    preemptibility: sketch.preemptibility,
    maySpanClosures: sketch.maySpanClosures,
    requester: sketch.requester,
  });
  return sketch.state === 'waiting' ? task : inState(task, sketch, pools);
}

function inState(task: PlanTask, sketch: TaskSketchValue, pools: readonly PlanPool[]): PlanTask {
  const state =
    sketch.state === 'running' ? 'running' : sketch.state === 'confirmed' ? 'confirmed' : 'tentative';
  const start = state === 'running' ? -sketch.begun * MINUTE : sketch.begun * 5 * MINUTE;
  const units = task.needs.map((need) => {
    const pool = pools.find((row) => row.id === need.poolId);
    return (pool?.units ?? []).slice(0, need.rateMilli / UNIT);
  });
  return committed(task, start, start + sketch.minutes * MINUTE, units, state);
}

/** A clinic of one to four pools and up to fourteen tasks, at the instant `T0`. */
export const randomClinic: fc.Arbitrary<Snapshot> = fc
  .record({
    pools: fc.array(poolSketch, { minLength: 1, maxLength: 4 }),
    tasks: fc.array(taskSketch, { minLength: 1, maxLength: 14 }),
    policies: fc.array(fc.constantFrom(...POLICIES), { minLength: 5, maxLength: 5 }),
  })
  .map(({ pools: poolSketches, tasks: taskSketches, policies }) => {
    const pools = poolSketches.map(poolOf);
    const rows = subsystems().map((row, index) => ({ ...row, policy: policies[index] ?? row.policy }));
    return aSnapshot(
      pools,
      taskSketches.map((sketch, index) => taskOf(sketch, index, pools)),
      { subsystems: rows },
    );
  });
