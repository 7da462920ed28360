// @vitest-environment node
/** Step functions as shapes: clipping, stacking, areas that leave gaps bare. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  areaPath,
  before,
  combined,
  instantAt,
  lesser,
  linePath,
  peak,
  since,
  stacked,
  stretches,
  valueAt,
  xOf,
  type Frame,
  type Step,
} from '../../../src/renderer/charts/step-geometry.ts';

const frame: Frame = { from: 0, until: 100, width: 200, topMilli: 2000, top: 10, bottom: 50 };
const step = (at: number, milli: number): Step => ({ at, milli });

describe('stretches', () => {
  const cases = {
    'an empty series is zero throughout': { steps: [], want: [[0, 100, 0]] },
    'nothing runs before the first step': {
      steps: [step(40, 1000)],
      want: [
        [0, 40, 0],
        [40, 100, 1000],
      ],
    },
    'a step before the window counts from its start': { steps: [step(-50, 1000)], want: [[0, 100, 1000]] },
    'equal neighbours are one stretch': { steps: [step(0, 500), step(30, 500)], want: [[0, 100, 500]] },
    'steps after the window are not seen': {
      steps: [step(0, 1), step(100, 2), step(200, 3)],
      want: [[0, 100, 1]],
    },
    'several steps before the window leave the last': {
      steps: [step(-9, 1), step(-5, 2)],
      want: [[0, 100, 2]],
    },
  };
  for (const [name, { steps, want }] of Object.entries(cases)) {
    it(name, () => {
      expect(stretches(steps, 0, 100).map(({ from, until, milli }) => [from, until, milli])).toEqual(want);
    });
  }

  it('covers the window without gaps and agrees with the value at every instant', () => {
    const series = fc.uniqueArray(
      fc.record({ at: fc.integer({ min: -50, max: 150 }), milli: fc.integer({ min: 0, max: 5 }) }),
      {
        selector: (each) => each.at,
      },
    );
    fc.assert(
      fc.property(series, (unsorted) => {
        const steps = [...unsorted].sort((left, right) => left.at - right.at);
        const pieces = stretches(steps, 0, 100);
        expect(pieces[0]?.from).toBe(0);
        expect(pieces.at(-1)?.until).toBe(100);
        for (const [index, piece] of pieces.entries()) {
          expect(piece.from).toBe(index === 0 ? 0 : pieces[index - 1]?.until);
          for (const at of [piece.from, piece.until - 1]) expect(valueAt(steps, at)).toBe(piece.milli);
        }
      }),
    );
  });
});

describe('series', () => {
  it('stacks two series with a step wherever either has one', () => {
    expect(stacked([step(0, 1), step(20, 0)], [step(10, 2)])).toEqual([step(0, 1), step(10, 3), step(20, 2)]);
  });

  it('keeps the smaller of two series', () => {
    expect(lesser([step(0, 3)], [step(0, 2), step(5, 4)])).toEqual([step(0, 2), step(5, 3)]);
  });

  it('ends what ran at now and begins what is ahead there', () => {
    const series = [step(0, 1), step(30, 2)];
    expect(before(series, 20)).toEqual([step(0, 1), step(20, 0)]);
    expect(since(series, 20)).toEqual([step(20, 1), step(30, 2)]);
  });

  it('finds the largest value of the window only', () => {
    expect(peak([step(-10, 9), step(0, 3), step(50, 7), step(100, 99)], 0, 100)).toBe(7);
  });

  it('combines in one pass what it would look up one by one', () => {
    const left = [step(0, 1), step(4, 3)];
    const right = [step(2, 5), step(4, 1)];
    const sum = combined(left, right, (a, b) => a + b);
    for (const { at, milli } of sum) expect(milli).toBe(valueAt(left, at) + valueAt(right, at));
  });
});

describe('shapes', () => {
  it('draws a stepped line on half pixels', () => {
    expect(linePath(frame, [step(0, 1000), step(50, 0)])).toBe('M0 30.5H100L100 50.5H200');
  });

  it('begins a line where it is told to', () => {
    expect(linePath(frame, [step(0, 1000)], 50)).toBe('M100 30.5H200');
  });

  it('leaves stretches without load bare', () => {
    expect(areaPath(frame, [step(0, 1000), step(25, 0), step(50, 2000), step(75, 0)])).toBe(
      'M0 30H50V50H0ZM100 10H150V50H100Z',
    );
  });

  it('stands an upper series on a lower one', () => {
    expect(areaPath(frame, [step(0, 2000)], [step(0, 1000)])).toBe('M0 10H200V30H0Z');
  });

  it('clips to the window', () => {
    expect(areaPath(frame, [step(-40, 1000), step(400, 0)])).toBe('M0 30H200V50H0Z');
  });

  it('finds the instant under a pixel, held within the frame', () => {
    expect(instantAt(frame, xOf(frame, 37))).toBe(37);
    expect(instantAt(frame, -5)).toBe(0);
    expect(instantAt(frame, 999)).toBe(100);
  });
});
