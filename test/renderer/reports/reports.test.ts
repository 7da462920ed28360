import { beforeEach, describe, expect, test } from 'vitest';
import { format } from '../../../src/renderer/format/format.svelte.ts';
import { locale } from '../../../src/renderer/locale.svelte.ts';
import { fallingLines, risingLines } from '../../../src/renderer/print/vector-hatches.ts';
import { changeInPoints } from '../../../src/renderer/screens/reports/pool-figures.ts';
import {
  comparisonWords,
  completenessWords,
  ledgerWords,
  periodName,
} from '../../../src/renderer/screens/reports/report-words.ts';
import { ReportsState } from '../../../src/renderer/screens/reports/reports.svelte.ts';
import type { PoolComparison, ReportPeriod } from '../../../src/shared/domain/report.ts';
import { poolId } from '../../../src/shared/ids.ts';
import type { Refusal } from '../../../src/shared/result.ts';
import { accept, refuse } from '../../../src/shared/result.ts';
import { ZONE } from '../../support/reports/clinics.ts';
import { sampleReport } from '../../support/reports/sample-report.ts';
import { ScriptedApi, answers } from '../workspace/scripted-api.ts';

/** What an export is unless somebody says otherwise. */
const OUTSIDE = { isForOutside: true, identities: null } as const;
const report = sampleReport();
const periods = {
  opensOn: '2019-05-01',
  today: '2026-03-30',
};

function scripted(given: ConstructorParameters<typeof ScriptedApi>[0] = {}): ScriptedApi {
  return new ScriptedApi({
    'report.periods': answers(periods),
    'report.utilization': answers(report),
    'report.schedules': answers({ schedules: [] }),
    'report.cancel-export': answers({}),
    ...given,
  });
}

function reportsOf(
  api: ScriptedApi,
  opensOn: string | null = null,
): { state: ReportsState; refusals: Refusal[]; stopped: true[] } {
  const refusals: Refusal[] = [];
  const stopped: true[] = [];
  const state = new ReportsState(api, {
    opensOn,
    refuse: (refusal) => refusals.push(refusal),
    stopped: () => stopped.push(true),
  });
  return { state, refusals, stopped };
}

beforeEach(() => {
  format.timeZone = ZONE;
  locale.set('en');
});

describe('the period', () => {
  test('is the one main proposes, or the one a link names', async () => {
    for (const opensOn of [null, '2020-02-01']) {
      const api = scripted();
      await reportsOf(api, opensOn).state.load();
      const wanted = { kind: 'month', from: opensOn ?? '2019-05-01' };
      expect(api.requestsOf('report.utilization').map(({ period }) => period)).toEqual([wanted]);
    }
  });

  test('steps back to the one it is compared with, and on to the one after', async () => {
    const api = scripted();
    const { state } = reportsOf(api);
    await state.load();
    await state.showPrevious();
    await state.showNext();
    expect(api.requestsOf('report.utilization').slice(1)).toMatchObject([
      { period: { kind: 'custom', from: '2026-03-27', until: '2026-03-29' } },
      { period: { kind: 'custom', from: '2026-03-31', until: '2026-04-02' } },
    ]);
  });

  test('of another length is around today where today was shown', async () => {
    const api = scripted();
    const { state } = reportsOf(api);
    await state.load();
    await state.showKind('week');
    expect(api.requestsOf('report.utilization').at(-1)?.period).toEqual({ kind: 'week', from: '2026-03-30' });
    await state.showKind('custom');
    expect([state.kind, state.isChoosingDates]).toEqual(['custom', true]);
    expect(api.requestsOf('report.utilization')).toHaveLength(2);
  });

  test('shown is the one asked for last, even when an earlier answer comes later', async () => {
    const waiting: ((value: ReturnType<typeof accept<typeof report>>) => void)[] = [];
    const api = scripted({ 'report.utilization': () => new Promise((resolve) => waiting.push(resolve)) });
    const { state } = reportsOf(api);
    void state.load();
    await Promise.resolve();
    await new Promise((resolve) => setTimeout(resolve));
    const later = state.showDates('2026-01-01', '2026-01-03');
    const newer = { ...report, asOf: report.period.from };
    waiting[1]?.(accept(newer));
    waiting[0]?.(accept(report));
    await later;
    await new Promise((resolve) => setTimeout(resolve));
    expect(state.report?.asOf).toBe(newer.asOf);
  });
});

describe('the pool of the chart', () => {
  test('is the first one until another is chosen', async () => {
    const { state } = reportsOf(scripted());
    await state.load();
    expect(state.pool?.poolId).toBe('a');
    await state.selectPool('b');
    expect(state.pool?.poolId).toBe('b');
  });

  test('is asked for when another is chosen, and stays the one before until it has come', async () => {
    const of = (id: string): typeof report => ({
      ...report,
      pools: report.pools.map((pool) => (pool.poolId === id ? pool : { ...pool, buckets: [], series: [] })),
    });
    const asked: unknown[] = [];
    const api = scripted({
      'report.utilization': (request) => {
        asked.push(request.chartPoolId);
        return accept(of(request.chartPoolId ?? 'a'));
      },
    });
    const { state } = reportsOf(api);
    await state.load();
    const chosen = state.selectPool('b');
    expect([state.selectedId, state.pool?.poolId]).toEqual(['b', 'a']);
    await chosen;
    expect([state.selectedId, state.pool?.poolId]).toEqual(['b', 'b']);
    expect(asked).toEqual([undefined, 'b']);
  });

  test('is compared with the period before where that was written down', async () => {
    const recorded = { numerator: 9, denominator: 10 };
    const known = { ...report, comparison: { ...report.comparison, recorded } };
    const { state } = reportsOf(scripted({ 'report.utilization': answers(known) }));
    await state.load();
    expect(state.before(poolId('b'))?.poolId).toBe('b');
    const unknown = reportsOf(scripted()).state;
    await unknown.load();
    expect(unknown.before(poolId('b'))).toBeNull();
  });
});

describe('the filters', () => {
  const asked = (api: ScriptedApi): unknown[] =>
    api.requestsOf('report.utilization').map(({ poolIds, subsystems }) => ({ poolIds, subsystems }));

  test('take a pool or a subsystem out and in again, and hold for the next period and the file', async () => {
    const api = scripted({ 'report.export': answers({ path: null, bytes: 0, rows: 0 }) });
    const { state } = reportsOf(api);
    await state.load();
    await state.togglePool(poolId('a'));
    await state.toggleSubsystem('imaging');
    await state.showPrevious();
    await state.export('en', OUTSIDE);
    const subsystems = ['records', 'insurance', 'research', 'monitoring'];
    const both = { poolIds: ['b'], subsystems };
    expect(asked(api)).toEqual([
      { poolIds: null, subsystems: null },
      { poolIds: ['b'], subsystems: null },
      both,
      both,
    ]);
    expect(api.requestsOf('report.export')).toMatchObject([both]);
    await state.togglePool(poolId('a'));
    expect(state.filters).toEqual({ poolIds: null, subsystems });
    await state.clearFilters();
    expect(asked(api).at(-1)).toEqual({ poolIds: null, subsystems: null });
  });

  test('never leave a report of nothing', async () => {
    const { state } = reportsOf(scripted());
    await state.load();
    await state.togglePool(poolId('a'));
    await state.togglePool(poolId('b'));
    expect(state.filters.poolIds).toEqual(['b']);
    expect(state.allPools.map((pool) => pool.poolId)).toEqual(['a', 'b']);
  });
});

describe('an export', () => {
  test('writes what is shown, in the format and language chosen', async () => {
    const api = scripted({ 'report.export': answers({ path: '/tmp/r.pdf', bytes: 9, rows: 0 }) });
    const { state } = reportsOf(api);
    await state.load();
    state.format = 'pdf';
    expect(await state.export('zh', OUTSIDE)).toMatchObject({ path: '/tmp/r.pdf' });
    expect(api.requestsOf('report.export')).toMatchObject([
      { period: { kind: 'month', from: '2019-05-01' }, format: 'pdf', locale: 'zh', path: null },
    ]);
    expect(state.isExporting).toBe(false);
  });

  test('shows how far it is, and stops when asked', async () => {
    let finish = (): void => undefined;
    const api = scripted({
      'report.export': () =>
        new Promise((resolve) => (finish = () => resolve(refuse('cancelled', {}, true)))),
    });
    const { state, refusals, stopped } = reportsOf(api);
    await state.load();
    const exported = state.export('en', OUTSIDE);
    await Promise.resolve();
    api.send('export.progress', { done: 3, total: 10 });
    expect(state.progress).toEqual({ done: 3, total: 10 });
    await state.cancelExport();
    finish();
    expect(await exported).toBeNull();
    expect([state.progress, refusals, stopped]).toEqual([null, [], [true]]);
  });

  test('tells why it could not be written', async () => {
    const { state, refusals } = reportsOf(
      scripted({ 'report.export': () => refuse('folder-missing', {}, true) }),
    );
    await state.load();
    await state.export('en', OUTSIDE);
    expect(refusals.map(({ code }) => code)).toEqual(['folder-missing']);
  });
});

describe('words', () => {
  const cases: readonly { period: Partial<ReportPeriod>; en: string; zh: string }[] = [
    {
      period: { kind: 'day', fromDate: '2026-11-18', untilDate: '2026-11-19' },
      en: 'Wednesday 18 November 2026',
      zh: '2026年11月18日星期三',
    },
    {
      period: { kind: 'week', fromDate: '2026-11-09', untilDate: '2026-11-16' },
      en: '9–15 November 2026',
      zh: '2026年11月9日至11月15日',
    },
    {
      period: { kind: 'month', fromDate: '2026-10-01', untilDate: '2026-11-01' },
      en: 'October 2026',
      zh: '2026年10月',
    },
    {
      period: { kind: 'quarter', fromDate: '2026-10-01', untilDate: '2027-01-01' },
      en: 'Q4 2026',
      zh: '2026 年第 4 季度',
    },
    { period: { kind: 'year', fromDate: '2026-01-01', untilDate: '2027-01-01' }, en: '2026', zh: '2026 年' },
  ];
  test.each(cases)('name a period: $en', ({ period, en, zh }) => {
    const named = (): string => periodName({ ...report.period, ...period });
    expect(named()).toBe(en);
    locale.set('zh');
    expect(named()).toBe(zh);
  });

  test('say how complete the report is and which ledger it is from', () => {
    expect(comparisonWords(report.comparison)).toBe('nothing recorded for 27–28 March 2026');
    const recorded = { numerator: 1, denominator: 4 };
    expect(comparisonWords({ ...report.comparison, recorded })).toBe(
      'compared with 27–28 March 2026, 25\u00a0% of it recorded',
    );
    expect(completenessWords(report)).toBe('100.0\u00a0%, 1 task still open');
    expect(ledgerWords(report)).toBe('1,840 entries · 9f3c…9f3c');
  });

  test('tell a change of utilization in points', () => {
    const now = { numerator: 3, denominator: 4 };
    const before = (numerator: number, denominator: number): PoolComparison | null => {
      const [first] = report.comparison.pools;
      return first ? { ...first, utilization: { numerator, denominator } } : null;
    };
    expect(changeInPoints(now, before(1, 2))).toBe('+25.0');
    expect(changeInPoints(now, before(1, 1))).toBe('−25.0');
    expect(changeInPoints(now, before(0, 0))).toBe('');
  });
});

describe('hatches on paper', () => {
  const box = { x: 0, y: 0, width: 10, height: 5 };
  test('are the pattern’s lines, cut at the edges of the area', () => {
    expect(risingLines(box)).toBe('M0 5L5 0M5 5L10 0');
    expect(fallingLines(box)).toBe('M0 0L5 5M5 0L10 5');
    expect(risingLines({ ...box, width: 0 })).toBe('');
  });
});
