/**
 * Every screen of the sample clinic on a large display, in every theme and language, settles without a fault and is kept
 * as a picture; every-place.test.ts keeps those of a small one.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { goTo, resizeWindow, takeScreenshot, withWindow } from '../support/electron-app.ts';

const ROUTES = [
  'today',
  'timeline',
  'workspace/records',
  'workspace/imaging',
  'workspace/insurance',
  'workspace/research',
  'workspace/monitoring',
  'pools',
  'whatif',
  'pathways',
  'reports',
  'ledger',
  'import',
  'settings',
];

describe.each(['light', 'dark', 'contrast'] as const)('the %s theme', (theme) => {
  it.each(['en', 'zh'] as const)('shows every screen in %s without a fault', async (language) => {
    const pictures = join('test-results/looks', `${language}-${theme}`);
    mkdirSync(pictures, { recursive: true });
    await withWindow({ language, theme, extra: ['--demo'] }, async ({ electronApp, page }) => {
      await resizeWindow(electronApp, 1920, 1080);
      const faults: string[] = [];
      page.on('pageerror', (error) => faults.push(error.message));
      page.on('console', (message) => {
        if (message.type() === 'error') faults.push(message.text());
      });
      for (const route of ROUTES) {
        await goTo(page, route);
        await takeScreenshot(page, join(pictures, `${route.replace('/', '-')}.png`));
        expect(await page.getByRole('heading', { level: 1 }).count()).toBeGreaterThan(0);
      }
      const root = page.locator('html');
      expect(await root.getAttribute('data-theme')).toBe(theme);
      expect(await root.getAttribute('lang')).toMatch(language);
      expect(faults).toEqual([]);
    });
  });
});
