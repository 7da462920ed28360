/**
 * Starts the built application in a real window and drives it through Playwright: used by `npm start` without a
 * display, by `npm run demo`, and by the end-to-end tests. Knows the command line and the routes, no screen's contents.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { _electron } from 'playwright-core';
import { fromRoot, root } from './project.mjs';
import { findRuntime } from './runtime.mjs';
import { StepError } from './steps.mjs';

const readyMsMax = 60_000;
const launchMsMax = 60_000;
const answerAttempts = 20;
const answerPauseMs = 50;

/** The application's command line for a window; see `docs` for the options. */
export function windowArguments({ ledger, language, theme, sample = false, extra = [] }) {
  const args = [...sandboxArguments()];
  if (ledger) args.push('--ledger', ledger);
  if (language) args.push('--language', language);
  if (theme) args.push('--theme', theme);
  if (sample) args.push('--sample');
  return [...args, ...extra];
}

/** Before an application's folder: it opens its window only when Playwright has attached (see await-driver.cjs). */
export function driverArguments() {
  return ['-r', fromRoot('scripts', 'lib', 'await-driver.cjs')];
}

/** Chromium refuses its sandbox as root, and cannot make one where the system forbids user namespaces. */
export function sandboxArguments() {
  if (process.platform !== 'linux') return [];
  const forbidden = process.getuid() === 0 || !userNamespacesAllowed();
  return forbidden ? ['--no-sandbox'] : [];
}

function userNamespacesAllowed() {
  const readFlag = (path) => {
    try {
      return readFileSync(path, 'utf8').trim();
    } catch {
      return null;
    }
  };
  const closed = readFlag('/proc/sys/kernel/unprivileged_userns_clone') === '0';
  const confined = readFlag('/proc/sys/kernel/apparmor_restrict_unprivileged_userns') === '1';
  return !closed && !confined;
}

/**
 * Opens a window and waits until its first screen has settled.
 * @param options.ledger, language, theme, sample, extra  the application's command line
 * @param options.userData  Chromium's own folder; a temporary one, removed on close, when not given
 * @param options.env       variables to add, such as the virtual display's
 * @param options.clockMs   where the application's clock begins, milliseconds since the Unix epoch; the computer's when not given
 */
export async function openWindow({ userData, env = {}, runtime = findRuntime(), clockMs, ...options } = {}) {
  if (runtime === null)
    throw new StepError('No Electron runtime is ready.', { next: 'Run `npm run setup` first.' });
  const profile = userData ?? mkdtempSync(join(tmpdir(), 'clinic-allocator-profile-'));
  const electronApp = await _electron.launch({
    executablePath: runtime.executable,
    args: [...driverArguments(), root, `--user-data-dir=${profile}`, ...windowArguments(options)],
    cwd: root,
    env: { ...process.env, ...env, ...(clockMs !== undefined && { DRIVER_CLOCK_MS: String(clockMs) }) },
    timeout: launchMsMax,
  });
  const close = async () => {
    await electronApp.close().catch(() => electronApp.process().kill('SIGKILL'));
    if (userData === undefined) rmSync(profile, { recursive: true, force: true, maxRetries: 3 });
  };
  try {
    const page = await electronApp.firstWindow({ timeout: readyMsMax });
    await whenReady(page);
    return { electronApp, page, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The renderer marks the document when the screen that it shows has all its data. */
export async function whenReady(page) {
  await page.waitForFunction(() => document.documentElement.dataset.ready === 'true', undefined, {
    timeout: readyMsMax,
  });
}

/** Goes to a route such as 'workspace/imaging' and waits until that screen has settled. */
export async function goTo(page, route) {
  await page.evaluate((hash) => {
    if (location.hash !== hash) delete document.documentElement.dataset.ready;
    location.hash = hash;
  }, `#/${route}`);
  await whenReady(page);
}

/**
 * Runs `work` in the main process with Electron's modules. It may run twice: V8 holds the promise of an answer weakly,
 * and when a question comes while the planner is busy, garbage collection can take it before it is sent.
 */
export async function inMain(electronApp, work, argument) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await electronApp.evaluate(work, argument);
    } catch (error) {
      if (attempt === answerAttempts || !String(error).includes('garbage collected')) throw error;
      await sleep(answerPauseMs);
    }
  }
}

/** The application sleeps until that instant (milliseconds since the Unix epoch) and wakes; opened with a `clockMs`. */
export async function sleepUntil(electronApp, clockMs) {
  await inMain(
    electronApp,
    ({ powerMonitor }, toMs) => {
      globalThis.__turnClock(toMs);
      powerMonitor.emit('resume');
    },
    clockMs,
  );
}

/** Gives the window's content a size in CSS pixels. */
export async function resizeWindow(electronApp, width, height) {
  await inMain(
    electronApp,
    ({ BrowserWindow }, size) => {
      BrowserWindow.getAllWindows()[0].setContentSize(size.width, size.height);
    },
    { width, height },
  );
}

/** A picture of the window once fonts are in and nothing moves. */
export async function takeScreenshot(page, path) {
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path, animations: 'disabled' });
}
