/** Decisions on Today: what is said, what is asked for, what happens to a refused one. */
import { cleanup, render, screen } from '@testing-library/svelte';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import DecisionList from '../../../src/renderer/screens/today/DecisionList.svelte';
import { DecisionsState } from '../../../src/renderer/screens/today/decisions.svelte.ts';
import { format } from '../../../src/renderer/format/format.svelte.ts';
import { locale } from '../../../src/renderer/locale.svelte.ts';
import type { Response } from '../../../src/shared/contract/index.ts';
import { poolId, taskId } from '../../../src/shared/ids.ts';
import { accept, refuse, type Refusal } from '../../../src/shared/result.ts';
import { instant, seconds } from '../../../src/shared/units.ts';
import { NOW } from '../gallery/fixtures.ts';
import { ScriptedApi } from '../workspace/scripted-api.ts';

const at = (minutes: number) => instant(NOW + minutes * 60);
const task = (id: string, name: string, urgency: 1 | 4 = 4) => ({
  taskId: taskId(id),
  subsystem: 'imaging' as const,
  workKind: { en: 'Carotid ultrasound', zh: '颈动脉超声' },
  patient: { name, birthDate: '1968-04-02', number: null },
  urgency,
});
const room = (unit: string, start: number) => ({
  start: at(start),
  end: at(start + 30),
  unitNames: [{ en: unit, zh: unit }],
});

const DECISIONS: Response<'decision.list'> = {
  now: at(0),
  offer: {
    planHash: 'abc',
    shifts: [{ ...task('t-4', 'Wei He'), from: at(90), to: at(30) }],
    earlier: 1,
    later: 0,
    gainSeconds: seconds(3600),
  },
  repairs: [
    {
      ...task('t-2', 'Jing Chen'),
      state: 'confirmed',
      poolId: poolId('ultrasound'),
      poolName: { en: 'Ultrasound', zh: '超声室' },
      from: at(60),
      until: at(90),
      now: room('Ultrasound 1', 60),
      proposed: room('Ultrasound 2', 60),
    },
  ],
  preemptions: [
    {
      ...task('t-1', 'Lan Wu', 1),
      start: at(0),
      plannedStart: at(50),
      victims: [{ ...task('t-3', 'Min Zhao'), state: 'running', start: at(-20) }],
    },
  ],
  search: null,
};

function shown(view = DECISIONS) {
  const refusals: Refusal[] = [];
  const done: string[] = [];
  const api = new ScriptedApi({
    'decision.list': () => accept(view),
    'decision.take': ({ proposal }) =>
      proposal === 'offer' ? refuse('plan-stale', {}, true) : accept({ moved: 1 }),
    'decision.decline': () => accept({}),
  });
  const tell = {
    refuse: (refusal: Refusal) => refusals.push(refusal),
    done: (words: () => string) => done.push(words()),
  };
  return { api, refusals, done, decisions: new DecisionsState(api, tell) };
}

beforeAll(() => {
  format.timeZone = 'Asia/Shanghai';
});
afterEach(() => {
  cleanup();
  locale.set('en');
});

describe('decisions', () => {
  it('come patients first, each in a sentence', async () => {
    const { decisions } = shown();
    await decisions.load();
    render(DecisionList, { decisions, now: NOW });
    expect(
      screen
        .getAllByRole('paragraph')
        .map((row) => row.textContent.replaceAll('\u00a0', ' ').trim().replace(/^1\s+/, '')),
    ).toEqual([
      'Carotid ultrasound, Lan Wu 1968-04-02 would begin today 10:10 instead of today 11:00 if this made way: ' +
        'Carotid ultrasound, Min Zhao 1968-04-02.',
      'Carotid ultrasound, Jing Chen 1968-04-02 has lost its place in Ultrasound (Ultrasound 1 11:10). ' +
        'Ultrasound 2 is free at the same time.',
      'A better plan has been found: 1 task starts sooner, 1 h sooner in all.',
    ]);
  });

  it('shows what a better plan changes when asked', async () => {
    const { decisions } = shown();
    await decisions.load();
    render(DecisionList, { decisions, now: NOW });
    expect(screen.queryByText('11:40 → 10:40')).toBeNull();
    screen.getByTestId('decision-offer-changes').click();
    expect((await screen.findByText('11:40 → 10:40')).textContent).toBe('11:40 → 10:40');
  });

  it('takes exactly what was shown, says so and asks again', async () => {
    const { api, decisions, done } = shown();
    await decisions.load();
    for (const decision of decisions.all.slice(0, 2)) await decisions.take(decision);
    expect(
      api.calls.filter(({ channel }) => channel === 'decision.take').map(({ request }) => request),
    ).toEqual([
      { proposal: 'preemption', taskId: 't-1', victims: ['t-3'] },
      { proposal: 'repair', taskId: 't-2', start: at(60) },
    ]);
    expect(api.calls.at(-1)?.channel).toBe('decision.list');
    expect(done).toEqual(['Made way; the work is back in the queue.', 'Moved to its new place.']);
  });

  it('tells that a plan is stale, and leaves what is left', async () => {
    const { api, decisions, refusals } = shown();
    await decisions.load();
    const offer = decisions.all.at(-1);
    if (!offer) throw new Error('there is an offer');
    await decisions.take(offer);
    expect(refusals.map((refusal) => refusal.code)).toEqual(['plan-stale']);
    await decisions.leave(offer);
    expect(api.calls.at(-2)).toMatchObject({ channel: 'decision.decline', request: { proposal: 'offer' } });
  });

  it('takes no room when there is nothing to decide', async () => {
    const { decisions } = shown({ ...DECISIONS, offer: null, repairs: [], preemptions: [] });
    await decisions.load();
    render(DecisionList, { decisions, now: NOW });
    expect(screen.queryByTestId('today-decisions')).toBeNull();
  });
});
