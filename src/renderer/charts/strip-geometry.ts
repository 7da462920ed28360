/**
 * The load strip as shapes: what ran is filled, what is reserved outlined over a light fill, what is tentative hatched
 * on top of it; capacity is a dark line, closed hours are bare paper, now stands in ink.
 */
import type { Frame, Step } from './step-geometry.ts';
import {
  areaPath,
  before,
  ceilingPath,
  lesser,
  outlinePath,
  peak,
  since,
  stacked,
  stretches,
  valueAt,
  xOf,
} from './step-geometry.ts';

/** Room above the highest value and below the base line, in pixels. */
const ABOVE = 8;
const BELOW = 5;

export interface StripSeries {
  readonly from: number;
  readonly until: number;
  readonly now: number;
  readonly capacity: readonly Step[];
  /** What really ran; ends at `now`. */
  readonly actual: readonly Step[];
  /** Confirmed and running work from `now` on. */
  readonly reserved: readonly Step[];
  /** Tentative work from `now` on, on top of `reserved`. */
  readonly tentative: readonly Step[];
}

export interface StripShapes {
  readonly actual: string;
  readonly reserved: string;
  readonly reservedLine: string;
  readonly tentative: string;
  readonly tentativeLine: string;
  readonly capacityLine: string;
  /** The same without its sides, for a ground on which closed hours are drawn anyway. */
  readonly ceiling: string;
  readonly closed: readonly { readonly x: number; readonly width: number }[];
  /** Load above capacity: a fault or a displaced promise. */
  readonly excess: string;
  readonly nowX: number;
}

/** What was running until now, and what is reserved and tentative from now on, as one series. */
export function wholeLoad(series: StripSeries): Step[] {
  const ahead = since(stacked(series.reserved, series.tentative), series.now);
  return stacked(before(series.actual, series.now), ahead);
}

/** Pixels of the drawing area, without the labels beside it. */
export interface StripSize {
  readonly width: number;
  readonly height: number;
}

export function stripShapes(series: StripSeries, { width, height }: StripSize): StripShapes {
  const { from, until, now } = series;
  const load = wholeLoad(series);
  const reserved = since(series.reserved, now);
  const topMilli = Math.max(peak(series.capacity, from, until), peak(load, from, until), 1);
  const frame: Frame = { from, until, width, topMilli, top: ABOVE, bottom: height - BELOW };
  return {
    actual: areaPath(frame, before(series.actual, now)),
    reserved: areaPath(frame, reserved),
    reservedLine: outlinePath(frame, reserved, now),
    tentative: areaPath(frame, since(load, now), reserved),
    tentativeLine: outlinePath(frame, load, now),
    capacityLine: outlinePath(frame, series.capacity),
    ceiling: ceilingPath(frame, series.capacity),
    closed: stretches(series.capacity, from, until)
      .filter((stretch) => stretch.milli === 0)
      .map((stretch) => ({
        x: xOf(frame, stretch.from),
        width: xOf(frame, stretch.until) - xOf(frame, stretch.from),
      })),
    excess: areaPath(frame, load, lesser(load, series.capacity)),
    nowX: Math.round(xOf(frame, now)),
  };
}

/** When a pool that is closed opens next within the strip; null when it does not, or is open. */
export function opensAt(series: Pick<StripSeries, 'capacity' | 'from' | 'until' | 'now'>): number | null {
  if (valueAt(series.capacity, series.now) > 0) return null;
  return stretches(series.capacity, series.now, series.until).find((piece) => piece.milli > 0)?.from ?? null;
}

/** Load and capacity at an instant. */
export function stripReadout(series: StripSeries, at: number): { loadMilli: number; capacityMilli: number } {
  return { loadMilli: valueAt(wholeLoad(series), at), capacityMilli: valueAt(series.capacity, at) };
}
