/**
 * Sums of one pool's accounting as a row of whole numbers, so that stretches are added to days and days to years by one
 * rule, whether they were measured a moment ago or kept in the ledger. What each number means is `Account`.
 */
import type { Account } from '../../../shared/domain/report.ts';
import { milli, seconds, work } from '../../../shared/units.ts';
import type { PoolStretch } from './sweep.ts';

/** Where each sum stands in a row. */
export const ACCOUNT_AT = {
  used: 0,
  reservedUnused: 1,
  idleWhileWaited: 2,
  idle: 3,
  down: 4,
  closed: 5,
  offered: 6,
  offeredElapsed: 7,
  overcommitted: 8,
  overcommittedOutside: 9,
  unmet: 10,
  planned: 11,
  reserved: 12,
  actual: 13,
  openElapsedSeconds: 14,
  actualWhileOpen: 15,
  peakMilli: 16,
} as const;

/** How many numbers a row of an account has. */
export const ACCOUNT_SUMS = 17;

/** A list of numbers that sums are kept in; they are whole and safe. */
export type Sums = Float64Array;
/** The same, to be read only: where every number is small, in half the room. */
export type KeptSums = Float64Array | Uint32Array;

/**
 * Adds what is booked, used, left and wanting during one stretch; the order of giving out is the product's own.
 * @param row  where the account's row begins
 */
export function addStretch(sums: Sums, row: number, stretch: Readonly<PoolStretch>, isPast: boolean): void {
  const duration = stretch.until - stretch.from;
  const { nominal, open, down, load } = stretch;
  const offered = open - down;
  const used = Math.min(load, offered);
  const reservedUnused = Math.min(stretch.reservedUnused, offered - used);
  const left = offered - used - reservedUnused;
  const waitedFor = Math.min(stretch.wantedReady, left);

  add(sums, row + ACCOUNT_AT.used, used * duration);
  add(sums, row + ACCOUNT_AT.reservedUnused, reservedUnused * duration);
  add(sums, row + ACCOUNT_AT.idleWhileWaited, waitedFor * duration);
  add(sums, row + ACCOUNT_AT.idle, (left - waitedFor) * duration);
  add(sums, row + ACCOUNT_AT.down, down * duration);
  add(sums, row + ACCOUNT_AT.closed, (nominal - open) * duration);

  add(sums, row + ACCOUNT_AT.offered, offered * duration);
  add(sums, row + ACCOUNT_AT.overcommitted, (load - used) * duration);
  add(sums, row + ACCOUNT_AT.overcommittedOutside, (Math.min(load, nominal) - used) * duration);
  if (open > 0) add(sums, row + ACCOUNT_AT.unmet, Math.max(0, stretch.wanted - left) * duration);
  add(sums, row + ACCOUNT_AT.planned, stretch.planned * duration);
  add(sums, row + ACCOUNT_AT.reserved, stretch.reserved * duration);
  add(sums, row + ACCOUNT_AT.actual, load * duration);
  const peak = row + ACCOUNT_AT.peakMilli;
  sums[peak] = Math.max(sums[peak] ?? 0, load);
  if (!isPast) return;
  add(sums, row + ACCOUNT_AT.offeredElapsed, offered * duration);
  if (offered === 0) return;
  add(sums, row + ACCOUNT_AT.openElapsedSeconds, duration);
  add(sums, row + ACCOUNT_AT.actualWhileOpen, load * duration);
}

/**
 * Adds the row at `from` of `other`, which begins with an account, to the one at `row`: work adds up, the peak is the
 * higher one.
 * @param size  numbers of a row, those of its account and whatever else adds up
 */
export function joinRow(sums: Sums, row: number, other: KeptSums, from: number, size: number): void {
  const peak = sums[row + ACCOUNT_AT.peakMilli] ?? 0;
  for (let index = 0; index < size; index += 1) {
    sums[row + index] = (sums[row + index] ?? 0) + (other[from + index] ?? 0);
  }
  sums[row + ACCOUNT_AT.peakMilli] = Math.max(peak, other[from + ACCOUNT_AT.peakMilli] ?? 0);
}

/** @throws RangeError when a sum has left the safe integers */
export function accountOf(sums: Sums, row = 0): Account {
  const at = (index: number): number => sums[row + index] ?? 0; // a row has all of them
  const states = {
    used: work(at(ACCOUNT_AT.used)),
    'reserved-unused': work(at(ACCOUNT_AT.reservedUnused)),
    'idle-while-waited': work(at(ACCOUNT_AT.idleWhileWaited)),
    idle: work(at(ACCOUNT_AT.idle)),
    down: work(at(ACCOUNT_AT.down)),
    closed: work(at(ACCOUNT_AT.closed)),
  };
  return {
    capacityWork: work(Object.values(states).reduce((sum: number, part) => sum + part, 0)),
    states,
    offeredWork: work(at(ACCOUNT_AT.offered)),
    offeredElapsedWork: work(at(ACCOUNT_AT.offeredElapsed)),
    overcommittedWork: work(at(ACCOUNT_AT.overcommitted)),
    overcommittedOutsideWork: work(at(ACCOUNT_AT.overcommittedOutside)),
    unmetWork: work(at(ACCOUNT_AT.unmet)),
    plannedWork: work(at(ACCOUNT_AT.planned)),
    reservedWork: work(at(ACCOUNT_AT.reserved)),
    actualWork: work(at(ACCOUNT_AT.actual)),
    openElapsedSeconds: seconds(at(ACCOUNT_AT.openElapsedSeconds)),
    actualWhileOpenWork: work(at(ACCOUNT_AT.actualWhileOpen)),
    peakMilli: milli(at(ACCOUNT_AT.peakMilli)),
  };
}

/** One account of several stretches of the same pool. */
export function together(accounts: readonly Account[]): Account {
  const sums = new Float64Array(ACCOUNT_SUMS);
  for (const each of accounts) joinRow(sums, 0, Float64Array.from(valuesOf(each)), 0, ACCOUNT_SUMS);
  return accountOf(sums);
}

/** In the order of `ACCOUNT_AT`. */
function valuesOf({ states, ...account }: Account): number[] {
  return [
    states.used,
    states['reserved-unused'],
    states['idle-while-waited'],
    states.idle,
    states.down,
    states.closed,
    account.offeredWork,
    account.offeredElapsedWork,
    account.overcommittedWork,
    account.overcommittedOutsideWork,
    account.unmetWork,
    account.plannedWork,
    account.reservedWork,
    account.actualWork,
    account.openElapsedSeconds,
    account.actualWhileOpenWork,
    account.peakMilli,
  ];
}

/** Adds to one number of a list that has it. */
export function add(sums: Sums, index: number, amount: number): void {
  sums[index] = (sums[index] ?? 0) + amount;
}
