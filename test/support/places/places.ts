/**
 * Every place of the window that a person can come to, in one list: screens, and on them what opens (forms, inspectors,
 * menus, dialogs). Accessibility, zoom, focus and motion are judged over this list, so that a new screen is entered
 * here once. All on the sample clinic at its demonstration hour.
 */
import type { Page } from 'playwright-core';
import { goTo } from '../../../scripts/lib/app-window.mjs';
import { LEDGER, POOL, REPORT, WHAT_IF } from './office-places.ts';
import { TIMELINE, TODAY, WORKSPACE } from './desk-places.ts';
import { choose, click, escape, see, type Place } from './place.ts';
import { SETTING } from './settings-places.ts';

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

/** What shows after a day has gone wrong, and to somebody who may not change much: these change the clinic, so come last. */
const aftermath: readonly Place[] = [
  {
    name: 'pools, an outage that displaces',
    route: 'pools?pool=ultrasound',
    open: async (page) => {
      if ((await page.locator('[data-testid="pool-effect"] a').count()) > 0) return;
      await choose(page, 'pool-part-outages');
      await click(page, 'add-outage');
      const at = (await page.locator('[data-testid^="remove-outage-"]').count()) - 1;
      await page.getByTestId(`field-outage-${at}-end-known`).check();
      await page.getByTestId(`field-outage-${at}-end-date`).fill('2026-11-18');
      await page.getByTestId(`field-outage-${at}-end-time`).fill('15:00');
      await page.getByTestId('pool-effect').getByRole('link').first().waitFor();
    },
    leave: async (page) => {
      await click(page, 'save-pool');
      await page.getByTestId('pool-form').waitFor({ state: 'detached' });
    },
  },
  { name: 'today, decisions to take', route: 'today', open: (page) => see(page, 'today-decisions') },
  {
    name: 'the line that takes back',
    route: 'workspace/records',
    open: async (page) => {
      if (await page.getByTestId('undo-line').isVisible()) return;
      await page.locator('[data-testid^="primary-"]').first().click();
      await see(page, 'undo-line');
    },
  },
  {
    name: 'settings, for somebody who is no manager',
    route: 'settings',
    open: async (page) => {
      await click(page, 'person-switch');
      await page.locator('[data-testid^="person-"][role="menuitem"]').nth(1).click();
      await see(page, 'settings-not-manager');
    },
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
  ...aftermath,
];

/**
 * Goes to each place in turn and lets `judge` look at it. The window must show the sample clinic.
 * @param unreached  told of a place that could not be opened or left; the others are visited all the same
 */
export async function visitPlaces(
  page: Page,
  places: readonly Place[],
  judge: (place: Place) => Promise<void>,
  unreached: (place: Place, error: unknown) => void = (_place, error) => {
    throw error;
  },
): Promise<void> {
  let before: string | undefined;
  for (const place of places) {
    const screen = place.route.split('?')[0];
    try {
      await page.mouse.move(0, 0); // no tooltip of the place before
      // A screen is made anew only when another one was shown in between.
      if (screen === before) await goTo(page, screen === 'import' ? 'pathways' : 'import');
      await goTo(page, place.route);
      await place.open?.(page);
      await judge(place);
      await place.leave?.(page);
    } catch (error) {
      unreached(place, error);
      await escape(page);
    }
    before = screen;
  }
}
