import { describe, expect, it } from 'vitest';
import type { PeriodChoice } from '../../src/shared/domain/report.ts';
import { HOUR } from '../../src/shared/units.ts';
import {
  bucketBounds,
  bucketSizeOf,
  reportablePeriods,
  resolvePeriod,
} from '../../src/main/reports/period.ts';
import type { ImportedWork } from '../../src/main/reports/period.ts';
import { at } from '../support/reports/clinics.ts';

const ZONE = 'Europe/Berlin';

function period(choice: PeriodChoice) {
  const result = resolvePeriod(choice, ZONE);
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
}

describe('a chosen period', () => {
  const cases: readonly { name: string; choice: PeriodChoice; want: readonly string[] }[] = [
    {
      name: 'a day',
      choice: { kind: 'day', from: '2026-03-29' },
      want: ['2026-03-28', '2026-03-29', '2026-03-30'],
    },
    {
      name: 'a week begins on Monday',
      choice: { kind: 'week', from: '2026-03-29' },
      want: ['2026-03-16', '2026-03-23', '2026-03-30'],
    },
    {
      name: 'a month is named by any day in it',
      choice: { kind: 'month', from: '2026-03-17' },
      want: ['2026-02-01', '2026-03-01', '2026-04-01'],
    },
    {
      name: 'a quarter',
      choice: { kind: 'quarter', from: '2026-02-10' },
      want: ['2025-10-01', '2026-01-01', '2026-04-01'],
    },
    {
      name: 'a year',
      choice: { kind: 'year', from: '2026-07-01' },
      want: ['2025-01-01', '2026-01-01', '2027-01-01'],
    },
    {
      name: 'own dates are compared with as many days before',
      choice: { kind: 'custom', from: '2026-03-10', until: '2026-03-13' },
      want: ['2026-03-07', '2026-03-10', '2026-03-13'],
    },
  ];
  it.each(cases)('$name', ({ choice, want }) => {
    const { current, previous } = period(choice);
    expect([previous.fromDate, current.fromDate, current.untilDate]).toEqual(want);
    expect(previous.until).toBe(current.from);
  });

  const refused: readonly { name: string; choice: PeriodChoice }[] = [
    { name: 'a date that is none', choice: { kind: 'day', from: '2026-02-30' } },
    {
      name: 'an end before the beginning',
      choice: { kind: 'custom', from: '2026-03-10', until: '2026-03-10' },
    },
    { name: 'two centuries', choice: { kind: 'custom', from: '1800-01-01', until: '2026-01-01' } },
  ];
  it.each(refused)('refuses $name', ({ choice }) => {
    expect(resolvePeriod(choice, ZONE)).toMatchObject({ ok: false, error: { code: 'invalid-period' } });
  });
});

describe('buckets', () => {
  it('are 23 hours on the day on which the clock goes forward', () => {
    const { current } = period({ kind: 'day', from: '2026-03-29' });
    const bounds = bucketBounds(current, bucketSizeOf(current), ZONE);
    expect(bounds).toHaveLength(24);
    expect(new Set(bounds.slice(1).map((bound, index) => bound - (bounds[index] ?? 0)))).toEqual(
      new Set([HOUR]),
    );
  });

  it('are local days in a month, one of them an hour short', () => {
    const { current } = period({ kind: 'month', from: '2026-03-01' });
    const bounds = bucketBounds(current, bucketSizeOf(current), ZONE);
    const lengths = bounds.slice(1).map((bound, index) => (bound - (bounds[index] ?? 0)) / HOUR);
    expect(lengths).toHaveLength(31);
    expect(lengths.filter((hours) => hours !== 24)).toEqual([23]);
  });

  it('are months in a year', () => {
    const { current } = period({ kind: 'year', from: '2026-03-01' });
    expect(bucketBounds(current, bucketSizeOf(current), ZONE)).toHaveLength(13);
  });
});

describe('the month that Reports opens with', () => {
  const now = at('2026-11-18T09:20Z');
  /** History that ended at these instants. */
  const imported = (...ends: string[]): ImportedWork => {
    const all = ends.map(at).sort((left, right) => left - right);
    const hull = { from: all[0] ?? now, to: all.at(-1) ?? now };
    return {
      hull,
      countEnded: ({ from, to }) => all.filter((end) => from <= end && end < to).length,
    };
  };
  const mostInMarch = ['2015-01-03T10:00Z', '2015-03-04T10:00Z', '2015-03-09T10:00Z', '2019-07-01T10:00Z'];

  it('is the busiest while there is only imported history, the latest of equals', () => {
    expect(reportablePeriods(imported(...mostInMarch), now, ZONE)).toEqual({
      opensOn: '2015-03-01',
      today: '2026-11-18',
    });
    const asManyInJuly = imported(...mostInMarch, '2019-07-31T10:00Z');
    expect(reportablePeriods(asManyInJuly, now, ZONE).opensOn).toBe('2019-07-01');
  });

  it('is one of the clinic’s own clock', () => {
    const lastNight = imported('2019-06-30T23:00Z');
    expect(reportablePeriods(lastNight, now, 'Europe/Berlin').opensOn).toBe('2019-07-01');
    expect(reportablePeriods(lastNight, now, 'UTC').opensOn).toBe('2019-06-01');
  });

  it('is this one once the clinic has work of its own, and when there is nothing at all', () => {
    expect(reportablePeriods(null, now, ZONE).opensOn).toBe('2026-11-01');
  });
});
