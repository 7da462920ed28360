/** The value axis of a chart: from 0 to a round number, with few ticks. Pixels grow downwards. */
import { scaleLinear, type ScaleLinear } from 'd3-scale';

/** Where a chart's drawing area lies within its SVG. */
export interface Plot {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly bottom: number;
}

export interface ValueScale {
  readonly y: ScaleLinear<number, number>;
  readonly ticks: readonly number[];
}

/** @param most  the largest value to be drawn; an empty chart still has an axis to 1 */
export function valueScale(most: number, plot: Pick<Plot, 'top' | 'bottom'>): ValueScale {
  const room = Math.max(2, Math.floor((plot.bottom - plot.top) / 40));
  const y = scaleLinear([0, most > 0 ? most : 1], [plot.bottom, plot.top]).nice(room);
  return { y, ticks: y.ticks(room) };
}
