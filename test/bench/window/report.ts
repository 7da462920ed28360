/**
 * How long a report of a year over fifty pools takes a person: from the press on Year until the page shows it. The size of
 * the answer and of the page is that of any clinic with as many pools; what its making takes of a million bookings is
 * `npm run bench:reports`.
 */
import type { Page } from 'playwright-core';
import { goTo, openWindow } from '../../../scripts/lib/app-window.mjs';
import { timesOf, type Results } from '../ledger/measure.ts';
import { POOLS } from '../reports/year-ledger.ts';

/** Each round shows the year and goes back; a month is what Reports opens with. */
const KINDS = ['year', 'month'] as const;
const ROUNDS = 7;

export async function measureReport(results: Results, ledger: string): Promise<void> {
  const window = await openWindow({ ledger, language: 'en', theme: 'light' });
  await goTo(window.page, 'reports');
  const years: number[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const kind of KINDS) {
      const ms = await shownAfter(window.page, kind);
      if (kind === 'year' && round > 0) years.push(ms);
    }
  }
  await window.close();
  results.note('a report of a year shown, ms', years.map(Math.round).join(' '));
  results.add({
    what: `a year over ${POOLS} pools, from the press until it is shown`,
    measured: timesOf(years).medianMs,
    unit: 'ms',
    budget: 100,
    isRate: false,
  });
}

/** In the page: milliseconds from a press on a kind of period until its name stands there and a frame was drawn. */
function shownAfter(page: Page, kind: string): Promise<number> {
  return page.evaluate(
    (wanted) =>
      new Promise<number>((resolve) => {
        const name = (): string =>
          document.querySelector('[data-testid="reports-period"]')?.textContent ?? '';
        const before = name();
        const start = performance.now();
        const look = (): void => {
          if (name() === before) requestAnimationFrame(look);
          else
            requestAnimationFrame(() => {
              resolve(performance.now() - start);
            });
        };
        document.querySelector<HTMLElement>(`[data-testid="reports-kind-${wanted}"]`)?.click();
        look();
      }),
    kind,
  );
}
