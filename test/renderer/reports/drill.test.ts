import { expect, test } from 'vitest';
import { ReportsState } from '../../../src/renderer/screens/reports/reports.svelte.ts';
import { poolId } from '../../../src/shared/ids.ts';
import { refuse } from '../../../src/shared/result.ts';
import { sampleReport } from '../../support/reports/sample-report.ts';
import { ScriptedApi, answers } from '../workspace/scripted-api.ts';

const parts = { total: 3_600_000, rows: [], more: { count: 0, amount: 0 } };
const used = { kind: 'pool', poolId: poolId('a'), figure: 'used' } as const;

function stateOf(given: ConstructorParameters<typeof ScriptedApi>[0] = {}) {
  const refused: string[] = [];
  const api = new ScriptedApi({
    'report.periods': answers({
      opensOn: '2019-05-01',
      today: '2026-03-30',
    }),
    'report.schedules': answers({ schedules: [] }),
    'report.utilization': answers(sampleReport()),
    'report.drill': answers(parts),
    ...given,
  });
  const state = new ReportsState(api, {
    opensOn: null,
    refuse: ({ code }) => refused.push(code),
    stopped: () => refused.push('stopped'),
  });
  return { api, state, refused };
}

test('a figure is taken apart over the period and filters shown, and closed by the same press', async () => {
  const { api, state } = stateOf();
  await state.load();
  await state.toggleFigure(used);
  expect(api.requestsOf('report.drill')).toEqual([
    { period: { kind: 'month', from: '2019-05-01' }, poolIds: null, subsystems: null, figure: used },
  ]);
  expect(state.drill).toEqual({ figure: used, parts });
  expect(state.isOpen({ ...used })).toBe(true);
  expect(state.isOpen({ ...used, figure: 'down' })).toBe(false);
  await state.toggleFigure(used);
  expect(state.drill).toBeNull();
});

test('what is open follows the period', async () => {
  const { api, state } = stateOf();
  await state.load();
  await state.openFigure(used);
  await state.showPrevious();
  expect(api.requestsOf('report.drill').at(-1)).toMatchObject({
    period: { kind: 'custom', from: '2026-03-27' },
    figure: used,
  });
});

test('a refusal is said, and nothing opens', async () => {
  const { state, refused } = stateOf({ 'report.drill': () => refuse('unknown-pool', {}) });
  await state.load();
  await state.openFigure(used);
  expect([refused, state.drill]).toEqual([['unknown-pool'], null]);
});

test('a group’s figure closes when the report is grouped by something else, a pool’s own stays', async () => {
  const { api, state } = stateOf();
  await state.load();
  await state.groupBy('weekday');
  const ofMonday = { ...used, group: { by: 'weekday', id: '0' } } as const;
  await state.openFigure(ofMonday);
  expect(api.requestsOf('report.drill').at(-1)).toMatchObject({ figure: ofMonday });
  expect([state.isOpen(ofMonday), state.isOpen(used)]).toEqual([true, false]);
  await state.groupBy('hour');
  expect(state.drill).toBeNull();
  await state.openFigure(used);
  await state.groupBy(null);
  expect(state.drill?.figure).toEqual(used);
});
