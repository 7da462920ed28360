/**
 * Calendars: named cases for every cause and overlap, and the step functions against an oracle that walks the clock
 * minute by minute with the engine's own formatter.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PoolVersion, Window } from '../../src/shared/calendar.ts';
import { accountingSteps, offeredSteps, unchanged, unitsOut } from '../../src/shared/calendar.ts';
import type { Outage, Pool } from '../../src/shared/domain/pool.ts';
import { localTimeOf } from '../../src/shared/local-time.ts';
import { DAY, HOUR, MINUTE, instant, milli } from '../../src/shared/units.ts';
import { ROOM_UNITS, aPool, anOutage, everyDay } from '../support/intake/pool-builder.ts';

const utc = (text: string) => instant(Date.parse(text) / 1000);
const MONDAY = utc('2026-06-01T00:00Z');
const WEEK: Window = { from: MONDAY, until: instant(MONDAY + 7 * DAY) };
const FIRST_DAY: Window = { from: MONDAY, until: instant(MONDAY + DAY) };

/** Steps as `[hours after Monday 00:00 UTC, ...figures in units]`. */
function account(pool: Pool, window = FIRST_DAY): number[][] {
  return accountingSteps(unchanged(pool), window, 'UTC').map((step) => [
    (step.at - MONDAY) / HOUR,
    step.openMilli / 1000,
    step.downMilli / 1000,
  ]);
}

function offer(versions: readonly PoolVersion[], window = FIRST_DAY): (string | number)[][] {
  return offeredSteps(versions, window, 'UTC').map((step) => [
    (step.at - MONDAY) / HOUR,
    step.capacityMilli / 1000,
    step.cause,
  ]);
}

describe('capacity offered', () => {
  const nineToFive = everyDay([9, 17]);
  const out = (from: number, to: number | null, changes = {}) =>
    anOutage(MONDAY + from * HOUR, to === null ? null : MONDAY + to * HOUR, changes);

  it.each<[string, Partial<Pool>, (string | number)[][]]>([
    ['is nominal around the clock without hours', {}, [[0, 3, 'open']]],
    [
      'is nothing outside hours',
      { weeklyHours: nineToFive },
      [
        [0, 0, 'closed'],
        [9, 3, 'open'],
        [17, 0, 'closed'],
      ],
    ],
    [
      'loses what is out of order, for as long as it is',
      { outages: [out(10, 12, { unit: 'room-2' })] },
      [
        [0, 3, 'open'],
        [10, 2, 'outage'],
        [12, 3, 'open'],
      ],
    ],
    [
      'counts planned maintenance as closed',
      { outages: [out(10, 12, { isPlanned: true })] },
      [
        [0, 3, 'open'],
        [10, 0, 'closed'],
        [12, 3, 'open'],
      ],
    ],
    [
      'stays down while nobody knows an outage’s end',
      { outages: [out(10, null)] },
      [
        [0, 3, 'open'],
        [10, 0, 'outage'],
      ],
    ],
    [
      'is closed by an exception for that date alone',
      { exceptions: [{ date: '2026-06-01', ranges: [] }] },
      [[0, 0, 'closed']],
    ],
    [
      'follows an exception’s own hours',
      {
        weeklyHours: nineToFive,
        exceptions: [{ date: '2026-06-01', ranges: [{ fromMinute: 600, toMinute: 660 }] }],
      },
      [
        [0, 0, 'closed'],
        [10, 3, 'open'],
        [11, 0, 'closed'],
      ],
    ],
    [
      'ignores an outage of a unit it does not have',
      { outages: [out(10, 12, { unit: 'attic' })] },
      [[0, 3, 'open']],
    ],
  ])('%s', (_name, changes, want) => {
    expect(offer(unchanged(aPool(changes)))).toEqual(want);
  });

  it('joins hours that meet at midnight', () => {
    const pool = aPool({ weeklyHours: everyDay([0, 24]) });
    expect(offer(unchanged(pool), WEEK)).toEqual([[0, 3, 'open']]);
  });

  it('changes with the version of the pool, and is nothing before there is one', () => {
    const versions = [
      {
        from: instant(MONDAY + 12 * HOUR),
        pool: aPool({ units: ROOM_UNITS.slice(0, 2), capacityMilli: milli(2000) }),
      },
      { from: instant(MONDAY + 6 * HOUR), pool: aPool() },
    ];
    expect(offer(versions)).toEqual([
      [0, 0, 'closed'],
      [6, 3, 'open'],
      [12, 2, 'open'],
    ]);
    expect(unitsOut(versions, FIRST_DAY).map(({ unitId, from }) => [unitId, (from - MONDAY) / HOUR])).toEqual(
      [
        ['room-1', 0],
        ['room-2', 0],
        ['room-3', 0],
        ['room-3', 12],
      ],
    );
  });

  it('refuses an empty window, because that is a fault of the caller', () => {
    expect(() => offer(unchanged(aPool()), { from: MONDAY, until: MONDAY })).toThrow(RangeError);
  });
});

describe('accounting', () => {
  it('counts overlapping outages of a unit and of its pool once', () => {
    const outages = [
      anOutage(MONDAY + 8 * HOUR, MONDAY + 12 * HOUR, { unit: 'room-1' }),
      anOutage(MONDAY + 9 * HOUR, MONDAY + 11 * HOUR, { unit: 'room-1' }),
      anOutage(MONDAY + 10 * HOUR, MONDAY + 13 * HOUR),
    ];
    expect(account(aPool({ outages }))).toEqual([
      [0, 3, 0],
      [8, 3, 1],
      [10, 3, 3],
      [13, 3, 0],
    ]);
  });

  it('lets planned maintenance win over an outage of the same unit', () => {
    const outages = [
      anOutage(MONDAY + 8 * HOUR, MONDAY + 12 * HOUR, { unit: 'room-1', isPlanned: true }),
      anOutage(MONDAY + 10 * HOUR, MONDAY + 14 * HOUR),
    ];
    expect(account(aPool({ outages }))).toEqual([
      [0, 3, 0],
      [8, 2, 0],
      [10, 2, 2],
      [12, 3, 3],
      [14, 3, 0],
    ]);
  });

  it('counts an outage outside hours as closed, not as down', () => {
    const pool = aPool({
      weeklyHours: everyDay([9, 17]),
      outages: [anOutage(MONDAY + 16 * HOUR, MONDAY + 20 * HOUR)],
    });
    expect(account(pool)).toEqual([
      [0, 0, 0],
      [9, 3, 0],
      [16, 3, 3],
      [17, 0, 0],
    ]);
  });

  it('has one hour less on the day the clock is put forward', () => {
    const window = { from: utc('2026-03-28T23:00Z'), until: utc('2026-03-29T22:00Z') };
    const pool = aPool({ weeklyHours: everyDay([1, 4]) });
    const steps = accountingSteps(unchanged(pool), window, 'Europe/Berlin');
    expect(steps.map(({ at, openMilli }) => [(at - window.from) / HOUR, openMilli])).toEqual([
      [0, 0],
      [1, 3000],
      [3, 0],
    ]);
  });
});

describe('units out', () => {
  it('merges overlapping outages, keeps planned ones, and ends open ones with the window', () => {
    const outages = [
      anOutage(MONDAY - HOUR, MONDAY + 2 * HOUR, { unit: 'room-2' }),
      anOutage(MONDAY + HOUR, MONDAY + 3 * HOUR, { unit: 'room-2', isPlanned: true }),
      anOutage(MONDAY + 9 * HOUR, null, { unit: 'room-1' }),
      anOutage(MONDAY, MONDAY + HOUR),
    ];
    expect(unitsOut(unchanged(aPool({ outages })), FIRST_DAY)).toEqual([
      { unitId: 'room-1', from: MONDAY + 9 * HOUR, until: FIRST_DAY.until },
      { unitId: 'room-2', from: MONDAY, until: MONDAY + 3 * HOUR },
    ]);
  });
});

/* The oracle: what a person with a clock and the list of hours and outages would say, minute by minute. */

const ZONES = [
  'Europe/Berlin',
  'America/New_York',
  'Asia/Shanghai',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
] as const;
const DAYS_THE_CLOCK_JUMPS = [
  '2026-03-29',
  '2026-10-25',
  '2026-03-08',
  '2026-11-01',
  '2026-04-05',
  '2026-10-04',
];

const anyRanges = fc
  .uniqueArray(fc.integer({ min: 0, max: 96 }), { minLength: 0, maxLength: 4 })
  .map((quarters) => quarters.sort((left, right) => left - right))
  .map((quarters) =>
    quarters.flatMap((quarter, index) => {
      const next = quarters[index + 1];
      return index % 2 === 0 && next !== undefined ? [{ fromMinute: quarter * 15, toMinute: next * 15 }] : [];
    }),
  );

/** A day opens at the first minute whose wall time has reached a range's start and closes likewise. */
function isOpenByTheClock(pool: Pool, at: number, zone: string): boolean {
  const { dayNumber, date, weekday } = localTimeOf(instant(at), zone);
  const ranges = pool.exceptions.find((row) => row.date === date)?.ranges ?? pool.weeklyHours?.[weekday];
  if (!ranges) return true;
  let reached = 0;
  let minute = at;
  while (localTimeOf(instant(minute), zone).dayNumber === dayNumber) {
    reached = Math.max(reached, localTimeOf(instant(minute), zone).minute);
    minute -= 15 * MINUTE; // hours and clock jumps of these cases keep to quarters
  }
  return ranges.some(({ fromMinute, toMinute }) => fromMinute <= reached && reached < toMinute);
}

function unitsOutAt(outages: readonly Outage[], at: number): Set<string> {
  const running = outages.filter(({ start, end }) => start <= at && at < (end ?? Infinity));
  return new Set(
    ROOM_UNITS.map(({ id }) => id).filter((id) =>
      running.some(({ unitId }) => unitId === null || unitId === id),
    ),
  );
}

describe('the step functions', () => {
  it('say what a person with a clock would say at any minute', () => {
    const anyOutage = fc.record({
      hour: fc.integer({ min: -10, max: 40 }),
      hours: fc.option(fc.integer({ min: 1, max: 20 })),
      unit: fc.constantFrom('room-1', 'room-2', undefined),
      isPlanned: fc.boolean(),
    });
    const cases = fc.record({
      zone: fc.constantFrom(...ZONES),
      date: fc.constantFrom(...DAYS_THE_CLOCK_JUMPS, '2026-06-10'),
      week: fc.option(fc.array(anyRanges, { minLength: 7, maxLength: 7 })),
      exception: fc.option(anyRanges),
      outages: fc.array(anyOutage, { maxLength: 4 }),
      minutes: fc.array(fc.integer({ min: 0, max: 36 * 60 - 1 }), { minLength: 8, maxLength: 8 }),
    });
    fc.assert(
      fc.property(cases, ({ zone, date, week, exception, outages, minutes }) => {
        const from = instant(utc(`${date}T00:00Z`) - 8 * HOUR);
        const window = { from, until: instant(from + 36 * HOUR) };
        const pool = aPool({
          weeklyHours: week,
          exceptions: exception ? [{ date, ranges: exception }] : [],
          outages: outages.map(({ hour, hours, unit, isPlanned }) =>
            anOutage(from + hour * HOUR, hours === null ? null : from + (hour + hours) * HOUR, {
              ...(unit ? { unit } : {}),
              isPlanned,
            }),
          ),
        });
        const steps = accountingSteps(unchanged(pool), window, zone);
        for (const minute of minutes) {
          const at = from + minute * MINUTE;
          const step = steps.findLast((row) => row.at <= at);
          const planned = unitsOutAt(
            pool.outages.filter((row) => row.isPlanned),
            at,
          );
          const out = unitsOutAt(pool.outages, at);
          const isOpen = isOpenByTheClock(pool, at, zone);
          expect(step?.openMilli).toBe(isOpen ? 3000 - 1000 * planned.size : 0);
          expect(step?.downMilli).toBe(isOpen ? 1000 * (out.size - planned.size) : 0);
        }
      }),
      { numRuns: 120 },
    );
  });

  it('expand fifty pools over a year in well under a second', () => {
    const year = { from: utc('2026-01-01T00:00Z'), until: utc('2027-01-01T00:00Z') };
    const pool = aPool({
      weeklyHours: everyDay([8, 12], [14, 18]),
      outages: [anOutage(MONDAY, MONDAY + DAY)],
    });
    const began = process.cpuUsage();
    for (let count = 0; count < 50; count += 1) offeredSteps(unchanged(pool), year, 'Europe/Berlin');
    const { user, system } = process.cpuUsage(began);
    expect((user + system) / 1000).toBeLessThan(1000);
  });
});
