/**
 * What the window costs: start against an empty window of the same runtime, a task from its key to its place, frames
 * while a hundred thousand rows scroll, memory over a day, a year's report on the page. Needs `npm run build` and a display. `--entries`, `--rows`,
 * `--runs`, `--minutes` make it smaller (0 minutes: no day), `--cache` keeps the ledgers for the next run, `--json`
 * prints JSON, `--only scroll,report` measures some of it.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { goTo, openWindow } from '../../../scripts/lib/app-window.mjs';
import { makeCodeCache } from '../../../scripts/lib/code-cache.mjs';
import { root } from '../../../scripts/lib/project.mjs';
import { staffId } from '../../../src/shared/ids.ts';
import { sameText } from '../../../src/shared/domain/local-text.ts';
import { bigLedger, settledLedger } from '../ledger/big-ledger.ts';
import { Results } from '../ledger/measure.ts';
import { measureMemory } from './memory.ts';
import { settledYearLedger } from '../reports/year-ledger.ts';
import { measureReport } from './report.ts';
import { measureStart } from './start.ts';

const { values } = parseArgs({
  options: {
    entries: { type: 'string', default: '1000000' },
    rows: { type: 'string', default: '100000' },
    runs: { type: 'string', default: '5' },
    minutes: { type: 'string', default: '480' },
    cache: { type: 'string' },
    json: { type: 'boolean', default: false },
    only: { type: 'string', default: 'start,scroll,report' },
  },
});
const runs = Number(values.runs);
const parts = new Set(values.only.split(','));
/** Fifty pools: what the page shows is as large with a million, what its making takes is measured elsewhere. */
const YEAR_BOOKINGS = 20_000;
const median = (samples: readonly number[]): number =>
  [...samples].sort((a, b) => a - b)[Math.floor(samples.length / 2)] ?? Number.NaN;

/** A ledger with a person at the desk. @returns its path and the way to remove it */
async function ledgerOf(
  entries: number,
  make: typeof bigLedger,
): Promise<{ path: string; remove: () => Promise<void> }> {
  const books = await make(entries, values.cache ?? null);
  const id = staffId('bench-ann');
  const member = { id, name: 'Ann', jobTitle: sameText('Manager'), role: 'manager', isActive: true } as const;
  await books.append('staff-set', member);
  await books.append('person-changed', { staffId: id });
  const { path } = books;
  await books.close();
  return { path, remove: () => Promise.resolve(books.dispose()).then(() => undefined) };
}

/** The clock of the ledger's making is not this machine's; a person confirms it. */
async function confirmClock(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const request = { commandId: crypto.randomUUID(), body: {} };
    await (
      globalThis as unknown as {
        clinicAllocator: { invoke(channel: string, request: unknown): Promise<unknown> };
      }
    ).clinicAllocator.invoke('clock.confirm', request); // the page's own
  });
}

/** From sending the form until a row of the list shows the task's place. */
async function submitOnce(page: Page, name: string): Promise<number> {
  await page.getByTestId('new-task').click();
  await page.getByTestId('field-kind').click();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByTestId('field-patient-name').fill(name);
  await page.getByTestId('earliest-start').waitFor();
  return page.evaluate(
    (wanted) =>
      new Promise<number>((resolve) => {
        const start = performance.now();
        const look = () => {
          const rows = [...document.querySelectorAll('[data-state="tentative"]')];
          if (rows.some((row) => row.textContent.includes(wanted))) resolve(performance.now() - start);
          else requestAnimationFrame(look);
        };
        document.querySelector<HTMLElement>('[data-testid="submit-task"]')?.click();
        look();
      }),
    name,
  );
}

async function measureSubmit(results: Results, page: Page): Promise<void> {
  await confirmClock(page);
  await goTo(page, 'workspace/imaging');
  const samples: number[] = [];
  for (let run = 0; run < Math.max(5, runs); run += 1) samples.push(await submitOnce(page, `Bench ${run}`));
  results.add({
    what: 'submit until seen planned',
    measured: median(samples),
    unit: 'ms',
    budget: 100,
    isRate: false,
  });
}

/** Milliseconds from frame to frame, of 300. @param pixels  scrolled in each; every hundredth leaps far ahead */
function frameTimes(page: Page, pixels: number): Promise<number[]> {
  return page.evaluate(
    (step) =>
      new Promise<number[]>((resolve) => {
        const grid = document.querySelector('[role="grid"]');
        const deltas: number[] = [];
        let last = performance.now();
        const frame = (now: number) => {
          deltas.push(now - last);
          last = now;
          if (grid && step > 0) grid.scrollTop += deltas.length % 100 === 0 ? 200_000 : step;
          if (deltas.length < 300) requestAnimationFrame(frame);
          else resolve(deltas.slice(2));
        };
        requestAnimationFrame(frame);
      }),
    pixels,
  );
}

async function measureScroll(results: Results, page: Page): Promise<void> {
  await goTo(page, 'workspace/imaging');
  await page.getByTestId('filter-state').click();
  await page.getByTestId('filter-state-finished').click();
  await page.waitForFunction(
    (wanted) => (document.querySelector('[role="grid"]')?.scrollHeight ?? 0) > wanted,
    Number(values.rows) * 16,
  );
  // In turns with frames in which nothing happens, which show what the machine itself lets through.
  const frames: number[][] = [];
  const idle: number[][] = [];
  for (let run = 0; run < runs; run += 1) {
    idle.push(await frameTimes(page, 0));
    frames.push(await frameTimes(page, 90));
  }
  const share = (run: readonly number[]) => (100 * run.filter((ms) => ms < 17).length) / run.length;
  results.note('median frame, ms', median(frames.map(median)).toFixed(2));
  results.note(
    'the same without scrolling, longest frame, ms',
    median(idle.map((run) => Math.max(...run))).toFixed(2),
  );
  results.note('the same without scrolling, frames under 17 ms, %', median(idle.map(share)).toFixed(2));
  results.add({
    what: 'longest frame while scrolling',
    measured: median(frames.map((run) => Math.max(...run))),
    unit: 'ms',
    budget: 50,
    isRate: false,
  });
  results.add({
    what: 'frames under 17 ms',
    measured: median(frames.map(share)),
    unit: '%',
    budget: 95,
    isRate: true,
  });
}

// What is measured starts as `npm start` and a package do, with V8's own form of the code beside it.
if (!(await makeCodeCache(join(root, 'out', 'main'), { isCheck: true })))
  throw new Error('no code cache for this build and runtime: npm run build');
const results = new Results(values.json);
if (parts.has('start')) {
  const big = await ledgerOf(Number(values.entries), settledLedger);
  await measureStart(results, big.path, runs);
  const day = await openWindow({ ledger: big.path, language: 'en', theme: 'light' });
  await measureSubmit(results, day.page);
  if (Number(values.minutes) > 0) await measureMemory(results, day, Number(values.minutes));
  await day.close();
  await big.remove();
}
if (parts.has('scroll')) {
  const rows = await ledgerOf(Number(values.rows), bigLedger);
  const long = await openWindow({ ledger: rows.path, language: 'en', theme: 'light' });
  await measureScroll(results, long.page);
  await long.close();
  await rows.remove();
}
if (parts.has('report')) {
  const year = await ledgerOf(YEAR_BOOKINGS, settledYearLedger);
  await measureReport(results, year.path);
  await year.remove();
}
results.end();
