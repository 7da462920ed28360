/**
 * Every place of the window that a person can come to, in one list: screens, and on them what opens (forms, inspectors,
 * menus, dialogs). Accessibility, zoom, focus and motion are judged over this list, so that a new screen is entered
 * here once. All on the sample clinic at its demonstration hour.
 */
import type { Page } from 'playwright-core';
import { goTo } from '../../../scripts/lib/app-window.mjs';
import { LEDGER, POOL, REPORT, SETTING, WHAT_IF } from './office-places.ts';
import { TIMELINE, TODAY, WORKSPACE } from './desk-places.ts';
import { click, escape, see, type Place } from './place.ts';

export type { Place } from './place.ts';

const everywhere: readonly Place[] = [
  {
    name: 'the palette',
    route: 'today',
    open: async (page) => {
      await page.keyboard.press('Control+k');
      await see(page, 'palette-input');
    },
    leave: escape,
  },
  {
    name: 'the palette, tasks found',
    isShort: true,
    route: 'today',
    open: async (page) => {
      await page.keyboard.press('Control+k');
      await page.getByTestId('palette-input').fill('a');
      await page.locator('[data-testid^="palette-task-"]').first().waitFor();
    },
    leave: escape,
  },
  {
    name: 'the sheet of keys',
    isShort: true,
    route: 'today',
    open: async (page) => {
      await page.keyboard.press('?');
      await see(page, 'keys-sheet');
    },
    leave: escape,
  },
  {
    name: 'who is at the desk',
    isFloating: true,
    isShort: true,
    route: 'today',
    open: async (page) => {
      await click(page, 'person-switch');
      await page.locator('[data-testid^="person-"]').nth(1).waitFor();
    },
    leave: escape,
  },
];

/** On the sample clinic, in this order; What-if's later places go on from its earlier ones. */
export const PLACES: readonly Place[] = [
  ...TODAY,
  ...TIMELINE,
  ...WORKSPACE,
  ...POOL,
  ...WHAT_IF,
  ...REPORT,
  ...LEDGER,
  ...SETTING,
  ...everywhere,
];

/** Goes to each place in turn and lets `judge` look at it. The window must show the sample clinic. */
export async function visitPlaces(
  page: Page,
  places: readonly Place[],
  judge: (place: Place) => Promise<void>,
): Promise<void> {
  let before: string | undefined;
  for (const place of places) {
    const screen = place.route.split('?')[0];
    await page.mouse.move(0, 0); // no tooltip of the place before
    // A screen is made anew only when another one was shown in between.
    if (screen === before) await goTo(page, screen === 'today' ? 'import' : 'today');
    await goTo(page, place.route);
    await place.open?.(page);
    await judge(place);
    await place.leave?.(page);
    before = screen;
  }
}
