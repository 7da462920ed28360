/** Reading other systems' times, and judging lengths. */
import { describe, expect, it } from 'vitest';
import { judgeLength, readInstant } from '../../src/main/intake/source-time.ts';
import { instant, seconds } from '../../src/shared/units.ts';

describe('reading a time', () => {
  it.each([
    ['with Z', '2026-03-02T08:00:05Z', '2026-03-02T08:00:05Z'],
    ['with a fraction', '2026-03-02T08:00:05.999Z', '2026-03-02T08:00:05Z'],
    ['with an offset', '2026-03-02T08:00:00+05:45', '2026-03-02T02:15:00Z'],
    ['before 1970', '1948-07-23T20:30:25Z', '1948-07-23T20:30:25Z'],
    ['without a zone: wall time of the clinic', '2026-03-02 08:00', '2026-03-02T00:00:00Z'],
    ['without a time: the day’s first instant', '2026-03-02', '2026-03-01T16:00:00Z'],
    ['not a time', 'yesterday', null],
    ['a day that does not exist', '2026-02-30T08:00:00Z', null],
    ['a day that does not exist, without zone', '2026-02-30', null],
    ['an hour that does not exist', '2026-03-02 25:00', null],
    ['only a number', '46083', null],
  ])('%s', (_name, text, want) => {
    expect(readInstant(text, 'Asia/Shanghai')).toBe(want === null ? null : Date.parse(want) / 1000);
  });
});

describe('judging a length', () => {
  const limits = { defaultSeconds: seconds(900), believableSecondsMax: seconds(3600) };
  it.each([
    ['takes the file at its word', 1600, { durationSeconds: 600, remark: null }],
    ['takes the longest that can be believed', 4600, { durationSeconds: 3600, remark: null }],
    ['takes the default without an end', null, { durationSeconds: 900, remark: 'no-end' }],
    ['takes the default for no length', 1000, { durationSeconds: 900, remark: 'zero-length' }],
    ['takes the default beyond belief', 4601, { durationSeconds: 900, remark: 'implausible-length' }],
  ])('%s', (_name, end, want) => {
    expect(judgeLength(instant(1000), end === null ? null : instant(end), limits)).toEqual(want);
  });
});
