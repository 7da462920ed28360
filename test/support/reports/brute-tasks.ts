/**
 * Recomputes what a report says about tasks, beds, fairness and completeness, naively: a minute at a time, a task at a
 * time, with the rules told again in other words. Shares no code with the reports.
 */
import { SUBSYSTEM_IDS } from '../../../src/shared/domain/subsystem.ts';
import type { Preemption } from '../../../src/main/reports/indicators/preemptions.ts';
import type { ReportTask } from '../../../src/main/reports/indicators/waits.ts';
import type { BruteFigures, BruteInput } from './brute-force.ts';
import {
  endOf,
  isInHours,
  isInPlan,
  isReservedAt,
  isRunning,
  isUsed,
  isWaiting,
  unitsOut,
} from './brute-force.ts';

const MINUTE = 60;

/** The k-th smallest, k = the share of all rounded up: counted, not computed. */
function ranked(values: readonly number[], percent: number): number | null {
  return (
    [...values]
      .sort((left, right) => left - right)
      .find((value) => values.filter((other) => other <= value).length * 100 >= percent * values.length) ??
    null
  );
}

/** Minutes in which the task could have run, before an instant; null for history written down afterwards. */
function waitedSeconds(task: ReportTask, until: number, { tasks }: BruteInput): number | null {
  const { batchId, startedAt, submittedAt, earliestStart, fixedStart } = task;
  if (batchId !== null && startedAt !== null && submittedAt >= startedAt) return null;
  const wishes = [submittedAt, earliestStart, fixedStart ?? submittedAt];
  const ends = task.after.map((id) => {
    const before = tasks.find((other) => other.id === id);
    return before ? (before.endedAt ?? Infinity) : submittedAt;
  });
  let seconds = 0;
  for (let minute = Math.min(...wishes, ...ends); minute < until; minute += MINUTE) {
    if ([...wishes, ...ends].every((wish) => wish <= minute)) seconds += MINUTE;
  }
  return seconds;
}

/** `subsystem urgency` → started, median, P90, within target, still waiting. */
export function bruteWaits(input: BruteInput, targets: readonly number[]): Map<string, unknown[]> {
  const { from, until, asOf, tasks } = input;
  const rows = new Map<string, { waits: number[]; still: number }>();
  const end = Math.min(asOf, until);
  for (const task of tasks) {
    const key = `${task.subsystem} ${task.urgency}`;
    const row = rows.get(key) ?? { waits: [], still: 0 };
    const { startedAt } = task;
    if (startedAt !== null && startedAt >= from && startedAt < until && startedAt <= asOf) {
      const waited = waitedSeconds(task, startedAt, input);
      if (waited !== null) row.waits.push(waited);
    } else if (isWaiting(task, end - MINUTE, input)) row.still += 1;
    if (row.waits.length + row.still > 0) rows.set(key, row);
  }
  return new Map(
    [...rows].map(([key, { waits, still }]) => {
      const target = targets[Number(key.split(' ')[1]) - 1] ?? 0;
      const within = waits.filter((wait) => wait <= target).length;
      return [key, [waits.length, ranked(waits, 50), ranked(waits, 90), within, still]];
    }),
  );
}

/** Subsystem → finished, missed and of how many, on time and of how many, early, late and of how many, turnaround. */
export function bruteOutcomes(input: BruteInput): Map<string, unknown[]> {
  const { from, until, tasks, bookings } = input;
  const isIn = (at: number | null | undefined): boolean => at != null && from <= at && at < until;
  const promised = (task: ReportTask): [number, number] | null => {
    const windows = bookings.filter(
      ({ taskId, isReserved, plannedStart }) => taskId === task.id && isReserved && plannedStart !== null,
    );
    if (windows.length === 0) return null;
    const starts = windows.map(({ plannedStart }) => plannedStart ?? Infinity);
    const ends = windows.map(({ plannedEnd }) => plannedEnd ?? -Infinity);
    return [Math.min(...starts), Math.max(...ends)];
  };
  return new Map(
    SUBSYSTEM_IDS.map((subsystem) => {
      const own = tasks.filter((task) => task.subsystem === subsystem);
      const finished = own.filter(({ state, endedAt }) => state === 'finished' && isIn(endedAt));
      const due = own.filter((task) => isIn(promised(task)?.[0]));
      const missed = due.filter(({ state }) => state === 'missed').length;
      const begun = due.filter(({ startedAt }) => startedAt !== null);
      const onTime = begun.filter((task) => (task.startedAt ?? 0) - (promised(task)?.[0] ?? 0) <= 300).length;
      const late = finished
        .filter((task) => promised(task) !== null && !task.isAssumed)
        .map((task) => (task.endedAt ?? 0) - (promised(task)?.[1] ?? 0));
      const [early, over] = [late.filter((by) => by < -300).length, late.filter((by) => by > 300).length];
      const took = finished
        .map((task) => waitedSeconds(task, task.endedAt ?? 0, input))
        .filter((seconds) => seconds !== null);
      return [
        subsystem,
        [finished.length, missed, missed + begun.length, onTime, begun.length, early, over, late.length]
          .map((count): number | null => count)
          .concat(ranked(took, 50), ranked(took, 90)),
      ];
    }),
  );
}

/** `subsystem reason` → how often, and of it begun. */
export function brutePreemptions(
  preemptions: readonly Preemption[],
  { from, until }: Pick<BruteInput, 'from' | 'until'>,
): Map<string, [number, number]> {
  const counts = new Map<string, [number, number]>();
  for (const { at, subsystem, cause, wasRunning } of preemptions) {
    if (at < from || at >= until) continue;
    const [all, running] = counts.get(`${subsystem} ${cause}`) ?? [0, 0];
    counts.set(`${subsystem} ${cause}`, [all + 1, running + Number(wasRunning)]);
  }
  return counts;
}

/** Jain's index over the dominant shares, all weights one; null when nobody used or wanted anything. */
export function bruteFairness(input: BruteInput, pools: ReadonlyMap<string, BruteFigures>): number | null {
  const shares: number[] = [];
  for (const subsystem of SUBSYSTEM_IDS) {
    const parts = [...pools.values()].map((pool) => {
      const used = pool.bySubsystem[subsystem] ?? 0;
      return used === 0 ? 0 : Math.min(10, used / pool.offeredElapsed);
    });
    const own = input.tasks.filter((task) => task.subsystem === subsystem);
    let wanted = false;
    for (let minute = input.from; minute < Math.min(input.until, input.asOf); minute += MINUTE) {
      wanted ||= own.some((task) => isWaiting(task, minute, input));
    }
    if (wanted || Math.max(...parts) > 0) shares.push(Math.max(...parts));
  }
  if (shares.length === 0) return null;
  const [sum, squares] = [
    shares.reduce((total, share) => total + share, 0),
    shares.reduce((total, share) => total + share * share, 0),
  ];
  return squares === 0 ? 1 : (sum * sum) / (shares.length * squares);
}

/** Open tasks, assumed ends, recorded and open pool·seconds, seconds without data. */
export function bruteCompleteness(input: BruteInput, days: readonly [number, number][]): number[] {
  const { pools, bookings, tasks, from, until, asOf, zone } = input;
  const touches = (start: number, end: number): boolean => {
    for (let minute = start; minute < end; minute += MINUTE) {
      const isThere = bookings.some(
        (booking) =>
          isUsed(booking, minute, input) || isInPlan(booking, minute) || isReservedAt(booking, minute, input),
      );
      if (isThere) return true;
    }
    return false;
  };
  let [open, recorded, silent] = [0, 0, 0];
  for (const [start, end] of days) {
    const hasRecord = touches(start, end);
    for (let minute = start; minute < Math.min(end, asOf); minute += MINUTE) {
      const openPools = pools.filter(
        (pool) =>
          isInHours(pool, minute, zone) &&
          pool.capacityMilli >
            unitsOut(
              pool,
              pool.outages.filter((outage) => outage.isPlanned && isRunning(outage, minute)),
            ),
      ).length;
      open += openPools * MINUTE;
      if (hasRecord) recorded += openPools * MINUTE;
      else if (openPools > 0) silent += MINUTE;
    }
  }
  const known = tasks.filter(
    ({ submittedAt, startedAt, endedAt }) =>
      Math.min(submittedAt, startedAt ?? Infinity) < until && (endedAt === null || endedAt > from),
  );
  const isOpen = ({ state }: ReportTask): boolean =>
    !['finished', 'released', 'missed', 'cancelled'].includes(state);
  const guessed = new Map<string, number>();
  for (const booking of bookings) {
    const { taskId, actualStart, actualEnd } = booking;
    if (actualStart === null || actualEnd !== null) continue;
    if (tasks.some(({ id, endedAt }) => id === taskId && endedAt !== null)) continue;
    const end = endOf(booking, actualStart, input);
    if (asOf > end) guessed.set(taskId, Math.max(guessed.get(taskId) ?? end, end));
  }
  const isIn = (at: number | null): boolean => at !== null && from <= at && at < until;
  const assumed =
    tasks.filter(({ isAssumed, endedAt }) => isAssumed && isIn(endedAt)).length +
    [...guessed.values()].filter(isIn).length;
  return [known.filter(isOpen).length, assumed, recorded, open, silent];
}

/** Of one pool of beds: days, available and occupied bed-days (thousandths), stays ended, their days. */
export function bruteBeds(input: BruteInput, poolId: string, days: readonly [number, number][]): number[] {
  const { asOf, bookings, zone } = input;
  const pool = input.pools.find(({ id }) => id === poolId);
  if (!pool) return [];
  const over = days.filter(([, end]) => end <= asOf);
  const people = new Map<string, { minutes: number[]; rate: number; stays: boolean }>();
  for (const booking of bookings) {
    if (booking.poolId !== poolId || booking.actualStart === null) continue;
    const person = people.get(booking.taskId) ?? { minutes: [], rate: 0, stays: false };
    const end = endOf(booking, booking.actualStart, input);
    for (let minute = booking.actualStart as number; minute < Math.min(end, asOf); minute += MINUTE) {
      person.minutes.push(minute);
    }
    if (booking.actualStart >= Math.min(end, asOf)) continue;
    person.rate = Math.max(person.rate, booking.rateMilli);
    person.stays ||= booking.actualStart <= asOf && asOf < end;
    people.set(booking.taskId, person);
  }
  let [available, occupied, ended, lengths] = [0, 0, 0, 0];
  for (const [start, midnight] of over) {
    const before = midnight - MINUTE;
    const kept = pool.outages.filter((outage) => outage.isPlanned && isRunning(outage, before));
    const there = isInHours(pool, before, zone) ? pool.capacityMilli - unitsOut(pool, kept) : 0;
    available += there === 0 ? mostOpen(pool, [start, midnight], zone) : there;
  }
  const counted = over.map(() => new Map<number, number>());
  for (const { minutes, rate, stays } of people.values()) {
    const [first, last] = [Math.min(...minutes), Math.max(...minutes)];
    const left = stays ? Infinity : last + MINUTE;
    const nights = (all: readonly [number, number][]): number =>
      all.filter(([, midnight]) => first < midnight && midnight <= left).length;
    const leftOn = over.find(([start, end]) => start <= left && left < end);
    const cameOnIt = leftOn !== undefined && leftOn[0] <= first;
    over.forEach((day, index) => {
      if (!minutes.includes(day[1] - MINUTE) && !(cameOnIt && day === leftOn)) return;
      const held = counted[index];
      for (const minute of new Set(minutes)) {
        if (day[0] <= minute && minute < day[1]) held?.set(minute, (held.get(minute) ?? 0) + rate);
      }
    });
    if (!leftOn) continue;
    ended += 1;
    lengths += Math.max(1, nights(dayBounds(first, left, zone)));
  }
  for (const held of counted) occupied += Math.max(0, ...held.values());
  return [over.length, available, occupied, ended, lengths];
}

/** Units open at once on a day, at most. */
function mostOpen(
  pool: BruteInput['pools'][number],
  [start, end]: readonly [number, number],
  zone: string,
): number {
  let most = 0;
  for (let minute = start; minute < end; minute += MINUTE) {
    if (!isInHours(pool, minute, zone)) continue;
    const kept = pool.outages.filter((outage) => outage.isPlanned && isRunning(outage, minute));
    most = Math.max(most, pool.capacityMilli - unitsOut(pool, kept));
  }
  return most;
}

/** The local days from one instant to another, by asking for each hour which date it has. */
export function dayBounds(from: number, until: number, zone: string): [number, number][] {
  const dateOf = (at: number): string =>
    new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' }).format(new Date(at * 1000));
  const bounds: [number, number][] = [];
  let start = Math.floor(from / 3600) * 3600;
  while (dateOf(start - 3600) === dateOf(from)) start -= 3600;
  for (let at = start; at < until;) {
    let next = at + 3600;
    while (dateOf(next) === dateOf(at)) next += 3600;
    bounds.push([at, next]);
    at = next;
  }
  return bounds;
}
