/** Where the timeline's axis is ruled at each level: times of day up to two days, days beyond, in the clinic's zone. */
import { DAY } from '../../../shared/units.ts';
import { clockTicks, timeTicks, type Tick } from '../../charts/time-ticks.ts';
import { format } from '../../format/format.svelte.ts';
import type { Level, TimeWindow } from './time-window.ts';

/** Pixels a label needs: a time, a date, the day of a month. */
const GAPS = { time: 56, date: 84, day: 28 };

const zone = { dateOf: (at: number) => format.isoDate(at), clockOf: (at: number) => format.time(at) };

export function axisTicks(
  { from, until }: Pick<TimeWindow, 'from' | 'until'>,
  level: Level,
  width: number,
): Tick[] {
  const window = { from, until, width };
  if (until - from <= 2 * DAY) return clockTicks({ ...window, gap: GAPS.time }, zone);
  return timeTicks({ ...window, gap: level === 'month' ? GAPS.day : GAPS.date }, zone);
}
