// @vitest-environment node
/** Instants, durations and figures as people read them. */
import { describe, expect, it } from 'vitest';
import { format } from '../../../src/renderer/format/format.svelte.ts';
import { locale } from '../../../src/renderer/locale.svelte.ts';
import { count, percent, units, wholeUnits } from '../../../src/renderer/format/figures.ts';
import {
  dateRange,
  dayDistance,
  duration,
  instantOfWall,
  longDate,
  timeOfDay,
} from '../../../src/renderer/format/time.ts';

const utc = (text: string): number => Date.parse(text) / 1000;
const shanghai = { locale: 'zh', timeZone: 'Asia/Shanghai' } as const;
const spaced = (text: string): string => text.replaceAll('\u00a0', ' ');

describe('durations', () => {
  const cases: [secondsGiven: number, wantEn: string, wantZh: string][] = [
    [0, '0 min', '0 分'],
    [59, '0 min', '0 分'],
    [4 * 60, '4 min', '4 分'],
    [62 * 60, '1 h 02', '1 小时 02 分'],
    [7200, '2 h', '2 小时'],
    [47 * 3600, '47 h', '47 小时'],
    [76 * 3600, '3 d 4 h', '3 天 4 小时'],
    [72 * 3600, '3 d', '3 天'],
    [-5, '0 min', '0 分'],
  ];
  for (const [given, wantEn, wantZh] of cases) {
    it(`says ${given} s as ${wantEn} and ${wantZh}`, () => {
      expect(spaced(duration('en', given))).toBe(wantEn);
      expect(spaced(duration('zh', given))).toBe(wantZh);
    });
  }
});

describe('a span of time', () => {
  const now = utc('2026-11-18T02:20:00Z'); // Wednesday 10:20 in Shanghai
  const cases: [start: string, end: string, wantEn: string, wantShortEn: string, wantZh: string][] = [
    ['18T02:05', '18T02:35', '10:05–10:35', '10:05–10:35', '10:05–10:35'],
    ['17T14:00', '17T23:42', 'yesterday 22:00–07:42', 'Tue 22:00–07:42', '昨日 22:00–07:42'],
    ['17T12:00', '17T14:00', 'yesterday 20:00–22:00', 'Tue 20:00–22:00', '昨日 20:00–22:00'],
    ['18T14:00', '18T23:00', '22:00–tomorrow 07:00', '22:00–Thu 07:00', '22:00–明日 07:00'],
    [
      '14T14:00',
      '15T01:00',
      'Sat 14 Nov 22:00–Sun 15 Nov 09:00',
      'Sat 22:00–Sun 09:00',
      '11月14日周六 22:00–11月15日周日 09:00',
    ],
  ];
  for (const [start, end, wantEn, wantShortEn, wantZh] of cases) {
    it(`says ${wantEn}: every time that is not today's names its day`, () => {
      format.timeZone = 'Asia/Shanghai';
      const [from, until] = [utc(`2026-11-${start}:00Z`), utc(`2026-11-${end}:00Z`)];
      locale.current = 'en';
      expect(format.span(from, until, now)).toBe(wantEn);
      expect(format.spanShort(from, until, now)).toBe(wantShortEn);
      locale.current = 'zh';
      expect(format.span(from, until, now)).toBe(wantZh);
    });
  }
});

describe('a stretch of days', () => {
  const london = { locale: 'en', timeZone: 'Europe/London' } as const;
  const cases: [from: string, until: string, wantEn: string, wantZh: string][] = [
    ['2026-11-16', '2026-11-23', '16–22 Nov 2026', '2026年11月16日至22日'],
    ['2026-10-26', '2026-11-23', '26 Oct–22 Nov 2026', '2026年10月26日至11月22日'],
    ['2026-12-26', '2027-01-03', '26 Dec 2026–2 Jan 2027', '2026年12月26日至2027年1月2日'],
    ['2026-11-16', '2026-11-17', '16 Nov 2026', '2026年11月16日'],
  ];
  for (const [from, until, wantEn, wantZh] of cases) {
    it(`from ${from} up to ${until} says ${wantEn} and ${wantZh}`, () => {
      const english = dateRange(london, utc(`${from}T12:00:00Z`), utc(`${until}T00:00:00Z`));
      expect(english.replaceAll(/[\s\u2009]*–[\s\u2009]*/g, '–')).toBe(wantEn);
      expect(dateRange(shanghai, utc(`${from}T12:00:00Z`), utc(`${until}T00:00:00+08:00`))).toBe(wantZh);
    });
  }
});

describe('local time', () => {
  it('is the clinic’s, on the 24-hour clock', () => {
    expect(timeOfDay(shanghai, utc('2026-11-18T16:05:00Z'))).toBe('00:05');
    expect(longDate(shanghai, utc('2026-11-18T16:05:00Z'))).toContain('11月19日');
  });

  it('counts days by the local calendar, not by 24 hours', () => {
    const now = utc('2026-11-18T15:50:00Z');
    expect(dayDistance('Asia/Shanghai', utc('2026-11-18T16:10:00Z'), now)).toBe(1);
    expect(dayDistance('UTC', utc('2026-11-18T16:10:00Z'), now)).toBe(0);
  });

  it('reads a wall clock back into its instant', () => {
    expect(instantOfWall('Asia/Shanghai', '2026-11-18', '10:40')).toBe(utc('2026-11-18T02:40:00Z'));
    expect(instantOfWall('Europe/Berlin', '2026-10-25', '02:30')).toBe(utc('2026-10-25T00:30:00Z'));
    expect(instantOfWall('UTC', '2026-02-30', '10:40')).toBeNull();
  });
});

describe('figures', () => {
  it('show thousandths as units', () => {
    expect(units('en', 2000)).toBe('2.0');
    expect(wholeUnits('en', 2000)).toBe('2');
    expect(wholeUnits('en', 1500)).toBe('1.5');
    expect(wholeUnits('en', 1234)).toBe('1.234');
    expect(count('en', 23_808)).toBe('23,808');
  });

  it('show a dash where there is nothing to divide by', () => {
    expect(percent('en', 5, 0)).toBe('–');
    expect(spaced(percent('en', 2, 3, 1))).toBe('66.7 %');
  });
});
