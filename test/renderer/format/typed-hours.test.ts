import { describe, expect, test } from 'vitest';
import {
  parseRanges,
  usualWeek,
  withMondayUntilFriday,
  writtenRanges,
  writtenWeek,
} from '../../../src/renderer/format/typed-hours.ts';

describe('opening hours as typed', () => {
  test.each([
    ['08:00–12:00, 13:30–17:30', '08:00–12:00, 13:30–17:30'],
    ['13:30-17:30 08:00-12:00', '08:00–12:00, 13:30–17:30'],
    ['8-12、13:30~17:30', '08:00–12:00, 13:30–17:30'],
    ['8 - 12 , 14 - 18', '08:00–12:00, 14:00–18:00'],
    ['8点', null],
    ['0800-1200', '08:00–12:00'],
    ['８：００－１２：００', '08:00–12:00'],
    ['08:00至12:00', '08:00–12:00'],
    ['24 h', '00:00–24:00'],
    ['全天', '00:00–24:00'],
    ['', ''],
    ['12:00-08:00', null],
    ['08:00-08:00', null],
    ['08:00-12:00, 11:00-13:00', null],
    ['08:00', null],
    ['08:00-12:00-13:00', null],
    ['morning', null],
  ])('reads %j as %j', (typed, want) => {
    const ranges = parseRanges(typed);
    expect(ranges && writtenRanges(ranges)).toBe(want);
  });

  test('writes a week that reads back as the same', () => {
    const hours = usualWeek().map((text) => parseRanges(text) ?? []);
    expect(writtenWeek(hours)).toEqual(usualWeek());
  });

  test('copies Monday until Friday and leaves the weekend', () => {
    const week = withMondayUntilFriday(['09:00–16:00', '', '', '', '', '08:00–12:00', '']);
    expect(week).toEqual([...Array<string>(5).fill('09:00–16:00'), '08:00–12:00', '']);
  });
});
