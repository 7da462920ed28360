/**
 * What is typed into any form outlives the application: for each kind of form, something is typed, the application goes,
 * and the next one finds it again, says since when it was kept, and is rid of it when it is discarded.
 */
import { cleanup, fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, describe, expect, it } from 'vitest';
import DraftLine from '../../../src/renderer/forms/DraftLine.svelte';
import { keepOpenDrafts } from '../../../src/renderer/forms/kept-draft.svelte.ts';
import { locale } from '../../../src/renderer/locale.svelte.ts';
import { PoolsState } from '../../../src/renderer/screens/pools/pools.svelte.ts';
import { settled, ultrasound } from '../workspace/samples.ts';
import { Drafts, ScriptedApi, answers } from '../workspace/scripted-api.ts';
import { BESIDE } from './drafted-beside.ts';
import { FORMS, apiOn, there } from './drafted-forms.ts';

afterEach(cleanup);

describe('what is typed and not saved comes back after a restart:', () => {
  for (const [name, { keptAs, open }] of Object.entries({ ...FORMS, ...BESIDE })) {
    it(name, async () => {
      const drafts = new Drafts();
      const first = await open(apiOn(drafts));
      await settled();
      const blank = JSON.stringify(first.read());
      first.type();
      const typed = JSON.stringify(first.read());
      expect(typed).not.toBe(blank);
      first.draft.keep();
      first.draft.leave();
      expect([...drafts.keys()]).toEqual([keptAs]);

      const again = await open(apiOn(drafts));
      await settled();
      expect(JSON.stringify(again.read())).toBe(typed);
      expect(again.draft.broughtBack).toEqual({ savedAt: drafts.now, now: drafts.now, isOutdated: false });

      again.draft.discard();
      await settled();
      expect(JSON.stringify(again.read())).toBe(blank);
      expect(again.draft.broughtBack).toBeNull();
      expect([...drafts.keys()]).toEqual([]);
    });
  }
});

describe('a draft', () => {
  async function typedPool(drafts: Drafts): Promise<PoolsState> {
    const pools = new PoolsState(apiOn(drafts));
    await pools.load();
    pools.select(ultrasound.id, 'en');
    await settled();
    const form = there(pools.form);
    form.values.name.here = 'Echo';
    pools.draft.keep();
    return pools;
  }

  it('goes with a form that is given up, and stays with one that is only closed', async () => {
    const drafts = new Drafts();
    (await typedPool(drafts)).close();
    expect([...drafts.keys()]).toEqual([`pool:${ultrasound.id}`]);
    const pools = await typedPool(drafts);
    pools.giveUp();
    expect([...drafts.keys()]).toEqual([]);
  });

  it('says when what it is about has been changed since', async () => {
    const drafts = new Drafts();
    (await typedPool(drafts)).close();
    const moved = apiOn(drafts);
    const renamed = { ...ultrasound, name: { en: 'Scanner', zh: '扫描' } };
    const pools = new PoolsState(
      new ScriptedApi({ 'pool.list': answers({ pools: [renamed], strips: [] }) }, moved.drafts),
    );
    await pools.load();
    pools.select(ultrasound.id, 'en');
    await settled();
    expect([there(pools.form).values.name.here, pools.draft.broughtBack?.isOutdated]).toEqual(['Echo', true]);
  });

  it('of another version is left alone', async () => {
    const drafts = new Drafts();
    for (const body of ['{"version":1,"values":{}}', 'not json', '{"before":null,"typed":{"name":[]}}']) {
      drafts.set(`pool:${ultrasound.id}`, body);
      const pools = new PoolsState(apiOn(drafts));
      await pools.load();
      pools.select(ultrasound.id, 'en');
      await settled();
      expect([there(pools.form).values.name.here, pools.draft.broughtBack]).toEqual([
        ultrasound.name.en,
        null,
      ]);
    }
  });

  it('is kept at once when somebody else comes to the desk', async () => {
    const drafts = new Drafts();
    await typedPool(drafts);
    expect([...drafts.keys()]).toEqual([]);
    keepOpenDrafts();
    expect([...drafts.keys()]).toEqual([`pool:${ultrasound.id}`]);
  });

  it('is announced above the form in both languages, with a button that discards it', async () => {
    const drafts = new Drafts();
    (await typedPool(drafts)).close();
    const pools = new PoolsState(apiOn(drafts));
    await pools.load();
    pools.select(ultrasound.id, 'en');
    await settled();
    locale.set('zh');
    render(DraftLine, { draft: pools.draft });
    expect(screen.getByTestId('draft-line').textContent).toContain('尚未保存');
    locale.set('en');
    await settled();
    expect(screen.getByTestId('draft-line').textContent).toContain('Brought back');
    await fireEvent.click(screen.getByTestId('draft-discard'));
    expect(screen.queryByTestId('draft-line')).toBeNull();
    expect(there(pools.form).values.name.here).toBe(ultrasound.name.en);
  });
});
