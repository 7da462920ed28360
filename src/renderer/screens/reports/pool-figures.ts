/**
 * A pool's report as the tables and charts draw it: hours of units, averages in units, columns and steps. Pure; work is
 * in thousandth-unit · seconds here as everywhere, and only divided by what a figure is shown in.
 */
import type {
  BucketSize,
  Comparison,
  Count,
  LoadStep,
  PoolComparison,
  PoolReport,
  Ratio,
} from '../../../shared/domain/report.ts';
import type { DayColumn } from '../../charts/DayColumns.svelte';
import type { LoadSeries } from '../../charts/load-readout.ts';
import type { Step } from '../../charts/step-geometry.ts';
import { format } from '../../format/format.svelte.ts';
import { STACKED_STATES, bucketLabel, bucketName } from './report-words.ts';

const HOUR = 3600;
const MILLI = 1000;
/** Longer periods are told in columns, shorter ones as the load itself. */
const STEPPED_DAYS_MAX = 8;
const DAY = 86_400;

/** Rows that are put off together while they are out of view. */
const CHUNK_ROWS = 8;

export function chunksOf<Row>(rows: readonly Row[]): (readonly Row[])[] {
  return Array.from({ length: Math.ceil(rows.length / CHUNK_ROWS) }, (_, index) =>
    rows.slice(index * CHUNK_ROWS, (index + 1) * CHUNK_ROWS),
  );
}

/** `434.0`, in the pool's unit · hours. */
export function hours(work: number, digits = 1): string {
  return format.units(work / HOUR, digits);
}

/** An average in thousandths of a unit as units, `1.32`; an en dash where there was nothing to average over. */
export function averageUnits({ numerator, denominator }: Ratio): string {
  return denominator === 0 ? '–' : format.units(numerator / denominator, 2);
}

/** What stands for a count of too few persons to be told, and for whatever would give it away. */
export const SUPPRESSED_MARK = '*';

/** A ratio as a plain number, `4.5`; a dash where there is nothing to divide by. */
export function decimal(ratio: Ratio | null, digits: number): string {
  if (ratio === null) return SUPPRESSED_MARK;
  if (ratio.denominator === 0) return '–';
  return format.units((ratio.numerator / ratio.denominator) * MILLI, digits);
}

/** A count of tasks, `1,204`. */
export function tally(count: Count): string {
  return count === null ? SUPPRESSED_MARK : format.count(count);
}

/** A ratio of counts, `64.4 %`. */
export function part(ratio: Ratio | null): string {
  return ratio === null ? SUPPRESSED_MARK : share(ratio);
}

/** A duration over the tasks of a count, gone with it. */
export function durationOver(seconds: number | null, count: Count): string {
  if (count === null) return SUPPRESSED_MARK;
  return seconds === null ? '–' : format.duration(seconds);
}

/** `64.4 %`. */
export function share({ numerator, denominator }: Ratio, digits = 1): string {
  return format.percent(numerator, denominator, digits);
}

/**
 * Whether the period before was written down well enough to compare with: more than half of its open time. The first
 * month of a clinic's books would otherwise look like a leap from nothing.
 */
export function isComparable({ recorded }: Comparison): boolean {
  return 2 * recorded.numerator > recorded.denominator;
}

/** Change of utilization since the period before, in percentage points: `+2.1`, `−3.0`; empty without both. */
export function changeInPoints(now: Ratio, before: PoolComparison | null): string {
  const then = before?.utilization;
  if (!then || then.denominator === 0 || now.denominator === 0) return '';
  const points = (now.numerator / now.denominator - then.numerator / then.denominator) * 100;
  const rounded = Math.round(points * 10) / 10;
  const sign = rounded > 0 ? '+' : rounded < 0 ? '−' : '±';
  return `${sign}${format.units(Math.abs(rounded) * MILLI, 1)}`;
}

/** Whether the period is short enough to draw the load itself. */
export function isStepped(from: number, until: number): boolean {
  return (until - from) / DAY <= STEPPED_DAYS_MAX;
}

/** One column per bucket, in the pool's unit · hours: what took up capacity, under the capacity offered. */
export function dayColumns({ buckets }: PoolReport, size: BucketSize): DayColumn[] {
  return buckets.map((bucket) => ({
    id: String(bucket.from),
    label: bucketLabel(bucket.from, size, buckets.length),
    name: bucketName(bucket.from, size),
    capacity: bucket.offeredWork / MILLI / HOUR,
    parts: STACKED_STATES.map((key) => ({ key, value: bucket.states[key] / MILLI / HOUR })),
  }));
}

/** The load chart's step functions; a bin of a long window is drawn at its exact average. */
export function loadSeries({ series }: PoolReport): LoadSeries {
  const steps = (workOf: (step: LoadStep) => number): Step[] =>
    series.map((step) => ({ at: step.from, milli: workOf(step) / (step.until - step.from) }));
  return {
    capacity: steps(({ offeredWork }) => offeredWork),
    actual: steps(({ actualWork }) => actualWork),
    reserved: steps(({ reservedWork }) => reservedWork),
    planned: steps(({ plannedWork }) => plannedWork),
  };
}
