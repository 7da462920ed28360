/** Every screen in the other look, as in every-place-en.test.ts: Chinese, dark, at rest. */
import { expect, it } from 'vitest';
import { judgePlaces } from '../support/every-place.ts';
import { PLACES } from '../support/places/places.ts';

it('nothing is found wrong on any screen in zh, dark', { timeout: 480_000 }, async () => {
  const short = PLACES.filter((place) => place.isShort);
  const look = { language: 'zh', theme: 'dark', isReduced: true, isBrief: true } as const;
  expect(await judgePlaces(look, short)).toEqual([]);
});
