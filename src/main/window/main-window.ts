/**
 * The one window of the application. It opens where it was, in its colours from the first frame, and shows itself only
 * when there is something to see. It loads one page of our own protocol and never leaves it.
 */
import { BrowserWindow, nativeTheme, screen } from 'electron';
import type { WebContents } from 'electron';
import { APP_ORIGIN } from './app-files.ts';
import { pagePreferences } from './hardening.ts';
import type { PreferenceStore } from './preferences.ts';
import { placeWindow, SMALLEST } from './window-bounds.ts';
import type { WindowRegister } from './window-register.ts';

export interface MainWindowOptions {
  readonly preload: string;
  readonly title: string;
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
  window.loadURL(`${APP_ORIGIN}/index.html`).catch(() => undefined);
  return window;
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
