/**
 * The speed part of the bench: reserve and earliest fit at 1,000 and 100,000 reservations in one pool (scattered, and
 * saturated so that every fit skips a gap), whole plans from scratch, and one quote into a plan.
 */
import { QuoteBook, plan, quote } from '../../../src/main/allocator/index.ts';
import { Profile } from '../../../src/main/allocator/profile.ts';
import { aTask, at, settings } from '../../support/allocator/builders.ts';
import { makeBacklog, makeRandom } from './load.ts';
import type { BenchRow } from './results.ts';

const ROUNDS = 7;
/** Quotes per round: one is too short for the processor's clock. */
const QUOTES = 100;
/** Plans of a thousand tasks are made this often: in an application that has run for a while the code is warm. */
const ROUNDS_WARM = 30;
const OPERATIONS = 20_000;

/**
 * This thread's processor time of the fastest of a few rounds, in milliseconds: for how long the work holds the thread
 * that answers, on a machine that others use too. (The compiler's and collector's own threads are not counted.)
 */
function millisecondsOf(work: () => void, rounds = ROUNDS): number {
  let fastest = Infinity;
  for (let round = 0; round < rounds; round++) {
    const before = process.threadCpuUsage();
    work();
    const { user, system } = process.threadCpuUsage(before);
    fastest = Math.min(fastest, (user + system) / 1000);
  }
  return fastest;
}

function row(set: string, measure: string, value: number, must: number | null): BenchRow {
  const none = { worst: null, microsecondsPerSchedule: null, schedulesUsed: null, faults: [] };
  return { set, measure, instances: 1, budget: 0, value, must, ...none };
}

/** Earliest start of `duration` seconds at `rate` from `from` on: the two searches that earliest fit is made of. */
function firstFit(profile: Profile, from: number, duration: number, rate: number): number {
  for (let start = from; ;) {
    const blocked = profile.lastBelow(start, start + duration, rate);
    if (blocked === null) return start;
    start = profile.firstAtLeast(blocked, rate);
  }
}

function filled(reservations: number, isSaturated: boolean): Profile {
  const random = makeRandom(1);
  const profile = new Profile(10_000);
  for (let index = 0; index < reservations; index++) {
    const from = isSaturated ? index * 600 : random(65_536) * 65_536 + random(65_536);
    profile.add(
      from,
      from + (isSaturated ? 600 - (index % 2) : 60 + random(600)),
      isSaturated ? -10_000 + (index % 7) : -1000,
    );
  }
  return profile;
}

/** Microseconds per operation: fit, reserve, release, counted as three. */
function profileMicroseconds(reservations: number, isSaturated: boolean): number {
  const profile = filled(reservations, isSaturated);
  const random = makeRandom(2);
  const span = isSaturated ? reservations * 600 : 65_536 * 65_536;
  const milliseconds = millisecondsOf(() => {
    for (let index = 0; index < OPERATIONS; index++) {
      const from = Math.floor((random(65_536) / 65_536) * span);
      const start = firstFit(profile, from, isSaturated ? 1 : 1800, 4000);
      profile.add(start, start + 1800, -1000);
      profile.add(start, start + 1800, 1000);
    }
  });
  return (1000 * milliseconds) / (3 * OPERATIONS);
}

function benchProfile(): BenchRow[] {
  return [false, true].flatMap((isSaturated) => {
    const name = isSaturated ? 'profile, saturated' : 'profile';
    const small = profileMicroseconds(1000, isSaturated);
    const large = profileMicroseconds(100_000, isSaturated);
    return [
      row(name, 'µs per operation at 100,000', large, 10),
      row(name, 'time at 100,000 ÷ time at 1,000', large / small, 2.5),
    ];
  });
}

function benchPlan(taskCount: number, poolCount: number, must: number | null): BenchRow[] {
  const snapshot = makeBacklog(taskCount, poolCount, 7);
  const set = `${taskCount} tasks, ${poolCount} pools`;
  const cold = millisecondsOf(() => void plan(snapshot, at(0), settings()), 1);
  const adopted = plan(snapshot, at(0), settings());
  const task = aTask('quoted', { needs: { p1: 1, p2: 1 } });
  const book = new QuoteBook(snapshot, adopted, at(0), settings());
  const ready = millisecondsOf(() => {
    for (let time = 0; time < QUOTES; time++) book.quote(task, 3);
  });
  return [
    row(
      set,
      'plan from scratch, ms',
      millisecondsOf(() => void plan(snapshot, at(0), settings()), taskCount > 1000 ? ROUNDS : ROUNDS_WARM),
      must,
    ),
    row(set, 'the first such plan of the process, ms', cold, null),
    row(set, 'quote into a quote book, ms', ready / QUOTES, must === null ? null : 5),
    row(
      set,
      'quote from scratch, ms',
      millisecondsOf(() => void quote(snapshot, adopted, task, at(0), settings())),
      null,
    ),
  ];
}

export function benchSpeed(): BenchRow[] {
  return [...benchProfile(), ...benchPlan(1000, 20, 50), ...benchPlan(10_000, 50, null)];
}
