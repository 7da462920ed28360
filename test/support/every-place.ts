/**
 * Visits every place of the window in one language and theme and judges each: accessibility, 200 % zoom, rest for those
 * who asked for it, no refused style. What is found is told with the place's name; pictures go to test-results/.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { OpenedWindow } from './electron-app.ts';
import {
  openWindow,
  resizeWindow,
  takeScreenshot,
  temporaryLedger,
  whenReady,
  withWindow,
} from './electron-app.ts';
import { removeExportCopies } from './intake/export-folder.ts';
import { visitPlaces, type Place } from './places/places.ts';
import { axeFindings, complaintsOf, lostFindings, movingFindings, zoomTo } from './screen-checks.ts';

export interface Look {
  readonly language: 'en' | 'zh';
  readonly theme: 'light' | 'dark' | 'contrast';
  /** Nothing may move at all; otherwise nothing for longer than the design allows. */
  readonly isReduced: boolean;
}

const MOTION_MS = 120;
const PIXELS = { width: 1366, height: 768 };

/** @param reopen  for what floats: leaves it, lets the window change, opens it again */
type Judge = (name: string, reopen?: (change: () => Promise<void>) => Promise<void>) => Promise<void>;

/** A judge that gathers into `findings`, for one window. */
async function judgeOf({ page, electronApp }: OpenedWindow, look: Look, findings: string[]): Promise<Judge> {
  const pictures = join('test-results/places', `${look.language}-${look.theme}`);
  mkdirSync(pictures, { recursive: true });
  await resizeWindow(electronApp, PIXELS.width, PIXELS.height);
  await page.emulateMedia({ reducedMotion: look.isReduced ? 'reduce' : 'no-preference' });
  const complaints = complaintsOf(page);
  return async (name, reopen = (change) => change()) => {
    await takeScreenshot(page, join(pictures, `${name.replaceAll(/\W+/g, '-')}.png`));
    const found = [
      ...(await axeFindings(page)),
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
      await visitPlaces(page, places, (place) =>
        judge(place.name, async (change) => {
          if (place.isFloating) await place.leave?.(page);
          await change();
          if (place.isFloating) await place.open?.(page);
        }),
      );
    });
  } finally {
    removeExportCopies();
  }
  return findings;
}

/** The first run, each step of it; the empty screens after it; and what is told where the ledger cannot be opened. */
export async function judgeBeginnings(look: Look): Promise<string[]> {
  const findings: string[] = [];
  const ledger = temporaryLedger();
  const options = { ledger: ledger.path, language: look.language, theme: look.theme };
  try {
    await withWindow(options, async (window) => {
      const judge = await judgeOf(window, look, findings);
      await firstRun(window, judge);
    });
    alterNewestEntry(ledger.path);
    await withWindow(options, async (window) => {
      const judge = await judgeOf(window, look, findings);
      await judge('a damaged ledger');
      await window.page.getByTestId('recovery-check').click();
      await window.page.getByTestId('lost-entries').waitFor();
      await judge('a damaged ledger, what would be left out');
    });
    writeFileSync(ledger.path, 'not a ledger at all, but some text that somebody saved here');
    const window = await openWindow(options);
    try {
      const judge = await judgeOf(window, look, findings);
      await window.page.getByTestId('problem-try-again').waitFor();
      await judge('a ledger that is none');
    } finally {
      await window.close();
    }
  } finally {
    ledger.remove();
  }
  return findings;
}

/** As somebody might with an editor for bytes, while the application is closed. */
function alterNewestEntry(path: string): void {
  const file = new Database(path, { readonly: true });
  const newest = file.prepare<[], { payload: string }>(
    'SELECT payload FROM entries ORDER BY seq DESC LIMIT 1',
  );
  const payload = newest.get()?.payload ?? '';
  file.close();
  const bytes = readFileSync(path);
  bytes.write('X', bytes.indexOf(payload) + Math.floor(payload.length / 2));
  writeFileSync(path, bytes);
}

async function firstRun({ page }: OpenedWindow, judge: Judge): Promise<void> {
  await judge('first run');
  await page.getByTestId('firstrun-own').click();
  await page.getByTestId('firstrun-name').waitFor();
  await page.getByTestId('firstrun-next').click();
  await judge('first run, the clinic with mistakes');
  await page.getByTestId('firstrun-name').fill('Harbour Clinic');
  await page.getByTestId('firstrun-person').fill('Ann Weber');
  await page.getByTestId('firstrun-job').fill('clinic manager');
  for (const step of ['pools', 'hours', 'defaults']) {
    await page.getByTestId('firstrun-next').click();
    await page.getByTestId(`firstrun-step-${step}`).waitFor();
    await judge(`first run, ${step}`);
  }
  await page.getByTestId('firstrun-next').click();
  await page.getByTestId('rail-today').waitFor();
  await whenReady(page);
  for (const route of ['today', 'timeline', 'workspace/records', 'reports', 'import']) {
    await page.evaluate((hash) => {
      delete document.documentElement.dataset['ready'];
      location.hash = hash;
    }, `#/${route}?new`);
    await whenReady(page);
    await judge(`${route} of a new clinic`);
  }
}
