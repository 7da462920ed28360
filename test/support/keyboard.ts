/**
 * A person who has no mouse: keys only, and Tab until the wanted control has the focus, so that a control that cannot
 * be reached fails the test. Nothing here clicks, focuses or fills by script.
 */
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** More stops than any screen has. */
const STOPS_MAX = 160;

export async function press(page: Page, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

/** The test id of what has the focus, or else what it is, for a message. */
export function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement as HTMLElement | null;
    return element?.dataset['testid'] ?? `${element?.tagName ?? ''} ${element?.ariaLabel ?? ''}`.trim();
  });
}

export async function seeFocus(page: Page, testId: string): Promise<void> {
  await expect.poll(() => focused(page), { timeout: 10_000 }).toBe(testId);
}

/**
 * Presses Tab (or `key`) until the control has the focus.
 * @throws Error naming the stops that were passed, when it is not among them
 */
export async function tabTo(page: Page, testId: string, key = 'Tab'): Promise<void> {
  const passed: string[] = [];
  for (let stop = 0; stop < STOPS_MAX; stop += 1) {
    await page.keyboard.press(key);
    const at = await focused(page);
    if (at === testId) return;
    passed.push(at);
  }
  throw new Error(`${testId} is not reached by ${key}; passed ${[...new Set(passed)].join(', ')}`);
}

/** Opens the palette, types, and takes the first answer. */
export async function goByPalette(page: Page, words: string, answer: string): Promise<void> {
  await press(page, 'Control+k');
  await page.getByTestId('palette').waitFor();
  await page.keyboard.type(words);
  await page.getByTestId(`palette-${answer}`).waitFor();
  await press(page, 'Enter');
  await page.getByTestId('palette').waitFor({ state: 'detached' });
}
