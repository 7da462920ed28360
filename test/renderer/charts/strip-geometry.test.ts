// @vitest-environment node
/** The load strip: what ran, what is ahead, and load above capacity. */
import { describe, expect, it } from 'vitest';
import {
  opensAt,
  stripReadout,
  stripShapes,
  type StripSeries,
} from '../../../src/renderer/charts/strip-geometry.ts';

const series: StripSeries = {
  from: 0,
  until: 100,
  now: 20,
  capacity: [
    { at: 0, milli: 2000 },
    { at: 80, milli: 0 },
  ],
  actual: [{ at: 0, milli: 1000 }],
  reserved: [
    { at: 20, milli: 1000 },
    { at: 40, milli: 0 },
  ],
  tentative: [
    { at: 40, milli: 1000 },
    { at: 60, milli: 0 },
  ],
};

const size = { width: 100, height: 44 };

describe('load strip', () => {
  const shapes = stripShapes(series, size);

  it('fills what ran up to now only', () => {
    expect(shapes.actual).toBe('M0 24H20V39H0Z');
  });

  it('puts tentative work on top of reserved work', () => {
    expect(shapes.reserved).toBe('M20 24H40V39H20Z');
    expect(shapes.tentative).toBe('M40 24H60V39H40Z');
  });

  it('marks closed hours and now', () => {
    expect(shapes.closed).toEqual([{ x: 80, width: 20 }]);
    expect(shapes.nowX).toBe(20);
  });

  it('draws capacity only while the pool is open', () => {
    expect(shapes.capacityLine).toBe('M0 8.5H80V39.5');
    const opensLater = {
      ...series,
      capacity: [
        { at: 0, milli: 0 },
        { at: 50, milli: 2000 },
      ],
    };
    expect(stripShapes(opensLater, size).capacityLine).toBe('M50 39.5V8.5H100');
    expect(opensAt(opensLater)).toBe(50);
    expect(opensAt(series)).toBeNull();
    expect(opensAt({ ...series, capacity: [] })).toBeNull();
  });

  it('shows no excess within capacity and all of it above', () => {
    expect(shapes.excess).toBe('');
    const over = stripShapes({ ...series, reserved: [{ at: 20, milli: 3000 }], tentative: [] }, size);
    expect(over.excess).toBe('M20 8H80V18H20ZM80 8H100V39H80Z');
  });

  it('reads load and capacity at an instant', () => {
    expect(stripReadout(series, 10)).toEqual({ loadMilli: 1000, capacityMilli: 2000 });
    expect(stripReadout(series, 50)).toEqual({ loadMilli: 1000, capacityMilli: 2000 });
    expect(stripReadout(series, 90)).toEqual({ loadMilli: 0, capacityMilli: 0 });
  });
});
