/** Where the window opens on displays that come and go. */
import { describe, expect, it } from 'vitest';
import { placeWindow } from '../../src/main/window/window-bounds.ts';

const laptop = { x: 0, y: 0, width: 1366, height: 728 };
const large = { x: 1366, y: 0, width: 2560, height: 1400 };
const remembered = (x: number, y: number, width = 1366, height = 768) => ({
  x,
  y,
  width,
  height,
  isMaximized: false,
});

describe('placeWindow', () => {
  const cases = [
    { name: 'fills a small display', bounds: null, areas: [laptop], want: { ...laptop } },
    {
      name: 'centres itself on a large one',
      bounds: null,
      areas: [large],
      want: { x: 1366 + 597, y: 316, width: 1366, height: 768 },
    },
    {
      name: 'fits a display smaller than its smallest size',
      bounds: null,
      areas: [{ x: 0, y: 0, width: 800, height: 560 }],
      want: { x: 0, y: 0, width: 800, height: 560 },
    },
    {
      name: 'comes back to the second display',
      bounds: remembered(2000, 100),
      areas: [laptop, large],
      want: { x: 2000, y: 100, width: 1366, height: 768 },
    },
    {
      name: 'comes home when that display has gone',
      bounds: remembered(2000, 100),
      areas: [laptop],
      want: { ...laptop },
    },
    {
      name: 'comes home when its title would be out of reach',
      bounds: remembered(10, -400),
      areas: [laptop],
      want: { ...laptop },
    },
    {
      name: 'shrinks to a display that has become smaller',
      bounds: remembered(100, 50, 2400, 1300),
      areas: [laptop],
      want: { x: 100, y: 50, width: 1366, height: 728 },
    },
    {
      name: 'grows to its smallest size',
      bounds: remembered(1500, 50, 300, 200),
      areas: [laptop, large],
      want: { x: 1500, y: 50, width: 900, height: 600 },
    },
  ];
  it.each(cases)('$name', ({ bounds, areas, want }) => {
    expect(placeWindow(bounds, areas)).toEqual(want);
  });
});
