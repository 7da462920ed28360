// @vitest-environment node
/** Numbers, durations and options as typed; rows by key; rows in sight. */
import { describe, expect, it } from 'vitest';
import { matchingOptions } from '../../../src/renderer/ui/matching-options.ts';
import { parseDuration, parseNumber, stepNumber } from '../../../src/renderer/ui/number-text.ts';
import { movedIndex } from '../../../src/renderer/ui/row-keys.ts';
import { rowsInSight, scrolledTo } from '../../../src/renderer/ui/virtual-window.ts';

describe('typed numbers', () => {
  const cases: [typed: string, want: number | null][] = [
    ['12', 12],
    [' 1.5 ', 1.5],
    ['1,5', 1.5],
    ['３．５', 3.5],
    ['-2', -2],
    ['', null],
    ['2 rooms', null],
    ['1.2.3', null],
  ];
  for (const [typed, want] of cases) {
    it(`reads ${JSON.stringify(typed)} as ${want}`, () => {
      expect(parseNumber(typed)).toBe(want);
    });
  }

  it('steps within the limits without binary dust', () => {
    expect(stepNumber({ value: 0.2, direction: 1, step: 0.1, min: 0, max: 9 })).toBe(0.3);
    expect(stepNumber({ value: 9, direction: 1, step: 1, min: 0, max: 9 })).toBe(9);
    expect(stepNumber({ value: null, direction: -1, step: 1, min: 1, max: 9 })).toBe(1);
  });
});

describe('typed durations', () => {
  const cases: [typed: string, want: number | null][] = [
    ['45', 2700],
    ['1:30', 5400],
    ['1 h 30', 5400],
    ['90 min', 5400],
    ['2h', 7200],
    ['1.5 h', 5400],
    ['1 小时 30 分', 5400],
    ['20分钟', 1200],
    ['3 d', 259_200],
    ['soon', null],
    ['', null],
    ['1:75', null],
  ];
  for (const [typed, want] of cases) {
    it(`reads ${JSON.stringify(typed)} as ${want}`, () => {
      expect(parseDuration(typed)).toBe(want);
    });
  }
});

describe('options', () => {
  const options = ['Asia/Shanghai', 'Asia/Hong Kong', 'Europe/Berlin'].map((label) => ({
    value: label,
    label,
  }));

  it('are found by every word typed, in any order and width', () => {
    expect(matchingOptions(options, 'kong asia').map((each) => each.label)).toEqual(['Asia/Hong Kong']);
    expect(matchingOptions(options, 'ＡＳＩＡ')).toHaveLength(2);
    expect(matchingOptions(options, 'mars')).toEqual([]);
  });
});

describe('rows', () => {
  it('move by key and stay within the list', () => {
    expect(movedIndex('ArrowDown', -1, 3)).toBe(0);
    expect(movedIndex('ArrowDown', 2, 3)).toBe(2);
    expect(movedIndex('PageUp', 5, 30)).toBe(0);
    expect(movedIndex('End', 0, 30)).toBe(29);
    expect(movedIndex('a', 0, 30)).toBeNull();
    expect(movedIndex('ArrowDown', 0, 0)).toBeNull();
  });

  it('in sight are few, whatever the length', () => {
    const sight = { scrollTop: 1_600_000, viewHeight: 640, rowHeight: 32, count: 100_000 };
    expect(rowsInSight(sight)).toEqual({ first: 50_000, end: 50_021 });
    expect(rowsInSight({ ...sight, count: 10 })).toEqual({ first: 0, end: 10 });
    expect(rowsInSight({ ...sight, scrollTop: 0, count: 3 })).toEqual({ first: 0, end: 3 });
  });

  it('scroll no further than needed to be whole', () => {
    const view = { scrollTop: 320, viewHeight: 320, rowHeight: 32 };
    expect(scrolledTo(12, view)).toBe(320);
    expect(scrolledTo(2, view)).toBe(64);
    expect(scrolledTo(30, view)).toBe(672);
  });
});
