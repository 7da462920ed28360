/**
 * The one window of the application. It opens where it was, in its colours from the first frame, and shows itself only
 * when there is something to see. It loads one page of our own protocol and never leaves it.
 */
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { BrowserWindow, nativeTheme, screen } from 'electron';
import type { WebContents } from 'electron';
import type { Locale } from '../../shared/domain/local-text.ts';
import { APP_ORIGIN } from './app-files.ts';
import { pagePreferences } from './hardening.ts';
import type { PreferenceStore } from './preferences.ts';
import { placeWindow, SMALLEST } from './window-bounds.ts';
import type { WindowRegister } from './window-register.ts';

export interface MainWindowOptions {
  readonly preload: string;
  readonly title: string;
  /** What the page speaks until it has been told more; null where that has to be asked. */
  readonly locale: Locale | null;
  readonly preferences: PreferenceStore;
  readonly register: WindowRegister;
  /** Told when the page cannot be shown or its process has gone; the window is then of no use. */
  readonly reportFailure: (code: 'page-failed' | 'page-gone', reason: string) => void;
}

/** The page's `--paper` in both themes (src/renderer/styles/tokens.css), so that no other colour flashes first. */
const PAPER = { light: '#f4f5f1', dark: '#12191c' };
/** Shown at the latest after this long, so that a slow page is never an invisible application. */
const SHOW_AFTER_MS = 4_000;
/** Chromium's net::ERR_ABORTED: another load took the place of this one. */
const ABORTED = -3;

export function openMainWindow(options: MainWindowOptions): BrowserWindow {
  const { preferences } = options;
  const { bounds } = preferences.current;
  const window = new BrowserWindow({
    ...placeWindow(bounds, workAreas()),
    minWidth: SMALLEST.width,
    minHeight: SMALLEST.height,
    title: options.title,
    show: false,
    backgroundColor: nativeTheme.shouldUseDarkColors ? PAPER.dark : PAPER.light,
    webPreferences: pagePreferences(options.preload),
  });
  options.register.add(window.webContents, 'main');
  if (bounds?.isMaximized === true) window.maximize();
  showWhenReady(window);
  rememberBounds(window, preferences);
  watchPage(window.webContents, options.reportFailure);
  // Failures come as events too, where one that a reload caused can be told from a real one.
  const language = options.locale === null ? '' : `?language=${options.locale}`;
  window.loadURL(`${APP_ORIGIN}/index.html${language}`).catch(() => undefined);
  return window;
}

/** Two frames after the page shows that it is opening the ledger, so that this stands on the glass. */
const OPENING_SHOWN = `new Promise((done) => {
  const look = () =>
    document.getElementById('opening') === null
      ? setTimeout(look, 50)
      : requestAnimationFrame(() => requestAnimationFrame(() => done(true)));
  look();
})`;
/** Chromium draws with this process's help: it is left alone for this long before the long work begins. */
const DRAWN_MS = 100;
/** A page that does not come up keeps nobody from the ledger for longer. */
const SAID_WITHIN_MS = 5_000;

/** Resolves when the window is visible and its page says that the ledger is being opened, or it has gone. */
export async function showsOpening(window: BrowserWindow): Promise<void> {
  const { webContents } = window;
  const said = async (): Promise<void> => {
    if (webContents.isLoading()) await once(webContents, 'did-stop-loading');
    if (!window.isVisible()) await once(window, 'show');
    await webContents.executeJavaScript(OPENING_SHOWN);
    await sleep(DRAWN_MS);
  };
  const over = sleep(SAID_WITHIN_MS, undefined, { ref: false });
  await Promise.race([said().catch(() => undefined), once(window, 'closed'), over]);
}

function watchPage(contents: WebContents, reportFailure: MainWindowOptions['reportFailure']): void {
  contents.on('did-fail-load', (_event, errorCode, description, _url, isMainFrame) => {
    if (isMainFrame && errorCode !== ABORTED) reportFailure('page-failed', description);
  });
  contents.on('did-navigate', (_event, _url, status) => {
    if (status >= 400) reportFailure('page-failed', `status ${status}`);
  });
  contents.on('render-process-gone', (_event, { reason }) => {
    if (reason !== 'clean-exit') reportFailure('page-gone', reason);
  });
}

function workAreas(): Electron.Rectangle[] {
  const primary = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter(({ id }) => id !== primary.id);
  return [primary, ...others].map(({ workArea }) => workArea);
}

function showWhenReady(window: BrowserWindow): void {
  const show = (): void => {
    clearTimeout(latest);
    if (!window.isDestroyed() && !window.isVisible()) window.show();
  };
  const latest = setTimeout(show, SHOW_AFTER_MS);
  window.once('ready-to-show', show);
}

function rememberBounds(window: BrowserWindow, preferences: PreferenceStore): void {
  window.on('close', () => {
    const bounds = { ...window.getNormalBounds(), isMaximized: window.isMaximized() };
    preferences.change({ bounds });
  });
}
