/**
 * The bench's "clinic sets": PSPLIB instances as clinics (one time unit is five minutes; open on weekdays from 8 to 18;
 * an outage of half a pool on the second day; jobs dealt to five subsystems, precedence kept inside each), and the
 * sample clinic's backlog. Prints what search gains over budget 0 and how far it stays from a lower bound.
 */
import { readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { CapacityStep, PlanSettings, PlanTask, Snapshot } from '../../../src/main/allocator/index.ts';
import { plan } from '../../../src/main/allocator/index.ts';
import { REPLAN_SETTINGS } from '../../../src/main/usecases/planning/settings.ts';
import { snapshotOf } from '../../../src/main/usecases/planning/snapshot.ts';
import { SAMPLE_SEED, demoInstant, sampleClinic } from '../../../src/main/usecases/sample/sample-clinic.ts';
import type { Plan } from '../../../src/shared/domain/plan.ts';
import { SUBSYSTEM_IDS } from '../../../src/shared/domain/subsystem.ts';
import type { Instant } from '../../../src/shared/units.ts';
import { DAY, HOUR, MINUTE, seconds } from '../../../src/shared/units.ts';
import { T0, UNIT, at, settings, step, subsystems } from '../../support/allocator/builders.ts';
import { violations } from '../../support/allocator/feasibility.ts';
import { parseProject, projectSnapshot } from '../../support/allocator/psplib.ts';
import type { BenchRow } from './results.ts';

const TIME_UNIT = 5 * MINUTE;
const [OPENS, CLOSES] = [8 * HOUR, 18 * HOUR];
const WEEKS = 12;
const WEEKDAYS = 5;
const OUTAGE = { day: 1, from: 10 * HOUR, until: 14 * HOUR };
/** Instances taken per set, evenly spread over it. */
const INSTANCES_MOST = 24;

/** Weekdays only; the outage leaves half of the units, rounded up. */
function weeklyHours(units: number, hasOutage: boolean): CapacityStep[] {
  const steps: CapacityStep[] = [step(0, 0, 'closed')];
  for (let day = 0; day < 7 * WEEKS; day++) {
    if (day % 7 >= WEEKDAYS) continue;
    steps.push(step(day * DAY + OPENS, units));
    if (hasOutage && day === OUTAGE.day) {
      steps.push(
        step(day * DAY + OUTAGE.from, Math.ceil(units / 2), 'outage'),
        step(day * DAY + OUTAGE.until, units),
      );
    }
    steps.push(step(day * DAY + CLOSES, 0, 'closed'));
  }
  return steps;
}

function clinicOf(path: string): Snapshot {
  const project = projectSnapshot(parseProject(readFileSync(path, 'utf8')));
  const subsystemOf = new Map(
    project.tasks.map((task, index) => [task.id, SUBSYSTEM_IDS[index % SUBSYSTEM_IDS.length] ?? 'records']),
  );
  const tasks = project.tasks.map((task): PlanTask => ({
    ...task,
    subsystem: subsystemOf.get(task.id) ?? 'records',
    durationSeconds: seconds(task.durationSeconds * TIME_UNIT),
    after: task.after.filter((id) => subsystemOf.get(id) === subsystemOf.get(task.id)),
  }));
  const pools = project.pools.map((pool, index) => ({
    ...pool,
    capacity: weeklyHours(pool.nominalMilli / UNIT, index === 0),
    gridSeconds: seconds(TIME_UNIT),
  }));
  const rows = subsystems().map((row) => ({ ...row, policy: 'utilization' as const }));
  return { ...project, pools, tasks, subsystems: rows };
}

function endOf(made: Plan): number {
  return Math.max(...made.allocations.map((row) => row.segments.at(-1)?.end ?? made.now)) - made.now;
}

/** No schedule ends earlier: every pool must do its work, and every chain of tasks must pass, inside the hours. */
function lowerBound({ pools, tasks }: Snapshot): number {
  const byWork = pools.map((pool) => {
    const rate = (task: PlanTask): number =>
      task.needs.find((need) => need.poolId === pool.id)?.rateMilli ?? 0;
    let rest = tasks.reduce((sum, task) => sum + rate(task) * task.durationSeconds, 0);
    let end = 0;
    for (const [index, { at: from, capacityMilli }] of pool.capacity.entries()) {
      const length = (pool.capacity[index + 1]?.at ?? from) - from;
      if (rest <= 0) break;
      if (capacityMilli > 0) end = from - T0 + Math.min(length, Math.ceil(rest / capacityMilli));
      rest -= capacityMilli * length;
    }
    return end;
  });
  const ends = new Map<string, number>();
  const endOfTask = (task: PlanTask): number => {
    const known = ends.get(task.id);
    if (known !== undefined) return known;
    const before = tasks.filter((other) => task.after.includes(other.id)).map(endOfTask);
    const end = inHours(Math.max(0, ...before), task.durationSeconds);
    ends.set(task.id, end);
    return end;
  };
  return Math.max(...byWork, ...tasks.map(endOfTask));
}

/** The earliest end of `duration` seconds without a break inside the weekly hours, from `ready` seconds after `T0`. */
function inHours(ready: number, duration: number): number {
  for (let day = Math.floor(ready / DAY); ; day++) {
    const start = Math.max(ready, day * DAY + OPENS);
    if (day % 7 < WEEKDAYS && start + duration <= day * DAY + CLOSES) return start + duration;
  }
}

interface Gain {
  readonly name: string;
  readonly first: number;
  readonly found: number;
  readonly bound: number;
  readonly schedules: number;
  readonly milliseconds: number;
  readonly faults: readonly string[];
}

/** Plans with and without search and measures both. */
function gainOf(given: {
  readonly name: string;
  readonly snapshot: Snapshot;
  readonly now: Instant;
  readonly settings: PlanSettings;
  readonly measure: (made: Plan) => number;
  readonly bound: number;
}): Gain {
  const { name, snapshot, now, measure, bound } = given;
  const first = measure(plan(snapshot, now, { ...given.settings, budget: 0 }));
  const began = performance.now();
  const made = plan(snapshot, now, given.settings);
  const milliseconds = performance.now() - began;
  const found = measure(made);
  const faults = violations(snapshot, made, now + given.settings.horizonSeconds);
  if (found < bound) faults.push(`${found} beats the lower bound ${bound}`);
  return {
    name,
    first,
    found,
    bound,
    schedules: made.budgetUsed,
    milliseconds,
    faults: faults.map((line) => `${name}: ${line}`),
  };
}

function rowsOf(set: string, what: string, budget: number, gains: readonly Gain[]): BenchRow[] {
  const percent = (part: number, whole: number): number => (whole === 0 ? 0 : (100 * part) / whole);
  const made = gains.map((row) => percent(row.first - row.found, row.first));
  const gaps = gains.map((row) => percent(row.found - row.bound, row.bound));
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const schedules = gains.reduce((sum, row) => sum + row.schedules, 0);
  const milliseconds = gains.reduce((sum, row) => sum + row.milliseconds, 0);
  const common = {
    set,
    instances: gains.length,
    budget,
    microsecondsPerSchedule: schedules === 0 ? null : (1000 * milliseconds) / schedules,
    schedulesUsed: schedules,
    must: null,
  };
  return [
    {
      ...common,
      measure: `${what}: gain over budget 0, %`,
      value: mean(made),
      worst: Math.min(...made),
      faults: [],
    },
    {
      ...common,
      measure: `${what}: gap to a lower bound, %`,
      value: mean(gaps),
      worst: Math.max(...gaps),
      faults: gains.flatMap((row) => row.faults),
    },
  ];
}

/** The sample clinic's open work at its demonstration, under its own policies. */
function sampleSnapshot(): { readonly snapshot: Snapshot; readonly now: Instant } {
  const {
    clinic,
    pools,
    subsystems: rows,
    open,
    now,
  } = sampleClinic({ now: demoInstant(), seed: SAMPLE_SEED });
  const allocations = new Map(open.flatMap((row) => (row.allocation ? [[row.task.id, row.allocation]] : [])));
  const tasks = open.map((row) => row.task);
  const snapshot = snapshotOf({
    books: { clinic, pools, subsystems: rows, tasks, allocations, used: [], ended: [] },
    now,
    horizonSeconds: REPLAN_SETTINGS.horizonSeconds,
    timeZoneData: 'bench',
  });
  return { snapshot, now };
}

/** Hours that waiting work waits for, from its earliest wish (or now) to its start. */
function waitHours(snapshot: Snapshot, made: Plan): number {
  const starts = new Map(made.allocations.map((row) => [row.taskId, row.segments[0]?.start ?? made.now]));
  return snapshot.tasks
    .filter((task) => task.state === 'waiting')
    .reduce((sum, task) => {
      const wish = Math.max(made.now, task.earliestStart);
      return sum + ((starts.get(task.id) ?? wish) - wish) / HOUR;
    }, 0);
}

function benchSample(budget: number, seed: number): BenchRow[] {
  const { snapshot, now } = sampleSnapshot();
  const chosen = { ...REPLAN_SETTINGS, budget, seed };
  const promised = snapshot.tasks.filter((task) => task.state !== 'waiting');
  // Nobody can wait less than beside the promised work alone.
  const bound = snapshot.tasks
    .filter((task) => task.state === 'waiting')
    .reduce((sum, task) => {
      const alone = { ...snapshot, tasks: [...promised, task] };
      return sum + waitHours(alone, plan(alone, now, REPLAN_SETTINGS));
    }, 0);
  const measure = (made: Plan): number => waitHours(snapshot, made);
  const gain = gainOf({
    name: 'sample clinic',
    snapshot,
    now,
    settings: chosen,
    measure,
    bound: bound - 1e-6,
  });
  return rowsOf('sample clinic', 'hours waited', budget, [gain]);
}

/** Two rows per set (the folder of the `.sm` files) and budget, and two for the sample clinic. */
export function benchClinics(paths: readonly string[], budgets: readonly number[], seed: number): BenchRow[] {
  const sets = Map.groupBy(paths, (path) => basename(dirname(path)));
  return budgets.flatMap((budget) => [
    ...[...sets].flatMap(([set, members]) => {
      const stride = Math.ceil(members.length / INSTANCES_MOST);
      const chosen = members.filter((_, index) => index % stride === 0);
      const gains = chosen.map((path) => {
        const snapshot = clinicOf(path);
        return gainOf({
          name: basename(path),
          snapshot,
          now: at(0),
          settings: settings({
            objective: 'makespan',
            horizonSeconds: seconds(7 * WEEKS * DAY),
            budget,
            seed,
          }),
          measure: endOf,
          bound: lowerBound(snapshot),
        });
      });
      return rowsOf(`clinic ${set}`, 'makespan', budget, gains);
    }),
    ...benchSample(budget, seed),
  ]);
}
