/** The filter's button and sheet, in both languages. */
import { cleanup, fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { locale } from '../../../src/renderer/locale.svelte.ts';
import ReportFilter from '../../../src/renderer/screens/reports/ReportFilter.svelte';
import type { Locale } from '../../../src/shared/domain/local-text.ts';
import type { ReportFilters } from '../../../src/shared/domain/report.ts';
import { poolId } from '../../../src/shared/ids.ts';
import { fillJsdomGaps } from '../workspace/jsdom-gaps.ts';

const pools = ['CT', 'X-ray'].map((en) => ({ poolId: poolId(en), name: { en, zh: `${en}室` } }));

beforeAll(fillJsdomGaps);
afterEach(cleanup);

function shown(filters: ReportFilters, language: Locale = 'en'): string[] {
  locale.set(language);
  const calls: string[] = [];
  render(ReportFilter, {
    props: {
      filters,
      pools,
      onpool: (id) => calls.push(id),
      onsubsystem: (id) => calls.push(id),
      onclear: () => calls.push('clear'),
    },
  });
  return calls;
}

const cases: readonly { filters: ReportFilters; en: string; zh: string }[] = [
  { filters: { poolIds: null, subsystems: null }, en: 'All pools', zh: '全部资源池' },
  {
    filters: { poolIds: [poolId('CT')], subsystems: ['records', 'imaging'] },
    en: 'CT · 2 of 5 subsystems',
    zh: 'CT室 · 2/5 个子系统',
  },
];
test.each(cases)('its button says what the report is about: $en', ({ filters, en, zh }) => {
  shown(filters);
  expect(screen.getByTestId('reports-filter').textContent?.trim()).toBe(en);
  cleanup();
  shown(filters, 'zh');
  expect(screen.getByTestId('reports-filter').textContent?.trim()).toBe(zh);
});

test('its sheet takes pools and subsystems in and out, but not the last one', async () => {
  const calls = shown({ poolIds: [poolId('CT')], subsystems: null });
  await fireEvent.click(screen.getByTestId('reports-filter'));
  expect(await screen.findByTestId('filter-pool-CT')).toHaveProperty('disabled', true);
  expect(screen.getByTestId('filter-pool-X-ray')).toHaveProperty('checked', false);
  await fireEvent.click(screen.getByTestId('filter-pool-X-ray'));
  await fireEvent.click(screen.getByTestId('filter-imaging'));
  await fireEvent.click(screen.getByTestId('filter-clear'));
  expect(calls).toEqual(['X-ray', 'imaging', 'clear']);
});
