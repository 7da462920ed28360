/** Code that comes late: once, when it is wanted; and what is said when it does not come. */
import { tick } from 'svelte';
import { beforeEach, describe, expect, it } from 'vitest';
import { LatePart } from '../../../src/renderer/shell/late-part.svelte.ts';
import { notices } from '../../../src/renderer/shell/notices.svelte.ts';

beforeEach(() => {
  notices.clear();
});

describe('a late part', () => {
  it('is asked for when it is wanted, and once', async () => {
    let asked = 0;
    const part = new LatePart(() => {
      asked += 1;
      return Promise.resolve({ default: 'palette' });
    });
    expect([part.current, asked]).toEqual([null, 0]);
    part.want();
    await expect.poll(() => part.current).toBe('palette');
    part.want();
    await tick();
    expect([part.current, asked]).toEqual(['palette', 1]);
  });

  it('that cannot be read is told of, takes back the wish, and comes when it is wanted again', async () => {
    let isDamaged = true;
    const part = new LatePart(() =>
      isDamaged ? Promise.reject(new Error('not read')) : Promise.resolve({ default: 'palette' }),
    );
    let isOpen = true;
    part.want(() => (isOpen = false));
    await expect.poll(() => isOpen).toBe(false);
    expect(notices.list.map(({ id }) => id)).toEqual(['internal']);
    isDamaged = false;
    part.want();
    await expect.poll(() => part.current).toBe('palette');
  });
});
