/** Beds by the midnight census, with round figures a person can check against the published definitions. */
import { describe, expect, it } from 'vitest';
import type { BedFigures } from '../../src/shared/domain/report.ts';
import { outageId, taskId, unitId } from '../../src/shared/ids.ts';
import { valueOf } from '../../src/main/reports/tables/table.ts';
import { utilizationReport } from '../../src/main/reports/report.ts';
import { at, makeBooking, makeInput, makePool } from '../support/reports/clinics.ts';

/** Two days, 29 and 30 March 2026 in Berlin: midnights at 22:00Z on the 28th (summer time begins), 29th and 30th. */
function bedsOf(
  stays: readonly (readonly [string, string | null])[],
  asOf = '2026-04-01T00:00Z',
): BedFigures {
  const bookings = stays.map(([from, until], index) =>
    makeBooking({
      taskId: taskId(`t${index}`),
      state: until === null ? 'running' : 'finished',
      plannedStart: at(from),
      plannedEnd: at('2026-04-05T00:00Z'),
      actualStart: at(from),
      actualEnd: until === null ? null : at(until),
    }),
  );
  const pools = [makePool('a', 4, { template: 'bed' })];
  const [pool] = utilizationReport(makeInput({ pools, bookings, asOf: at(asOf) })).pools;
  if (!pool?.beds) throw new Error('a pool of beds has bed figures');
  return pool.beds;
}

describe('a pool of beds', () => {
  it('counts a bed-day per bed in use at midnight, and one for a stay of a single day', () => {
    const beds = bedsOf([
      ['2026-03-27T08:00Z', '2026-03-30T09:00Z'], // in bed on the 29th's midnight, ended on the 30th: 3 days long
      ['2026-03-29T08:00Z', '2026-03-29T15:00Z'], // came and went on the 29th
      ['2026-03-30T08:00Z', null], // still there
    ]);
    expect(beds).toMatchObject({ days: 2, availableMilliDays: 8000, occupiedMilliDays: 3000, discharges: 2 });
    expect(beds.occupancy).toEqual({ numerator: 3000, denominator: 8000 });
    expect(beds.lengthOfStayDays).toEqual({ numerator: 3 + 1, denominator: 2 });
    expect(valueOf(beds.turnoverRate)).toBe(2 / 4); // 2 stays, 4 beds on average
    expect(valueOf(beds.turnoverIntervalDays)).toBe((8 - 3) / 2);
  });

  it('counts a bed once a day, however many people follow one another in it', () => {
    const beds = bedsOf([
      ['2026-03-29T06:00Z', '2026-03-29T10:00Z'], // one after another in one bed
      ['2026-03-29T10:00Z', '2026-03-29T13:00Z'],
      ['2026-03-29T11:00Z', '2026-03-29T12:00Z'], // beside the second: another bed
      ['2026-03-29T14:00Z', '2026-03-30T09:00Z'], // the first bed's night
    ]);
    expect(beds).toMatchObject({ occupiedMilliDays: 2000, discharges: 4 });
    expect(beds.lengthOfStayDays).toEqual({ numerator: 4, denominator: 4 });
  });

  it('offers beds that are open during the day alone, by that day', () => {
    const weeklyHours = Array.from({ length: 7 }, () => [{ fromMinute: 480, toMinute: 1080 }]);
    const pools = [makePool('a', 4, { template: 'bed', weeklyHours })];
    const [pool] = utilizationReport(makeInput({ pools, asOf: at('2026-04-01T00:00Z') })).pools;
    expect(pool?.beds?.availableMilliDays).toBe(2 * 4000);
  });

  it('leaves out the day that is not over', () => {
    const beds = bedsOf([['2026-03-28T08:00Z', null]], '2026-03-30T12:00Z');
    expect(beds).toMatchObject({ days: 1, availableMilliDays: 4000, occupiedMilliDays: 1000, discharges: 0 });
    expect(valueOf(beds.lengthOfStayDays)).toBeNull();
  });

  it('keeps beds in a short repair available, and not those in planned maintenance', () => {
    const outage = { unitId: unitId('a-1'), start: at('2026-03-28T12:00Z'), end: null };
    const outages = [
      { ...outage, id: outageId('o1'), isPlanned: true },
      { ...outage, id: outageId('o2'), unitId: unitId('a-2'), isPlanned: false },
    ];
    const pools = [makePool('a', 4, { template: 'bed', outages })];
    const [pool] = utilizationReport(makeInput({ pools, asOf: at('2026-04-01T00:00Z') })).pools;
    expect(pool?.beds?.availableMilliDays).toBe(2 * 3000);
  });
});
