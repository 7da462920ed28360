/** Columns per day and the capacity line above them, on whole pixels. */
import type { BarPart } from './bar-geometry.ts';
import type { Plot, ValueScale } from './value-scale.ts';

export interface DayPart<Key extends string> {
  readonly id: string;
  readonly capacity: number;
  readonly parts: readonly BarPart<Key>[];
}

export interface LaidDay<Key extends string, Day> {
  readonly day: Day;
  readonly slotX: number;
  readonly slotWidth: number;
  readonly x: number;
  readonly width: number;
  readonly isLabelled: boolean;
  readonly pieces: readonly { readonly key: Key; readonly y: number; readonly height: number }[];
}

const LABEL_GAP = 28;

/** Columns left to right; the first and then as many as have room are labelled. */
export function dayLayout<Key extends string, Day extends DayPart<Key>>(
  days: readonly (Day & DayPart<Key>)[],
  plot: Plot,
  scale: ValueScale,
): LaidDay<Key, Day>[] {
  const slot = plot.width / Math.max(1, days.length);
  const every = labelStep(slot);
  return days.map((day, index) => {
    const slotX = Math.round(plot.left + index * slot);
    const slotWidth = Math.round(plot.left + (index + 1) * slot) - slotX;
    const inset = slotWidth > 8 ? 2 : slotWidth > 3 ? 1 : 0;
    return {
      day,
      slotX,
      slotWidth,
      x: slotX + inset,
      width: Math.max(1, slotWidth - 2 * inset),
      isLabelled: index % every === 0,
      pieces: stackedPieces(day.parts, scale),
    };
  });
}

/** Every day, every week, or every fourth week: whichever has room. */
function labelStep(slot: number): number {
  return [1, 7, 14, 28, 56].find((days) => days * slot >= LABEL_GAP) ?? 112;
}

function stackedPieces<Key extends string>(
  parts: readonly BarPart<Key>[],
  scale: ValueScale,
): { key: Key; y: number; height: number }[] {
  let below = 0;
  return parts
    .filter((part) => part.value > 0)
    .map(({ key, value }) => {
      const bottom = Math.round(scale.y(below));
      below += value;
      const y = Math.round(scale.y(below));
      return { key, y, height: Math.max(1, bottom - y) };
    });
}

/** The stepped capacity line over all days; it drops to the base line on closed days. */
export function capacityOutline(
  days: readonly { readonly capacity: number }[],
  plot: Plot,
  scale: ValueScale,
): string {
  const slot = plot.width / Math.max(1, days.length);
  return days
    .map((day, index) => {
      const y = Math.round(scale.y(day.capacity)) + 0.5;
      const left = Math.round(plot.left + index * slot);
      const right = Math.round(plot.left + (index + 1) * slot);
      return `${index === 0 ? 'M' : 'L'}${left} ${y}H${right}`;
    })
    .join('');
}
