/**
 * Every screen in two looks, judged by axe and at 200 % zoom; `npm run test:full` judges every place in every theme
 * and language.
 */
import { describe, expect, it } from 'vitest';
import { judgePlaces, type Look } from '../support/every-place.ts';
import { PLACES } from '../support/places/places.ts';

const LOOKS: readonly Look[] = [
  { language: 'en', theme: 'light', isReduced: false, isBrief: true },
  { language: 'zh', theme: 'dark', isReduced: true, isBrief: true },
];

describe.each(LOOKS)('in $language, $theme', (look) => {
  it('nothing is found wrong on any screen', { timeout: 240_000 }, async () => {
    expect(
      await judgePlaces(
        look,
        PLACES.filter((place) => place.isShort),
      ),
    ).toEqual([]);
  });
});
