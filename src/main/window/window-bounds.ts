/**
 * Where the main window opens: where it was, when that is still on a screen; else in the middle of the first one.
 * 1366 × 768 is the smallest common clinic display; smaller windows than 900 × 600 would cut the tables.
 */
import type { WindowBounds } from './preferences.ts';

export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export const SMALLEST = { width: 900, height: 600 };
const USUAL = { width: 1366, height: 768 };
/** This much of a remembered window must be visible for it to be taken back, in pixels each way. */
const GRIP = 120;

/**
 * @param workAreas  of the displays there are now, the primary one first; at least one
 * @returns a rectangle that fits the display it lies on
 */
export function placeWindow(remembered: WindowBounds | null, workAreas: readonly Rectangle[]): Rectangle {
  const home = remembered === null ? undefined : workAreas.find((area) => isWithinReach(remembered, area));
  if (remembered !== null && home !== undefined) return fitInto(remembered, home);
  const [primary] = workAreas;
  if (primary === undefined) throw new RangeError('there is no display');
  const width = Math.min(USUAL.width, primary.width);
  const height = Math.min(USUAL.height, primary.height);
  return {
    x: primary.x + Math.floor((primary.width - width) / 2),
    y: primary.y + Math.floor((primary.height - height) / 2),
    width,
    height,
  };
}

function isWithinReach(window: Rectangle, area: Rectangle): boolean {
  const visibleWidth = Math.min(window.x + window.width, area.x + area.width) - Math.max(window.x, area.x);
  const titleIsVisible = window.y >= area.y && window.y <= area.y + area.height - GRIP;
  return visibleWidth >= GRIP && titleIsVisible;
}

function fitInto(window: Rectangle, area: Rectangle): Rectangle {
  return {
    x: window.x,
    y: window.y,
    width: Math.min(Math.max(window.width, SMALLEST.width), area.width),
    height: Math.min(Math.max(window.height, SMALLEST.height), area.height),
  };
}
