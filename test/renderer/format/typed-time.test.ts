import { describe, expect, test } from 'vitest';
import {
  clockOf,
  parseClock,
  parseLocalDate,
  recentInstant,
} from '../../../src/renderer/format/typed-time.ts';
import { ZONE, clock } from '../workspace/samples.ts';

describe('typed dates and times', () => {
  test.each([
    ['1968-04-02', '1968-04-02'],
    ['1968/4/2', '1968-04-02'],
    ['19680402', '1968-04-02'],
    ['1968年4月2日', '1968-04-02'],
    ['１９６８－０４－０２', '1968-04-02'],
    ['2024-02-29', '2024-02-29'],
    ['2023-02-29', null],
    ['02/04/1968', null],
    ['1968', null],
    ['', null],
  ])('reads the date %j as %j', (typed, want) => expect(parseLocalDate(typed)).toBe(want));

  test.each([
    ['10:05', 605],
    ['1005', 605],
    ['9.30', 570],
    ['930', 570],
    ['10：05', 605],
    ['24:00', 1440],
    ['24:01', null],
    ['10:60', null],
    ['10', null],
    ['', null],
  ])('reads the time %j as minute %j', (typed, want) => expect(parseClock(typed)).toBe(want));

  test('writes a minute as a time of day', () =>
    expect([0, 605, 1440].map(clockOf)).toEqual(['00:00', '10:05', '24:00']));

  test('takes a time entered later as today’s', () =>
    expect(recentInstant(605, clock('10:20'), ZONE)).toBe(clock('10:05')));

  test('takes 23:50 entered at 00:10 as yesterday’s', () =>
    expect(recentInstant(1430, clock('00:10'), ZONE)).toBe(clock('23:50', '2026-11-17')));

  test('leaves a time that is a little ahead in the future', () =>
    expect(recentInstant(640, clock('10:20'), ZONE)).toBe(clock('10:40')));
});
