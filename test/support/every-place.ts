/**
 * Visits places of the sample clinic in one language and theme and judges each: accessibility, 200 % zoom, rest for those
 * who asked for it, no refused style. What is found is told with the place's name; pictures go to test-results/.
 * clinic-places.ts judges a clinic of one's own in the same way, from its first minute to its worst.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { OpenedWindow } from './electron-app.ts';
import { resizeWindow, takeScreenshot, withWindow } from './electron-app.ts';
import { removeExportCopies } from './intake/export-folder.ts';
import { visitPlaces, type Place } from './places/places.ts';
import { axeFindings, complaintsOf, lostFindings, movingFindings, zoomTo } from './screen-checks.ts';

export interface Look {
  readonly language: 'en' | 'zh';
  readonly theme: 'light' | 'dark' | 'contrast';
  /** The system's own few colours win over the theme's. */
  readonly isForced?: boolean;
  /** A screen is judged whole the first time; after that only what is opened on it, and no picture is kept. */
  readonly isBrief?: boolean;
  /** Nothing may move at all; otherwise nothing for longer than the design allows. */
  readonly isReduced: boolean;
}

const MOTION_MS = 120;
const PATIENCE_MS = 20_000;
const PIXELS = { width: 1366, height: 768 };

/** @param reopen  for what floats: leaves it, lets the window change, opens it again */
export type Judge = (name: string, reopen?: (change: () => Promise<void>) => Promise<void>) => Promise<void>;

/** A judge that gathers into `findings`, for one window. */
export async function judgeOf(
  { page, electronApp }: OpenedWindow,
  look: Look,
  findings: string[],
): Promise<Judge> {
  const forced = look.isForced === true ? '-forced' : '';
  const pictures = join('test-results/places', `${look.language}-${look.theme}${forced}`);
  mkdirSync(pictures, { recursive: true });
  await resizeWindow(electronApp, PIXELS.width, PIXELS.height);
  await page.emulateMedia({
    reducedMotion: look.isReduced ? 'reduce' : 'no-preference',
    forcedColors: look.isForced === true ? 'active' : 'none',
  });
  const seen = new Set<string>();
  const complaints = complaintsOf(page);
  return async (name, reopen = (change) => change()) => {
    const screen = new URL(page.url()).hash.split('?')[0] ?? '';
    const isKnown = look.isBrief === true && seen.has(screen);
    seen.add(screen);
    if (look.isBrief !== true)
      await takeScreenshot(page, join(pictures, `${name.replaceAll(/\W+/g, '-')}.png`));
    const found = [
      ...(await axeFindings(page, isKnown)),
      ...(await movingFindings(page, look.isReduced ? 1 : MOTION_MS)),
    ];
    await reopen(() => zoomTo(electronApp, page, 2));
    found.push(...(await lostFindings(page)).map((each) => `at 200 %: ${each}`));
    await zoomTo(electronApp, page, 1);
    found.push(...complaints.splice(0));
    findings.push(...found.map((each) => `${name}: ${each}`));
  };
}

/** @returns what was found, in words with the place's name; nothing is an empty list */
export async function judgePlaces(look: Look, places: readonly Place[]): Promise<string[]> {
  const findings: string[] = [];
  const { language, theme } = look;
  try {
    await withWindow({ language, theme, extra: ['--demo'] }, async (window) => {
      const judge = await judgeOf(window, look, findings);
      const { page } = window;
      page.setDefaultTimeout(PATIENCE_MS);
      await visitPlaces(
        page,
        places,
        (place) =>
          judge(place.name, async (change) => {
            if (place.isFloating) await place.leave?.(page);
            await change();
            if (place.isFloating) await place.open?.(page);
          }),
        ({ name }, error) => findings.push(`${name}: not judged: ${String(error).slice(0, 400)}`),
      );
    });
  } finally {
    removeExportCopies();
  }
  return findings;
}
