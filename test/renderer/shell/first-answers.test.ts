/** What the first screen asks is asked before it is made: once, and again when it was refused or has changed. */
import { describe, expect, it } from 'vitest';
import { firstAnswers } from '../../../src/renderer/first-answers.ts';
import { accept, refuse } from '../../../src/shared/result.ts';
import { STATE } from '../gallery/fixtures.ts';
import { answers, ScriptedApi } from '../workspace/scripted-api.ts';

const DAY = { date: '2026-05-13', isClosed: false, rows: [] };

function scripted(): ScriptedApi {
  let times = 0;
  return new ScriptedApi({
    'app.state': answers(STATE),
    'today.get': () => refuse('ledger-unavailable'),
    'decision.list': () => refuse('ledger-unavailable'),
    'day.get': () => ((times += 1) === 1 ? accept(DAY) : accept({ ...DAY, isClosed: true })),
  });
}

describe('first answers', () => {
  it('are asked for before anybody needs them, and given once', async () => {
    const api = scripted();
    const early = firstAnswers(api, '');
    expect(api.calls.map(({ channel }) => channel)).toEqual([
      'app.state',
      'today.get',
      'decision.list',
      'day.get',
    ]);
    expect(await early.query('day.get', {})).toEqual(accept(DAY));
    expect(api.requestsOf('day.get')).toHaveLength(1);
    expect(await early.query('day.get', {})).toEqual(accept({ ...DAY, isClosed: true }));
  });

  it('are asked for again when they were refused', async () => {
    const api = scripted();
    const reply = await firstAnswers(api, '#/today').query('today.get', {});
    expect(reply.ok).toBe(false);
    expect(api.requestsOf('today.get')).toHaveLength(2);
  });

  it('are asked for again when the ledger has grown since', async () => {
    const api = scripted();
    const early = firstAnswers(api, '');
    api.send('ledger.changed', { length: 2 });
    expect(await early.query('day.get', {})).toEqual(accept({ ...DAY, isClosed: true }));
  });

  it('are those of the state only on another screen', () => {
    const api = scripted();
    firstAnswers(api, '#/workspace/imaging');
    expect(api.calls.map(({ channel }) => channel)).toEqual(['app.state']);
  });
});
