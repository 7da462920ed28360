/** What a place of the window is, and the few gestures by which places are opened. By test ids, in any language. */
import type { Page } from 'playwright-core';

export interface Place {
  readonly name: string;
  readonly route: string;
  /** Among those that `npm test` looks at: every screen, and each kind of thing that opens, once. */
  readonly isShort?: true;
  /** What is opened there; the screen itself when left out. */
  readonly open?: (page: Page) => Promise<void>;
  /** It floats beside what opened it, and is opened anew after a change of the window. */
  readonly isFloating?: true;
  /** How it is left, where leaving the route is not enough. */
  readonly leave?: (page: Page) => Promise<void>;
}

export const click = async (page: Page, testId: string): Promise<void> =>
  page.getByTestId(testId).first().click();
export const see = async (page: Page, testId: string): Promise<void> =>
  page.getByTestId(testId).first().waitFor();
export const escape = async (page: Page): Promise<void> => page.keyboard.press('Escape');
/** A segmented choice or a row of radio buttons: the input itself lies under its label. */
export const choose = async (page: Page, testId: string): Promise<void> =>
  page.getByTestId(testId).first().check({ force: true });
