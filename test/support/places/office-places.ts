/** Where the clinic is arranged and accounted for: pools, What-if, pathways, reports, the ledger, import, settings. */
import type { Page } from 'playwright-core';
import { choose, click, escape, see, type Place } from './place.ts';

async function addVariant(page: Page): Promise<void> {
  await click(page, 'add-first');
  await click(page, 'add-first-units');
  await see(page, 'variant-A-says');
}

const openPool = (part: string) => async (page: Page) => {
  await choose(page, `pool-part-${part}`);
};

export const POOL: readonly Place[] = [
  { name: 'pools', route: 'pools' },
  { name: 'pools, one pool', route: 'pools?pool=exam-rooms', open: (page) => see(page, 'pool-effect') },
  { name: 'pools, hours', route: 'pools?pool=exam-rooms', open: openPool('hours') },
  {
    name: 'pools, an exception',
    route: 'pools?pool=exam-rooms',
    open: async (page) => {
      await openPool('hours')(page);
      await click(page, 'add-exception');
    },
  },
  {
    name: 'pools, an outage with its preview',
    isShort: true,
    route: 'pools?pool=exam-rooms',
    open: async (page) => {
      await openPool('outages')(page);
      await click(page, 'add-outage');
      await see(page, 'field-outage-0-start-date');
      await page.waitForTimeout(300); // a preview is asked for once typing rests
    },
  },
  { name: 'pools, shares', route: 'pools?pool=exam-rooms', open: openPool('shares') },
  { name: 'pools, a new pool', route: 'pools', open: (page) => click(page, 'add-pool') },
  {
    name: 'pools, a new pool with mistakes',
    route: 'pools',
    open: async (page) => {
      await click(page, 'add-pool');
      await click(page, 'save-pool');
      await page.locator('[aria-invalid="true"]').first().waitFor();
    },
  },
  {
    name: 'pools, hours that cannot be read',
    route: 'pools?pool=exam-rooms',
    open: async (page) => {
      await openPool('hours')(page);
      await page.getByTestId('field-hours-0').fill('eight');
      await click(page, 'save-pool');
      await page.locator('[aria-invalid="true"]').first().waitFor();
    },
    leave: (page) => click(page, 'cancel-pool'),
  },
];

export const WHAT_IF: readonly Place[] = [
  { name: 'what-if', route: 'whatif' },
  {
    name: 'what-if, a change',
    isShort: true,
    route: 'whatif',
    open: addVariant,
    leave: (page) => click(page, 'variant-done'),
  },
  {
    name: 'what-if, the result beside the plan',
    route: 'whatif',
    open: (page) => page.locator('[data-testid="commit-A"]:not([disabled])').waitFor({ timeout: 15_000 }),
  },
  ...['outage', 'hours', 'shares', 'policy', 'weight'].map((kind) => ({
    name: `what-if, a change of ${kind}`,
    route: 'whatif',
    open: async (page: Page) => {
      await click(page, 'edit-A');
      await see(page, 'variant-editor');
      await click(page, 'change-0-kind');
      await click(page, `change-0-kind-${kind}`);
    },
    leave: async (page: Page) => {
      await click(page, 'change-0-kind');
      await click(page, 'change-0-kind-units');
      await click(page, 'variant-done');
    },
  })),
  {
    name: 'what-if, the commit dialog',
    route: 'whatif',
    open: async (page) => {
      await page.locator('[data-testid="commit-A"]:not([disabled])').click({ timeout: 15_000 });
      await see(page, 'commit-dialog');
    },
    leave: escape,
  },
  { name: 'pathways', route: 'pathways' },
  {
    name: 'pathways, one to start',
    isShort: true,
    route: 'pathways',
    open: (page) => page.locator('[data-testid="pathways-table"] tbody tr').first().click(),
  },
  {
    name: 'pathways, one to start with mistakes',
    route: 'pathways',
    open: async (page) => {
      await page.locator('[data-testid="pathways-table"] tbody tr').first().click();
      await see(page, 'pathway-steps');
      await click(page, 'start-pathway');
      await page.locator('[aria-invalid="true"]').first().waitFor();
    },
  },
];

export const REPORT: readonly Place[] = [
  { name: 'reports', isShort: true, route: 'reports' },
  { name: 'reports, whose load', route: 'reports', open: (page) => choose(page, 'reports-view-load') },
  {
    name: 'reports, a figure taken apart',
    isShort: true,
    route: 'reports',
    open: async (page) => {
      await page.locator('[data-testid^="drill-"]').first().click();
      await see(page, 'reports-parts');
    },
  },
  {
    name: 'reports, grouped by hour',
    route: 'reports',
    open: async (page) => {
      await click(page, 'reports-grouping');
      await click(page, 'reports-grouping-hour');
      await see(page, 'reports-groups');
    },
    leave: async (page) => {
      await click(page, 'reports-grouping');
      await page.getByRole('option').first().click();
    },
  },
  {
    name: 'reports, the figures of the drawing as a table',
    route: 'reports',
    open: async (page) => {
      await page.locator('[data-testid="reports-chart"] summary').click();
      await see(page, 'reports-buckets');
    },
  },
  {
    name: "reports, dates of one's own",
    route: 'reports',
    open: async (page) => {
      await choose(page, 'reports-kind-custom');
      await see(page, 'reports-first');
    },
    leave: (page) => choose(page, 'reports-kind-month'),
  },
  {
    name: 'reports, filters',
    isFloating: true,
    route: 'reports',
    open: async (page) => {
      await click(page, 'reports-filter');
      await page.waitForTimeout(200);
    },
    leave: escape,
  },
];

const reading: readonly Place[] = [
  { name: 'ledger', route: 'ledger' },
  {
    name: 'ledger, a day that is none',
    route: 'ledger',
    open: async (page) => {
      await page.getByTestId('ledger-day').fill('yesterday');
      await page.keyboard.press('Tab');
      await page.locator('[aria-invalid="true"]').first().waitFor();
    },
  },
  {
    name: 'ledger, an entry and the verdict',
    isShort: true,
    route: 'ledger',
    open: async (page) => {
      await click(page, 'ledger-verify');
      await page.getByTestId('ledger-verdict').waitFor({ timeout: 60_000 });
      await page.getByTestId('ledger-entries').getByRole('row').nth(2).click();
      await see(page, 'inspector');
    },
  },
  {
    name: 'ledger, nothing found',
    route: 'ledger?task=nobody',
    open: (page) => see(page, 'ledger-none'),
  },
  {
    name: 'ledger, kinds of entry',
    isFloating: true,
    route: 'ledger',
    open: async (page) => {
      await click(page, 'ledger-kind');
      await page.getByRole('listbox').waitFor();
    },
    leave: escape,
  },
  {
    name: 'ledger, choosing a past',
    isFloating: true,
    route: 'ledger',
    open: async (page) => {
      await click(page, 'past-open');
      await see(page, 'past-at-date');
    },
    leave: escape,
  },
];

/** By what is known today: the sample's book was written in one go, and by what was recorded then it is empty. */
const lookBack: Place = {
  name: 'ledger, looking back',
  route: 'ledger',
  open: async (page) => {
    await click(page, 'past-open');
    await page.getByTestId('past-at-date').fill('2026-11-16');
    await page.getByTestId('past-at-time').fill('10:00');
    await click(page, 'past-by-effective');
    await click(page, 'past-go');
    await see(page, 'past-banner');
  },
  leave: async (page) => {
    await click(page, 'past-back');
    await page.getByTestId('past-banner').waitFor({ state: 'detached' });
  },
};

/** The other screens as they were then, nothing to be entered on them; the way back is the last one's. */
const inThePast: readonly Place[] = ['today', 'timeline', 'workspace/records', 'pools', 'reports'].map(
  (route, index, all) => ({
    name: `looking back at ${route.replace('workspace/', '')}`,
    route,
    open: (page: Page) => see(page, 'past-banner'),
    ...(index === all.length - 1 && lookBack.leave && { leave: lookBack.leave }),
  }),
);

export const LEDGER: readonly Place[] = [
  ...reading,
  { name: lookBack.name, route: lookBack.route, ...(lookBack.open && { open: lookBack.open }) },
  ...inThePast,
];
