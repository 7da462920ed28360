/** When a move may have happened: not ahead of the clock, and never an end before its start, whatever the clock did. */
import { expect, it } from 'vitest';
import { checkMove } from '../../src/main/usecases/tasks/true-times.ts';
import { instant } from '../../src/shared/units.ts';
import { scanTask } from '../support/ledger/clinic-rows.ts';

const START = instant(1_790_000_000);
const running = scanTask('t-1', { state: 'running', startedAt: START });

it.each(['finish', 'preempt'] as const)(
  '%s: not before the start, typed or by a clock set back',
  (action) => {
    const before = instant(START - 1);
    const refusal = { ok: false, error: { code: 'time-before-start' } };
    expect(checkMove(running, action, before, instant(START + 600))).toMatchObject(refusal);
    expect(checkMove(running, action, null, before)).toMatchObject(refusal);
    expect(checkMove(running, action, null, START)).toMatchObject({ ok: true, value: { at: START } });
  },
);

it('takes a time two minutes ahead of the clock, and none further ahead', () => {
  expect(checkMove(running, 'finish', instant(START + 720), instant(START + 600))).toMatchObject({
    ok: true,
  });
  expect(checkMove(running, 'finish', instant(START + 721), instant(START + 600))).toMatchObject({
    error: { code: 'time-in-the-future' },
  });
});

it('refuses what the lifecycle does not allow', () => {
  const missed = checkMove(running, 'miss', null, START);
  expect(missed).toMatchObject({ error: { code: 'action-not-possible', params: { state: 'running' } } });
});
