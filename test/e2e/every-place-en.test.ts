/**
 * Every screen in one look, judged by axe and at 200 % zoom; the other look is a file of its own, so that both are judged
 * at the same time. `npm run test:full` judges every place in every theme and language.
 */
import { expect, it } from 'vitest';
import { judgePlaces } from '../support/every-place.ts';
import { PLACES } from '../support/places/places.ts';

it('nothing is found wrong on any screen in en, light', { timeout: 480_000 }, async () => {
  const short = PLACES.filter((place) => place.isShort);
  const look = { language: 'en', theme: 'light', isReduced: false, isBrief: true } as const;
  expect(await judgePlaces(look, short)).toEqual([]);
});
