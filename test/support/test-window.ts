/**
 * One window for a file of tests (or a group of them): opened before, closed and its ledger removed after, and pictured
 * whenever a test fails. Registers itself with the runner where it is called.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { root } from '../../scripts/lib/project.mjs';
import type { WindowOptions } from '../../scripts/lib/app-window.mjs';
import type { OpenedWindow, TemporaryLedger } from './electron-app.ts';
import { openWindow, resizeWindow, takeScreenshot, temporaryLedger } from './electron-app.ts';

/** As long as anything but a long piece of work may take. */
const PATIENCE_MS = 15_000;

export interface TestWindow {
  readonly window: OpenedWindow;
  readonly page: Page;
  readonly ledger: TemporaryLedger;
  at(testid: string): Locator;
  /** What stands there, as text. */
  says(testid: string): Promise<string | null>;
  picture(name: string): Promise<void>;
}

interface TestWindowOptions extends Omit<WindowOptions, 'ledger'> {
  /** Makes the ledger that the window opens, in its folder. */
  readonly prepare?: (ledger: TemporaryLedger) => Promise<void>;
}

/**
 * A window on a temporary ledger, 1366 × 768, in English and light unless said otherwise.
 * @param name  of the folder under `test-results` that pictures go to
 */
export function testWindow(name: string, { prepare, ...options }: TestWindowOptions = {}): TestWindow {
  const pictures = join(root, 'test-results', name);
  let ledger: TemporaryLedger | undefined;
  let window: OpenedWindow | undefined;
  const opened = (): OpenedWindow => {
    if (!window) throw new Error('the window opens before the first test');
    return window;
  };
  const picture = (shot: string) => takeScreenshot(opened().page, join(pictures, `${shot}.png`));

  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    ledger = temporaryLedger();
    await prepare?.(ledger);
    window = await openWindow({ language: 'en', theme: 'light', ...options, ledger: ledger.path });
    await resizeWindow(window.electronApp, 1366, 768);
    window.page.setDefaultTimeout(PATIENCE_MS);
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await picture('failed');
  });
  afterAll(async () => {
    await window?.close();
    ledger?.remove();
  });

  return {
    get window() {
      return opened();
    },
    get page() {
      return opened().page;
    },
    get ledger() {
      if (!ledger) throw new Error('the ledger is made before the first test');
      return ledger;
    },
    at: (testid) => opened().page.getByTestId(testid),
    says: (testid) => opened().page.getByTestId(testid).textContent(),
    picture,
  };
}

/** The same on the sample clinic at its demonstration hour. */
export function demoWindow(name: string, options: TestWindowOptions = {}): TestWindow {
  return testWindow(name, { ...options, extra: ['--demo'] });
}
