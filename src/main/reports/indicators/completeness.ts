/**
 * How far the figures can be trusted: tasks without an end, ends that were assumed, and days on which the clinic was
 * open but nothing at all was written down.
 */
import type { Completeness } from '../../../shared/domain/report.ts';
import { seconds } from '../../../shared/units.ts';
import type { Span } from './booked-spans.ts';

/** What a day of the window says: the open seconds of its pools before `asOf`, each pool by itself. */
export interface DayRecord {
  readonly isRecorded: boolean;
  readonly openSeconds: number;
  /** Of a day without a record: the stretches in which one of its pools was open. */
  readonly open: readonly Span[];
}

/** Open pool·seconds on days with at least one record ÷ all open pool·seconds. */
export function recordedOf(
  days: readonly Pick<DayRecord, 'isRecorded' | 'openSeconds'>[],
): Completeness['recorded'] {
  let [numerator, denominator] = [0, 0];
  for (const { isRecorded, openSeconds } of days) {
    denominator += openSeconds;
    if (isRecorded) numerator += openSeconds;
  }
  return { numerator, denominator };
}

/** Seconds of the days without a record during which any pool was open, each counted once. */
export function withoutDataSeconds(days: readonly DayRecord[]): Completeness['withoutDataSeconds'] {
  return seconds(days.reduce((sum, day) => sum + (day.isRecorded ? 0 : lengthOfUnion(day.open)), 0));
}

function lengthOfUnion(stretches: readonly Span[]): number {
  let [total, covered] = [0, -Infinity];
  for (const { from, until } of stretches.toSorted((left, right) => left.from - right.from)) {
    total += Math.max(0, until - Math.max(from, covered));
    covered = Math.max(covered, until);
  }
  return total;
}
