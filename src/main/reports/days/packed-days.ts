/**
 * Days as the ledger keeps them: sums as 32-bit integers, or as 64-bit floats where one is too large for that; seconds as
 * 32-bit integers; all little end first, as every processor that the application runs on has them; the few counts as
 * JSON. Unpacking gives the same day again.
 */
import type { PoolId } from '../../../shared/ids.ts';
import { instant } from '../../../shared/units.ts';
import type { SettledReport, SettledReportRow } from '../../ledger/index.ts';
import type { KeptSums } from '../indicators/account-sums.ts';
import type { Span } from '../indicators/booked-spans.ts';
import type { DayFigures, SecondsList } from './day-figures.ts';
import { NO_SECONDS, SECONDS_MAX, WAIT_ROWS } from './day-figures.ts';
import { DAY_BINS, DAY_SUMS } from './pool-days.ts';

interface PackedTasks {
  readonly counts: readonly number[];
  readonly wanting: readonly number[];
  readonly assumedEnds: number;
  /** How many seconds belong to each row of waits, then to each subsystem's turnarounds. */
  readonly lengths: readonly number[];
  readonly isRecorded: boolean;
  /** Of a day without a record: `[poolId, [[from, until], …]]`. */
  readonly open: readonly (readonly [PoolId, readonly (readonly [number, number])[]])[];
}

/** @returns null where a wait is longer than can be kept (136 years): then the day is measured each time */
export function packDay(day: DayFigures): Omit<SettledReport, 'measuredAt' | 'basis' | 'groups'> | null {
  const { tasks, sums, bins } = day;
  if (!bins) throw new RangeError('a day is kept as a whole');
  const lists = [...tasks.waits, ...tasks.turnarounds];
  if (!lists.every(isShort)) return null;
  const packed: PackedTasks = {
    counts: tasks.counts,
    wanting: tasks.wanting,
    assumedEnds: tasks.assumedEnds,
    lengths: lists.map((list) => list.length),
    isRecorded: day.isRecorded,
    open: Array.from(day.openStretches, ([poolId, stretches]) => [
      poolId,
      stretches.map(({ from, until }) => [from, until]),
    ]),
  };
  return {
    poolIds: JSON.stringify(day.poolIds),
    poolSums: bytesOf(sums),
    poolBins: bytesOf(bins),
    tasks: JSON.stringify(packed),
    taskSeconds: secondsBytes(lists),
  };
}

/** Whether every one of some seconds can be kept. */
export function isShort(list: SecondsList): boolean {
  for (let index = 0; index < list.length; index += 1) if ((list[index] ?? 0) > SECONDS_MAX) return false;
  return true;
}

/** Lists of seconds one after another. */
export function secondsBytes(lists: readonly SecondsList[]): Uint8Array {
  const seconds = new Uint32Array(lists.reduce((sum, list) => sum + list.length, 0));
  let at = 0;
  for (const list of lists) {
    seconds.set(Array.from(list), at);
    at += list.length;
  }
  return new Uint8Array(seconds.buffer);
}

export function bytesOf(sums: KeptSums): Uint8Array {
  const kept = sums.every((sum) => sum <= SECONDS_MAX) ? Uint32Array.from(sums) : Float64Array.from(sums);
  return new Uint8Array(kept.buffer);
}

/** @param count  how many there are */
function sumsOf(bytes: Uint8Array, count: number): KeptSums {
  const buffer = aligned(bytes);
  return bytes.byteLength === count * 4 ? new Uint32Array(buffer) : new Float64Array(buffer);
}

/** Unpacks days one after another; those with the same pools share the list of them. */
export function dayUnpacker(): (row: SettledReportRow) => DayFigures {
  const pools = new Map<string, readonly PoolId[]>();
  const poolsOf = (text: string): readonly PoolId[] => {
    const known = pools.get(text) ?? (JSON.parse(text) as PoolId[]); // written by `packDay`
    pools.set(text, known);
    return known;
  };
  return (row) => {
    const packed = JSON.parse(row.tasks) as PackedTasks; // written by `packDay`
    const lists = row.taskSeconds ? cut(new Uint32Array(aligned(row.taskSeconds)), packed.lengths) : [];
    const poolIds = poolsOf(row.poolIds);
    return {
      start: instant(row.from),
      end: instant(row.to),
      poolIds,
      sums: sumsOf(row.poolSums, poolIds.length * DAY_SUMS),
      bins: row.poolBins && sumsOf(row.poolBins, poolIds.length * DAY_BINS),
      isRecorded: packed.isRecorded,
      openStretches: new Map(
        packed.open.map(([poolId, stretches]) => [
          poolId,
          stretches.map(([from, until]): Span => ({ from: instant(from), until: instant(until) })),
        ]),
      ),
      tasks: {
        waits: lists.slice(0, WAIT_ROWS.length),
        turnarounds: lists.slice(WAIT_ROWS.length),
        counts: packed.counts,
        wanting: packed.wanting,
        assumedEnds: packed.assumedEnds,
      },
    };
  };
}

/** The bytes from the start of a buffer of their own, as numbers of several bytes need them. */
export function aligned({ buffer, byteOffset, byteLength }: Uint8Array): ArrayBuffer {
  const isWhole = byteOffset === 0 && byteLength === buffer.byteLength;
  return isWhole && buffer instanceof ArrayBuffer
    ? buffer
    : (buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer); // nothing here is shared between threads
}

function cut(seconds: Uint32Array, lengths: readonly number[]): SecondsList[] {
  let at = 0;
  return lengths.map((length) => {
    at += length;
    return length === 0 ? NO_SECONDS : seconds.subarray(at - length, at);
  });
}
