/**
 * How long a start takes, as a person has it: from the process's begin to the moment at which the page itself noted that
 * it could be used. Nobody drives the window meanwhile; only afterwards is it asked when that was.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium } from 'playwright-core';
import { sandboxArguments, windowArguments } from '../../../scripts/lib/app-window.mjs';
import { root } from '../../../scripts/lib/project.mjs';
import { findRuntime } from '../../../scripts/lib/runtime.mjs';
import { timesOf, type Results } from '../ledger/measure.ts';
import { debuggingAddress } from '../../support/debugging-address.ts';

/** Longer than any start; the window is left alone for as long. */
const ALONE_MS = 5000;

const EMPTY_MAIN = `
  const { app, BrowserWindow } = require('electron');
  app.whenReady().then(() => new BrowserWindow({ width: 1366, height: 768 }).loadURL('data:text/html,<p>1'));`;

/** In the page: UTC milliseconds of its own mark or, without one, of the end of its loading; null before. */
function usableAt(): number | null {
  const [mark] = performance.getEntriesByName('usable');
  const [page] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  const ms = mark?.startTime ?? (location.protocol === 'data:' ? page?.loadEventEnd : undefined);
  return ms === undefined || ms === 0 ? null : performance.timeOrigin + ms;
}

/** Milliseconds from the process's begin until its window can be used. */
async function startMs(args: readonly string[]): Promise<number> {
  const runtime = findRuntime();
  if (runtime === null) throw new Error('no Electron runtime: npm run setup');
  const profile = mkdtempSync(join(tmpdir(), 'start-profile-'));
  const own = [`--user-data-dir=${profile}`, '--remote-debugging-port=0', ...sandboxArguments()];
  const begun = performance.timeOrigin + performance.now();
  const child = spawn(runtime.executable, [...args, ...own], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = once(child, 'exit');
  const address = await debuggingAddress(child);
  await sleep(ALONE_MS);
  const browser = await chromium.connectOverCDP(address);
  const pages = browser.contexts().flatMap((context) => context.pages());
  const times = await Promise.all(pages.map((page) => page.evaluate(usableAt)));
  const usable = times.find((time) => time !== null);
  const session = await browser.newBrowserCDPSession();
  await session.send('Browser.close').catch(() => undefined); // it is gone before it has answered
  await ended;
  rmSync(profile, { recursive: true, force: true, maxRetries: 3 });
  if (usable === undefined || usable === null) throw new Error(`not usable after ${ALONE_MS} ms`);
  return usable - begun;
}

/** Ours and an empty window of the same runtime, in turns. */
export async function measureStart(results: Results, ledger: string, runs: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'empty-window-'));
  writeFileSync(join(folder, 'package.json'), '{"main":"main.js"}');
  writeFileSync(join(folder, 'main.js'), EMPTY_MAIN);
  const ours: number[] = [];
  const empty: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    empty.push(await startMs([folder]));
    ours.push(await startMs([root, ...windowArguments({ ledger, language: 'en', theme: 'light' })]));
  }
  rmSync(folder, { recursive: true, force: true });
  const [start, least] = [timesOf(ours), timesOf(empty)];
  results.note('start, ms', Math.round(start.medianMs));
  results.note('empty window, ms', Math.round(least.medianMs));
  const turns = ours.map((ms, run) => ms / (empty[run] ?? Number.NaN));
  results.note('start ÷ empty window of the same turn', turns.map((ratio) => ratio.toFixed(2)).join(' '));
  const measured = start.medianMs / least.medianMs;
  results.add({ what: 'start ÷ empty window', measured, unit: '×', budget: 1.5, isRate: false });
}
