import { describe, expect, it } from 'vitest';
import type { PeriodChoice } from '../../src/shared/domain/report.ts';
import { HOUR } from '../../src/shared/units.ts';
import {
  bucketBounds,
  bucketSizeOf,
  reportablePeriods,
  resolvePeriod,
} from '../../src/main/reports/period.ts';
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

describe('what there is to report on', () => {
  const now = at('2026-11-18T09:20Z');
  const imported = ['2015-01-03', '2015-03-04', '2015-03-09', '2019-07-01'].map((date) => ({
    startedAt: at(`${date}T10:00Z`),
    isImported: true,
  }));

  it('opens on the busiest month while there is only imported history', () => {
    expect(reportablePeriods(imported, now, ZONE)).toEqual({
      firstDate: '2015-01-03',
      lastDate: '2019-07-01',
      busiestMonth: '2015-03-01',
      opensOn: '2015-03-01',
      today: '2026-11-18',
    });
  });

  it('opens on this month once the clinic has work of its own', () => {
    const own = { startedAt: at('2026-11-17T08:00Z'), isImported: false };
    expect(reportablePeriods([...imported, own], now, ZONE).opensOn).toBe('2026-11-01');
  });

  it('opens on this month when there is nothing at all', () => {
    expect(reportablePeriods([], now, ZONE)).toMatchObject({ opensOn: '2026-11-01', firstDate: null });
  });
});
