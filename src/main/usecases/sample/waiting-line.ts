/**
 * The work that makes the sample clinic's queues worth looking at: more urgent ultrasounds than rooms, a reading that
 * waits for its scan, a visit at a fixed time, an analysis that stretches, claims with due dates. Where a room is
 * closed, its line forms for the next opening. Pure.
 */
import { offeredSteps, unchanged } from '../../../shared/calendar.ts';
import type { Pool } from '../../../shared/domain/pool.ts';
import type { Task, WorkKind } from '../../../shared/domain/task.ts';
import type { UrgencyClass } from '../../../shared/domain/urgency.ts';
import { taskId } from '../../../shared/ids.ts';
import { instantOfWall, localDays } from '../../../shared/local-time.ts';
import type { Instant, Seconds } from '../../../shared/units.ts';
import { DAY, HOUR, MINUTE, instant } from '../../../shared/units.ts';
import type { DemandSource } from './demand.ts';
import { suitablePatients } from './demand.ts';
import type { SamplePatient } from './people.ts';
import { Dice } from './random.ts';
import { waitingTask } from './rows.ts';
import type { SampleOpenRow } from './today.ts';
import { kindById } from './work-kinds.ts';

interface Waiting {
  readonly name: string;
  readonly kind: string;
  readonly urgency: UrgencyClass;
  /** Entered, and wished for, so long ago. */
  readonly minutesAgo: number;
  readonly dueInHours?: number;
  /** The name of another row that must have ended first; it is about the same patient. */
  readonly after?: string;
  readonly isFixed?: boolean;
  readonly isElastic?: boolean;
}

const LINE: readonly Waiting[] = [
  { name: 'us-1', kind: 'fetal-us', urgency: 2, minutesAgo: 9 },
  { name: 'us-2', kind: 'abdominal-us', urgency: 2, minutesAgo: 12 },
  { name: 'us-3', kind: 'carotid-us', urgency: 3, minutesAgo: 28 },
  { name: 'us-4', kind: 'breast-us', urgency: 4, minutesAgo: 41 },
  { name: 'us-5', kind: 'thyroid-us', urgency: 5, minutesAgo: 70 },
  { name: 'ct-1', kind: 'chest-ct', urgency: 3, minutesAgo: 18 },
  { name: 'ct-2', kind: 'chest-ct', urgency: 4, minutesAgo: 35 },
  { name: 'ct-3d', kind: 'reconstruction', urgency: 3, minutesAgo: 18, after: 'ct-1' },
  { name: 'ct-report', kind: 'reading', urgency: 4, minutesAgo: 35, after: 'ct-2' },
  { name: 'visit', kind: 'follow-up', urgency: 5, minutesAgo: 90, isFixed: true },
  {
    name: 'visit-claim',
    kind: 'outpatient-claim',
    urgency: 4,
    minutesAgo: 90,
    after: 'visit',
    dueInHours: 78,
  },
  { name: 'claim-1', kind: 'outpatient-claim', urgency: 4, minutesAgo: 100, dueInHours: 26 },
  { name: 'claim-2', kind: 'inpatient-claim', urgency: 4, minutesAgo: 60, dueInHours: 30 },
  { name: 'claim-3', kind: 'quote', urgency: 3, minutesAgo: 15, dueInHours: 20 },
  { name: 'cohort', kind: 'cohort', urgency: 4, minutesAgo: 50, isElastic: true },
  { name: 'quality', kind: 'quality', urgency: 4, minutesAgo: 20 },
  { name: 'watch', kind: 'post-procedure', urgency: 2, minutesAgo: 5 },
];

const FIXED_MINUTE = 14 * 60;
/** An elastic analysis may run at a quarter of the cores it wishes for. */
const MINIMUM_SHARE_MILLI = 250;
/** No pool of the sample is closed for longer. */
const OPENING_WITHIN_SECONDS = 8 * DAY;

export interface LineContext {
  readonly pools: readonly Pool[];
  readonly source: DemandSource;
  readonly now: Instant;
  /** What is running, confirmed or waiting already. */
  readonly promised: readonly SampleOpenRow[];
}

/** One waiting task per row of the line, in its order. */
export function waitingLine(context: LineContext): SampleOpenRow[] {
  const tasks = new Map<string, Task>();
  for (const [index, row] of LINE.entries()) {
    const previous = row.after === undefined ? null : (tasks.get(row.after) ?? null);
    tasks.set(row.name, lineTask(row, index, context, previous));
  }
  return [...tasks.values()].map((task) => ({ task, allocation: null }));
}

function lineTask(row: Waiting, index: number, context: LineContext, previous: Task | null): Task {
  const { source, now } = context;
  const kind = kindById(row.kind);
  const dice = new Dice(source.seed, index, row.minutesAgo);
  const patient =
    kind.whom === 'nobody' ? null : dice.pick(atHome(suitablePatients(kind.whom, source.patients), context));
  const patientId = previous?.patientId ?? patient?.id ?? null;
  const submittedAt = instant(now - row.minutesAgo * MINUTE);
  const opening = firstOpening(poolsOf(kind.kind.needs, context.pools), now, source.zone);
  const fixedStart = row.isFixed ? nextFixedStart(kind.kind, context) : null;
  const demand = {
    key: `line-${row.name}`,
    seed: 0,
    kind,
    patient,
    requester: patientId ?? 'study-1',
    urgency: row.urgency,
    submittedAt,
    earliestStart: fixedStart ?? (opening > now ? opening : submittedAt),
    isAppointment: row.isFixed ?? false,
  };
  return {
    ...waitingTask(demand),
    id: taskId(`sample-${demand.key}`),
    patientId,
    fixedStart,
    due: row.dueInHours === undefined ? null : instant(Math.max(now, opening) + row.dueInHours * HOUR),
    after: previous ? [previous.id] : [],
    elastic: row.isElastic ? { minimumShareMilli: MINIMUM_SHARE_MILLI } : null,
  };
}

/** Who has nothing promised yet; anyone where everybody has. */
function atHome(patients: readonly SamplePatient[], { promised }: LineContext): readonly SamplePatient[] {
  const busy = new Set(promised.map(({ task }) => task.patientId));
  const free = patients.filter((one) => !busy.has(one.id));
  return free.length > 0 ? free : patients;
}

function poolsOf(needs: Task['needs'], pools: readonly Pool[]): Pool[] {
  return pools.filter((pool) => needs.some((need) => need.poolId === pool.id));
}

/** The first instant from now on at which the first of these pools offers anything. */
function firstOpening([pool]: readonly Pool[], now: Instant, zone: string): Instant {
  if (!pool) return now;
  const steps = offeredSteps(
    unchanged(pool),
    { from: now, until: instant(now + OPENING_WITHIN_SECONDS) },
    zone,
  );
  return steps.find((step) => step.capacityMilli > 0)?.at ?? now;
}

/** The first 14:00, at least an hour ahead, at which the pool is open and has a unit that nobody was promised. */
function nextFixedStart(kind: WorkKind, { pools, source, now, promised }: LineContext): Instant | null {
  const [pool] = poolsOf(kind.needs, pools);
  if (!pool) return null;
  const until = instant(now + OPENING_WITHIN_SECONDS);
  const steps = offeredSteps(unchanged(pool), { from: now, until }, source.zone);
  const isOpenAt = (at: Instant) => (steps.findLast((step) => step.at <= at)?.capacityMilli ?? 0) > 0;
  const hasRoomAt = (at: Instant) => heldUnits(pool, promised, at, kind.durationSeconds) < pool.units.length;
  return (
    localDays(now, until, source.zone)
      .map((day) => instantOfWall(day.dayNumber, FIXED_MINUTE, source.zone))
      .find((at) => at >= now + HOUR && at < until && isOpenAt(at) && hasRoomAt(at)) ?? null
  );
}

/** How many of the pool's units are promised at any time within `length` from `at`. */
function heldUnits(pool: Pool, promised: readonly SampleOpenRow[], at: Instant, length: Seconds): number {
  const units = new Set<string>(pool.units.map((unit) => unit.id));
  const held = promised
    .filter(({ allocation }) =>
      allocation?.segments.some(({ start, end }) => start < at + length && at < end),
    )
    .flatMap(({ allocation }) => allocation?.units.flat() ?? []);
  return new Set(held.filter((unit) => units.has(unit))).size;
}
