/**
 * What must be true of whatever the window shows: axe finds nothing, nothing is lost at 200 % zoom, nothing moves for
 * those who asked for rest, the focus is somewhere. Each check answers with findings in words; none is an empty list.
 */
/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { AxeBuilder } from '@axe-core/playwright';
import type { ElectronApplication, Page } from 'playwright-core';
import { inMain } from '../../scripts/lib/app-window.mjs';

/**
 * All rules of WCAG 2.0 to 2.2, A and AA, and axe's best practices. No rule is switched off.
 * In legacy mode, because the other opens a second page, and the application refuses new windows.
 */
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'];

const SETTLING_TRIES = 8;
const SETTLING_MS = 250;

/** What lies over a screen or beside it. */
const OPENED = '.floating[data-state="open"], [role="dialog"], [role="menu"], [role="listbox"], aside';

/** @param isOpenedOnly  only of what lies over the screen or beside it, where the screen itself is judged elsewhere */
export async function axeFindings(page: Page, isOpenedOnly = false): Promise<string[]> {
  const builder = new AxeBuilder({ page })
    .setLegacyMode(true)
    .options({ resultTypes: ['violations'], runOnly: RULES });
  const isPart = isOpenedOnly && (await page.locator(OPENED).count()) > 0;
  const { violations } = await (isPart ? builder.include(OPENED) : builder).analyze();
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `${id}: ${help}: ${node.target.join(' ')} ${node.html.slice(0, 160)}`),
  );
}

/** Chromium's zoom of the page, as Ctrl and + change it; waits until the layout has followed. */
export async function zoomTo(electronApp: ElectronApplication, page: Page, factor: number): Promise<void> {
  const before = await page.evaluate(() => devicePixelRatio);
  const changed = await inMain(
    electronApp,
    ({ BrowserWindow }, to) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents;
      const isOther = contents !== undefined && Math.abs(contents.getZoomFactor() - to) > 0.01;
      contents?.setZoomFactor(to);
      return isOther;
    },
    factor,
  );
  if (changed) await page.waitForFunction((was) => devicePixelRatio !== was, before);
}

/**
 * What a person cannot come to see: a page wider than the window, a part that scrolls sideways besides the timeline and
 * wide tables in their frames, and controls that no scrolling brings into the window.
 */
export async function lostFindings(page: Page): Promise<string[]> {
  let found = await lostNow(page);
  // What floats finds its new place a moment after the layout has.
  for (let tries = 0; found.length > 0 && tries < SETTLING_TRIES; tries += 1) {
    await page.waitForTimeout(SETTLING_MS);
    found = await lostNow(page);
  }
  return found;
}

function lostNow(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const nameOf = (element: Element): string =>
      `${element.tagName.toLowerCase()}.${[...element.classList].join('.')} ${element.getAttribute('data-testid') ?? ''} ` +
      `"${(element.getAttribute('aria-label') ?? element.textContent).trim().slice(0, 40)}"`;
    const mayScroll = (element: Element): boolean => element.closest('[data-scrolls-sideways]') !== null;
    const isHidden = (element: Element): boolean =>
      !element.checkVisibility({ visibilityProperty: true }) ||
      element.closest('.visually-hidden, .skip, [aria-hidden="true"]') !== null;
    const { documentElement: root } = document;
    if (root.scrollWidth > root.clientWidth) found.push(`page: ${root.scrollWidth} in ${root.clientWidth}`);
    for (const element of document.querySelectorAll('body *')) {
      if (element.scrollWidth <= element.clientWidth + 1 || isHidden(element) || mayScroll(element)) continue;
      const { overflowX } = getComputedStyle(element);
      if (overflowX !== 'auto' && overflowX !== 'scroll') continue;
      found.push(`sideways: ${nameOf(element)}: ${element.scrollWidth} in ${element.clientWidth}`);
    }
    const layers = document.querySelectorAll(
      '[role="dialog"][data-state="open"], [role="menu"], [role="listbox"]',
    );
    const scope = [...layers].at(-1) ?? document.body;
    for (const element of scope.querySelectorAll(
      'button, a[href], input, textarea, [role="option"], [role="menuitem"], h1, h2',
    )) {
      if (isHidden(element) || mayScroll(element)) continue;
      element.scrollIntoView({ block: 'nearest', inline: 'nearest' });
      const { left, right, top, bottom, width } = element.getBoundingClientRect();
      if (width <= 1) continue;
      const isIn =
        left >= -1 && top >= -1 && right <= innerWidth + 1 && (bottom <= innerHeight + 1 || top < 1);
      if (!isIn) {
        const at = [left, top, right, bottom].map(Math.round).join(' ');
        found.push(`out of reach: ${nameOf(element)}: ${at} in ${innerWidth} ${innerHeight}`);
      }
    }
    return found;
  });
}

/** Elements, and what stands before and after them, whose style lets them move for longer than `longestMs`. */
export function movingFindings(page: Page, longestMs: number): Promise<string[]> {
  return page.evaluate((longest) => {
    const msOf = (list: string): number =>
      Math.max(
        ...list.split(',').map((each) => Number.parseFloat(each) * (each.trim().endsWith('ms') ? 1 : 1000)),
      );
    const found: string[] = [];
    const styles = [...document.querySelectorAll('*')].flatMap((element) =>
      [null, '::before', '::after'].map((part) => ({ element, style: getComputedStyle(element, part) })),
    );
    for (const { element, style } of styles) {
      const moves = style.animationName === 'none' ? 0 : msOf(style.animationDuration);
      const turns = msOf(style.transitionDuration);
      if (Math.max(moves, turns) > longest || style.scrollBehavior === 'smooth')
        found.push(
          `${element.tagName} ${element.className}: ${moves} ms, ${turns} ms, ${style.scrollBehavior}`,
        );
    }
    return found;
  }, longestMs);
}

/** Refused styles, scripts and thrown errors from now on; what a page says of itself on its console. */
export function complaintsOf(page: Page): string[] {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  return complaints;
}
