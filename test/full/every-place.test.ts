/** Every place of the window in every theme and language, judged by axe, at 200 % zoom and for motion. */
import { describe, expect, it } from 'vitest';
import { judgeBeginnings, judgePlaces, type Look } from '../support/every-place.ts';
import { PLACES } from '../support/places/places.ts';

const LOOKS: readonly Look[] = (['en', 'zh'] as const).flatMap((language) =>
  (['light', 'dark', 'contrast'] as const).map((theme) => ({ language, theme, isReduced: theme === 'dark' })),
);

describe.each(LOOKS)('in $language, $theme', (look) => {
  it('nothing is found wrong at any place of the sample clinic', async () => {
    expect(await judgePlaces(look, PLACES)).toEqual([]);
  });

  it('nothing is found wrong in the first run, a new clinic, or where the ledger cannot be opened', async () => {
    expect(await judgeBeginnings(look)).toEqual([]);
  });
});
