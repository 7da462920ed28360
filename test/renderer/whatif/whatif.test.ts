/** The state of the What-if screen: what it asks, and what it does when another screen's question came in between. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { WhatIfState } from '../../../src/renderer/screens/whatif/whatif.svelte.ts';
import { SUBSYSTEMS } from '../../../src/shared/domain/subsystem.ts';
import { refuse } from '../../../src/shared/result.ts';
import { NOW, compute, ultrasound } from '../workspace/samples.ts';
import { ScriptedApi, answers } from '../workspace/scripted-api.ts';

const subsystems = SUBSYSTEMS.map((row) => ({ subsystem: row.id, policy: row.defaultPolicy, weight: 1 }));

function stateOver(api: ScriptedApi): WhatIfState {
  return new WhatIfState(api, () => subsystems);
}

const scripted = () =>
  new ScriptedApi({
    'pool.list': answers({ pools: [ultrasound, compute], strips: [] }),
    'draft.get': answers({ body: null, savedAt: null, now: NOW }),
    'draft.set': answers({}),
    'whatif.compare': () => refuse('cancelled'),
  });

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('asks again when its question was cancelled for another, so that nobody waits for ever', async () => {
  const api = scripted();
  const state = stateOver(api);
  await state.load();
  expect(api.requestsOf('whatif.compare')).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(400);
  expect(api.requestsOf('whatif.compare')).toHaveLength(2);
  state.leave();
});

test('asks nothing once it is left, and keeps what was put together last', async () => {
  const api = scripted();
  const state = stateOver(api);
  await state.load();
  state.add('units', NOW);
  state.leave();
  const asked = api.requestsOf('whatif.compare').length;
  await vi.advanceTimersByTimeAsync(2_000);
  expect(api.requestsOf('whatif.compare')).toHaveLength(asked);
  expect(api.requestsOf('draft.set')).toHaveLength(1);
});
