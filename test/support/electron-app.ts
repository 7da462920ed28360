/**
 * The built application in a real window for end-to-end tests, each with a ledger and a browser profile of its own
 * that are removed afterwards. Starts nothing by itself beyond that; `npm test` brings the display and the build.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openWindow, type OpenedWindow, type OpenOptions } from '../../scripts/lib/app-window.mjs';

export {
  goTo,
  inMain,
  openWindow,
  resizeWindow,
  sleepUntil,
  takeScreenshot,
  whenReady,
} from '../../scripts/lib/app-window.mjs';
export type { OpenedWindow } from '../../scripts/lib/app-window.mjs';

export interface TemporaryLedger {
  /** Path of a ledger file that does not exist yet. */
  readonly path: string;
  readonly folder: string;
  remove(): void;
}

export function temporaryLedger(): TemporaryLedger {
  const folder = mkdtempSync(join(tmpdir(), 'clinic-allocator-e2e-'));
  return {
    folder,
    path: join(folder, 'clinic.ledger'),
    remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }),
  };
}

/**
 * Runs `work` with an open window on the ledger named in `options`, or on a temporary one, and closes it whatever
 * happens.
 * @throws Error when the first screen has not settled within 60 s, or when `work` throws
 */
export async function withWindow<T>(
  options: OpenOptions,
  work: (window: OpenedWindow) => Promise<T>,
): Promise<T> {
  const ledger = options.ledger === undefined ? temporaryLedger() : null;
  try {
    const window = await openWindow(ledger === null ? options : { ...options, ledger: ledger.path });
    try {
      return await work(window);
    } finally {
      await window.close();
    }
  } finally {
    ledger?.remove();
  }
}
