/** What the window shows, by the state of the ledger behind it; words that follow a language switch. */
import { flushSync } from 'svelte';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { accept, refuse } from '../../../src/shared/result.ts';
import type { AppState } from '../../../src/shared/contract/clinic.ts';
import { STATE } from '../gallery/fixtures.ts';
import { ScriptedApi } from '../workspace/scripted-api.ts';

vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener: () => undefined }));
const { App } = await import('../../../src/renderer/app.svelte.ts');
const { locale } = await import('../../../src/renderer/locale.svelte.ts');
const { notices } = await import('../../../src/renderer/shell/notices.svelte.ts');

function appOn(state: AppState) {
  let current = state;
  const api = new ScriptedApi({
    'app.state': () => accept(current),
    'preference.set': (request) => {
      current = { ...current, ...request } as AppState; // what the request leaves out stays
      return accept({});
    },
    'person.switch': () => refuse('unknown-person'),
  });
  return { api, app: new App(api) };
}

beforeEach(() => {
  notices.clear();
});

describe('the window', () => {
  const stages: Record<string, { state: AppState; want: string }> = {
    'a clinic is worked in': { state: STATE, want: 'working' },
    'no clinic is a first run': { state: { ...STATE, clinic: null }, want: 'first-run' },
    'a problem is told first': { state: { ...STATE, clinic: null, problem: 'ledger-busy' }, want: 'problem' },
  };
  for (const [name, { state, want }] of Object.entries(stages)) {
    it(name, async () => {
      const { app } = appOn(state);
      expect(app.stage).toBe('loading');
      await app.load();
      expect(app.stage).toBe(want);
    });
  }

  it('asks for the language when neither system nor clinic says', async () => {
    vi.stubGlobal('navigator', { languages: ['de-DE'] });
    const { app } = appOn({ ...STATE, locale: null });
    await app.load();
    expect(app.isLanguageOpen).toBe(true);
    vi.stubGlobal('navigator', { languages: ['zh-CN'] });
    await app.load();
    expect(app.isLanguageOpen).toBe(false);
    expect(locale.current).toBe('zh');
  });

  it('changes every word with the language, and the language of the page', async () => {
    const { app } = appOn(STATE);
    await app.load();
    notices.refuse({ code: 'disk-full', params: {}, retryable: true });
    const told = notices.list[0];
    expect(told?.words()).toContain('disk is full');
    await app.setLocale('zh');
    flushSync();
    expect(told?.words()).toContain('磁盘已满');
    expect(document.documentElement.lang).toBe('zh-CN');
  });

  it('tells a refused command once, however often it is refused', async () => {
    const { app } = appOn(STATE);
    const other = STATE.staff[1];
    if (!other) throw new Error('the fixture has a second person');
    await app.switchPerson(other.id);
    await app.switchPerson(other.id);
    expect(notices.list.map((notice) => notice.id)).toEqual(['unknown-person']);
  });
});
