/**
 * Local time against an independent reading of the same zones (`Intl.DateTimeFormat`), on ordinary days, on the days
 * the clock jumps, and on dates a zone left out.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  dateOfDayNumber,
  dayNumberOf,
  instantOfWall,
  isLocalDate,
  isTimeZone,
  localDateOf,
  localDays,
  localTimeOf,
  startOfPeriod,
} from '../../src/shared/local-time.ts';
import { DAY, HOUR, MINUTE, instant } from '../../src/shared/units.ts';

const ZONES = [
  'Europe/Berlin',
  'America/New_York',
  'Asia/Shanghai',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'America/Sao_Paulo',
  'Africa/Casablanca',
];

const utc = (text: string) => instant(Date.parse(text) / 1000);
const anyInstant = fc.integer({ min: utc('1950-01-01T00:00Z'), max: utc('2037-12-31T00:00Z') }).map(instant);
const anyZone = fc.constantFrom(...ZONES);

const formatters = new Map<string, Intl.DateTimeFormat>();

/** `YYYY-MM-DD` and minutes after midnight, as the engine's own formatter has them. */
function wallByIntl(at: number, zone: string): { date: string; minute: number } {
  let formatter = formatters.get(zone);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-CA', {
      timeZone: zone,
      hourCycle: 'h23',
      dateStyle: 'short',
      timeStyle: 'short',
    });
    formatters.set(zone, formatter);
  }
  const parts = new Map(formatter.formatToParts(at * 1000).map(({ type, value }) => [type, value]));
  return {
    date: `${parts.get('year')}-${parts.get('month')}-${parts.get('day')}`,
    minute: Number(parts.get('hour')) * 60 + Number(parts.get('minute')),
  };
}

describe('zones and dates', () => {
  it.each([
    ['Asia/Shanghai', true],
    ['America/Argentina/Buenos_Aires', true],
    ['UTC', true],
    ['Mars/Olympus', false],
    ['+08:00', false],
    ['', false],
  ])('says whether %s is a zone', (name, want) => {
    expect(isTimeZone(name)).toBe(want);
  });

  it.each([
    ['2024-02-29', true],
    ['2026-02-29', false],
    ['2026-13-01', false],
    ['2026-1-1', false],
  ])('says whether %s is a date', (text, want) => {
    expect(isLocalDate(text)).toBe(want);
  });

  it('counts days from 1970 both ways', () => {
    expect(dayNumberOf('1970-01-01')).toBe(0);
    expect(dateOfDayNumber(dayNumberOf('1948-07-23'))).toBe('1948-07-23');
  });

  it('throws on a date in another form, because that is a fault of the caller', () => {
    expect(() => dayNumberOf('23.07.1948')).toThrow(RangeError);
  });
});

describe('the wall clock of an instant', () => {
  it('is what the engine formats, in every zone', () => {
    fc.assert(
      fc.property(anyInstant, anyZone, (at, zone) => {
        const { date, minute } = localTimeOf(at, zone);
        expect({ date, minute }).toEqual(wallByIntl(at, zone));
      }),
    );
  });
});

describe('the instant of a wall time', () => {
  it.each([
    ['a gap means the first instant after it', 'Europe/Berlin', '2026-03-29', 150, '2026-03-29T01:00Z'],
    ['the gap of half an hour', 'Australia/Lord_Howe', '2026-10-04', 130, '2026-10-03T15:30Z'],
    ['an overlap means its first occurrence', 'Europe/Berlin', '2026-10-25', 150, '2026-10-25T00:30Z'],
    ['an overlap across the ocean', 'America/New_York', '2026-11-01', 90, '2026-11-01T05:30Z'],
    ['a midnight that does not exist', 'America/Sao_Paulo', '2018-11-04', 0, '2018-11-04T03:00Z'],
    ['a midnight that exists once', 'America/Sao_Paulo', '2018-02-18', 0, '2018-02-18T03:00Z'],
    ['a quarter-hour zone', 'Asia/Kathmandu', '2026-06-01', 480, '2026-06-01T02:15Z'],
    ['the next midnight', 'Asia/Shanghai', '2026-06-01', 1440, '2026-06-01T16:00Z'],
    ['a date the zone left out', 'Pacific/Apia', '2011-12-30', 600, '2011-12-30T10:00Z'],
  ])('%s', (_name, zone, date, minute, want) => {
    expect(instantOfWall(dayNumberOf(date), minute, zone)).toBe(utc(want));
  });

  it('comes back to the same wall time wherever that exists, and is its first occurrence', () => {
    fc.assert(
      fc.property(anyInstant, anyZone, (at, zone) => {
        const { dayNumber, date, minute } = localTimeOf(at, zone);
        const found = instantOfWall(dayNumber, minute, zone);
        expect(wallByIntl(found, zone)).toEqual({ date, minute });
        expect(found).toBeLessThanOrEqual(at);
      }),
    );
  });

  it('never runs backwards as the wall time goes on', () => {
    const days = fc.constantFrom(
      '2026-03-29',
      '2026-10-25',
      '2026-03-08',
      '2026-11-01',
      '2026-04-05',
      '2026-10-04',
    );
    const minutes = fc.tuple(fc.integer({ min: 0, max: 1440 }), fc.integer({ min: 0, max: 1440 }));
    fc.assert(
      fc.property(days, anyZone, minutes, (date, zone, pair) => {
        const [first, second] = pair.sort((left, right) => left - right) as [number, number]; // sorted pair
        const dayNumber = dayNumberOf(date);
        expect(instantOfWall(dayNumber, first, zone)).toBeLessThanOrEqual(
          instantOfWall(dayNumber, second, zone),
        );
      }),
    );
  });
});

describe('local days', () => {
  it.each([
    ['Europe/Berlin', '2026-03-29', 23],
    ['Europe/Berlin', '2026-10-25', 25],
    ['Australia/Lord_Howe', '2026-10-04', 23.5],
    ['Australia/Lord_Howe', '2026-04-05', 24.5],
    ['Asia/Shanghai', '2026-03-29', 24],
  ])('in %s, %s has %d hours', (zone, date, hours) => {
    const start = instantOfWall(dayNumberOf(date), 0, zone);
    const [day] = localDays(start, instant(start + 1), zone);
    expect(day).toMatchObject({ date, start, end: start + hours * HOUR });
  });

  it('follow one another without a gap and hold their own date', () => {
    const lengths = fc.integer({ min: 1, max: 90 * DAY });
    fc.assert(
      fc.property(anyInstant, lengths, anyZone, (from, length, zone) => {
        const until = instant(from + length);
        const days = localDays(from, until, zone);
        expect(days[0]?.start).toBeLessThanOrEqual(from);
        expect(days.at(-1)?.end).toBeGreaterThanOrEqual(until);
        days.forEach((day, index) => {
          expect(day.start).toBe(days[index - 1]?.end ?? day.start);
          expect(localDateOf(day.start, zone)).toBe(day.date);
          expect(localDateOf(instant(day.end - MINUTE), zone)).toBe(day.date);
        });
      }),
      { numRuns: 30 },
    );
  });

  it('leave out a date that the zone skipped', () => {
    const days = localDays(utc('2011-12-29T12:00Z'), utc('2012-01-01T00:00Z'), 'Pacific/Apia');
    expect(days.map((day) => day.date)).toEqual(['2011-12-29', '2011-12-31', '2012-01-01']);
  });

  it('are none for an empty stretch', () => {
    expect(localDays(utc('2026-01-01T00:00Z'), utc('2026-01-01T00:00Z'), 'UTC')).toEqual([]);
  });
});

describe('calendar periods', () => {
  it.each([
    ['day', 0, '2026-08-19T00:00Z'],
    ['week', 0, '2026-08-17T00:00Z'],
    ['week', -1, '2026-08-10T00:00Z'],
    ['month', 0, '2026-08-01T00:00Z'],
    ['month', 5, '2027-01-01T00:00Z'],
    ['quarter', 0, '2026-07-01T00:00Z'],
    ['quarter', -3, '2025-10-01T00:00Z'],
    ['year', 0, '2026-01-01T00:00Z'],
    ['year', 1, '2027-01-01T00:00Z'],
  ] as const)('%s %d', (period, shift, want) => {
    expect(startOfPeriod(period, utc('2026-08-19T10:20Z'), 'UTC', shift)).toBe(utc(want));
  });

  it('begin at local midnight, not at UTC midnight', () => {
    expect(startOfPeriod('month', utc('2026-07-31T20:00Z'), 'Asia/Shanghai')).toBe(utc('2026-07-31T16:00Z'));
  });
});
