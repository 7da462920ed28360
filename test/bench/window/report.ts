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
  const years: Shown[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const kind of KINDS) {
      const shown = await shownAfter(window.page, kind);
      if (kind === 'year') years.push(shown);
    }
  }
  await window.close();
  const [first, ...others] = years;
  const msOf = (shown: readonly Shown[], of: keyof Shown): string =>
    shown.map((each) => Math.round(each[of])).join(' ');
  results.note('the first report of a year after a start shown, ms', msOf(first ? [first] : [], 'viewMs'));
  results.note('a report of a year shown, ms', msOf(others, 'viewMs'));
  results.note('what of it lies out of view as well, ms', msOf(others, 'wholeMs'));
  results.add({
    what: `a year over ${POOLS} pools, from the press until it is shown`,
    measured: timesOf(others.map(({ viewMs }) => viewMs)).medianMs,
    unit: 'ms',
    budget: 100,
    isRate: false,
  });
}

/** From the press. */
interface Shown {
  /** Until the period's name and the pool in the first row are another period's, and a frame was drawn. */
  readonly viewMs: number;
  /** Until the pool in the last row is, too. */
  readonly wholeMs: number;
}

/** Presses a kind of period, in the page. */
function shownAfter(page: Page, kind: string): Promise<Shown> {
  return page.evaluate(
    (wanted) =>
      new Promise<Shown>((resolve) => {
        const textOf = (selector: string): string => document.querySelector(selector)?.textContent ?? '';
        const textsInView = (): string[] => [
          textOf('[data-testid="reports-period"]'),
          textOf('[data-testid="reports-pools"] tbody:first-of-type tr:first-child'),
        ];
        const textOfLast = (): string =>
          textOf('[data-testid="reports-pools"] tbody:last-of-type tr:last-child');
        const [before, lastBefore] = [textsInView(), textOfLast()];
        const start = performance.now();
        const lookAtLast = (viewMs: number): void => {
          if (textOfLast() === lastBefore) requestAnimationFrame(() => lookAtLast(viewMs));
          else resolve({ viewMs, wholeMs: performance.now() - start });
        };
        const look = (): void => {
          const now = textsInView();
          if (now.some((text, index) => text === before[index])) requestAnimationFrame(look);
          else
            requestAnimationFrame(() => {
              lookAtLast(performance.now() - start);
            });
        };
        document.querySelector<HTMLElement>(`[data-testid="reports-kind-${wanted}"]`)?.click();
        look();
      }),
    kind,
  );
}
