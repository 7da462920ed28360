/**
 * Recomputes a report's figures minute by minute from the clinic's own words (weekly hours, outages, bookings, tasks).
 * Shares no code with the reports or the calendar: no steps, no sweep, no clipping, its own reading of local time.
 * Slow on purpose. Exact only when every instant is a whole minute, which the generators see to.
 */
import type { BookingFigures } from '../../../src/main/ledger/index.ts';
import type { Outage, Pool } from '../../../src/shared/domain/pool.ts';
import type { WaitCause } from '../../../src/main/ledger/index.ts';
import type { ReportTask } from '../../../src/main/reports/indicators/waits.ts';

export interface BruteInput {
  readonly pools: readonly Pool[];
  readonly bookings: readonly BookingFigures[];
  readonly tasks: readonly ReportTask[];
  readonly waitCauses: readonly WaitCause[];
  readonly from: number;
  readonly until: number;
  readonly asOf: number;
  readonly zone: string;
  readonly defaultSeconds: number;
}

export interface BruteFigures {
  capacity: number;
  used: number;
  reservedUnused: number;
  idleWhileWaited: number;
  idle: number;
  down: number;
  closed: number;
  offered: number;
  offeredElapsed: number;
  overcommitted: number;
  overcommittedOutside: number;
  unmet: number;
  planned: number;
  reserved: number;
  actual: number;
  actualWhileOpen: number;
  openElapsedSeconds: number;
  peak: number;
  bySubsystem: Record<string, number>;
  /** The part of it while the pool offered anything, before `asOf`. */
  openBySubsystem: Record<string, number>;
}

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const localMinutes = new Map<string, { weekday: number; minute: number }>();

/** The figures of each pool, by pool id. */
export function bruteFigures(input: BruteInput): Map<string, BruteFigures> {
  const figures = new Map(input.pools.map((pool) => [pool.id as string, zeros()]));
  for (let minute = input.from; minute < input.until; minute += 60) {
    const states = new Map(input.pools.map((pool) => [pool.id as string, poolAt(pool, minute, input)]));
    for (const [poolId, now] of states) {
      const sums = figures.get(poolId);
      if (sums) addMinute(sums, now, waitingAt(poolId, minute, input, states), minute < input.asOf);
    }
  }
  return figures;
}

interface PoolMinute {
  nominal: number;
  scheduled: number;
  offered: number;
  load: number;
  reservedUnused: number;
  reserved: number;
  planned: number;
  bySubsystem: Record<string, number>;
}

function addMinute(
  sums: BruteFigures,
  now: PoolMinute,
  waiting: { all: number; ready: number },
  isPast: boolean,
): void {
  let units = now.offered;
  const take = (wanted: number): number => {
    const taken = Math.max(0, Math.min(wanted, units));
    units -= taken;
    return taken * 60;
  };
  const used = take(now.load);
  sums.used += used;
  sums.reservedUnused += take(now.reservedUnused);
  const free = units;
  sums.idleWhileWaited += take(waiting.ready);
  sums.idle += units * 60;
  sums.down += (now.scheduled - now.offered) * 60;
  sums.closed += (now.nominal - now.scheduled) * 60;
  sums.capacity += now.nominal * 60;
  sums.offered += now.offered * 60;
  sums.overcommitted += now.load * 60 - used;
  sums.overcommittedOutside += Math.min(now.load, now.nominal) * 60 - used;
  if (now.scheduled > 0 && waiting.all > free) sums.unmet += (waiting.all - free) * 60;
  sums.planned += now.planned * 60;
  sums.reserved += now.reserved * 60;
  sums.actual += now.load * 60;
  sums.peak = Math.max(sums.peak, now.load);
  for (const [subsystem, load] of Object.entries(now.bySubsystem)) {
    sums.bySubsystem[subsystem] = (sums.bySubsystem[subsystem] ?? 0) + load * 60;
  }
  if (!isPast) return;
  sums.offeredElapsed += now.offered * 60;
  if (now.offered > 0) {
    sums.openElapsedSeconds += 60;
    sums.actualWhileOpen += now.load * 60;
    for (const [subsystem, load] of Object.entries(now.bySubsystem)) {
      sums.openBySubsystem[subsystem] = (sums.openBySubsystem[subsystem] ?? 0) + load * 60;
    }
  }
}

function poolAt(pool: Pool, at: number, input: BruteInput): PoolMinute {
  const nominal = pool.capacityMilli;
  const isOpen = isInHours(pool, at, input.zone);
  const running = pool.outages.filter((outage) => isRunning(outage, at));
  const maintained = unitsOut(
    pool,
    running.filter(({ isPlanned }) => isPlanned),
  );
  const out = unitsOut(pool, running);
  const minute: PoolMinute = {
    nominal,
    scheduled: isOpen ? nominal - maintained : 0,
    offered: isOpen ? nominal - out : 0,
    load: 0,
    reserved: 0,
    reservedUnused: 0,
    planned: 0,
    bySubsystem: {},
  };
  const perTask = new Map<string, { used: number; reserved: number }>();
  for (const booking of input.bookings.filter(({ poolId }) => poolId === pool.id)) {
    const { taskId, rateMilli, subsystem } = booking;
    const task = perTask.get(taskId) ?? { used: 0, reserved: 0 };
    perTask.set(taskId, task);
    if (isUsed(booking, at, input)) {
      minute.load += rateMilli;
      minute.bySubsystem[subsystem] = (minute.bySubsystem[subsystem] ?? 0) + rateMilli;
      task.used += rateMilli;
    }
    if (isReservedAt(booking, at, input)) {
      minute.reserved += rateMilli;
      task.reserved += rateMilli;
    }
    if (isInPlan(booking, at)) minute.planned += rateMilli;
  }
  for (const { used, reserved } of perTask.values()) {
    if (reserved > used) minute.reservedUnused += reserved - used;
  }
  return minute;
}

export function isUsed(booking: BookingFigures, at: number, input: BruteInput): boolean {
  if (booking.actualStart === null || at < booking.actualStart || at >= input.asOf) return false;
  return at < endOf(booking, booking.actualStart, input);
}

/** The rule for open ends, told again: planned or default duration; up to twice that while marked as running. */
export function endOf(booking: BookingFigures, start: number, { asOf, defaultSeconds }: BruteInput): number {
  if (booking.actualEnd !== null) return booking.actualEnd;
  const { plannedStart, plannedEnd } = booking;
  const hasPlan = plannedStart !== null && plannedEnd !== null && plannedEnd > plannedStart;
  const duration = hasPlan ? plannedEnd - plannedStart : defaultSeconds;
  const isLate = asOf > start + duration;
  const isBelieved = booking.state === 'running' && asOf <= start + 2 * duration;
  return isLate && isBelieved ? asOf + Math.max(300, Math.ceil(duration / 10)) : start + duration;
}

export function isReservedAt(booking: BookingFigures, at: number, input: BruteInput): boolean {
  const { actualStart, isReserved } = booking;
  const isPromised = isReserved && isInPlan(booking, at);
  if (actualStart === null) return isPromised;
  const end = endOf(booking, actualStart, input);
  const isRest = at >= Math.max(input.asOf, actualStart) && at < end;
  return isRest || (isPromised && at < end);
}

export function isInPlan({ plannedStart, plannedEnd }: BookingFigures, at: number): boolean {
  return plannedStart !== null && plannedEnd !== null && plannedStart <= at && at < plannedEnd;
}

function waitingAt(
  poolId: string,
  at: number,
  input: BruteInput,
  states: ReadonlyMap<string, PoolMinute>,
): { all: number; ready: number } {
  const waiting = { all: 0, ready: 0 };
  if (at >= input.asOf) return waiting;
  for (const task of input.tasks) {
    if (!isWaiting(task, at, input)) continue;
    const logged = input.waitCauses.find((one) => one.taskId === task.id && one.from <= at && at < one.until);
    if (logged && ['precedence', 'delay', 'fixed-start', 'refused'].includes(logged.rule)) continue;
    const blames = logged && !['kept', 'grid'].includes(logged.rule) ? [logged.poolId] : [];
    for (const need of task.needs.filter((one) => one.poolId === poolId)) {
      const wanted = Math.max(0, need.rateMilli - heldFor(task.id, poolId, at, input));
      waiting.all += wanted;
      const others = task.needs.filter((one) => one.poolId !== poolId);
      const isReady = others.every((other) => {
        const pool = states.get(other.poolId);
        return !pool || pool.offered - pool.load - pool.reservedUnused >= other.rateMilli;
      });
      if (isReady && blames.every((blamed) => blamed === poolId)) waiting.ready += wanted;
    }
  }
  return waiting;
}

/** Units of a pool that a task has: held for it or in use. */
function heldFor(taskId: string, poolId: string, at: number, input: BruteInput): number {
  let [held, used] = [0, 0];
  for (const booking of input.bookings) {
    if (booking.taskId !== taskId || booking.poolId !== poolId) continue;
    if (isReservedAt(booking, at, input)) held += booking.rateMilli;
    if (isUsed(booking, at, input)) used += booking.rateMilli;
  }
  return Math.max(held, used);
}

export function isWaiting(
  task: ReportTask,
  at: number,
  { tasks, waitCauses }: Pick<BruteInput, 'tasks' | 'waitCauses'>,
): boolean {
  if (task.batchId !== null && task.startedAt !== null && task.submittedAt >= task.startedAt) return false;
  if (at < task.submittedAt || at < task.earliestStart || at < (task.fixedStart ?? at)) return false;
  for (const id of task.after) {
    const before = tasks.find((other) => other.id === id);
    if (before && (before.endedAt === null || at < before.endedAt)) return false;
  }
  if (task.startedAt !== null) return at < task.startedAt;
  if (['waiting', 'tentative', 'confirmed'].includes(task.state)) return true;
  if (task.endedAt !== null) return at < task.endedAt;
  // On hold or called off, nobody knows when: as long as a plan said that it waited.
  return waitCauses.some(({ taskId, from, until }) => taskId === task.id && from <= at && at < until);
}

export function isRunning({ start, end }: Outage, at: number): boolean {
  return start <= at && (end === null || at < end);
}

export function unitsOut(pool: Pool, outages: readonly Outage[]): number {
  if (outages.some(({ unitId }) => unitId === null)) return pool.capacityMilli;
  return 1000 * pool.units.filter(({ id }) => outages.some(({ unitId }) => unitId === id)).length;
}

export function isInHours(pool: Pool, at: number, zone: string): boolean {
  if (pool.weeklyHours === null) return true;
  const { weekday, minute } = localMinute(at, zone);
  const ranges = pool.weeklyHours[weekday] ?? [];
  return ranges.some(({ fromMinute, toMinute }) => fromMinute <= minute && minute < toMinute);
}

export function localMinute(at: number, zone: string): { weekday: number; minute: number } {
  const key = `${zone} ${at}`;
  const known = localMinutes.get(key);
  if (known) return known;
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(new Date(at * 1000));
  const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? '';
  const local = {
    weekday: weekdays.indexOf(part('weekday')),
    minute: Number(part('hour')) * 60 + Number(part('minute')),
  };
  localMinutes.set(key, local);
  return local;
}

function zeros(): BruteFigures {
  return {
    capacity: 0,
    used: 0,
    reservedUnused: 0,
    idleWhileWaited: 0,
    idle: 0,
    down: 0,
    closed: 0,
    offered: 0,
    offeredElapsed: 0,
    overcommitted: 0,
    overcommittedOutside: 0,
    unmet: 0,
    planned: 0,
    reserved: 0,
    actual: 0,
    actualWhileOpen: 0,
    openElapsedSeconds: 0,
    peak: 0,
    bySubsystem: {},
    openBySubsystem: {},
  };
}
