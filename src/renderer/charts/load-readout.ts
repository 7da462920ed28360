/** What the load chart says at an instant and under its ticks. */
import { format } from '../format/format.svelte.ts';
import { valueAt, type Step } from './step-geometry.ts';
import type { Tick } from './time-ticks.ts';

export interface LoadSeries {
  readonly capacity: readonly Step[];
  readonly actual: readonly Step[];
  readonly reserved?: readonly Step[] | undefined;
  readonly planned?: readonly Step[] | undefined;
}

export interface Readout {
  readonly at: number;
  readonly loadMilli: number;
  readonly capacityMilli: number;
}

/** The load that ran; of a chart that only plans, the planned one. */
export function readoutAt(series: LoadSeries, at: number): Readout {
  const load = series.actual.length > 0 ? series.actual : (series.planned ?? []);
  return { at, loadMilli: valueAt(load, at), capacityMilli: valueAt(series.capacity, at) };
}

const TWO_DAYS = 2 * 86_400;

/** An instant as exactly as the window is wide: the clock within two days, the date beyond. */
export function dayNames(at: number, spanSeconds: number): string {
  return spanSeconds <= TWO_DAYS ? format.time(at) : format.shortDate(at);
}

export function tickLabel(tick: Tick): string {
  if (tick.kind === 'hour') return format.time(tick.at);
  return tick.kind === 'day' ? format.dayOfMonth(tick.at) : format.month(tick.at);
}
