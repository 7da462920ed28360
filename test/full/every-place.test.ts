/**
 * Every place of the window in every theme and language, and in the system's own high contrast, judged by axe, at 200 %
 * zoom and for motion. One look alone: `npx vitest run --project=full test/full/every-place.test.ts -t 'in zh, dark'`.
 */
import { describe, expect, it } from 'vitest';
import { judgeClinic } from '../support/clinic-places.ts';
import { judgePlaces, type Look } from '../support/every-place.ts';
import { PLACES } from '../support/places/places.ts';

const LANGUAGES = ['en', 'zh'] as const;
const THEMES = [
  { name: 'light', theme: 'light', isReduced: false, isForced: false },
  { name: 'dark', theme: 'dark', isReduced: true, isForced: false },
  { name: 'contrast', theme: 'contrast', isReduced: false, isForced: false },
  { name: 'forced colors', theme: 'light', isReduced: true, isForced: true },
] as const;
const LOOKS = LANGUAGES.flatMap((language) =>
  THEMES.map(({ name, ...look }): Look & { name: string } => ({ name, language, ...look })),
);

describe.each(LOOKS)('in $language, $name', (look) => {
  it('nothing is found wrong at any place of the sample clinic', async () => {
    expect(await judgePlaces(look, PLACES)).toEqual([]);
  });

  it("nothing is found wrong in a clinic of one's own, from its first run to a damaged ledger", async () => {
    expect(await judgeClinic(look)).toEqual([]);
  });
});
