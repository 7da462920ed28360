// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { headPath, linkPath, type LinkEnd } from '../../../src/renderer/charts/link-geometry.ts';

const bar = (left: number, right: number, middle: number): LinkEnd => ({ left, right, middle, half: 12 });

describe('a link between two bars', () => {
  it.each([
    { name: 'in one row', from: bar(0, 100, 20), to: bar(140, 200, 20), want: 'M100 20 H136' },
    {
      name: 'to a row below, with room',
      from: bar(0, 100, 20),
      to: bar(140, 200, 60),
      want: 'M100 20 H132 V60 H136',
    },
    {
      name: 'to one below that begins at once',
      from: bar(0, 100, 20),
      to: bar(100, 200, 60),
      want: 'M100 20 H108 V35 H92 V60 H96',
    },
    {
      name: 'to one above that begins at once',
      from: bar(0, 100, 60),
      to: bar(100, 200, 20),
      want: 'M100 60 H108 V45 H92 V20 H96',
    },
  ])('$name', ({ from, to, want }) => expect(linkPath(from, to)).toBe(want));

  it('points at the start of the later bar', () => {
    expect(headPath(bar(140, 200, 60))).toMatch(/^M140 60 l-6 -4 v8 z$/);
  });
});
